// The steps of khien assess, each a few lines over a room; the order of them is in assess.cc.
#pragma once

#include <optional>
#include <vector>

#include "app/assess.h"
#include "app/context.h"
#include "base/sqlite.h"
#include "collect/agency.h"
#include "store/assessment.h"

namespace khien::app {

[[nodiscard]] Result<Agency> the_agency(const AssessOptions& options);
// `before` takes the assessment it supersedes, where one is named.
[[nodiscard]] Result<Assessment> new_assessment(Context& context, const AssessOptions& options,
                                                const Agency& agency,
                                                std::optional<Assessment>* before = nullptr);
// What changed since: a file that cannot be compared is told and the run goes on.
void add_comparison(Context& context, const AssessOptions& options,
                    const std::optional<Assessment>& before, Assessment& assessment);
// The orders as records; gives what they say about time as facts (watch_window, dispatch_head).
[[nodiscard]] Result<Collection> add_orders(Context& context, const AssessOptions& options,
                                            const Agency& agency, Assessment& assessment);
[[nodiscard]] Result<std::vector<Collection>> collect_facts(Context& context,
                                                            const AssessOptions& options,
                                                            const Agency& agency,
                                                            std::int64_t as_of);
[[nodiscard]] Done write_facts(const Database& db, const FactSchema& schema,
                               const std::vector<Collection>& collections);
void name_assessment(Assessment& assessment);
[[nodiscard]] Done write_sealed(Context& context, const Database& db, const Assessment& assessment,
                                const std::filesystem::path& out);
// `db` has the facts, for who is behind a case and how many machines were seen.
void show(Context& context, const Assessment& assessment, const Database& db,
          const AssessOptions& options);
void raise_exit(Context& context, const Assessment& assessment);
// Configuration mistakes (a wrong YAML field, a bad date) are usage, the rest broke the run.
[[nodiscard]] Exit exit_for(const Error& error);

}  // namespace khien::app
