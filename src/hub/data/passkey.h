// Security keys of users, and the challenges they have answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.h"

namespace khien::hub {

struct Passkey {
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  std::string host;        // the name of this server that it is bound to
  std::string credential;  // its id, hex
  std::string name;
  int algorithm = 0;       // COSE
  std::string public_key;  // hex
  std::int64_t counter = 0;
  bool alone = false;      // it asks for a PIN or a finger: signs in without a password
  std::int64_t made_at = 0;
  std::int64_t used_at = 0;  // 0: not yet
};

[[nodiscard]] Result<std::vector<Passkey>> list_passkeys(const Database& db, std::int64_t user_id);
[[nodiscard]] Result<std::optional<Passkey>> find_passkey(const Database& db,
                                                          const std::string& credential);
[[nodiscard]] Result<bool> has_passkeys(const Database& db, std::int64_t user_id);
// Some user's key signs in alone on this host.
[[nodiscard]] Result<bool> passkeys_alone(const Database& db, const std::string& host);
[[nodiscard]] Result<std::int64_t> add_passkey(const Database& db, const Passkey& key);
// Of that user; false when there is none of that id.
[[nodiscard]] Result<bool> rename_passkey(const Database& db, std::int64_t user_id, std::int64_t id,
                                          const std::string& name);
[[nodiscard]] Result<bool> drop_passkey(const Database& db, std::int64_t user_id, std::int64_t id);
[[nodiscard]] Done use_passkey(const Database& db, std::int64_t id, std::int64_t counter,
                               std::int64_t at);
// False when it was answered before. Those answered before `since` go.
[[nodiscard]] Result<bool> take_challenge(const Database& db, const std::string& hash,
                                          std::int64_t now, std::int64_t since);

}  // namespace khien::hub
