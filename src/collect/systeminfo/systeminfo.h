// Windows machines told by text: the output of systeminfo, with or without that of `ver`. For
// machines nobody could put the collector on. Fills host and installed_update.
//
// systeminfo is translated; it is read by its structure, never by its labels: the line whose value
// is a version followed by its own build number again names the system, the line above it the
// product, the one above that the machine. `ver` adds the revision in square brackets
// ([Version 10.0.19045.3570]); without it the build is known only through the updates.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collect/source/source.h"

namespace khien::windows {

inline constexpr std::size_t kTextBytes = 4 * limits::kMiB;
inline constexpr std::size_t kUpdates = 5'000;  // of one machine

struct SystemInfo {
  std::string host;          // "" when the line above the product is not there
  std::string os_name;
  std::string version;       // 10.0.19045 or, with ver, 10.0.19045.3570
  std::string machine_id;    // of what the system says of its own installation; "" when nothing
  std::string architecture;  // x64 | x86 | arm64 | ""
  std::vector<std::string> updates;  // KB numbers, sorted, once each
};

// The machines of a file, in its order: texts of several may be appended to each other, and CSV
// (`systeminfo /fo csv`) has a row a machine. Of one machine that is there twice the later counts.
// UTF-8, UTF-16 or an old code page. K0485, K0003 over kTextBytes.
[[nodiscard]] Result<std::vector<SystemInfo>> machines_in(std::string_view bytes,
                                                          const std::string& place);

// path, host. A file or a folder of *.txt, *.log, *.csv; `host` overrides the name of the machine
// of a single file. One collection a machine; a file that cannot be read goes to `problems` and its
// tables are missing.
[[nodiscard]] Result<std::string> check_systeminfo(const Node& map, const std::string& place);
[[nodiscard]] Collections read_systeminfo(const AgencySource& source, Reading& reading);

[[nodiscard]] std::vector<Job> systeminfo_jobs();  // "windows.systeminfo"

}  // namespace khien::windows
