// What a registry key holds, read live or from a hive, and how Windows compares names and writes
// times and numbers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace khien::host_windows {

enum class Problem { none, absent, denied, busy, too_large, broken };

// ASCII letters count alike: how the registry and the file system compare names.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);
struct LessName {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};

struct RegistryValue {
  enum class Type { text, number, texts, bytes };
  Type type = Type::bytes;
  std::string text;                // REG_SZ, REG_EXPAND_SZ, not expanded
  std::uint64_t number = 0;        // REG_DWORD, REG_QWORD
  std::vector<std::string> texts;  // REG_MULTI_SZ
  std::string bytes;               // everything else
};

struct RegistryKey {
  Problem problem = Problem::absent;
  std::vector<std::string> subkeys;
  std::map<std::string, RegistryValue, LessName> values;  // "" is the default value
  std::int64_t written_at = 0;                            // ms UTC; 0: not known
  [[nodiscard]] bool ok() const { return problem == Problem::none; }
  [[nodiscard]] std::string text(std::string_view name) const;  // "" when absent or no text
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
  [[nodiscard]] const RegistryValue* find(std::string_view name) const;
};

// A FILETIME (100 ns since 1601) as ms UTC; 0 when out of range.
[[nodiscard]] std::int64_t filetime_ms(std::uint64_t filetime);
// A time as WMI writes it, "20261001083000.000000+420" (minutes east of UTC), as ms UTC; 0 when it
// is none or not told ("**...").
[[nodiscard]] std::int64_t cim_ms(std::string_view text);
[[nodiscard]] std::uint64_t little_endian(std::string_view bytes);

}  // namespace khien::host_windows
