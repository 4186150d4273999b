// Of the table of source types; types of one folder share theirs.
#include "collect/jobs.h"

#include <set>

#include "collect/archive/archive.h"
#include "collect/sources.h"
#include "format/table/table.h"

namespace khien {

std::vector<Job> collect_jobs() {
  std::vector<Job> out = {table_job(), archive_job()};
  std::set<std::vector<Job> (*)()> taken;
  for (const SourceType& type : source_types()) {
    if (type.jobs == nullptr || !taken.insert(type.jobs).second) continue;
    for (Job& job : type.jobs()) out.push_back(std::move(job));
  }
  return out;
}

}  // namespace khien
