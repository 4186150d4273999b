// The child's side. fork without exec: the tables of ICU, the jobs and the content are there
// already and cost nothing; what the program read after it forked the spawner is not. From
// lock_down() on the child can read what it was handed, compute and answer.
#include "base/worker_child.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <new>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/limits.h"
#include "base/worker_errors.h"
#include "base/worker_stream_child.h"
#include "base/worker_wire.h"

namespace khien {
namespace {

constexpr int kSocket = 3;
constexpr unsigned kDescriptors = 16 + limits::worker_files;

lock::Report& report() {
  static lock::Report made;
  return made;
}

bool lock_down(int parent, int socket, const WorkerOptions& options) {
  if (!lock::leave_parent(parent, socket)) return false;
  ::prctl(PR_SET_NAME, "khien-worker");
  lock::Report& r = report();
  lock::Limits limits;
  limits.memory_bytes = options.memory_bytes;
  limits.cpu_seconds = options.cpu_seconds;
  limits.locked_bytes = options.locked_bytes;
  limits.descriptors = kDescriptors;
  limits.no_processes = true;
  r.user = lock::become_nobody();
  r.limits = lock::set_limits(limits);
  r.privileges = lock::privileges();
  if (::getppid() != parent) return false;
  r.landlock = lock::landlock({});
  if (r.landlock.holds() && ::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0) {
    r.landlock.error = ENOTSUP;  // it said yes and does nothing
  }
  r.seccomp = lock::seccomp_worker();
  return true;
}

Node to_node(const Error& error) {
  Node args = Node::map();
  for (const auto& [key, value] : error.args) args.set(key, value);
  return Node::map({{"code", error.code}, {"place", error.place}, {"args", std::move(args)}});
}

Result<std::string> read_descriptor(int fd, const Job& job, const std::string& name) {
  std::string bytes;
  const off_t size = ::lseek(fd, 0, SEEK_END);
  if (size < 0) return fail(err::file_unreadable, name, {{"detail", std::strerror(errno)}});
  bytes.resize(std::min(static_cast<std::size_t>(size), job.max_bytes + 1));
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t n = ::pread(fd, bytes.data() + have, bytes.size() - have,
                              static_cast<off_t>(have));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(err::file_unreadable, name, {{"detail", std::strerror(errno)}});
    if (n == 0) break;  // it shrank while we read
    have += static_cast<std::size_t>(n);
  }
  bytes.resize(have);
  if (bytes.size() > job.max_bytes) {
    return fail(err::file_too_large, name, {{"limit", fmt::format("{}", job.max_bytes)}});
  }
  return bytes;
}

Result<Node> do_job(const std::vector<Job>& jobs, const Node& request,
                    const std::vector<Fd>& files, const WorkerOptions& options) {
  const auto index = static_cast<std::size_t>(request["job"].integer(-1));
  if (index >= jobs.size() || files.empty()) {
    return fail(err::job_unknown, "request", {{"job", std::to_string(index)}});
  }
  const Job& job = jobs[index];
  const std::string name = request["name"].text();
  if (job.stream != nullptr) {
    SocketStream io(name, request["args"], files.front().get(), kSocket, job.max_bytes,
                    options.reply_bytes);
    return job.stream(io);
  }
  KHIEN_TRY(const std::string bytes, read_descriptor(files.front().get(), job, name));
  std::vector<int> more;
  for (std::size_t i = 1; i < files.size(); ++i) more.push_back(files[i].get());
  return job.run(JobInput{bytes, name, request["args"], more});
}

// No exception crosses: what a library throws at us is an error about this input.
Result<Node> try_job(const std::vector<Job>& jobs, const Node& request,
                     const std::vector<Fd>& files, const WorkerOptions& options) {
  const std::string name = request["name"].text();
  try {
    return do_job(jobs, request, files, options);
  } catch (const std::bad_alloc&) {
    return fail(err::worker_memory, name,
                {{"limit", fmt::format("{}", options.memory_bytes / limits::kMiB)}});
  } catch (const std::exception& e) {
    return fail(err::job_broke, name, {{"detail", e.what()}});
  } catch (...) {
    return fail(err::job_broke, name, {{"detail", "unknown"}});
  }
}

std::size_t count_nodes(const Node& node) {
  std::size_t n = 1;
  for (const Node& item : node.items()) n += count_nodes(item);
  for (const auto& pair : node.pairs()) n += count_nodes(pair.second);
  return n;
}

std::string answer(Result<Node> result, const std::string& name,
                   const WorkerOptions& options) {
  if (!result) return pack(to_node(result.error()));
  if (count_nodes(*result) <= limits::packed_nodes) {
    Node value = Node::map();
    value.set("value", std::move(*result));  // a list of pairs would copy it, and it may be large
    std::string body = pack(value);
    if (body.size() <= options.reply_bytes) return body;
  }
  const auto refused = fail(err::reply_too_large, name,
                            {{"limit", fmt::format("{}", options.reply_bytes)}});
  return pack(to_node(refused.value()));
}

[[noreturn]] void serve(const std::vector<Job>& jobs, const WorkerOptions& options) {
  for (;;) {
    std::string body;
    std::vector<Fd> files;
    if (wire::receive(kSocket, limits::worker_reply_bytes, body, &files, -1) !=
        wire::Outcome::ok) {
      ::_exit(0);
    }
    const auto request = unpack(body);
    if (!request) ::_exit(2);
    auto result = try_job(jobs, *request, files, options);
    files.clear();
    const std::string reply = answer(std::move(result), (*request)["name"].text(), options);
    if (wire::send(kSocket, reply, {}, -1) != wire::Outcome::ok) ::_exit(0);
  }
}

}  // namespace

void silence_standard_streams() {
  const int null = ::open("/dev/null", O_RDWR);
  if (null < 0) return;
#ifdef KHIEN_SANITIZED
  constexpr int last = 1;  // a sanitizer's report must reach the log
#else
  constexpr int last = 2;
#endif
  for (int fd = 0; fd <= last; ++fd) ::dup2(null, fd);
  if (null > 2) ::close(null);
}

const lock::Report& own_locks() { return report(); }

void be_worker(const std::vector<Job>& jobs, const WorkerOptions& options, int socket,
               pid_t parent) {
  try {
    if (lock_down(parent, socket, options)) serve(jobs, options);
  } catch (...) {
  }
  ::_exit(4);
}

}  // namespace khien
