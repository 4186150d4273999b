// Workers: outside bytes (documents, tables, bundles from other machines) are opened only in
// locked-down processes. A worker is forked with all that it needs loaded, then gives up the
// network, new files, new programs and most system calls, and takes one job: one open descriptor
// in, one length-limited Node back, or a stream of records (base/stream.h). The next input gets
// another worker, so that none can speak for another. A worker that dies or
// hangs is an error about that one input (K0801 died, K0802 time, K0803 reply too large, K0804
// memory, K0809 an exception). Errors of the job itself come back as they are.
//
// Make the pool before any thread: it forks the process that forks the workers (base/spawner.h).
// From then on any thread may use it, several at once; each call waits in its own worker. Job
// functions run in the worker and must be pure: bytes + arguments in, Node out; they see what the
// program had loaded when the pool was made. They may allocate (new memory up to
// limits::worker_memory_bytes), but get EACCES for every open or stat, and are killed for a socket,
// a thread, a process or an executable page. Tests and fuzzers call them directly. Texts in a reply
// are UTF-8: invalid bytes arrive as U+FFFD.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/node.h"
#include "base/stream.h"

namespace khien {

struct JobInput {
  std::string_view bytes;  // the whole file, at most `max_bytes` of the job
  std::string name;        // file name without folder, for the kind of file and for messages
  const Node& args;
  std::span<const int> more = {};  // further open files, as WorkerTask::more
};

struct Job {
  std::string name;  // "dispatch.docx"
  std::size_t max_bytes = 0;  // of the input
  Result<Node> (*run)(const JobInput& input) = nullptr;
  Result<Node> (*stream)(StreamIo& io) = nullptr;  // in place of `run`: a job that streams
};

struct WorkerOptions {  // tests make them small
  int job_ms = limits::worker_job_ms;
  std::size_t reply_bytes = limits::worker_reply_bytes;
  std::size_t memory_bytes = limits::worker_memory_bytes;
  unsigned cpu_seconds = limits::worker_cpu_seconds;
  std::size_t locked_bytes = 0;  // of memory a job may keep out of the swap
};

// One job among several that run at once. The descriptors stay the caller's: regular files or
// memory files, `main` is read whole into JobInput::bytes, `more` are handed on as they are (a
// memory file among them may be mapped and shared by all tasks).
struct WorkerTask {
  std::string job;
  std::string name;
  int main = -1;
  std::vector<int> more;  // at most limits::worker_files - 1
  Node args;
};

class WorkerPool {
 public:
  // `jobs` is the explicit list the app puts together from the rooms' jobs(). Forks the spawner;
  // where that cannot be done (threads are running) every call says so (K0807). No worker is
  // started before the first job.
  explicit WorkerPool(std::vector<Job> jobs, WorkerOptions options = {});
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Opens `path` here (read only), hands the descriptor to a worker, waits for its reply. Regular
  // files only: K0808 for a FIFO, device or folder, K0001 unreadable, K0003 over Job::max_bytes.
  [[nodiscard]] Result<Node> run(std::string_view job, const std::filesystem::path& path,
                                 const Node& args = {});
  // The same for bytes already in memory (passed by a sealed memfd); `name` is for messages.
  [[nodiscard]] Result<Node> run_bytes(std::string_view job, std::string_view bytes,
                                       const std::string& name, const Node& args = {});
  // Each task in a fresh child of its own, all at the same time, within `options`; one result a
  // task, in their order. A task that breaks does not stop the others.
  [[nodiscard]] std::vector<Result<Node>> run_all(const std::vector<WorkerTask>& tasks,
                                                  const WorkerOptions& options);
  // A stream job in a worker of its own. The worker reads the file itself; finish() gets the rest.
  [[nodiscard]] Result<WorkerStream> stream_file(std::string_view job,
                                                 const std::filesystem::path& path,
                                                 const Node& args, RecordSink sink,
                                                 const StreamOptions& options = {});
  // The same for input that arrives here in pieces: push() each, then finish().
  [[nodiscard]] Result<WorkerStream> stream_pieces(std::string_view job, const std::string& name,
                                                   const Node& args, RecordSink sink,
                                                   const StreamOptions& options = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Opens a regular file read-only for a task: K0001, K0003, K0808.
[[nodiscard]] Result<Fd> open_input(const std::filesystem::path& path, std::size_t max_bytes);
// A sealed memory file with these bytes. K0807.
[[nodiscard]] Result<Fd> memory_input(std::string_view bytes, const std::string& name);

// Memory that several tasks map and write: `bytes` of zeros that begin with `head`. K0807.
[[nodiscard]] Result<Fd> shared_memory(std::size_t bytes, std::string_view head);

// What protects this machine from a hostile input, asked in real children: khien doctor prints it.
// Workers: "no_new_privs", "not_root", "landlock", "seccomp", "rlimits" (memory), "no_network",
// "no_files", "no_processes", "no_programs". Outside programs: "outside_no_network",
// "outside_no_files", "outside_no_writes", "outside_no_processes", "outside_no_programs". Takes a
// fraction of a second; never fails, only answers false.
struct Protection {
  std::string id;
  bool holds = false;
  std::string detail;   // technical, e.g. "Permission denied" or "SIGSYS" (killed by the filter)
};
[[nodiscard]] std::vector<Protection> probe_protections();
// Those of them that one worker puts on itself, asked in one child: what every command that opens
// files of others says when one is missing. Milliseconds. Make it before any thread.
[[nodiscard]] std::vector<Protection> worker_locks();

}  // namespace khien
