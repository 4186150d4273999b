// /tasks, /attestations: who does what until when; what people sign for.
#include "hub/api/handlers.h"

#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "hub/api/dispatch_nodes.h"
#include "hub/api/kind_book.h"
#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/data/assessment.h"
#include "hub/data/file_store.h"
#include "hub/data/measure.h"
#include "hub/data/office_files.h"
#include "hub/data/source.h"
#include "hub/errors.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace {

// The newest verdict of a measure: by dispatch and the paper's own number.
class Verdicts {
 public:
  explicit Verdicts(const Database& db) : db_(db) {}
  Result<std::string> of(std::int64_t dispatch_id, const std::string& doc_id) {
    if (!known_.contains(dispatch_id)) {
      KHIEN_DO(learn(dispatch_id));
    }
    return known_[dispatch_id][doc_id];
  }

 private:
  Done learn(std::int64_t dispatch_id) {
    auto& by_measure = known_[dispatch_id];
    KHIEN_TRY(const std::int64_t id, latest_assessment_of(db_, dispatch_id));
    if (id == 0) return {};
    KHIEN_TRY(by_measure, verdicts_of_dispatch(db_, id, dispatch_id));
    return {};
  }
  const Database& db_;
  std::map<std::int64_t, std::map<std::string, std::string>> known_;
};

Node review_node(const TaskRow& row) {
  if (row.reviewed_at == 0) return {};
  return Node::map({{"note", node_of_text(row.review_note)}, {"by", row.reviewed_by},
                    {"at", row.reviewed_at}});
}

Result<Node> task_node(const Call& call, Verdicts& verdicts, const TaskRow& row) {
  KHIEN_TRY(const std::string verdict, verdicts.of(row.dispatch_id, row.doc_id));
  const std::string cite = cite_of(call.texts, row.cite, row.doc_id);
  return Node::map(
      {{"id", text_id(row.id)},
       {"dispatch_id", text_id(row.dispatch_id)},
       {"measure_id", text_id(row.measure_id)},
       {"cite", row.number.empty() ? cite : row.number + ", " + cite},
       {"title", row.title},
       {"agency", Node::map({{"id", text_id(row.agency_id)}, {"name", row.agency_name}})},
       {"person", node_of_text(row.person)},
       {"due_on", node_of_text(row.due_on)},
       {"days_left", days_left(row.due_on, today_of(call.hub))},
       {"progress", row.progress},
       {"verdict", node_of_text(verdict)},
       {"note", node_of_text(row.note)},
       {"review", review_node(row)}});
}

