// The process that starts workers. It is forked before any thread of ours, has one thread for ever
// and knows nothing of any input, so that a program with threads may have workers: fork() copies
// only the calling thread, with every lock as it stood. It forks a worker for each request, kills
// it when it is asked to or when nobody waits for it any more, reaps it at once and says how it
// ended. It ends with us: when its socket closes, or by the kernel when we die.
//
// A request is one packet: the options, the worker's end of its socket, and a second socket, on
// which closing means "end it" and whose one message says how it ended. So threads share nothing
// but an atomic send.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/worker.h"

namespace khien {

struct Child {
  Fd socket;  // our end, non-blocking
  Fd ending;  // half-closed: end it; then how it ended arrives
  [[nodiscard]] bool started() const { return socket.valid(); }
};

class Spawner {
 public:
  // Forks now. With threads running it does not, and start() says so. Workers keep pointers into
  // `jobs`, which must not change.
  explicit Spawner(const std::vector<Job>& jobs);
  ~Spawner();  // ends all workers and waits for them
  Spawner(const Spawner&) = delete;
  Spawner& operator=(const Spawner&) = delete;

  // From any thread. K0807 cannot be started, K0815 the spawner is gone.
  [[nodiscard]] Result<Child> start(const WorkerOptions& options) const;

 private:
  pid_t pid_ = -1;
  Fd control_;
  std::string trouble_;  // why there is no spawner
};

// How a worker ended, after it was killed if it had not: "SIGSEGV", "exit 3". A child that was
// dying by itself keeps its own reason; one that only closed its socket and goes on gets SIGKILL.
struct Ending {
  std::string how;
  Code code;  // K0801; K0807 it never started; K0815 the spawner is gone
};
Ending end_child(Child& child);

}  // namespace khien
