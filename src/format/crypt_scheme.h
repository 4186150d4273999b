// Names of password schemes, crypt(5).
#pragma once

#include <string>
#include <string_view>

namespace khien {

// The name of the scheme of a crypt(5) hash.
[[nodiscard]] std::string crypt_scheme(std::string_view hash);

}  // namespace khien
