// The types of source that stand beside accounts and staff lists: external_list, browser_stores,
// join_decisions. One door to them for collect() and for the list of jobs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collect/account_file/account_file.h"
#include "collect/agency.h"
#include "people/join.h"

namespace khien {

[[nodiscard]] bool is_account_source(std::string_view type);
[[nodiscard]] std::vector<std::string> account_source_tables(std::string_view type);
// Tables are noted in `notes`. join_decisions fills `decisions` and gives a collection without
// tables.
[[nodiscard]] Result<Collection> collect_account_source(const AgencySource& source,
                                                        const Agency& agency,
                                                        const Lexicon& lexicon, WorkerPool& pool,
                                                        JoinDecisions& decisions,
                                                        std::vector<SourceNote>& notes);
// A list a person filled in: application, log-in, and the staff id (or "không", "dùng chung").
[[nodiscard]] Result<JoinDecisions> read_join_decisions(const Table& table,
                                                        const std::string& place,
                                                        const Lexicon& lexicon,
                                                        const Columns& columns = {});

}  // namespace khien
