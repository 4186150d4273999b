#include "format/crypt_scheme.h"

#include <array>
#include <utility>

namespace khien {

std::string crypt_scheme(std::string_view hash) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 13> known = {{
      {"$y$", "yescrypt"},   {"$gy$", "gost-yescrypt"}, {"$7$", "scrypt"},
      {"$6$", "sha512crypt"}, {"$5$", "sha256crypt"},   {"$2a$", "bcrypt"},
      {"$2b$", "bcrypt"},    {"$2y$", "bcrypt"},        {"$2x$", "bcrypt"},
      {"$1$", "md5crypt"},   {"$3$", "nt"},             {"$md5", "sunmd5"},
      {"$argon2", "argon2"},
  }};
  for (const auto& [mark, name] : known) {
    if (hash.starts_with(mark)) return name;
  }
  if (hash.empty()) return "";
  if (hash[0] == '_' && hash.size() == 20) return "bsdicrypt";
  if (hash[0] != '*' && hash[0] != '!' && hash[0] != '$' && hash.size() == 13) return "descrypt";
  return hash[0] == '$' ? "other" : "none";
}

}  // namespace khien
