#include "format/clean_text.h"

#include "base/text.h"

namespace khien {

bool is_plain(std::string_view text) {
  char last = 'x';
  for (const char c : text) {
    if (c < 0x20 || c > 0x7E || (c == ' ' && last == ' ')) return false;
    last = c;
  }
  return true;
}

std::string clean_text(std::string_view text) {
  text = trim(text);
  if (is_plain(text)) return std::string(text);
  std::string out(text);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return squeeze(nfc(out));
}

}  // namespace khien
