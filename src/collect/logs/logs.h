// Logs an agency hands over as files: which machines wrote, from when to when, when they were
// silent, and how often a log-in failed. Fills log_seen and login_failure; no line is kept.
//
// A source is a machine named in syslog lines, or a file whose lines name none. Rotated files
// ("auth.log.2.gz", "secure-20261115") belong to the file they were turned from. Silence is
// counted in whole hours without any line, so one of less than an hour or two is not seen.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "collect/source/source.h"

namespace khien {

inline constexpr std::size_t kLogFileBytes = 256 * limits::kMiB;
inline constexpr std::size_t kLogTextBytes = 512 * limits::kMiB;  // unpacked
inline constexpr std::size_t kLogFiles = 20'000;

// "logs.text", args {reference}: {sha256, lines, timeless, year_from_file, cut, speakers: [{host,
// first, last, lines, firewall, failures, hours: [from, to, from, to ...]}], failures: [{host,
// account, day, count}]}
[[nodiscard]] std::vector<Job> log_jobs();

// A file or a folder; `as_of_ms` bounds the year of lines without one. K0001, K0932, K0933.
[[nodiscard]] Result<Collection> collect_logs(const std::filesystem::path& path,
                                              const std::string& source, WorkerPool& pool,
                                              std::int64_t as_of_ms);
[[nodiscard]] Collections read_logs(const AgencySource& source, Reading& reading);

// "auth.log.2.gz" -> "auth.log"; "secure-20261115" -> "secure".
[[nodiscard]] std::string unrotated(std::string_view name);

}  // namespace khien