Result<Response> list_of_tasks(Call& call) {
  TaskSearch search;
  search.agency_id = call.actor.agency_id;
  if (const std::int64_t asked = id_of(call.query["agency"]); asked != 0) {
    KHIEN_TRY(const bool seen, is_below(call.db, asked, call.actor.agency_id));
    if (!seen) return fail(err::hub_not_found, text_id(asked));
    search.agency_id = asked;
  }
  search.state = call.query["state"].text();
  search.today = today_of(call.hub);
  search.q = call.query["q"].text();
  search.after = call.after(), search.limit = call.limit() + 1;
  KHIEN_TRY(const auto rows, list_tasks(call.db, search));
  Verdicts verdicts(call.db);
  std::vector<Node> items;
  for (const TaskRow& row : rows) {
    KHIEN_TRY(Node item, task_node(call, verdicts, row));
    items.push_back(std::move(item));
  }
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

// Of a dispatch from above its agency says how far it is; the level above accepts or returns it,
// and says why.
Done review_task(const Call& call, TaskRow& row) {
  const Node& body = call.body;
  const std::string progress = body["progress"].text();
  const bool above = call.actor.agency_id != row.agency_id;
  const bool decides = progress == "accepted" || progress == "returned";
  if (!progress.empty() && decides != above) return fail(err::hub_not_allowed, "progress");
  if (!above) return {};
  if (body.has("person")) return fail(err::hub_not_allowed, "person");
  const std::string note = squeeze(body["note"].text());
  if (progress == "returned" && note.empty()) {
    return fail(err::answer_lacks, "note", {{"field", call.texts("hub.field.note")}});
  }
  if (!progress.empty() || body.has("note")) {
    row.review_note = note;
    row.reviewed_by = call.actor.name;
    row.reviewed_at = call.hub.data.clock().now_ms();
  }
  return {};
}

Result<Response> change_task(Call& call) {
  const Done changed = call.change("task.change", "tasks", call.id(),
                       [&](const Database& db, Act& act) -> Done {
                         KHIEN_TRY(auto row, find_task(db, call.id()));
                         if (!row) return fail(err::hub_not_found, text_id(call.id()));
                         const Node& body = call.body;
                         const bool above = row->agency_id != call.actor.agency_id;
                         if (row->from_above) KHIEN_DO(review_task(call, *row));
                         if (body.has("progress")) row->progress = body["progress"].text();
                         const bool own_note = !row->from_above || !above;
                         if (body.has("note") && own_note) row->note = body["note"].text();
                         if (body.has("person")) row->person = body["person"].text();
                         if (body.has("due_on")) row->due_on = body["due_on"].text();
                         act.detail = body;
                         return save_task(db, *row, call.hub.data.clock().now_ms());
                       });
  KHIEN_DO(changed);
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const auto row, find_task(*db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  Verdicts verdicts(*db);
  KHIEN_TRY(const Node node, task_node(call, verdicts, *row));
  return json_response(node);
}

Node attestation_node(const AttestationRow& row) {
  return Node::map({{"id", text_id(row.id)},
                    {"kinds", Node::list_of(row.kinds)},
                    {"control", Node{}},
                    {"statement", row.statement},
                    {"by", row.signed_by},
                    {"signed_on", row.signed_on},
                    {"valid_until", node_of_text(row.valid_until)},
                    {"file", node_of_text(row.file_name)},
                    {"withdrawn_at", row.withdrawn_at == 0 ? Node() : Node(row.withdrawn_at)}});
}

Result<Response> list_of_attestations(Call& call) {
  KHIEN_TRY(const auto rows, list_attestations(call.db, call.actor.agency_id, call.after(),
                                               call.limit() + 1));
  std::vector<Node> items;
  for (const AttestationRow& row : rows) items.push_back(attestation_node(row));
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

Result<Response> attestation_now(const Call& call, std::int64_t id, int status) {
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const auto row, find_attestation(*db, id));
  if (!row) return fail(err::hub_not_found, text_id(id));
  return json_response(attestation_node(*row), status);
}

Result<Response> record_attestation(Call& call) {
  KHIEN_TRY(const KindBook kinds, KindBook::load(call.hub.content));
  AttestationRow row;
  row.agency_id = call.actor.agency_id;
  row.kinds = call.body["kinds"].texts();
  for (const std::string& kind : row.kinds) {
    if (!kinds.has(kind)) return fail(err::office_kind, "kinds", {{"kind", kind}});
  }
  row.statement = call.body["statement"].text(), row.signed_by = call.body["by"].text();
  row.signed_on = call.body["signed_on"].text();
  row.valid_until = call.body["valid_until"].text();
  row.created_at = call.hub.data.clock().now_ms();
  KHIEN_TRY(const std::int64_t id,
            call.change("attestation.add", "attestations", 0,
                        [&](const Database& db, Act& act) -> Result<std::int64_t> {
                          KHIEN_TRY(act.what_id, add_attestation(db, row));
                          act.detail.set("kinds", call.body["kinds"]);
                          return act.what_id;
                        }));
  return attestation_now(call, id, 201);
}

Result<Response> attach_file(Call& call) {
  const Upload& upload = call.request.upload;
  const std::string name = safe_name(call.query["name"].text());
  const std::string path = fmt::format("{}/{}/{}", kAttestationPapers, call.id(), name);
  const auto to = office_of(call.hub.data.folder(), call.actor.agency_id) / path;
  const Done changed = call.change("attestation.file", "attestations", call.id(),
                       [&](const Database& db, Act& act) -> Done {
                         KHIEN_DO(set_attestation_file(db, call.id(), name, path));
                         act.detail.set("sha256", upload.sha256);
                         return move_upload(upload, to);
                       });
  KHIEN_DO(changed);
  return attestation_now(call, call.id(), 200);
}

Result<Response> withdraw_this_attestation(Call& call) {
  const Done changed = call.change("attestation.withdraw", "attestations", call.id(),
                       [&](const Database& db, Act&) {
                         return withdraw_attestation(db, call.id(),
                                                     call.hub.data.clock().now_ms());
                       });
  KHIEN_DO(changed);
  return empty_response();
}

Result<bool> sees_task(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto row, find_task(db, id));
  if (!row) return false;
  return is_below(db, row->agency_id, actor.agency_id);
}

Result<bool> sees_attestation(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto row, find_attestation(db, id));
  return row && row->agency_id == actor.agency_id;  // nor those above it
}

}  // namespace

void add_tasks(Handlers& handlers) {
  handlers.add("task_list", list_of_tasks);
  handlers.add("task_change", change_task);
  handlers.add("attestation_list", list_of_attestations);
  handlers.add("attestation_add", record_attestation);
  handlers.add("attestation_file_add", attach_file);
  handlers.add("attestation_withdraw", withdraw_this_attestation);
  handlers.object("task", sees_task);
  handlers.object("attestation", sees_attestation);
}

}  // namespace khien::hub
