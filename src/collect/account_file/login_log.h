// Log-in logs that applications export: who, when, from which machine. Fills login_use, one row an
// account: the most machines it was used from within one hour; the log's lines are not kept.
#pragma once

#include <string>

#include "base/worker.h"
#include "collect/account_file/account_file.h"
#include "collect/agency.h"
#include "store/facts.h"

namespace khien {

inline constexpr std::int64_t kAtOnceMs = 3'600'000;

// Pure, for tests. Rows without a log-in name, a time of day or a machine are counted in `detail`.
// K0461, K0462.
[[nodiscard]] Result<TableFacts> read_login_log(const Table& table, const std::string& app,
                                                const std::string& agency,
                                                const std::string& place, const Lexicon& lexicon,
                                                const Columns& columns = {});

[[nodiscard]] Result<Collection> collect_login_log(const AgencySource& source,
                                                   const Lexicon& lexicon, WorkerPool& pool,
                                                   std::vector<SourceNote>& notes);

}  // namespace khien
