// Password rules of a machine: login.defs(5), pam_unix, pam_pwquality with its configuration files,
// pam_pwhistory, pam_faillock and pam_tally2, as PAM's common-password and common-auth order them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/host_linux/files.h"

namespace khien::host {

struct PamLine {
  std::string type, control, module;
  std::vector<std::string> args;
};
// The lines of one pam.d file; "@include x" comes as type "include", module x.
[[nodiscard]] std::vector<PamLine> parse_pam(std::string_view text);
// Lines of a service with its includes followed (at most 200 lines, 5 files deep).
[[nodiscard]] std::vector<PamLine> read_pam(const Files& files, const std::string& service);

using Settings = std::map<std::string, std::string>;
// "key = value", "key=value" or "key value" lines with # comments; a bare key has the value "".
[[nodiscard]] Settings parse_settings(std::string_view text);

struct PasswordRule {
  std::optional<std::int64_t> min_length, history, lockout_tries;
  std::optional<std::int64_t> max_age_days;  // 0: never
  bool need_digit = false, need_lower = false, need_upper = false, need_special = false;
  std::string as_written;  // the settings that decided, in their own words
  std::string source;      // the files they came from
};
// From PAM lines of common-password (and of common-auth and common-account for lockout), pwquality,
// faillock and pwhistory settings already joined, and login.defs. What is only written down or
// warned of is no rule.
[[nodiscard]] PasswordRule rule_from(const std::vector<PamLine>& password,
                                     const std::vector<PamLine>& auth, Settings quality,
                                     const Settings& faillock, const Settings& login_defs,
                                     const Settings& history = {});

}  // namespace khien::host
