#include "format/directory/values.h"

#include <charconv>
#include <string>

#include "base/text.h"

namespace khien::directory {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return out;
}

std::optional<bool> true_or_false(std::string_view text) {
  const std::string low = ascii_lower(text);
  if (low == "true") return true;
  if (low == "false") return false;
  return std::nullopt;
}

}  // namespace khien::directory
