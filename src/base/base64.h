// Base64 (RFC 4648): bytes as text, for what must pass as text, such as replies of workers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace khien {

[[nodiscard]] std::string base64_text(std::string_view bytes);
// nullopt: other characters, or a length or padding that is none.
[[nodiscard]] std::optional<std::string> base64_bytes(std::string_view text);

}  // namespace khien
