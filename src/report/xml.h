// Text into XML or HTML: the five characters that mean something are escaped; code points XML 1.0
// forbids are dropped. Every outside byte of DOCX and HTML passes here.
#pragma once

#include <string>
#include <string_view>

namespace khien::report {

[[nodiscard]] inline std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

}  // namespace khien::report
