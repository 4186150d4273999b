// Cutting names and values out of prose.
#pragma once

#include <string>
#include <string_view>

namespace khien {

// Without blanks and marks (, ; : - –) around it.
[[nodiscard]] std::u32string_view trimmed(std::u32string_view text);
// The same as squeezed UTF-8.
[[nodiscard]] std::string tidy(std::u32string_view text);
// Where the first of `stops` stands at or after `from`; the end when none does.
[[nodiscard]] std::size_t first_of(std::u32string_view text, std::size_t from,
                                   std::u32string_view stops);

}  // namespace khien
