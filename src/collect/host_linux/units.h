// systemd unit files: where they lie, what enables them, and the few keys the facts need.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "collect/host_linux/files.h"

namespace khien::host {

struct Unit {
  std::string path;     // "" when no file was found
  std::string command;  // first ExecStart
  std::string user;     // User=
  std::string schedule; // OnCalendar, OnBootSec, OnUnitActiveSec
  std::string unit;     // a timer's Unit=
  std::string description;
};
[[nodiscard]] Unit parse_unit(std::string_view text);
// The unit file of a name ("getty@tty1.service" falls back to "getty@.service").
[[nodiscard]] Unit read_unit(const Files& files, const std::string& name);
// Names of units that *.wants and *.requires folders pull in, ending in `suffix`; masked ones and
// links that lead nowhere are left out.
[[nodiscard]] std::vector<std::string> enabled_units(const Files& files, std::string_view suffix);

}  // namespace khien::host
