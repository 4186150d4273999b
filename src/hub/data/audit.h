// The audit log: append only (triggers refuse the rest), each row with a hash over the row before
// and itself, so that no row in the middle can be changed, taken out or put in unseen. Rows cut off
// at the end show only against a head that was noted elsewhere (a backup, a printed page).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.h"
#include "hub/data/data.h"

namespace khien::hub {

struct AuditRow {
  std::int64_t id = 0;
  std::int64_t at = 0;
  std::int64_t user_id = 0;
  std::string login, remote, action, what;
  std::int64_t what_id = 0;
  std::string detail;  // JSON
  std::string hash;
};

// Within a transaction.
[[nodiscard]] Done append_audit(const Database& db, const Act& act, std::int64_t now_ms);

// Newest first, older than `before` (0: from the newest); `q` is looked for in login, action, what
// and detail. Only of users of the subtree of `agency_id`, if it is not 0.
[[nodiscard]] Result<std::vector<AuditRow>> audit_rows(const Database& db, std::int64_t agency_id,
                                                       std::int64_t before, const std::string& q,
                                                       std::int64_t limit);

struct AuditVerdict {
  std::int64_t rows = 0;
  std::string head;               // hash of the last row; "" when there is none
  std::int64_t broken_id = 0;     // the first row that does not follow from the one before; 0: none
  bool holds(const std::string& hash) const { return hash.empty() || seen; }
  bool seen = false;              // the hash asked for is that of a row
};
// Walks the whole chain; `noted` is a head written down earlier, or "".
[[nodiscard]] Result<AuditVerdict> verify_audit(const Database& db, const std::string& noted);

}  // namespace khien::hub
