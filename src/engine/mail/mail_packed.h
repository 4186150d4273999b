// Files that lie inside other parts of a mail: in uuencode within the text, in Outlook's
// winmail.dat (MS-OXTNEF). Only their names are read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace khien::mail {

inline constexpr std::size_t kPackedNames = 200;

[[nodiscard]] std::vector<std::string> uuencoded_names(std::string_view text);
// Nothing: no TNEF, or one that breaks off.
[[nodiscard]] std::optional<std::vector<std::string>> tnef_names(std::string_view bytes);

}  // namespace khien::mail
