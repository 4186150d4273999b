#include "hub/api/handlers.h"

#include "hub/jobs/backup.h"

namespace khien::hub {

Handlers all_handlers() {
  Handlers out;
  add_session(out);
  add_jobs(out);
  add_settings(out);
  add_system(out);
  add_tokens(out);
  add_users(out);
  return out;
}

JobKinds all_job_kinds() {
  return {
      {"backup", backup_job},
  };
}

}  // namespace khien::hub
