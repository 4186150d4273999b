// Log-in logs that applications export: who, when, from which machine. Fills login_use, one row an
// account: the most machines it was used from within one hour; the log's lines are not kept.
#pragma once

#include <string>

#include "collect/source/source.h"

namespace khien {

inline constexpr std::int64_t kAtOnceMs = 3'600'000;

// Pure, for tests. Rows without a log-in name, a time of day or a machine are counted in `detail`.
// K0461, K0462.
[[nodiscard]] Result<TableFacts> log_ins_of(const Table& table, const std::string& app,
                                            const std::string& agency, const std::string& place,
                                            const Lexicon& lexicon, const Columns& columns = {});

// path, app, agency, sheet, columns.
[[nodiscard]] Result<std::string> check_login_log(const Node& map, const std::string& place);
[[nodiscard]] Collections read_login_log(const AgencySource& source, Reading& reading);

}  // namespace khien
