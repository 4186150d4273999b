// The target of a Windows shortcut (MS-SHLLINK 2.1-2.4), from its LinkInfo. The bytes come from the
// machine being looked at and are not trusted.
#pragma once

#include <string>
#include <string_view>

namespace khien::host_windows {

inline constexpr std::size_t kShortcutBytes = std::size_t{64} << 10;

struct Shortcut {
  std::string target;     // C:\..., or \\server\share\...; "" when the shortcut does not say
  std::string arguments;  // as written; for redaction before it is kept
};

[[nodiscard]] Shortcut parse_shortcut(std::string_view bytes);

}  // namespace khien::host_windows
