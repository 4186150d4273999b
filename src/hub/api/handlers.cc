#include "hub/api/handlers.h"

#include "hub/jobs/backup.h"
#include "hub/jobs/dispatch_jobs.h"
#include "hub/jobs/receive.h"
#include "hub/jobs/remind.h"

namespace khien::hub {

Handlers all_handlers() {
  Handlers out;
  add_agencies(out);
  add_agency_import(out);
  add_answers(out);
  add_assessments(out);
  add_changes(out);
  add_dispatches(out);
  add_dispatch_pages(out);
  add_groups(out);
  add_inventory(out);
  add_issues(out);
  add_jobs(out);
  add_measures(out);
  add_office(out);
  add_papers(out);
  add_registers(out);
  add_results(out);
  add_rollup(out);
  add_rollup_pages(out);
  add_centre_papers(out);
  add_reminders(out);
  add_exceptions(out);
  add_calendar(out);
  add_replies(out);
  add_session(out);
  add_openid(out);
  add_passkeys(out);
  add_agents(out);
  add_settings(out);
  add_sources(out);
  add_system(out);
  add_tasks(out);
  add_today(out);
  add_tokens(out);
  add_users(out);
  return out;
}

JobKinds all_job_kinds() {
  return {
      {"assess", assess_job},
      {"backup", backup_job},
      {"compile", compile_job},
      {"recheck", assess_job},
      {"receive", receive_job},
      {"recognise", recognise_job},
      {"remind", remind_job},
  };
}

}  // namespace khien::hub
