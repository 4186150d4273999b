// Jobs of an office: a dispatch is read, a file is recognised, everything is assessed. Each runs a
// child and puts what it said into rows in one transaction; run twice it gives the same.
#pragma once

#include "hub/jobs/runner.h"

namespace khien::hub {

// args: dispatch_id. result: {dispatch_id}.
[[nodiscard]] Result<Node> compile_job(JobContext& context);
// args: source_id. result: {source_id}.
[[nodiscard]] Result<Node> recognise_job(JobContext& context);
// args: dispatch_ids (null: all confirmed ones), note, control ("" or the one asked for). result:
// {assessment_id}, with a control {assessment_id, pass, fail, unknown}. K1340, K1341.
[[nodiscard]] Result<Node> assess_job(JobContext& context);

// The JSON a child printed as its only, or first, line. K1322 with its exit code when there is
// none.
[[nodiscard]] Result<Node> child_json(const ChildResult& child);
// What people are told of a failure later, in their language: {code, place, args}.
[[nodiscard]] Node problem_of(const Error& error);
[[nodiscard]] Error error_in(const Node& problem);  // the other way
// Who the audit row of a job's change names: the user who asked for it.
[[nodiscard]] Act act_of_job(const Job& job, std::string action, std::string what,
                             std::int64_t what_id);

}  // namespace khien::hub
