// Only what mail needs; ICU is asked for nothing but the folding of Vietnamese.
#include "engine/mail/mail_encoding.h"

#include <cstdint>

#include "base/text.h"

namespace khien::mail_files {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

}  // namespace

std::string from_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=') break;
    const int value = base64_digit(c);
    if (value < 0) continue;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out.push_back(static_cast<char>((bits >> held) & 0xff));
  }
  return out;
}

std::string from_quoted_printable(std::string_view text, bool in_header) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_header && c == '_') {
      out.push_back(' ');
    } else if (c != '=') {
      out.push_back(c);
    } else if (i + 1 < text.size() && text[i + 1] == '\n') {
      ++i;
    } else if (i + 2 < text.size() && text[i + 1] == '\r' && text[i + 2] == '\n') {
      i += 2;
    } else if (i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
      i += 2;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string charset_to_utf8(std::string bytes, std::string_view charset) {
  const std::string name = ascii_lower(charset);
  if (name == "iso-8859-1" || name == "windows-1252" || name == "latin1") {
    std::string out;
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x80) out.push_back(c);
      else {
        out.push_back(static_cast<char>(0xc0 | (byte >> 6)));
        out.push_back(static_cast<char>(0x80 | (byte & 0x3f)));
      }
    }
    return out;
  }
  if (is_valid_utf8(bytes)) return bytes;
  auto decoded = decode_text(bytes, "");
  return decoded ? std::move(decoded->text) : "";
}

}  // namespace khien::mail_files
