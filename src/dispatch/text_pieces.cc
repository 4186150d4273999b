#include "dispatch/text_pieces.h"

#include "base/text.h"

namespace khien {

std::u32string_view trimmed(std::u32string_view text) {
  const std::size_t a = text.find_first_not_of(U" \n\t,;:-–");
  if (a == std::u32string_view::npos) return {};
  return text.substr(a, text.find_last_not_of(U" \n\t,;:-–") - a + 1);
}

std::string tidy(std::u32string_view text) { return squeeze(to_utf8(trimmed(text))); }

std::size_t first_of(std::u32string_view text, std::size_t from, std::u32string_view stops) {
  const std::size_t at = text.find_first_of(stops, from);
  return at == std::u32string_view::npos ? text.size() : at;
}

}  // namespace khien
