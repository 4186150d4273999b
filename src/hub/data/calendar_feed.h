// Days that matter to one user, as a feed that calendar programs read (RFC 5545): when dispatches
// and tasks of his agency are due, days to watch.
#pragma once

#include <string>
#include <vector>

#include "base/sqlite.h"
#include "base/texts.h"

namespace khien::hub {

struct FeedEvent {
  std::string uid;             // stays the same from one reading to the next
  std::string from, to;        // ISO dates, both included
  std::string summary;
};
[[nodiscard]] Result<std::vector<FeedEvent>> feed_events(const Database& db,
                                                         std::int64_t agency_id,
                                                         const std::string& since,
                                                         const Texts& texts);
// text/calendar: CRLF, lines of at most 75 bytes, texts escaped.
[[nodiscard]] std::string feed_text(const std::vector<FeedEvent>& events, const std::string& name,
                                    std::int64_t now_ms);

// The one secret address of a user; a new one ends the old one.
[[nodiscard]] Done set_feed(const Database& db, std::int64_t user_id, const std::string& hash,
                            std::int64_t now);
[[nodiscard]] Done drop_feed(const Database& db, std::int64_t user_id);
// The agency of its active user; 0: nobody's.
[[nodiscard]] Result<std::int64_t> feed_agency(const Database& db, const std::string& hash);

}  // namespace khien::hub
