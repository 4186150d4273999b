// The one list of this room.
#include "collect/jobs.h"

#include "collect/account_file/unix_files.h"
#include "collect/browser_store/jobs.h"
#include "collect/table/table.h"

namespace khien {

std::vector<Job> collect_jobs() {
  std::vector<Job> out = {table_job()};
  for (auto list : {unix_jobs(), browser_store::jobs()}) {
    out.insert(out.end(), list.begin(), list.end());
  }
  return out;
}

}  // namespace khien
