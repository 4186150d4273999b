// Published vulnerability data the agency supplies as files: Microsoft's monthly documents and the
// catalogue of exploited holes, to facts. Nothing is fetched.
#pragma once

#include <filesystem>
#include <vector>

#include "base/worker.h"
#include "store/facts.h"

namespace khien::vuln {

// A folder of *.xml, or one file. Fills vuln_advisory, vuln_fix and vuln_update. A file that cannot
// be read goes to `problems` and makes the tables partial: its month is then not there at all.
// K0483 when there is no *.xml.
[[nodiscard]] Result<Collection> collect_msrc(const std::filesystem::path& path,
                                              const std::string& source, WorkerPool& pool,
                                              std::vector<Error>& problems);

// The catalogue of exploited holes as published, JSON or CSV. Fills known_exploited. K0484.
[[nodiscard]] Result<Collection> collect_kev(const std::filesystem::path& path,
                                             const std::string& source, WorkerPool& pool);

// "vuln.cvrf", "vuln.kev".
[[nodiscard]] std::vector<Job> jobs();

// Drops fixes of systems no machine among `collections` runs, and updates that are neither of
// Windows nor installed anywhere: a year of documents is 40,000 rows, those of one agency 4,000.
// Call it once every machine's facts are there.
void keep_what_machines_need(std::vector<Collection>& collections);

}  // namespace khien::vuln
