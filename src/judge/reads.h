// What a control's SQL reads, as SQLite's authorizer tells it.
#pragma once

#include <set>
#include <string>

#include "base/error.h"
#include "judge/catalog.h"
#include "judge/sandbox.h"
#include "store/facts.h"

namespace khien {

// Every table and view a control may read.
[[nodiscard]] std::set<std::string> all_tables(const FactSchema& schema);
// A table the control reads and does not declare would be judged unseen: an error of the control
// (K0509). What stands behind a view counts, the view itself does not.
[[nodiscard]] Result<std::set<std::string>> declared_reads(Sandbox& sandbox,
                                                           const FactSchema& schema,
                                                           const Control& control);
// The same with an empty database of its own.
[[nodiscard]] Result<std::set<std::string>> tables_read(const FactSchema& schema,
                                                        const Control& control);

}  // namespace khien
