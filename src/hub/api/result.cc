// POST /results: results from below, as sealed files.
#include "hub/api/handlers.h"

#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Result<Response> receive_result(Call& call) {
  const std::int64_t asked = id_of(call.query["agency"]);
  const std::int64_t agency = asked == 0 ? call.actor.agency_id : asked;
  KHIEN_TRY(const bool seen, is_below(call.db, agency, call.actor.agency_id));
  if (!seen) return fail(err::hub_not_found, call.query["agency"].text());
  KHIEN_DO(keep_upload(call.hub.data.folder(), call.request.upload));
  const Node args = Node::map({{"agency_id", agency},
                               {"sha256", call.request.upload.sha256},
                               {"name", call.query["name"]},
                               {"by", call.actor.name},
                               {"open", call.query["open"].boolean()}});
  Actor of_agency = call.actor;  // the job is its: results of many agencies are read side by side
  of_agency.agency_id = agency;
  KHIEN_TRY(const std::int64_t job, call.hub.runner.submit(of_agency, "receive", args));
  return started(call, job);
}

}  // namespace

void add_results(Handlers& handlers) { handlers.add("result_receive", receive_result); }

}  // namespace khien::hub
