// Workers: outside bytes (documents, tables, bundles from other machines) are opened only in
// locked-down children of this process. A child is forked after it has loaded what it needs, then
// gives up the network, new files, new programs and most system calls, and takes jobs: one open
// descriptor in, one length-limited Node back. A child that dies or hangs is an error about that one
// input (K0801 died, K0802 time, K0803 reply too large); the pool starts another and goes on.
//
// One pool, one owner thread. Job functions run in the child and must be pure: bytes + arguments
// in, Node out. Tests and fuzzers call them directly.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/node.h"

namespace khien {

struct JobInput {
  std::string_view bytes;  // the whole file, at most `max_bytes` of the job
  std::string name;        // file name without folder, for the kind of file and for messages
  const Node& args;
};

struct Job {
  std::string name;  // "dispatch.docx"
  std::size_t max_bytes = 0;
  Result<Node> (*run)(const JobInput& input) = nullptr;
};

class WorkerPool {
 public:
  // `jobs` is the explicit list the app puts together from the rooms' jobs().
  explicit WorkerPool(std::vector<Job> jobs);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Opens `path` here (read only), hands the descriptor to a child, waits for its reply.
  [[nodiscard]] Result<Node> run(std::string_view job, const std::filesystem::path& path,
                                 const Node& args = {});
  // The same for bytes already in memory (passed by a sealed memfd); `name` is for messages.
  [[nodiscard]] Result<Node> run_bytes(std::string_view job, std::string_view bytes,
                                       const std::string& name, const Node& args = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// What protects a worker on this machine, asked in a real child: khien doctor prints it.
struct Protection {
  std::string id;       // "seccomp", "landlock", "no_new_privs", "rlimits", "no_network", "no_files"
  bool holds = false;
  std::string detail;   // technical, e.g. the errno
};
[[nodiscard]] std::vector<Protection> probe_protections();

}  // namespace khien
