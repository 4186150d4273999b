// The types of source that are files of everyday work: mailbox, logs, backups, signed_documents.
// One door to them for collect() and for the list of jobs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/content.h"
#include "base/error.h"
#include "base/worker.h"
#include "collect/agency.h"
#include "store/facts.h"

namespace khien {

[[nodiscard]] bool is_file_source(std::string_view type);
[[nodiscard]] std::vector<std::string> file_source_tables(std::string_view type);
[[nodiscard]] const char* file_source_collector(std::string_view type);
[[nodiscard]] Result<Collection> collect_file_source(const AgencySource& source,
                                                     const Agency& agency, const Content& content,
                                                     WorkerPool& pool, const Clock& clock);
[[nodiscard]] std::vector<Job> file_source_jobs();

}  // namespace khien
