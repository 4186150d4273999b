// libFuzzer: PAM files, key files and the rule made of them.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collect/host_linux/password_policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = khien::host::parse_pam(text);
  const auto settings = khien::host::parse_settings(text);
  (void)khien::host::rule_from(lines, lines, settings, settings, settings);
  return 0;
}
