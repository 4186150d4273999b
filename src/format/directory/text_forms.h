// What is no LDIF: `net accounts`, `secedit /export`, Dovecot's passwd-file. Text is UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien::directory {

// `net accounts` of Windows in any language: nine lines "label: value" in a fixed order, read by
// position and numbers. A word where a number may stand ("Unlimited", "None", "Never") means 0.
// nullopt when the text has another shape.
struct WindowsPolicy {
  std::string name;  // "net accounts" | "secedit"
  std::optional<std::int64_t> min_length, max_age_days, history, lockout_tries;
  std::optional<bool> complex;  // three kinds of characters of four
  std::string as_written;
  bool controller = false;  // the role names a domain controller (English Windows only)
};
[[nodiscard]] std::optional<WindowsPolicy> read_net_accounts(std::string_view text);
// [System Access] of an INF file. nullopt when there is no such section.
[[nodiscard]] std::optional<WindowsPolicy> read_secedit(std::string_view text);

struct MailUser {
  std::string login, mail, password_store;  // "" = not told
};
// user:{SCHEME}hash:uid:gid:gecos:home:shell:extra, or one address a line (`doveadm user '*'`).
// Hashes are looked at for their scheme. nullopt when the text has another shape. K0971.
[[nodiscard]] Result<std::optional<std::vector<MailUser>>> read_mail_users(std::string_view text,
                                                                      const std::string& place);

}  // namespace khien::directory
