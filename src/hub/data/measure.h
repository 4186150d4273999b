// What a dispatch asks, as it was read and as an officer corrected it; and the tasks that come of
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

struct MeasureRow {
  std::int64_t id = 0, dispatch_id = 0, position = 0;
  std::string doc_id, cite, text;
  std::int64_t span_from = -1, span_to = -1;  // UTF-16 units; -1: typed by hand
  std::string obligation = "must";
  std::string actor;         // "" = all recipients
  bool mine = true;
  bool mine_stated = false;  // an officer said whose it is
  bool title = false;
  std::string due_on;
  Node kinds;                // list of kind, confidence, phrase, parameters
  std::string unsure;        // open | low; "" = sure
  std::string state = "read";
  std::int64_t origin_id = 0;  // of one that was issued from above: the issuer's; never written
  [[nodiscard]] bool counts() const { return !title && state != "dropped"; }
};

[[nodiscard]] Result<std::vector<MeasureRow>> measures_of(const Database& db,
                                                          std::int64_t dispatch_id);
[[nodiscard]] Result<std::optional<MeasureRow>> find_measure(const Database& db,
                                                             std::int64_t dispatch_id,
                                                             std::int64_t id);
[[nodiscard]] Result<std::int64_t> add_measure(const Database& db, const MeasureRow& row);
[[nodiscard]] Done save_measure(const Database& db, const MeasureRow& row);
[[nodiscard]] Done delete_measures(const Database& db, std::int64_t dispatch_id);

struct TaskRow {
  std::int64_t id = 0, agency_id = 0, dispatch_id = 0, measure_id = 0;
  std::string agency_name, number, cite, doc_id, title;
  std::string person, due_on, progress, note;
  std::string review_note, reviewed_by;  // what the level above said
  std::int64_t reviewed_at = 0;
  bool from_above = false;               // of a dispatch that was issued to the agency
};
struct TaskSearch {
  std::int64_t agency_id = 0;  // its subtree
  std::int64_t dispatch_id = 0;  // 0: of all
  std::string state;           // a progress, "late", or ""
  std::string today;           // ISO; what "late" is measured by
  std::string q;               // in what is asked, its dispatch, agency and person; without marks
  std::int64_t after = 0, limit = 50;
};
// One task a measure that is ordered of the agency; those of measures that are no longer go.
[[nodiscard]] Done make_tasks(const Database& db, std::int64_t dispatch_id, std::int64_t now);
[[nodiscard]] Result<std::vector<TaskRow>> list_tasks(const Database& db,
                                                      const TaskSearch& search);
[[nodiscard]] Result<std::optional<TaskRow>> find_task(const Database& db, std::int64_t id);
[[nodiscard]] Done save_task(const Database& db, const TaskRow& row, std::int64_t now);
[[nodiscard]] Result<std::int64_t> count_late_tasks(const Database& db, std::int64_t agency_id,
                                                    const std::string& today);

}  // namespace khien::hub
