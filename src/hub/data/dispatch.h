// Dispatches as they came in: file, head, text with the role of every sentence. What they ask is in
// measure.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

struct DispatchRow {
  std::int64_t id = 0, agency_id = 0;
  std::string file_name, sha256;
  std::int64_t bytes = 0;
  std::string state;    // reading failed unconfirmed confirmed issued answered
  Node problem;         // null unless failed: text, or code, place, args
  std::string number, symbol, subject, issuer, issued_on;  // "" = unknown
  std::string received_no, received_on, due_on;
  Node head;            // form, parent, place, recipients, legal_basis, signing_capacity
  Node warnings, windows;
  std::int64_t job_id = 0, created_at = 0;
  std::string confirmed_by;
  // Of one that was issued from above: the row it was issued from, and the first of all, whose
  // head, text and windows these are. 0: taken in here.
  std::int64_t origin_id = 0, paper_id = 0;
};

struct DispatchCounts {
  std::int64_t measures = 0, unsure = 0, mine = 0;  // titles and dropped ones count nowhere
};

struct DispatchSearch {
  std::int64_t agency_id = 0;   // its own, and what those below took in themselves
  bool own = false;             // its own alone
  std::string state, q, year;   // "" = any; q is looked for without diacritics
  std::int64_t before = 0;      // ids below; 0: from the newest
  std::int64_t limit = 50;
};

[[nodiscard]] Result<std::int64_t> add_dispatch(const Database& db, const DispatchRow& row);
[[nodiscard]] Result<std::optional<DispatchRow>> find_dispatch(const Database& db,
                                                               std::int64_t id);
[[nodiscard]] Result<std::vector<DispatchRow>> list_dispatches(const Database& db,
                                                               const DispatchSearch& search);
[[nodiscard]] Result<DispatchCounts> count_measures(const Database& db, std::int64_t id);
[[nodiscard]] Done set_dispatch_job(const Database& db, std::int64_t id, std::int64_t job_id);
[[nodiscard]] Done set_dispatch_state(const Database& db, std::int64_t id,
                                      const std::string& state, const Node& problem = {});
[[nodiscard]] Done confirm_dispatch(const Database& db, std::int64_t id, const std::string& by,
                                    std::int64_t now);
// Those it was issued to follow in what the paper says of itself.
[[nodiscard]] Done save_dispatch_head(const Database& db, const DispatchRow& row);
[[nodiscard]] Done delete_dispatch(const Database& db, std::int64_t id);

struct DispatchText {
  std::string body;
  Node sentences;  // list of from, to, role, measure (doc id)
  Node counts;     // role -> sentences
};
[[nodiscard]] Done save_dispatch_text(const Database& db, std::int64_t id,
                                      const DispatchText& text);
[[nodiscard]] Result<DispatchText> dispatch_text(const Database& db, std::int64_t id);
// The dispatch of this number seen from an agency; 0: none.
[[nodiscard]] Result<std::int64_t> dispatch_of_number(const Database& db, std::int64_t agency_id,
                                                      const std::string& number);

}  // namespace khien::hub
