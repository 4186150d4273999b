// Sessions, one-time links and tokens. Secrets are kept as their SHA-256 alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/sqlite.h"

namespace khien::hub {

struct Session {
  std::string hash;
  std::int64_t user_id = 0;
  std::string csrf;
  std::string remote;
  std::int64_t created_at = 0;
  std::int64_t seen_at = 0;
};

[[nodiscard]] Result<std::optional<Session>> find_session(const Database& db,
                                                          const std::string& hash);
[[nodiscard]] Done add_session(const Database& db, const Session& session);
[[nodiscard]] Done see_session(const Database& db, const std::string& hash, std::int64_t at);
[[nodiscard]] Done end_session(const Database& db, const std::string& hash);
// All of a user but the one kept ("" keeps none): after a change of password, a leaver.
[[nodiscard]] Done end_sessions(const Database& db, std::int64_t user_id, const std::string& kept);
// Those made before `created`, or last seen before `seen`.
[[nodiscard]] Done drop_old_sessions(const Database& db, std::int64_t created, std::int64_t seen);

[[nodiscard]] Done add_link(const Database& db, const std::string& hash, std::int64_t user_id,
                            std::int64_t expires_at);
// The user of a link that is valid now; it is used up by this.
[[nodiscard]] Result<std::optional<std::int64_t>> use_link(const Database& db,
                                                           const std::string& hash,
                                                           std::int64_t now);

// A sign-in that was sent to the OpenID provider; taken once, and none older than `since`.
struct OpenIdRoundRow {
  std::string state_hash, nonce, verifier;
  std::int64_t made_at = 0;
};
// Those made before `since` go.
[[nodiscard]] Done add_openid_round(const Database& db, const OpenIdRoundRow& row,
                                    std::int64_t since);
[[nodiscard]] Result<std::optional<OpenIdRoundRow>> take_openid_round(const Database& db,
                                                                      const std::string& state_hash,
                                                                      std::int64_t since);

}  // namespace khien::hub
