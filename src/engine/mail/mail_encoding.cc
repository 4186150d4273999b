// Only what mail needs; ICU is asked for nothing but the folding of Vietnamese.
#include "engine/mail/mail_encoding.h"

#include <charconv>
#include <cstdint>

#include "base/text.h"

namespace khien::mail {
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

void put_utf8(std::uint32_t c, std::string& out) {
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = 0xFFFD;
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return;
  }
  const int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr std::uint32_t kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out.push_back(static_cast<char>(kLead[tail] | (c >> (6 * tail))));
  for (int i = tail - 1; i >= 0; --i) {
    out.push_back(static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F)));
  }
}

// The mark of byte order decides; without one what the name says, else little-endian.
std::string utf16_to_utf8(std::string_view bytes, bool big) {
  if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE")) {
    big = bytes[0] == '\xFE';
    bytes.remove_prefix(2);
  }
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(bytes[at]);
    const auto b = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint32_t>(big ? a << 8 | b : b << 8 | a);
  };
  std::string out;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    std::uint32_t c = unit(i);
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size()) {
      const std::uint32_t low = unit(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    if (c != 0) put_utf8(c, out);
  }
  return out;
}

struct Entity {
  std::string_view name;
  std::uint32_t code;
};
constexpr Entity kEntities[] = {
    {"amp", '&'},     {"lt", '<'},      {"gt", '>'},       {"quot", '"'},    {"apos", '\''},
    {"nbsp", ' '},    {"colon", ':'},   {"sol", '/'},      {"period", '.'},  {"commat", '@'},
    {"quest", '?'},   {"equals", '='},  {"num", '#'},      {"percnt", '%'},  {"lowbar", '_'},
    {"UnderBar", '_'}, {"semi", ';'},   {"comma", ','},    {"excl", '!'},    {"bsol", '\\'},
    {"lpar", '('},    {"rpar", ')'},    {"Tab", '\t'},     {"NewLine", '\n'}, {"dash", 0x2010},
    {"hyphen", 0x2010}, {"zwnj", 0x200C}, {"shy", 0xAD},   {"agrave", 0xE0}, {"aacute", 0xE1},
    {"acirc", 0xE2},  {"atilde", 0xE3}, {"egrave", 0xE8},  {"eacute", 0xE9}, {"ecirc", 0xEA},
    {"igrave", 0xEC}, {"iacute", 0xED}, {"ograve", 0xF2},  {"oacute", 0xF3}, {"ocirc", 0xF4},
    {"otilde", 0xF5}, {"ugrave", 0xF9}, {"uacute", 0xFA},  {"yacute", 0xFD}, {"ETH", 0xD0}};

// What stands behind "&"; the bytes it takes, 0 for no entity.
std::size_t read_entity(std::string_view text, std::string& out) {
  if (text.starts_with('#')) {
    const bool wide = text.size() > 1 && (text[1] == 'x' || text[1] == 'X');
    const char* begin = text.data() + (wide ? 2 : 1);
    std::uint32_t code = 0;
    const auto read = std::from_chars(begin, text.data() + text.size(), code, wide ? 16 : 10);
    if (read.ptr == begin) return 0;
    put_utf8(read.ec == std::errc() ? code : 0xFFFD, out);
    const auto used = static_cast<std::size_t>(read.ptr - text.data());
    return used + (used < text.size() && text[used] == ';' ? 1 : 0);
  }
  for (const Entity& entity : kEntities) {
    if (!text.starts_with(entity.name) || text.size() <= entity.name.size() ||
        text[entity.name.size()] != ';') {
      continue;
    }
    put_utf8(entity.code, out);
    return entity.name.size() + 1;
  }
  return 0;
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

std::string from_percents(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                       hex_digit(text[i + 2]) >= 0;
    out.push_back(coded ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]))
                        : text[i]);
    if (coded) i += 2;
  }
  return out;
}

std::string charset_to_utf8(std::string bytes, std::string_view charset) {
  const std::string name = ascii_lower(charset.substr(0, charset.find('*')));  // "utf-8*vi"
  if (name == "utf-16" || name == "utf-16le" || name == "utf-16be" || name == "unicode") {
    return utf16_to_utf8(bytes, name == "utf-16be");
  }
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

std::string decode_entities(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t mark = std::min(html.find('&', at), html.size());
    out += html.substr(at, mark - at);
    at = mark + 1;
    if (mark == html.size()) break;
    const std::size_t used = read_entity(html.substr(at), out);
    if (used == 0) out.push_back('&');
    at += used;
  }
  return out;
}

}  // namespace khien::mail
