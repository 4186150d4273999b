// The pool's side: opens the input, hands it over, waits no longer than allowed, and turns whatever
// happens to the child into an error about that one input. Threads share one spare child.
#include "base/worker.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/limits.h"
#include "base/spawner.h"
#include "base/worker_errors.h"
#include "base/worker_stream.h"
#include "base/worker_wire.h"

namespace khien {
namespace fs = std::filesystem;
namespace {

std::string reason() { return std::strerror(errno); }

}  // namespace

Result<Fd> open_input(const fs::path& path, std::size_t max_bytes) {
  KHIEN_TRY(Fd fd, open_regular(path));
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0) {
    return fail(err::file_unreadable, path.string(), {{"detail", reason()}});
  }
  if (static_cast<std::size_t>(st.st_size) > max_bytes) {
    return fail(err::file_too_large, path.string(), {{"limit", fmt::format("{}", max_bytes)}});
  }
  return fd;
}

Result<Fd> memory_input(std::string_view bytes, const std::string& name) {
  Fd fd(::memfd_create("khien-input", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd.valid()) return fail(err::worker_start, name, {{"detail", reason()}});
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return fail(err::worker_start, name, {{"detail", reason()}});
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  ::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
  return fd;
}

Result<Fd> shared_memory(std::size_t bytes, std::string_view head) {
  Fd fd(::memfd_create("khien-shared", MFD_CLOEXEC));
  if (!fd.valid() || ::ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0 ||
      ::pwrite(fd.get(), head.data(), head.size(), 0) != static_cast<ssize_t>(head.size())) {
    return fail(err::worker_start, "memory", {{"detail", reason()}});
  }
  return fd;
}

Result<Node> read_reply(std::string_view body, const std::string& place) {
  const auto reply = unpack(body);
  if (!reply || !reply->is_map()) return fail(err::reply_malformed, place);
  return reply_of(*reply, place);
}

Result<Node> reply_of(const Node& reply, const std::string& place) {
  if (reply.has("value")) return reply["value"];
  Error error;
  error.code = reply["code"].text();
  error.place = reply["place"].text();
  for (const auto& [key, value] : reply["args"].pairs()) error.args[key] = value.text();
  const bool shaped = error.code.size() == 5 && error.code[0] == 'K' &&
                      error.code.find_first_not_of("0123456789", 1) == std::string::npos;
  if (!shaped) return fail(err::reply_malformed, place);
  if (error.place.empty()) error.place = place;
  return pass_on(std::move(error));
}

tl::unexpected<Error> ended(const Ending& ending, const std::string& place) {
  if (ending.code == err::worker_start) {
    return fail(ending.code, place, {{"detail", ending.how}});
  }
  if (ending.code == err::spawner_gone) return fail(ending.code, place);
  return fail(ending.code, place, {{"signal", ending.how}});
}

namespace {

std::string request_of(std::size_t job, const std::string& name, const Node& args) {
  return pack(
      Node::map({{"job", static_cast<std::int64_t>(job)}, {"name", name}, {"args", args}}));
}

Result<Node> broken(Child& child, wire::Outcome how, const std::string& place,
                    const WorkerOptions& options) {
  const Ending ending = end_child(child);
  if (how == wire::Outcome::closed) return ended(ending, place);
  if (how == wire::Outcome::time) {
    return fail(err::worker_time, place,
                {{"seconds", fmt::format("{}", (options.job_ms + 999) / 1000)}});
  }
  return fail(err::reply_too_large, place, {{"limit", fmt::format("{}", options.reply_bytes)}});
}

}  // namespace

struct WorkerPool::Impl {
  const std::vector<Job> jobs;
  const WorkerOptions options;
  const Spawner spawner{jobs};
  std::mutex guard;
  Child spare;            // started, has seen no input
  std::size_t taken = 0;  // children, the spare one apart

  Impl(std::vector<Job> j, WorkerOptions o) : jobs(std::move(j)), options(o) {}

  [[nodiscard]] Result<std::size_t> find(std::string_view name, bool streams = false) const {
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      if (jobs[i].name == name && (jobs[i].stream != nullptr) == streams) return i;
    }
    return fail(err::job_unknown, std::string(name), {{"job", std::string(name)}});
  }

  Result<Child> take() {
    const std::lock_guard hold(guard);
    Child child = std::move(spare);
    spare = Child{};
    if (!child.started()) {
      KHIEN_TRY(child, spawner.start(options));
    }
    // From the second job on the next one locks itself in while this one works.
    if (taken++ > 0) {
      if (auto next = spawner.start(options)) spare = std::move(*next);
    }
    return child;
  }

  // A child that died while it waited (the system ran out of memory ...) is no fault of this input:
  // one more is started.
  Result<Child> hand_over(const std::string& request, int descriptor, const std::string& place,
                          std::int64_t& started) {
    for (int attempt = 0;; ++attempt) {
      KHIEN_TRY(Child child, take());
      started = wire::steady_ms();
      const auto sent = wire::send(child.socket.get(), request, std::span(&descriptor, 1),
                                   started + options.job_ms);
      if (sent == wire::Outcome::ok) return child;
      const Ending ending = end_child(child);
      if (attempt > 0 || ending.code != err::worker_died) return ended(ending, place);
    }
  }

  // A child of its own that has taken the task; it runs from here on.
  Result<Child> start(const WorkerTask& task, const WorkerOptions& with,
                      std::int64_t deadline) const {
    KHIEN_TRY(const std::size_t job, find(task.job));
    KHIEN_TRY(Child own, spawner.start(with));
    std::vector<int> files = {task.main};
    files.insert(files.end(), task.more.begin(), task.more.end());
    if (wire::send(own.socket.get(), request_of(job, task.name, task.args), files, deadline) !=
        wire::Outcome::ok) {
      return ended(end_child(own), task.name);
    }
    return own;
  }

  Result<Node> exchange(std::size_t job, int descriptor, const std::string& name,
                        const std::string& place, const Node& args) {
    std::int64_t started = 0;
    KHIEN_TRY(Child child, hand_over(request_of(job, name, args), descriptor, place, started));
    std::string body;
    const auto got = wire::receive(child.socket.get(), options.reply_bytes, body, nullptr,
                                   started + options.job_ms);
    if (got != wire::Outcome::ok) return broken(child, got, place, options);
    auto reply = read_reply(body, place);
    if (!reply && reply.error().code == err::reply_malformed) end_child(child);
    return reply;  // the child is closed here, the spawner ends it
  }
};

