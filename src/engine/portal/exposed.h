// How the files of content/words/exposed_files.yaml are recognised: a server that answers 200 to
// everything has exposed nothing.
#pragma once

#include <cstddef>
#include <string_view>

namespace khien::portal {

inline constexpr std::size_t kPeekBytes = 512;

using Shape = bool (*)(std::string_view first_bytes);
[[nodiscard]] Shape shape_of(std::string_view name);  // null when there is none of that name

}  // namespace khien::portal
