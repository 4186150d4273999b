// /dispatches: taken in, read, corrected, confirmed.
#include "hub/api/handlers.h"

#include <fmt/format.h>

#include "base/text.h"
#include "hub/api/dispatch_nodes.h"
#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/data/file_store.h"
#include "hub/data/incoming.h"
#include "hub/data/measure.h"
#include "hub/errors.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace {

Result<DispatchRow> the_dispatch(const Database& db, std::int64_t id) {
  KHIEN_TRY(auto row, find_dispatch(db, id));
  if (!row) return fail(err::hub_not_found, text_id(id));
  return std::move(*row);
}

Result<Response> list_all_dispatches(Call& call) {
  const DispatchSearch search{call.actor.agency_id, false, call.query["state"].text(),
                              call.query["q"].text(), call.query["year"].text(), call.after(),
                              call.limit() + 1};
  KHIEN_TRY(const auto rows, list_dispatches(call.db, search));
  std::vector<Node> items;
  for (const DispatchRow& row : rows) {
    KHIEN_TRY(Node item, dispatch_node(call, call.db, row));
    items.push_back(std::move(item));
  }
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

Result<Response> take_in(Call& call) {
  const Upload& upload = call.request.upload;
  KHIEN_DO(keep_upload(call.hub.data.folder(), upload));
  DispatchRow row;
  row.agency_id = call.actor.agency_id;
  row.file_name = safe_name(call.query["name"].text());
  row.sha256 = upload.sha256;
  row.bytes = static_cast<std::int64_t>(upload.bytes);
  row.created_at = call.hub.data.clock().now_ms();
  row.received_on = today_of(call.hub);
  std::int64_t job = 0;
  KHIEN_TRY(const std::int64_t id,
            call.change("dispatch.add", "dispatches", 0,
                        [&](const Database& db, Act& act) -> Result<std::int64_t> {
                          KHIEN_TRY(act.what_id, add_dispatch(db, row));
                          act.detail.set("sha256", row.sha256);
                          KHIEN_TRY(job, call.hub.runner.add(
                                             db, call.actor, "compile",
                                             Node::map({{"dispatch_id", act.what_id}})));
                          KHIEN_DO(set_dispatch_job(db, act.what_id, job));
                          return act.what_id;
                        }));
  call.hub.runner.wake();
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const DispatchRow made, the_dispatch(*db, id));
  KHIEN_TRY(Node dispatch, dispatch_node(call, *db, made));
  KHIEN_TRY(const auto queued, find_job(*db, job));
  const Node node = job_node(*queued, call.texts, call.hub.data.clock().now_ms());
  return json_response(Node::map({{"dispatch", std::move(dispatch)}, {"job", node}}), 202);
}

Result<Response> answer_with_dispatch(Call& call) {
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const DispatchRow row, the_dispatch(*db, call.id()));
  KHIEN_TRY(const Node node, full_dispatch_node(call, *db, row));
  return json_response(node);
}

Result<Response> read_dispatch(Call& call) {
  KHIEN_TRY(const DispatchRow row, the_dispatch(call.db, call.id()));
  note_opening(call, row);
  return answer_with_dispatch(call);
}

Result<Response> read_text(Call& call) {
  KHIEN_TRY(const DispatchRow row, the_dispatch(call.db, call.id()));
  note_opening(call, row);
  KHIEN_TRY(const DispatchText text, dispatch_text(call.db, call.id()));
  KHIEN_TRY(const auto measures, measures_of(call.db, call.id()));
  std::map<std::string, std::int64_t> ids;
  for (const MeasureRow& m : measures) {
    if (!m.title) ids[m.doc_id] = m.id;
  }
  Node sentences = Node::list();
  for (const Node& s : text.sentences.items()) {
    const auto at = ids.find(s["measure"].text());
    sentences.push(Node::map(
        {{"from", s["from"]}, {"to", s["to"]}, {"role", s["role"]},
         {"role_name", call.texts("sentence.role." + s["role"].text())},
         {"measure_id", at == ids.end() ? Node() : Node(text_id(at->second))}}));
  }
  return json_response(Node::map({{"text", text.body}, {"sentences", std::move(sentences)}}));
}

Result<Response> read_original(Call& call) {
  KHIEN_TRY(const DispatchRow row, the_dispatch(call.db, call.id()));
  note_opening(call, row);
  return download_file(kept_path(call.hub.data.folder(), row.sha256), "application/octet-stream",
                       row.sha256, row.file_name);
}

