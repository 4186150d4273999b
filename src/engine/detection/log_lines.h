// One text log: when each line was written, how long it was silent, failed log-ins, firewall lines.
// Pure: bytes in, counts out; no line is kept.
//
// Times read: RFC 5424 and other ISO 8601 ("2026-11-20T08:00:01.5+07:00", with a blank for the T,
// slashes, a comma before the fraction), RFC 3164 ("Nov 20 08:00:01", with a year as Cisco and
// Apache write it), journalctl (short, short-full, json), key=value of FortiGate and Sophos,
// Huawei, Check Point, access logs of web servers, W3C logs (UTC), seconds since 1970. A time
// without an offset is read as +07:00. RFC 3164 has no year: the years of such lines run forward
// with the file (a fall of more than 31 days backwards is a new year), and the last of them gets
// the latest year that does not put it more than a day after the reference (the file's last change,
// or the as-of moment where that is earlier).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien::detection {

inline constexpr std::size_t kHosts = 1000;       // of one file; later ones are added to ""
inline constexpr std::size_t kFailureKeys = 20'000;

struct Speaker {                    // one machine that writes into the file
  std::int64_t first_ms = 0, last_ms = 0;
  std::vector<std::int32_t> hours;  // hours since 1970 with a line; sorted, each once
  std::int64_t lines = 0, firewall_lines = 0, failures = 0;
};

struct FailureKey {
  std::string host, account, day;  // account "": names that do not exist there, or not told
  friend auto operator<=>(const FailureKey&, const FailureKey&) = default;
};

struct LogFacts {
  std::int64_t lines = 0;        // not blank
  std::int64_t timeless = 0;     // of them without a time we read
  bool year_from_file = false;   // some years follow the rule above
  bool failures_cut = false;     // more than kFailureKeys keys: the rest are in no key
  std::map<std::string, Speaker> speakers;  // by host, "" when the lines name none
  std::map<FailureKey, std::int64_t> failures;
};

[[nodiscard]] LogFacts read_log(std::string_view text, std::int64_t reference_ms);

// What one line says, for tests. `account` is empty for a name the machine does not know: people
// type passwords where names belong.
struct LoginFailure {
  std::int64_t count = 0;  // 0: no failed log-in
  std::string account;
};
[[nodiscard]] LoginFailure login_failure(std::string_view message);
// Packet filter logs: netfilter and ufw, Cisco ASA and FTD, FortiGate, Palo Alto, pfSense, Sophos,
// Huawei, Check Point, Juniper, MikroTik, SonicWall.
[[nodiscard]] bool is_firewall_line(std::string_view message);

}  // namespace khien::detection
