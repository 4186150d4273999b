// Words looked for in tasks. They stand in what is asked, in the number of its dispatch, in the
// names of agency and person: each text once, the tasks it stands for many.
#pragma once

#include <set>
#include <string>
#include <unordered_map>

#include "base/sqlite.h"
#include "hub/data/measure.h"

namespace khien::hub {

class TaskWords {
 public:
  explicit TaskWords(const std::string& q);  // without marks and case
  [[nodiscard]] bool asked() const { return !q_.empty(); }
  [[nodiscard]] bool meet(const TaskRow& row);
  [[nodiscard]] bool has(const std::string& text);

 private:
  std::string q_;
  std::unordered_map<std::string, bool> known_;  // each text is folded once
};

// Ids of tasks that have them, of all agencies.
[[nodiscard]] Result<std::set<std::int64_t>> tasks_with(const Database& db, TaskWords& words);

}  // namespace khien::hub
