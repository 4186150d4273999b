// A value of a file of others as it is kept: on one line, without control characters, NFC, single
// spaces.
#pragma once

#include <string>
#include <string_view>

namespace khien {

[[nodiscard]] std::string clean_text(std::string_view text);
// Printable ASCII with single spaces: nearly all there is, clean as it stands but for its ends.
[[nodiscard]] bool is_plain(std::string_view text);

}  // namespace khien
