// Windows machines told by text: the output of systeminfo (with or without that of `ver`) and lists
// of installed updates (Get-HotFix as CSV). For machines nobody could put the collector on.
//
// systeminfo is translated; it is read by its structure, never by its labels: the line whose value
// is a version followed by its own build number again names the system, the line above it the
// product, the one above that the machine. `ver` adds the revision in square brackets
// ([Version 10.0.19045.3570]); without it the build is known only through the updates.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/content.h"
#include "base/worker.h"
#include "collect/windows_update/support_end.h"
#include "format/table/table.h"
#include "store/facts.h"

namespace khien::windows {

inline constexpr std::size_t kTextBytes = 4 * limits::kMiB;
inline constexpr std::size_t kUpdates = 5'000;  // of one machine

struct SystemInfo {
  std::string host;          // "" when the line above the product is not there
  std::string os_name;
  std::string version;       // 10.0.19045 or, with ver, 10.0.19045.3570
  std::string architecture;  // x64 | x86 | arm64 | ""
  std::vector<std::string> updates;  // KB numbers, sorted, once each
};

// UTF-8, UTF-16 or an old code page. K0485, K0003 over kTextBytes.
[[nodiscard]] Result<SystemInfo> read_systeminfo(std::string_view bytes, const std::string& place);

struct HotFix {
  std::string host, kb, installed_on;
};
struct HotFixes {
  std::vector<HotFix> rows;
  bool dates_unclear = false;  // day and month could not be told apart, or did not read
};
// K0486. The order of day and month is taken from the whole file: one day over 12 decides it.
[[nodiscard]] Result<HotFixes> read_hotfixes(const Table& table, const std::string& place);

// A file or a folder of *.txt, *.log; `host` overrides the name of a single file's machine. Fills
// host and installed_update, one collection a file; a file that cannot be read goes to `problems`
// and its tables are missing.
[[nodiscard]] Result<std::vector<Collection>> collect_systeminfo(
    const std::filesystem::path& path, const std::string& source, const std::string& host,
    const Content& content, WorkerPool& pool, std::vector<Error>& problems);
// A CSV or XLSX file, or a folder of them. Fills installed_update.
[[nodiscard]] Result<std::vector<Collection>> collect_hotfixes(
    const std::filesystem::path& path, const std::string& source, const std::string& host,
    WorkerPool& pool, std::vector<Error>& problems);

[[nodiscard]] std::vector<Job> jobs();  // "windows.systeminfo"

// Regular files of a folder with one of the extensions, sorted; the path itself when it is a file.
[[nodiscard]] std::vector<std::filesystem::path> files_in(
    const std::filesystem::path& path, const std::vector<std::string>& extensions);

}  // namespace khien::windows
