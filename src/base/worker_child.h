// One worker, from its fork in the spawner on: locked, then serving jobs until its socket closes.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/worker.h"
#include "base/worker_lock.h"

namespace khien {

// `socket` is its end of what the pool talks to, `parent` the spawner.
[[noreturn]] void be_worker(const std::vector<Job>& jobs, const WorkerOptions& options, int socket,
                            pid_t parent);
// 0-2 become /dev/null.
void silence_standard_streams();
// The locks of the process we are in; only filled inside a child. For probe jobs.
[[nodiscard]] const lock::Report& own_locks();

}  // namespace khien
