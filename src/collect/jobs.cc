// The one list of this room.
#include "collect/jobs.h"

#include "collect/account_file/unix_files.h"
#include "collect/browser_store/jobs.h"
#include "collect/directory/directory.h"
#include "collect/external_list/external_list.h"
#include "collect/files_sources.h"
#include "collect/malware_scan/malware_scan.h"
#include "collect/network_sources.h"
#include "collect/password_store/password_store.h"
#include "collect/scan_run/scan_run.h"
#include "collect/vuln_data/vuln_data.h"
#include "collect/windows_update/windows_update.h"
#include "format/table/table.h"

namespace khien {

std::vector<Job> collect_jobs() {
  std::vector<Job> out = {table_job()};
  for (auto list : {unix_jobs(), browser_store::jobs(), vuln::jobs(), windows::jobs(),
                    scan::jobs(), network_jobs(), file_source_jobs(), external_jobs(),
                    directory_jobs(), password_jobs(), malware::jobs()}) {
    out.insert(out.end(), list.begin(), list.end());
  }
  return out;
}

}  // namespace khien