WorkerPool::WorkerPool(std::vector<Job> jobs, WorkerOptions options)
    : impl_(std::make_unique<Impl>(std::move(jobs), options)) {}

WorkerPool::~WorkerPool() = default;

Result<Node> WorkerPool::run(std::string_view job, const fs::path& path, const Node& args) {
  KHIEN_TRY(const std::size_t index, impl_->find(job));
  KHIEN_TRY(const Fd fd, open_input(path, impl_->jobs[index].max_bytes));
  return impl_->exchange(index, fd.get(), path.filename().string(), path.string(), args);
}

Result<Node> WorkerPool::run_bytes(std::string_view job, std::string_view bytes,
                                   const std::string& name, const Node& args) {
  KHIEN_TRY(const std::size_t index, impl_->find(job));
  if (bytes.size() > impl_->jobs[index].max_bytes) {
    return fail(err::file_too_large, name,
                {{"limit", fmt::format("{}", impl_->jobs[index].max_bytes)}});
  }
  KHIEN_TRY(const Fd fd, memory_input(bytes, name));
  return impl_->exchange(index, fd.get(), fs::path(name).filename().string(), name, args);
}

std::vector<Result<Node>> WorkerPool::run_all(const std::vector<WorkerTask>& tasks,
                                              const WorkerOptions& options) {
  const std::int64_t deadline = wire::steady_ms() + options.job_ms;
  std::vector<Result<Child>> children;
  for (const WorkerTask& task : tasks) children.push_back(impl_->start(task, options, deadline));
  std::vector<Result<Node>> out;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (!children[i]) {
      out.emplace_back(pass_on(children[i].error()));
      continue;
    }
    std::string body;
    const auto got = wire::receive(children[i]->socket.get(), options.reply_bytes, body, nullptr,
                                   deadline);
    out.push_back(got == wire::Outcome::ok
                      ? read_reply(body, tasks[i].name)
                      : broken(*children[i], got, tasks[i].name, options));
    end_child(*children[i]);
  }
  return out;
}

Result<WorkerStream> WorkerPool::stream_file(std::string_view job, const fs::path& path,
                                             const Node& args, RecordSink sink,
                                             const StreamOptions& options) {
  KHIEN_TRY(const std::size_t index, impl_->find(job, true));
  KHIEN_TRY(Fd fd, open_input(path, impl_->jobs[index].max_bytes));
  StreamStart start{impl_->spawner, options, path.string(), std::move(sink)};
  return begin_stream(std::move(start), request_of(index, path.filename().string(), args), fd);
}

Result<WorkerStream> WorkerPool::stream_pieces(std::string_view job, const std::string& name,
                                               const Node& args, RecordSink sink,
                                               const StreamOptions& options) {
  KHIEN_TRY(const std::size_t index, impl_->find(job, true));
  StreamStart start{impl_->spawner, options, name, std::move(sink)};
  return begin_stream(std::move(start),
                      request_of(index, fs::path(name).filename().string(), args), Fd());
}

}  // namespace khien
