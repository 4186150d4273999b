// The short fixed list of files that a web server must not hand out, and how each is recognised: a
// server that answers 200 to everything has exposed nothing.
#pragma once

#include <string_view>
#include <vector>

namespace khien::portal {

inline constexpr std::size_t kPeekBytes = 512;

struct Exposed {
  const char* path;
  bool (*looks_real)(std::string_view first_bytes);
};
[[nodiscard]] const std::vector<Exposed>& exposed_list();

}  // namespace khien::portal
