// The jobs this room runs in workers. Pure functions: bytes in, Node out; tests and fuzzers call
// them directly.
#pragma once

#include <vector>

#include "base/worker.h"

namespace khien {

// "table.read"      -> {format, encoding, sheet, uncounted, rows}
// "accounts.passwd" -> {users: [..]} of a passwd file
// "accounts.shadow" -> {users: [..]} of a shadow file, without hashes
// "vuln.cvrf", "vuln.kev": vuln_data/; "windows.systeminfo": windows_update/; "scan.log": scan_run/
// "browser.chromium", "browser.firefox": browser_store/jobs.h
[[nodiscard]] std::vector<Job> collect_jobs();

}  // namespace khien
