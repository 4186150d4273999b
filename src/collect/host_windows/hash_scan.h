// Comparing the files of given folders with a list of digests (a quick look for known bad files;
// no scanner). The list comes from outside: lines with an MD5, SHA-1 or SHA-256 in hex anywhere in
// them, as warnings print them; everything else of a line is passed over.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "collect/host_windows/machine.h"
#include "store/facts.h"

namespace khien::host_windows {

inline constexpr std::size_t kListBytes = std::size_t{16} << 20;
inline constexpr std::size_t kListDigests = 500'000;
inline constexpr std::size_t kScannedFiles = 2'000'000;
inline constexpr std::int64_t kScannedBytes = 256 << 20;  // of one file

struct HashList {
  std::set<std::string, std::less<>> md5, sha1, sha256;  // lower case hex
  bool cut = false;                                      // more than kListDigests
  [[nodiscard]] bool empty() const { return md5.empty() && sha1.empty() && sha256.empty(); }
};
[[nodiscard]] HashList parse_hash_list(std::string_view text);

struct HashScan {
  std::vector<std::string> hits;  // paths, for the person at the machine; not kept in the facts
  std::int64_t scanned = 0;
  std::int64_t unread = 0;        // files and folders
  bool stopped = false;
};
// Adds one row to scan_run of `out`. `progress` is called with the number of files seen.
HashScan scan_folders(const Files& files, const HashList& list,
                      const std::vector<std::string>& folders, const std::string& list_name,
                      const Clock& clock, const std::function<void(std::int64_t)>& progress,
                      Collection& out);

}  // namespace khien::host_windows
