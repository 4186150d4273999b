// A dispatch issued to agencies below: each has a row of its own with the measures that concern it
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "hub/data/dispatch.h"

namespace khien::hub {

struct IssueRow {
  std::int64_t id = 0, dispatch_id = 0, agency_id = 0;
  std::int64_t received_id = 0;  // the recipient's own row
  std::int64_t issued_at = 0;
  std::string issued_by, due_on, note;
  std::int64_t opened_at = 0;    // 0: not yet
  std::string opened_by;
};

// The order counts of progress come in.
inline constexpr std::array<const char*, 5> kProgress = {"not_started", "doing", "done", "returned",
                                                         "accepted"};
struct RecipientRow {
  IssueRow issue;
  std::string name, kind;
  std::array<std::int64_t, kProgress.size()> progress{};
  bool late = false;
  std::int64_t replied_at = 0;  // by a reply link; 0: not
};

[[nodiscard]] Result<std::optional<IssueRow>> find_issue(const Database& db,
                                                         std::int64_t dispatch_id,
                                                         std::int64_t agency_id);
[[nodiscard]] Result<std::optional<IssueRow>> issue_by_id(const Database& db, std::int64_t id);
// The issue a row came by; nullopt when it was taken in.
[[nodiscard]] Result<std::optional<IssueRow>> issue_of_received(const Database& db,
                                                                std::int64_t received_id);
// To one recipient that has none yet: its row, measures (those of `measures`, by id of `from`'s),
// tasks. A day of its own makes later days of measures that day. Within a transaction.
[[nodiscard]] Result<std::int64_t> issue_to(const Database& db, const DispatchRow& from,
                                            const IssueRow& to, const std::string& today,
                                            const std::vector<std::int64_t>& measures);
// Whether it was the first time.
[[nodiscard]] Result<bool> open_received(const Database& db, std::int64_t received_id,
                                         std::int64_t now, const std::string& by);
// Takes the recipient's row away; the dispatch is only confirmed again when nobody has it.
[[nodiscard]] Done recall_issue(const Database& db, const IssueRow& issue);
[[nodiscard]] Result<std::vector<RecipientRow>> list_recipients(const Database& db,
                                                                std::int64_t dispatch_id,
                                                                const std::string& today,
                                                                std::int64_t after,
                                                                std::int64_t limit);
[[nodiscard]] Result<std::int64_t> count_recipients(const Database& db, std::int64_t dispatch_id);

}  // namespace khien::hub
