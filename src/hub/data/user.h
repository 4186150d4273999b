// Users, and the agencies they belong to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.h"

namespace khien::hub {

struct User {
  std::int64_t id = 0;
  std::int64_t agency_id = 0;
  std::string login, name;
  std::string role;      // clerk officer leader admin duty auditor
  std::string way = "password";  // password directory openid: who says that it is him
  std::string subject;   // at the OpenID provider, once he came from there
  std::string password;  // Argon2id, encoded; "" has none here
  bool must_change = false;
  std::int64_t password_at = 0;  // when it was set; 0: never
  std::string otp_secret, otp_pending;  // raw bytes as hex; "" when there is none
  std::int64_t otp_step = 0;
  std::int64_t disabled_at = 0;  // 0: active
  std::int64_t created_at = 0;
};

[[nodiscard]] Result<std::optional<User>> find_user(const Database& db, std::int64_t id);
[[nodiscard]] Result<std::optional<User>> find_subject(const Database& db,
                                                       const std::string& subject);
[[nodiscard]] Result<std::optional<User>> find_login(const Database& db, const std::string& login);
struct SeenUser {
  User user;
  std::string agency_name;
  std::int64_t seen_at = 0;  // of all sessions there are; 0 for never
  std::int64_t passkeys = 0; // how many security keys
};
// Of a subtree, by login; those after `after`.
[[nodiscard]] Result<std::vector<SeenUser>> list_users(const Database& db, std::int64_t agency_id,
                                                       const std::string& after,
                                                       std::int64_t limit);
[[nodiscard]] Result<std::optional<SeenUser>> find_seen_user(const Database& db, std::int64_t id);
[[nodiscard]] Result<std::int64_t> count_users(const Database& db, std::int64_t agency_id);
[[nodiscard]] Result<std::int64_t> add_user(const Database& db, const User& user);  // its new id
[[nodiscard]] Done save_user(const Database& db, const User& user);  // all columns but created_at
// Active administrators with the whole tree below them, besides `but`.
[[nodiscard]] Result<std::int64_t> other_root_admins(const Database& db, std::int64_t but);

// Recovery codes replace those there were; each is good once.
[[nodiscard]] Done set_recovery_codes(const Database& db, std::int64_t user_id,
                                      const std::vector<std::string>& hashes);
[[nodiscard]] Result<bool> use_recovery_code(const Database& db, std::int64_t user_id,
                                             const std::string& hash, std::int64_t now);

}  // namespace khien::hub
