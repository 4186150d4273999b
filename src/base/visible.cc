// What a terminal would obey instead of showing.
#include <unicode/utf8.h>

#include <fmt/format.h>

#include "base/text.h"

namespace khien {
namespace {

bool gives_orders(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;   // C0, DEL, C1
  if (c == 0x061C || c == 0x200E || c == 0x200F) return true;  // direction marks
  if (c >= 0x2028 && c <= 0x202E) return true;            // line ends, direction
  if (c >= 0x2066 && c <= 0x206F) return true;            // direction, old controls
  if (c >= 0xFFF9 && c <= 0xFFFB) return true;            // annotations
  return c >= 0xE0000 && c <= 0xE007F;                    // tags
}

}  // namespace

std::string visible(std::string_view text, Lines lines) {
  std::string out;
  out.reserve(text.size());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t from = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    const std::string_view piece = text.substr(static_cast<std::size_t>(from),
                                               static_cast<std::size_t>(at - from));
    if (c < 0) {
      for (const unsigned char byte : piece) out += fmt::format("\\x{:02X}", byte);
    } else if (!gives_orders(static_cast<char32_t>(c)) ||
               (lines == Lines::kept && (c == '\n' || c == '\t'))) {
      out += piece;
    } else if (c <= 0xFFFF) {
      out += fmt::format("\\u{:04X}", c);
    } else {  // as JSON writes it
      out += fmt::format("\\u{:04X}\\u{:04X}", 0xD7C0 + (c >> 10), 0xDC00 + (c & 0x3FF));
    }
  }
  return out;
}

}  // namespace khien
