// Reminders before and after a dispatch is due, and how each goes out. A reminder is made once an
// agency, dispatch and occasion; a message is what leaves the hub and may carry several.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

struct ReminderRules {
  bool on = false;
  std::vector<std::int64_t> before = {7, 3, 1};  // days ahead
  std::int64_t again_days = 7;      // after: the day after, then every so many days
  std::int64_t escalate_days = 7;   // late by so many: the superior is told, once
  std::int64_t quiet_from = 20, quiet_until = 7;  // hours here in which nothing goes out
};

struct ReminderRow {
  std::int64_t id = 0, agency_id = 0, dispatch_id = 0;
  std::string kind;                 // before | after | escalation | urge
  std::int64_t step = 0;
  std::string due_on;
  std::int64_t made_at = 0;
  std::string made_by;
  // Of lists and messages:
  std::string agency_name, number, subject, late_name;  // late_name: whose dispatch it is
  std::string channel, delivery, detail;                // of its first message; "" without one
};
[[nodiscard]] Result<std::int64_t> add_reminder(const Database& db, const ReminderRow& row);
// How often those a dispatch was issued to were urged by papers.
[[nodiscard]] Result<std::int64_t> times_urged(const Database& db, std::int64_t dispatch_id);
// Those whose occasion has come by `today` and that are not there yet: of open dispatches with a
// day, of all agencies. At most one of each kind a dispatch.
[[nodiscard]] Result<std::vector<ReminderRow>> due_reminders(const Database& db,
                                                             const std::string& today,
                                                             const ReminderRules& rules);

struct ReminderSearch {
  std::int64_t agency_id = 0;       // its subtree
  std::string delivery;             // waiting | sent | failed; "" = any
  std::int64_t agency = 0;          // this one only
  std::int64_t before = 0, limit = 50;  // ids below
};
[[nodiscard]] Result<std::vector<ReminderRow>> list_reminders(const Database& db,
                                                              const ReminderSearch& search);

struct MessageRow {
  std::int64_t id = 0;
  std::string channel;              // mail | webhook | paper
  std::string address, subject, body;
  std::int64_t made_at = 0;
  std::string state = "waiting";    // waiting | sent | failed
  std::int64_t attempts = 0, next_at = 0, sent_at = 0;
  std::string detail;
};
[[nodiscard]] Result<std::int64_t> add_message(const Database& db, const MessageRow& row,
                                               const std::vector<std::int64_t>& reminders);
// Mail and webhook messages that may be tried now, oldest first.
[[nodiscard]] Result<std::vector<MessageRow>> waiting_messages(const Database& db,
                                                               std::int64_t now,
                                                               std::int64_t limit);
// What became of a try: state, attempts, next_at, sent_at, detail.
[[nodiscard]] Done save_message(const Database& db, const MessageRow& row);

[[nodiscard]] std::optional<std::int64_t> retry_after_ms(std::int64_t attempts);  // none: give up
[[nodiscard]] bool is_quiet(const ReminderRules& rules, std::int64_t now_ms);
[[nodiscard]] Node rules_node(const ReminderRules& rules);
[[nodiscard]] ReminderRules rules_from(const Node& node);

}  // namespace khien::hub
