// One child: started by fork without exec, locked, then serving jobs until its socket closes.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/worker.h"
#include "base/worker_lock.h"

namespace khien {

struct Child {
  pid_t pid = -1;
  Fd socket;  // the pool's end, non-blocking
  std::size_t jobs_done = 0;
  std::int64_t busy_ms = 0;
};

// K0807 when no child can be started. The child keeps pointers into `jobs`.
[[nodiscard]] Result<Child> start_child(const std::vector<Job>& jobs, const WorkerOptions& options);
// A child's answer as a result; K0805 when it is none. `place` where the child names none.
[[nodiscard]] Result<Node> read_reply(std::string_view body, const std::string& place);
// Kills, waits, says how it ended: "SIGSEGV", "exit 3". A child that was dying by itself keeps its
// own reason; one that only closed its socket and goes on gets SIGKILL.
std::string end_child(Child& child);
// The locks of the process we are in; only filled inside a child. For probe jobs.
[[nodiscard]] const lock::Report& own_locks();

}  // namespace khien
