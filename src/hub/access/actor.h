// Who asks, and what a role may do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace khien::hub {

// x-need of an operation (content/api).
enum class Need { open, signed_in, read, write, decide, audit, admin, root, agent, screen };

struct Actor {
  std::int64_t user_id = 0;  // 0: a stranger
  std::string login, name;
  std::string role;
  std::int64_t agency_id = 0;    // sees this agency and those below
  std::string session_hash;      // "" with a token
  std::string csrf;
  std::string scopes;            // of a token: read write decide admin wall; "" with a session
  bool at_root = false;          // of the agency that has the whole tree below it
  bool must_change = false;
  bool must_set_otp = false;
  std::int64_t agent_id = 0;     // a program that showed its certificate; no user
  std::string remote;            // the address asked from
  [[nodiscard]] bool known() const { return user_id != 0; }
};

[[nodiscard]] std::optional<Need> parse_need(std::string_view word);  // "public" is Need::open
// write: officer, clerk, admin. decide: leader, admin. audit: auditor, leader, admin. root: an
// admin of the root agency. agent: a program that showed its certificate, and nobody else. screen:
// read, and what the token of a screen on a wall sees, which sees nothing else. A token needs the
// scope too; any other scope may read, that of an admin all.
[[nodiscard]] bool may(const Actor& actor, Need need);

}  // namespace khien::hub
