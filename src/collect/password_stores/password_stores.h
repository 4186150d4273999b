// Password stores of the agency, tested: which accounts open with a word anybody could guess. The
// stores and lists are opened here and read in workers, several at once; what comes back is a class
// an account, never a word or a hash.
//
// password_policy is a JSON or YAML file with defaults_known_to_admin, min_length, classes.
#pragma once

#include <vector>

#include "collect/source/source.h"

namespace khien {

// path, app or host, scope, budget_seconds.
[[nodiscard]] Result<std::string> check_password_stores(const Node& map, const std::string& place);
// word_list, leaked_list: path, name.
[[nodiscard]] Result<std::string> check_password_list(const Node& map, const std::string& place);

// Fills password_test, one collection a store; `collected` are the accounts already joined to
// people. What cannot be read goes to `problems`, its table is missing. An error only when the
// content is unusable.
[[nodiscard]] Result<std::vector<Collection>> collect_password_stores(
    const Agency& agency, const Content& content, WorkerPool& pool, const Clock& clock,
    const std::vector<Collection>& collected, std::vector<Error>& problems);

// "password.entries", "password.prefixes", "password.ranges", "password.test",
// "password.outcomes": jobs.cc.
[[nodiscard]] std::vector<Job> password_jobs();

}  // namespace khien
