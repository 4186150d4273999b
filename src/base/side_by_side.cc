// Children take the next item from a counter in shared memory and send back frames: a head of fixed
// size, then the two texts. Their output streams are memory files, read after each item.
#include "base/side_by_side.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <thread>
#include <vector>

#include "base/file.h"
#include "base/worker_errors.h"

namespace khien {
namespace {

constexpr std::size_t kTextBytes = std::size_t{64} << 20;  // of one item's output

struct Board {
  std::atomic<std::size_t> next;
};

struct Head {
  std::size_t item = 0;
  int begun = 0;           // 1: the item is in hand, nothing follows
  int code = 0;
  std::size_t out = 0;
  std::size_t err = 0;
};

struct Child {
  pid_t pid = -1;
  Fd pipe;
  std::string bytes;       // received, not yet a whole frame
  std::size_t in_hand = 0;
  bool busy = false;
};

void send_all(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t n = ::write(fd, bytes, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) ::_exit(127);
    bytes += n;
    size -= static_cast<std::size_t>(n);
  }
}

// What was written to one of the child's streams since the last item.
std::string take_stream(int fd) {
  const off_t end = ::lseek(fd, 0, SEEK_CUR);
  std::string out(std::min(kTextBytes, static_cast<std::size_t>(std::max<off_t>(end, 0))), '\0');
  std::size_t got = 0;
  while (got < out.size()) {
    const ssize_t n = ::pread(fd, out.data() + got, out.size() - got, static_cast<off_t>(got));
    if (n <= 0) break;
    got += static_cast<std::size_t>(n);
  }
  out.resize(got);
  static_cast<void>(!::ftruncate(fd, 0));
  ::lseek(fd, 0, SEEK_SET);
  return out;
}

[[noreturn]] void work(Board& board, std::size_t items, int pipe, pid_t parent,
                       const std::function<int(std::size_t)>& run) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  const int out = ::memfd_create("khien-out", MFD_CLOEXEC);
  const int err = ::memfd_create("khien-err", MFD_CLOEXEC);
  if (out < 0 || err < 0 || ::dup2(out, STDOUT_FILENO) < 0 || ::dup2(err, STDERR_FILENO) < 0)
    ::_exit(127);
  for (;;) {
    Head head;
    head.item = board.next.fetch_add(1);
    if (head.item >= items) ::_exit(0);
    head.begun = 1;
    send_all(pipe, reinterpret_cast<const char*>(&head), sizeof head);
    head.begun = 0;
    head.code = run(head.item);
    std::fflush(nullptr);
    const std::string said = take_stream(STDOUT_FILENO);
    const std::string wrong = take_stream(STDERR_FILENO);
    head.out = said.size();
    head.err = wrong.size();
    send_all(pipe, reinterpret_cast<const char*>(&head), sizeof head);
    send_all(pipe, said.data(), said.size());
    send_all(pipe, wrong.data(), wrong.size());
  }
}

class Crew {
 public:
  Crew(std::size_t items, const std::function<void(const Said&)>& done,
       const std::function<void()>& tick)
      : items_(items), done_(done), tick_(tick) {}
  ~Crew() {
    for (const Child& c : children_) {
      if (c.pid < 0) continue;
      ::kill(c.pid, SIGKILL);
      while (::waitpid(c.pid, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
    if (board_ != nullptr) ::munmap(board_, sizeof(Board));
  }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  Done start(unsigned width, const std::function<int(std::size_t)>& run) {
    void* at = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                      -1, 0);
    if (at == MAP_FAILED) return failed();
    board_ = new (at) Board{};
    std::fflush(nullptr);
    const pid_t parent = ::getpid();
    children_.reserve(width);
    for (unsigned i = 0; i < width; ++i) {
      int ends[2];
      if (::pipe2(ends, O_CLOEXEC) != 0) return failed();
      Child child;
      child.pipe = Fd(ends[0]);
      Fd write_end(ends[1]);
      child.pid = ::fork();
      if (child.pid < 0) return failed();
      if (child.pid == 0) work(*board_, items_, write_end.get(), parent, run);
      children_.push_back(std::move(child));
    }
    return {};
  }

  void follow() {
    while (left() > 0) {
      std::vector<pollfd> fds;
      for (const Child& c : children_) {
        if (c.pipe.valid()) fds.push_back({c.pipe.get(), POLLIN, 0});
      }
      if (fds.empty()) break;
      if (::poll(fds.data(), fds.size(), 500) < 0 && errno != EINTR) break;
      for (Child& c : children_) {
        for (const pollfd& p : fds) {
          if (c.pipe.valid() && p.fd == c.pipe.get() && p.revents != 0) receive(c);
        }
      }
      if (tick_) tick_();
    }
    for (std::size_t i = 0; i < items_; ++i) {  // no child was left to take them
      if (i >= next_ && !ready_.contains(i)) ready_[i] = {i, true, 0, "", ""};
    }
    hand_on();
  }

 private:
  std::size_t items_;
  const std::function<void(const Said&)>& done_;
  const std::function<void()>& tick_;
  Board* board_ = nullptr;
  std::vector<Child> children_;
  std::map<std::size_t, Said> ready_;
  std::size_t next_ = 0;  // to be handed on

  [[nodiscard]] std::size_t left() const { return items_ - next_; }

  static tl::unexpected<Error> failed() {
    return fail(err::worker_start, "fork", {{"detail", std::strerror(errno)}});
  }

  void receive(Child& c) {
    char buffer[65536];
    const ssize_t n = ::read(c.pipe.get(), buffer, sizeof buffer);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (n <= 0) return ended(c);
    c.bytes.append(buffer, static_cast<std::size_t>(n));
    for (;;) {
      Head head;
      if (c.bytes.size() < sizeof head) break;
      std::memcpy(&head, c.bytes.data(), sizeof head);
      const std::size_t size = sizeof head + head.out + head.err;
      if (c.bytes.size() < size) break;
      c.busy = head.begun == 1;
      c.in_hand = head.item;
      if (head.begun == 0) {
        ready_[head.item] = {head.item, false, head.code, c.bytes.substr(sizeof head, head.out),
                             c.bytes.substr(sizeof head + head.out, head.err)};
      }
      c.bytes.erase(0, size);
    }
    hand_on();
  }

  void ended(Child& c) {
    c.pipe.reset();
    if (c.busy) ready_[c.in_hand] = {c.in_hand, true, 0, "", ""};
    hand_on();
  }

  void hand_on() {
    while (!ready_.empty() && ready_.begin()->first == next_) {
      done_(ready_.begin()->second);
      ready_.erase(ready_.begin());
      ++next_;
    }
  }
};

}  // namespace

Done side_by_side(std::size_t items, unsigned width, const std::function<int(std::size_t)>& run,
                  const std::function<void(const Said&)>& done,
                  const std::function<void()>& tick) {
  if (items == 0) return {};
  if (width == 0) width = std::max(1U, std::thread::hardware_concurrency());
  width = static_cast<unsigned>(std::min<std::size_t>({width, items, 64}));
  Crew crew(items, done, tick);
  KHIEN_DO(crew.start(width, run));
  crew.follow();
  return {};
}

}  // namespace khien
