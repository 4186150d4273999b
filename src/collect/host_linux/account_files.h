// The account files of a Unix machine: passwd(5), shadow(5), group(5), lastlog, wtmp.
// Lines that do not parse are left out; hashes are looked at once and never kept.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/host_linux/files.h"

namespace khien::host {

inline constexpr std::size_t kAccountBytes = std::size_t{16} << 20;
inline constexpr std::size_t kLastlogRecord = 292;  // struct lastlog of x86-64 Linux
inline constexpr std::size_t kWtmpRecord = 384;     // struct utmp of x86-64 Linux

struct Passwd {
  std::string login, gecos, home, shell;
  std::int64_t uid = 0;
  std::int64_t gid = 0;
  bool empty_password = false;  // the field is empty: no password at all, shadow or not
  [[nodiscard]] bool may_log_in() const;  // the shell is one
};
[[nodiscard]] std::vector<Passwd> parse_passwd(std::string_view text);

struct Shadow {
  std::string scheme;  // yescrypt, sha512crypt ...; "none": no password can match; "" : empty
  bool locked = false;
  std::optional<std::int64_t> changed_day, max_days, expire_day;  // days since 1970
};
[[nodiscard]] std::map<std::string, Shadow> parse_shadow(std::string_view text);

struct Group {
  std::string name;
  std::int64_t gid = 0;
  std::vector<std::string> members;
};
[[nodiscard]] std::vector<Group> parse_group(std::string_view text);

// The time of one lastlog record, ms UTC; nullopt when never or cut.
[[nodiscard]] std::optional<std::int64_t> parse_lastlog_record(std::string_view record);
// Newest login by user in (the end of) a wtmp file. `text` starts on a record.
[[nodiscard]] std::map<std::string, std::int64_t> parse_wtmp(std::string_view bytes);

}  // namespace khien::host
