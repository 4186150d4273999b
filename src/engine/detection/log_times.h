// The time at the start of a log line.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace khien::detection {

struct LineTime {
  bool has_year = false;
  std::int64_t at_ms = 0;  // has_year: UTC; else of the year 2000 (a leap year), +07:00
  bool zoned = false;      // the line says its offset
  bool names_host = false; // a syslog form: the next word is the machine
  std::string_view host;   // a machine named by a key (devname="FG-1"); "" otherwise
  std::size_t used = 0;    // bytes of the line before what follows the time
};

// Values of the lines a firewall or journald writes as key=value or JSON (log_keys.cc).
[[nodiscard]] std::string_view key_value(std::string_view line, std::string_view key);

// Leading "<34>" or "<34>1 " (priority, RFC 5424 version) is stepped over.
[[nodiscard]] std::optional<LineTime> line_time(std::string_view line);
// A yearless time moved into `year`; 29 February of a common year becomes 1 March.
[[nodiscard]] std::int64_t in_year(std::int64_t at_ms_of_2000, int year);

}  // namespace khien::detection
