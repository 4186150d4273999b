// UTF-8 without ICU: what every program of the house needs, also the one for Windows. Ill-formed
// bytes are replaced as Unicode advises (chapter 3, U+FFFD for each maximal subpart).
#include "base/text.h"

namespace khien {
namespace {

constexpr char32_t kBad = 0xFFFFFFFF;

// The code point at `at`, which moves past it; kBad and the maximal subpart when it is ill-formed.
char32_t next(std::string_view s, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(at++);
  if (lead < 0x80) return lead;
  if (lead < 0xC2 || lead > 0xF4) return kBad;
  const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t c = lead & (0x3F >> more);
  for (int i = 0; i < more; ++i) {
    // Only the first continuation is narrowed: no overlong forms, surrogates, or beyond U+10FFFF.
    const unsigned char low = i > 0 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = i > 0 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at >= s.size() || byte(at) < low || byte(at) > high) return kBad;
    c = c << 6 | (byte(at++) & 0x3F);
  }
  return c;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (next(text, at) == kBad) return false;
  }
  return true;
}

std::u32string to_u32(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next(utf8, at);
    out += c == kBad ? char32_t{0xFFFD} : c;
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  for (const char32_t c : text) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

std::string squeeze(std::string_view text) {
  std::string out;
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
      space = !out.empty();
    } else {
      if (space) out += ' ';
      space = false;
      out += c;
    }
  }
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n\f";
  const std::size_t a = text.find_first_not_of(blank);
  if (a == std::string_view::npos) return {};
  return text.substr(a, text.find_last_not_of(blank) - a + 1);
}

std::size_t code_points(std::string_view utf8) {
  std::size_t n = 0;
  for (const unsigned char c : utf8) n += (c & 0xC0) != 0x80;
  return n;
}

std::string shorten(std::string_view utf8, std::size_t count) {
  const std::u32string text = to_u32(utf8);
  if (text.size() <= count) return std::string(utf8);
  std::u32string cut = text.substr(0, count > 0 ? count - 1 : 0);
  while (!cut.empty() && cut.back() == U' ') cut.pop_back();
  return to_utf8(cut) + "…";
}

}  // namespace khien
