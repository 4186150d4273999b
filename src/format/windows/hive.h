// A registry hive as it lies on the disk (NTUSER.DAT of somebody who is not logged on), read
// without loading it: loading would change the machine. The format is not published by its maker;
// this follows the description "Windows registry file format specification" (regf 1.3 to 1.5).
// The bytes belong to a user and are not trusted: every offset is checked, nothing recurses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "format/windows/registry.h"

namespace khien::host_windows {

inline constexpr std::size_t kHiveBytes = std::size_t{24} << 20;
inline constexpr std::size_t kHiveNames = 20'000;      // subkeys, and values, of one key
inline constexpr std::size_t kHiveValueBytes =
    16'344;  // larger ones lie in pieces and are left out

class Hive {
 public:
  // nullopt: no hive, or one whose last change was not written to its end.
  [[nodiscard]] static std::optional<Hive> open(std::string bytes);
  // `path` below the root: "Software\\Microsoft"; "" is the root. Broken when cells do not hold
  // together, absent when there is no such key.
  [[nodiscard]] RegistryKey read(std::string_view path) const;

 private:
  explicit Hive(std::string bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] std::string_view cell(std::uint32_t offset) const;  // "" when it is none
  [[nodiscard]] bool subkeys(std::string_view key, std::vector<std::uint32_t>& out) const;
  [[nodiscard]] bool take_list(std::string_view list, std::vector<std::uint32_t>& out) const;
  [[nodiscard]] bool values(std::string_view key, RegistryKey& out) const;
  std::string bytes_;
};

// A value as its type and bytes tell; the same for a hive and for the live registry.
[[nodiscard]] RegistryValue registry_value(std::uint32_t type, std::string_view bytes);
[[nodiscard]] std::string utf16_text(std::string_view little_endian_bytes);

}  // namespace khien::host_windows
