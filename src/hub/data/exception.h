// What an agency asks to be excused from (exception: a subject of a control, until a day) and asks
// more time for (extension: a dispatch). A leader decides. Neither changes a verdict.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.h"

namespace khien::hub {

struct Decision {
  std::string state = "asked";      // asked | approved | refused
  std::string asked_by;
  std::int64_t asked_at = 0;
  std::string decided_by, note;
  std::int64_t decided_at = 0;
};

struct ExceptionRow {
  std::int64_t id = 0, agency_id = 0;
  std::string control, subject, reason, until_on;
  Decision decision;
  // "ended" for an approved one whose day is past.
  [[nodiscard]] std::string state_on(const std::string& today) const;
};
struct ExceptionSearch {
  std::int64_t agency_id = 0;       // its subtree
  std::string state, today;         // asked | approved | refused | ended; "" = any
  std::int64_t before = 0, limit = 50;
};
[[nodiscard]] Result<std::int64_t> add_exception(const Database& db, const ExceptionRow& row);
[[nodiscard]] Result<std::optional<ExceptionRow>> find_exception(const Database& db,
                                                                 std::int64_t id);
[[nodiscard]] Result<std::vector<ExceptionRow>> list_exceptions(const Database& db,
                                                                const ExceptionSearch& search);
// K1392 when it was decided before.
[[nodiscard]] Done decide_exception(const Database& db, std::int64_t id, const Decision& decision);
// Those of an agency that were approved and hold on a day.
[[nodiscard]] Result<std::vector<ExceptionRow>> exceptions_on(const Database& db,
                                                              std::int64_t agency_id,
                                                              const std::string& day);

struct ExtensionRow {
  std::int64_t id = 0, agency_id = 0, dispatch_id = 0;
  std::string due_on_old, due_on, reason;
  Decision decision;
  std::string agency_name, number;  // of lists
  std::int64_t decider_id = 0;      // the agency that issued the dispatch; its own without one
};
struct ExtensionSearch {
  std::int64_t agency_id = 0;       // its subtree
  std::string state;
  std::int64_t before = 0, limit = 50;
};
// K1324 while another one of the dispatch waits.
[[nodiscard]] Result<std::int64_t> add_extension(const Database& db, const ExtensionRow& row);
[[nodiscard]] Result<std::optional<ExtensionRow>> find_extension(const Database& db,
                                                                 std::int64_t id);
[[nodiscard]] Result<std::vector<ExtensionRow>> list_extensions(const Database& db,
                                                                const ExtensionSearch& search);
// An approved one moves the dispatch and those of its tasks that were due that day or had none of
// their own. K1392.
[[nodiscard]] Done decide_extension(const Database& db, const ExtensionRow& row,
                                    const Decision& decision);

}  // namespace khien::hub
