// Accounts that stand in no /etc/passwd: user records of systemd (systemd-homed's identities and
// the drop-in files of userdb(5)). One JSON object a user.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "collect/host_linux/account_files.h"

namespace khien::host {

struct UserRecord {
  Passwd user;
  std::optional<Shadow> shadow;  // none: the record does not hold the password's part
  std::set<std::string> groups;
};
// nullopt when it is no user record.
[[nodiscard]] std::optional<UserRecord> parse_user_record(std::string_view json);

struct UserRecords {
  std::vector<UserRecord> all;     // by path
  std::vector<std::string> unread; // files and folders that could not be read
};
[[nodiscard]] UserRecords read_user_records(const Files& files);

}  // namespace khien::host
