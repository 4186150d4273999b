// /jobs: long work.
#include "hub/api/handlers.h"

#include "hub/data/agency.h"
#include "hub/data/job.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Node problem_node(const Error& error, const Texts& texts) {
  Args args;
  for (const auto& [name, value] : error.args) args[name] = value;
  args["place"] = error.place;
  const std::string base = "error." + error.code;
  return Node::map({{"title", texts(base + ".what", args)},
                    {"detail", texts(base + ".todo", args)},
                    {"code", error.code},
                    {"place", error.place}});
}

Node time_left(const Job& job, std::int64_t now_ms) {
  if (job.state != "running" || job.done <= 0 || job.total <= job.done) return {};
  const std::int64_t spent = now_ms - job.started_at;
  return Node(spent * (job.total - job.done) / job.done);
}

Result<Response> list_of_jobs(Call& call) {
  KHIEN_TRY(const auto jobs, list_jobs(call.db, call.actor.agency_id, call.after(),
                                       call.limit() + 1));
  std::vector<Node> items;
  for (const Job& job : jobs) {
    items.push_back(job_node(job, call.texts, call.hub.data.clock().now_ms()));
  }
  return json_response(list_page(std::move(items), call,
                                 [](const Node& job) { return job["id"].text(); }));
}

Result<Response> answer_with_job(Call& call, const Database& db, std::int64_t id, int status) {
  KHIEN_TRY(const auto job, find_job(db, id));
  if (!job) return fail(err::hub_not_found, text_id(id));
  const Node node = job_node(*job, call.texts, call.hub.data.clock().now_ms());
  return json_response(status == 202 ? Node::map({{"job", node}}) : node, status);
}

Result<Response> read_this_job(Call& call) {
  return answer_with_job(call, call.db, call.id(), 200);
}

Result<Response> cancel_this_job(Call& call) {
  KHIEN_DO(call.hub.runner.cancel(call.actor, call.id()));
  return answer_with_job(call, call.db, call.id(), 200);
}

Result<bool> sees_job(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto job, find_job(db, id));
  if (!job) return false;
  return is_below(db, job->agency_id, actor.agency_id);
}

}  // namespace

Node job_node(const Job& job, const Texts& texts, std::int64_t now_ms) {
  return Node::map({{"id", text_id(job.id)},
                    {"kind", job.kind},
                    {"phase", job.phase},
                    {"phase_name", job.phase.empty() ? "" : texts("hub.phase." + job.phase)},
                    {"done", job.done},
                    {"total", job.total},
                    {"eta_ms", time_left(job, now_ms)},
                    {"state", job.state},
                    {"problem", job.problem ? problem_node(*job.problem, texts) : Node{}},
                    {"result", job.result}});
}

Result<Response> started(Call& call, std::int64_t job_id) {
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  return answer_with_job(call, *db, job_id, 202);
}

void add_jobs(Handlers& handlers) {
  handlers.add("job_list", list_of_jobs);
  handlers.add("job_read", read_this_job);
  handlers.add("job_cancel", cancel_this_job);
  handlers.object("job", sees_job);
}

}  // namespace khien::hub
