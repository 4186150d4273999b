// Links by which an enterprise answers without a user here: secret, kept as a hash, good until it
// has answered or its time is over; and what it answered.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.h"

namespace khien::hub {

inline constexpr std::int64_t kReplyLinkMs = 30LL * 24 * 3'600'000;

struct ReplyLink {
  std::string hash;  // SHA-256 of the secret, hex
  std::int64_t issue_id = 0, made_at = 0, expires_at = 0;
  std::int64_t answered_at = 0;  // 0: not yet
  std::string made_by;
};
struct ReplyRow {
  std::int64_t id = 0, issue_id = 0;
  std::int64_t at = 0;  // 0: not sent yet, its file waits
  std::string by_name, text, file_name, file_sha256;
  std::int64_t file_bytes = 0;
};

// In place of those of the issue that were made before and not used.
[[nodiscard]] Done add_reply_link(const Database& db, const ReplyLink& link);
// One whose time is not over; it may have answered.
[[nodiscard]] Result<std::optional<ReplyLink>> find_reply_link(const Database& db,
                                                               const std::string& hash,
                                                               std::int64_t now);
// The file of an answer still to be sent, in place of an earlier one.
[[nodiscard]] Done keep_reply_file(const Database& db, const ReplyRow& row);
// Sends it; its link is used up.
[[nodiscard]] Done send_reply(const Database& db, const ReplyRow& row, const std::string& hash);
[[nodiscard]] Result<std::vector<ReplyRow>> replies_of(const Database& db, std::int64_t issue_id);

}  // namespace khien::hub
