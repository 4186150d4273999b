// The caller's end of a stream: one poll for both directions, so that a worker that waits until its
// records are read can never wait for us while we wait until it reads.
#include "base/worker_stream.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/worker_errors.h"
#include "base/worker_wire.h"

namespace khien {
namespace {

constexpr int kLookUpMs = 100;  // how soon a cancel() is seen
constexpr std::size_t kOverhead = 64;  // of a record in its message

bool not_yet() { return errno == EAGAIN || errno == EINTR; }

}  // namespace

struct WorkerStream::Impl {
  StreamOptions options;
  std::string place;
  RecordSink sink;
  Child child;
  Fd input;            // our end of what push() feeds
  std::string buffer;  // of the worker's messages, up to one record and one read
  std::uint64_t output = 0;
  std::int64_t waited = 0;
  std::int64_t stalled = 0;
  std::atomic<bool> cancelled = false;
  std::optional<Result<Node>> outcome;  // the job has returned, or the stream is broken

  ~Impl() { end_child(child); }

  void end(Result<Node> how) {
    if (!outcome) outcome = std::move(how);
    input.reset();
    end_child(child);
  }

  void take_message(std::string_view body) {
    auto message = unpack(body);
    if (!message || !message->is_map()) return end(fail(err::reply_malformed, place));
    if (!message->has("record")) return end(reply_of(*message, place));
    if (auto done = sink((*message)["record"]); !done) end(pass_on(done.error()));
  }

  void take_messages() {
    std::size_t at = 0;
    std::uint64_t size = 0;
    while (!outcome && wire::size_of_message(std::string_view(buffer).substr(at), size)) {
      const bool record = size <= options.record_bytes + kOverhead;
      if (!record || output + wire::head_bytes + size > options.output_bytes) {
        const auto limit = record ? options.output_bytes : options.record_bytes;
        return end(fail(err::reply_too_large, place, {{"limit", fmt::format("{}", limit)}}));
      }
      if (buffer.size() - at - wire::head_bytes < size) break;
      output += wire::head_bytes + size;
      take_message(std::string_view(buffer).substr(at + wire::head_bytes, size));
      at += wire::head_bytes + size;
    }
    buffer.erase(0, at);
  }

  void read_some() {
    char piece[65536];
    const ssize_t n = ::recv(child.socket.get(), piece, sizeof piece, 0);
    if (n < 0 && not_yet()) return;
    if (n <= 0) return end(ended(end_child(child), place));
    stalled = 0;
    buffer.append(piece, static_cast<std::size_t>(n));
    take_messages();
  }

  void write_some(std::string_view& bytes) {
    const ssize_t n = ::send(input.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0 && not_yet()) return;
    if (n < 0) {  // it reads no more: its last words are on the other socket
      input.reset();
      return;
    }
    stalled = 0;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }

  // Waits a little for the worker and moves what can be moved.
  void step(std::string_view& bytes) {
    if (cancelled) return end(fail(err::stream_cancelled, place));
    if (waited >= options.wait_ms || stalled >= options.stall_ms) {
      const auto ms = stalled >= options.stall_ms ? options.stall_ms : options.wait_ms;
      return end(fail(err::worker_time, place,
                      {{"seconds", fmt::format("{}", (ms + 999) / 1000)}}));
    }
    pollfd fds[2] = {{child.socket.get(), POLLIN, 0},
                     {bytes.empty() ? -1 : input.get(), POLLOUT, 0}};
    const std::int64_t from = wire::steady_ms();
    const int ready = ::poll(fds, 2, kLookUpMs);
    const std::int64_t ms = wire::steady_ms() - from;
    waited += ms;
    stalled += ms;
    if (ready > 0 && fds[1].revents != 0) write_some(bytes);
    if (ready > 0 && fds[0].revents != 0) read_some();
  }
};

Result<WorkerStream> begin_stream(StreamStart start, const std::string& request, const Fd& input) {
  auto impl = std::make_unique<WorkerStream::Impl>();
  impl->options = start.options;
  impl->place = std::move(start.place);
  impl->sink = std::move(start.sink);
  Fd fed;
  if (!input.valid()) {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      return fail(err::worker_start, "socketpair", {{"detail", std::strerror(errno)}});
    }
    impl->input = Fd(ends[0]);
    fed = Fd(ends[1]);
    wire::do_not_block(impl->input.get());
  }
  WorkerOptions worker;
  worker.reply_bytes = start.options.record_bytes;
  worker.memory_bytes = start.options.memory_bytes;
  worker.cpu_seconds = start.options.cpu_seconds;
  KHIEN_TRY(impl->child, start.spawner.start(worker));
  const int file = input.valid() ? input.get() : fed.get();
  const auto sent = wire::send(impl->child.socket.get(), request, std::span(&file, 1),
                               wire::steady_ms() + start.options.stall_ms);
  if (sent != wire::Outcome::ok) return ended(end_child(impl->child), impl->place);
  return WorkerStream(std::move(impl));
}

WorkerStream::WorkerStream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WorkerStream::WorkerStream(WorkerStream&&) noexcept = default;
WorkerStream::~WorkerStream() = default;

Done WorkerStream::push(std::string_view bytes) {
  impl_->stalled = 0;
  while (!bytes.empty() && !impl_->outcome) {
    if (!impl_->input.valid()) bytes = {};  // the job stopped reading
    impl_->step(bytes);
  }
  if (impl_->outcome && !*impl_->outcome) return pass_on(impl_->outcome->error());
  return {};
}

Result<Node> WorkerStream::finish() {
  impl_->input.reset();
  impl_->stalled = 0;
  std::string_view nothing;
  while (!impl_->outcome) impl_->step(nothing);
  return *impl_->outcome;
}

void WorkerStream::cancel() { impl_->cancelled = true; }

MemoryStream::MemoryStream(std::string_view bytes, std::size_t piece, Node args, std::string name)
    : rest_(bytes), piece_(std::max<std::size_t>(piece, 1)), args_(std::move(args)),
      name_(std::move(name)) {}

Result<std::string_view> MemoryStream::read() {
  const std::string_view out = rest_.substr(0, piece_);
  rest_.remove_prefix(out.size());
  return out;
}

Done MemoryStream::write(const Node& record) {
  records_.push_back(record);
  return {};
}

}  // namespace khien
