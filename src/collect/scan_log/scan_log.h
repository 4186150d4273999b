// Malware scans somebody ran, from what the scanners left: the log of clamscan, Windows Defender's
// MpCmdRun.log, its state and detections as PowerShell exports them (Get-MpComputerStatus,
// Get-MpThreatDetection), and any table or "name: value" text whose words stand in
// content/headers/scan.yaml (Kaspersky, Bkav, an authority's own scanner). Fills scan_run.
//
// Two names that claim one number, or a number that is none, are errors, never a guess. Paths and
// names of infected files are not kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collect/source/source.h"
#include "format/heading/heading_words.h"

namespace khien::scan {

inline constexpr std::size_t kLogBytes = 32 * limits::kMiB;
inline constexpr std::size_t kRuns = 10'000;  // of one file

// content/headers/scan.yaml, for use in workers too.
class Words {
 public:
  [[nodiscard]] static Result<Words> load(const Node& root);     // K0495
  [[nodiscard]] std::string field_of(std::string_view name) const;  // "" when unknown
  // The word of `words` a cell is: "full", "stopped" ...; "" when it is none of `among`.
  [[nodiscard]] std::string word_of(std::string_view cell,
                                    const std::vector<std::string>& among) const;

 private:
  HeadingWords fields_, words_;
};

// Named values of one scan to a row; pure. K0491, K0492.
class RunBuilder {
 public:
  RunBuilder(const Words& words, std::string place) : words_(words), place_(std::move(place)) {}
  // False when `name` is no field we know. `line` is for messages.
  [[nodiscard]] Result<bool> add(std::string_view name, const std::string& value, int line);
  [[nodiscard]] bool has(const std::string& field) const { return seen_.contains(field); }
  [[nodiscard]] bool enough() const;  // says at least what was found
  [[nodiscard]] Row finish(const char* tool);

 private:
  const Words& words_;
  std::string place_;
  Row row_;
  std::map<std::string, std::string> seen_;  // field -> the name that gave it
  std::int64_t parts_ = 0;
  bool has_parts_ = false;
};

// Text logs: clamscan, MpCmdRun, "name: value". K0490-K0493.
[[nodiscard]] Result<std::vector<Row>> read_scan_text(std::string_view bytes, const Words& words,
                                                      const std::string& place);
[[nodiscard]] Result<std::vector<Row>> read_scan_table(const Table& table, const Words& words,
                                                       const std::string& place);

[[nodiscard]] std::vector<Job> scan_log_jobs();  // "scan.log"

// path, host, scope (full | quick | folder). A file or a folder of logs, texts and tables. The
// machine: what the log says, else `host`, else the file's name. The scope: what the log says, else
// `scope`. One collection a file; a file that cannot be read goes to `problems`, its table is
// missing.
[[nodiscard]] Result<std::string> check_scan_log(const Node& map, const std::string& place);
[[nodiscard]] Collections read_scan_log(const AgencySource& source, Reading& reading);

}  // namespace khien::scan
