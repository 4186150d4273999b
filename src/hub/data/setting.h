// Settings of the hub: a name and a JSON value each, and those a person sets.
#pragma once

#include <cstdint>
#include <string>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

[[nodiscard]] Result<Node> read_setting(const Database& db, const std::string& name);  // or null
[[nodiscard]] Done save_setting(const Database& db, const std::string& name, const Node& value);

struct Settings {  // each an operation's field of the same name
  std::int64_t password_months = 3;  // a password is changed that often; 0: never by time
  std::int64_t idle_minutes = 30;    // a session of a centre ends without a sign of life
  bool two_factor = false;           // whoever signs in by password must set up one-time codes
  bool network = false;              // sources beyond this machine may be asked: domains, portals
};
[[nodiscard]] Result<Settings> read_settings(const Database& db);
[[nodiscard]] Done save_settings(const Database& db, const Settings& settings);

}  // namespace khien::hub