// Of the body's fields those that are there; null clears.
Done take_fields(const Node& body, DispatchRow& row) {
  for (const auto& [name, field] : {std::pair{"number", &row.number}, {"symbol", &row.symbol},
                                    {"issuer", &row.issuer}, {"issued_on", &row.issued_on},
                                    {"subject", &row.subject}, {"due_on", &row.due_on},
                                    {"received_no", &row.received_no},
                                    {"received_on", &row.received_on}}) {
    if (!body.has(name)) continue;
    const std::string told = squeeze(body[name].text());
    const bool own = field == &row.due_on || field == &row.received_no ||
                     field == &row.received_on;
    if (row.origin_id != 0 && !own && told != *field) return fail(err::dispatch_received, name);
    *field = told;
  }
  KHIEN_DO(check_day(row.issued_on, "issued_on", true));
  KHIEN_DO(check_day(row.due_on, "due_on", true));
  return check_day(row.received_on, "received_on");
}

bool may_be_corrected(const DispatchRow& row) {
  return row.state == "unconfirmed" || row.state == "confirmed" || row.state == "failed";
}

Result<Response> change_head(Call& call) {
  const Done changed = call.change("dispatch.change", "dispatches", call.id(),
                       [&](const Database& db, Act& act) -> Done {
                         KHIEN_TRY(DispatchRow row, the_dispatch(db, call.id()));
                         KHIEN_DO(take_fields(call.body, row));
                         if (call.body.has("received_no") || call.body.has("received_on")) {
                           KHIEN_DO(claim_incoming(db, row.agency_id, row.received_on,
                                                   row.received_no, row.id));
                         }
                         act.detail = call.body;
                         return save_dispatch_head(db, row);
                       });
  KHIEN_DO(changed);
  return answer_with_dispatch(call);
}

Result<Response> remove_dispatch(Call& call) {
  const Done changed = call.change("dispatch.delete", "dispatches", call.id(),
                       [&](const Database& db, Act& act) -> Done {
                         KHIEN_TRY(const DispatchRow row, the_dispatch(db, call.id()));
                         const bool may = row.state == "unconfirmed" || row.state == "failed";
                         if (!may || row.origin_id != 0) {
                           return fail(err::office_state, "", {{"state", row.state}});
                         }
                         act.detail.set("number", row.number);
                         act.detail.set("sha256", row.sha256);
                         return delete_dispatch(db, row.id);
                       });
  KHIEN_DO(changed);
  return empty_response();
}

Result<Response> confirm_reading(Call& call) {
  const std::int64_t now = call.hub.data.clock().now_ms();
  const Done changed = call.change(
      "dispatch.confirm", "dispatches", call.id(), [&](const Database& db, Act& act) -> Done {
        KHIEN_TRY(const DispatchRow row, the_dispatch(db, call.id()));
        if (!may_be_corrected(row) || row.state == "failed") {
          return fail(err::office_state, "", {{"state", row.state}});
        }
        KHIEN_TRY(const DispatchCounts counts, count_measures(db, row.id));
        if (counts.unsure > 0) {
          return fail(err::office_unsure, "", {{"count", fmt::format("{}", counts.unsure)}});
        }
        KHIEN_DO(confirm_dispatch(db, row.id, call.actor.name, now));
        act.detail.set("measures", counts.measures);
        return make_tasks(db, row.id, now);
      });
  KHIEN_DO(changed);
  return answer_with_dispatch(call);
}

Result<bool> sees_dispatch(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto row, find_dispatch(db, id));
  if (!row) return false;
  return is_below(db, row->agency_id, actor.agency_id);
}

}  // namespace

void add_dispatches(Handlers& handlers) {
  handlers.add("dispatch_list", list_all_dispatches);
  handlers.add("dispatch_add", take_in);
  handlers.add("dispatch_read", read_dispatch);
  handlers.add("dispatch_change", change_head);
  handlers.add("dispatch_delete", remove_dispatch);
  handlers.add("dispatch_text", read_text);
  handlers.add("dispatch_file", read_original);
  handlers.add("dispatch_confirm", confirm_reading);
  handlers.object("dispatch", sees_dispatch);
}

}  // namespace khien::hub
