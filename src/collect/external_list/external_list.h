// Lists of official addresses that outside services hold: an answer of a breach service for the
// domain ({"alias": ["Breach", ...]}, JSON), a list of accounts somebody registered, or a table
// (CSV, XLSX ...) with an address and a service. Fills external_registration; what leaked is never
// read.
#pragma once

#include <string>
#include <vector>

#include "collect/source/source.h"

namespace khien {

inline constexpr std::size_t kExternalRows = 200'000;

// "external.json" -> {kind: external | defaults | logins | other, rows: [{mail, service,
// found_on}]}: what a JSON file of a folder of account data is. `defaults` holds words of the
// agency's administrator (defaults_known_to_admin) and is only named; they stay in the worker.
[[nodiscard]] std::vector<Job> external_jobs();
// path, sheet, columns. K0405 when the file is no such list.
[[nodiscard]] Result<std::string> check_external_list(const Node& map, const std::string& place);
[[nodiscard]] Collections read_external_list(const AgencySource& source, Reading& reading);

}  // namespace khien
