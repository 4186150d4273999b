// The explicit list of resources: each file of this folder adds the handlers of its operations.
#pragma once

#include "hub/data/dispatch.h"
#include "hub/server/call.h"

namespace khien::hub {

void add_agencies(Handlers& handlers);
void add_agency_import(Handlers& handlers);
void add_groups(Handlers& handlers);
void add_session(Handlers& handlers);
void add_agents(Handlers& handlers);
void add_openid(Handlers& handlers);
void add_passkeys(Handlers& handlers);
void add_office(Handlers& handlers);
void add_changes(Handlers& handlers);
void add_dispatches(Handlers& handlers);
void add_dispatch_pages(Handlers& handlers);
void add_measures(Handlers& handlers);
void add_papers(Handlers& handlers);
void add_sources(Handlers& handlers);
void add_replies(Handlers& handlers);
void add_registers(Handlers& handlers);
void add_results(Handlers& handlers);
void add_rollup(Handlers& handlers);
void add_rollup_pages(Handlers& handlers);
void add_centre_papers(Handlers& handlers);
void add_reminders(Handlers& handlers);
void add_exceptions(Handlers& handlers);
void add_calendar(Handlers& handlers);
void add_answers(Handlers& handlers);
void add_assessments(Handlers& handlers);
void add_today(Handlers& handlers);
void add_tasks(Handlers& handlers);
void add_inventory(Handlers& handlers);
void add_issues(Handlers& handlers);
void add_jobs(Handlers& handlers);
void add_settings(Handlers& handlers);
void add_system(Handlers& handlers);
void add_tokens(Handlers& handlers);
void add_users(Handlers& handlers);

// A received dispatch was read by a user of its agency: told the first time.
void note_opening(const Call& call, const DispatchRow& row);
// Groups a centre begins with (content/hub/groups.yaml), once it has agencies and no group.
[[nodiscard]] Done make_first_groups(const Database& db, const Content& content,
                                     std::int64_t agency_id);

[[nodiscard]] Handlers all_handlers();
// Kinds of jobs that resources submit: name -> function.
[[nodiscard]] JobKinds all_job_kinds();

// What several resources answer with.
[[nodiscard]] Node job_node(const Job& job, const Texts& texts, std::int64_t now_ms);
// The session's cookie, as long as a session lives; "" takes it away.
[[nodiscard]] std::string session_cookie(const Call& call, const std::string& secret);
[[nodiscard]] Result<Response> started(Call& call, std::int64_t job_id);  // 202 {job}

}  // namespace khien::hub
