// Jobs as rows: long work that survives a restart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

struct Job {
  std::int64_t id = 0;
  std::string kind;
  std::string state;  // queued running done failed cancelled
  std::string phase;  // text hub.phase.<phase>
  std::int64_t done = 0, total = 0;
  std::int64_t user_id = 0, agency_id = 0;
  Node args, result;
  std::optional<Error> problem;
  bool cancel = false;
  std::int64_t attempts = 0, created_at = 0, started_at = 0, ended_at = 0;
};

// All within a transaction, but for find and list.
[[nodiscard]] Result<std::int64_t> add_job(const Database& db, const std::string& kind,
                                           const Node& args, std::int64_t user_id,
                                           std::int64_t agency_id, std::int64_t now);
[[nodiscard]] Result<std::optional<Job>> find_job(const Database& db, std::int64_t id);
// Newest first, of the subtree of `agency_id`, older than `before` (0: from the newest).
[[nodiscard]] Result<std::vector<Job>> list_jobs(const Database& db, std::int64_t agency_id,
                                                 std::int64_t before, std::int64_t limit);
// The oldest queued one of whose agency and kind none runs becomes running and is returned.
[[nodiscard]] Result<std::optional<Job>> take_job(const Database& db, std::int64_t now);
[[nodiscard]] Done advance_job(const Database& db, std::int64_t id, const std::string& phase,
                               std::int64_t done, std::int64_t total);
// One that runs ends; one that has ended stays as it is.
[[nodiscard]] Done end_job(const Database& db, std::int64_t id, const std::string& state,
                           const Node& result, const std::optional<Error>& problem,
                           std::int64_t now);
// A queued one is cancelled at once; a running one is asked to end.
[[nodiscard]] Done cancel_job(const Database& db, std::int64_t id, std::int64_t now);
// A running one waits again, as if it had not begun: the hub stops.
[[nodiscard]] Done give_back_job(const Database& db, std::int64_t id);
// After a restart: running ones wait again.
[[nodiscard]] Done requeue_jobs(const Database& db);

}  // namespace khien::hub
