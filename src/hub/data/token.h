// Tokens of programs: each speaks for a user, within its scopes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.h"

namespace khien::hub {

struct Token {
  std::int64_t id = 0;
  std::string hash;
  std::int64_t user_id = 0;
  std::string name;
  std::string scopes;           // "read write"
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0;  // 0: never
  std::int64_t used_at = 0;     // 0: not yet
};

[[nodiscard]] Result<std::int64_t> add_token(const Database& db, const Token& token);
[[nodiscard]] Result<std::optional<Token>> find_token(const Database& db, const std::string& hash);
[[nodiscard]] Result<std::vector<Token>> list_tokens(const Database& db, std::int64_t user_id);
[[nodiscard]] Done use_token(const Database& db, std::int64_t id, std::int64_t at);
[[nodiscard]] Done drop_token(const Database& db, std::int64_t id);

}  // namespace khien::hub
