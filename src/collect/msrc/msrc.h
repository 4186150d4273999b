// Microsoft's monthly documents of holes and fixes, which the agency supplies as files. Nothing is
// fetched.
#pragma once

#include <filesystem>
#include <vector>

#include "collect/source/source.h"

namespace khien::vuln {

// A folder of *.xml, or one file. Fills vuln_advisory, vuln_fix and vuln_update. A file that cannot
// be read goes to `problems` and makes the tables partial: its month is then not there at all.
// K0483 when there is no *.xml.
[[nodiscard]] Result<Collection> collect_msrc(const std::filesystem::path& path,
                                              const std::string& source, WorkerPool& pool,
                                              std::vector<Error>& problems);

[[nodiscard]] Collections read_msrc(const AgencySource& source, Reading& reading);

[[nodiscard]] std::vector<Job> msrc_jobs();  // "vuln.cvrf"

// Drops fixes of systems no machine among `collections` runs, and updates that are neither of
// Windows nor installed anywhere: a year of documents is 40,000 rows, those of one agency 4,000.
// Call it once every machine's facts are there.
void keep_what_machines_need(std::vector<Collection>& collections);

}  // namespace khien::vuln
