// The hub itself: its description, events, audit log, copies.
#include "hub/api/handlers.h"

#include "hub/data/audit.h"
#include "hub/jobs/backup.h"

namespace khien::hub {
namespace {

Result<Response> read_openapi(Call& call) { return json_response(call.hub.api.document()); }

Result<Response> stream_events(Call& call) {
  Response out;
  out.events_for = {call.actor.user_id, call.texts.lang() == "en"};
  return out;
}

Node audit_node(const AuditRow& row, const Texts& texts) {
  auto detail = parse_json(row.detail, "audit");
  const std::string id = "hub.action." + row.action;
  Node place;
  if (row.what_id != 0) {
    const std::string what = "hub.what." + row.what;
    place = Node(texts.has(what) ? texts(what, {{"id", text_id(row.what_id)}})
                                 : row.what + " " + text_id(row.what_id));
  }
  return Node::map({{"id", text_id(row.id)},
                    {"at", row.at},
                    {"who", row.login},
                    {"what", texts.has(id) ? texts(id) : row.action},
                    {"place", std::move(place)},
                    {"address", row.remote.empty() ? Node{} : Node(row.remote)},
                    {"action", row.action},
                    {"detail", detail && detail->is_map() ? std::move(*detail) : Node::map()}});
}

Result<Response> list_audit(Call& call) {
  KHIEN_TRY(const auto rows, audit_rows(call.db, call.actor.at_root ? 0 : call.actor.agency_id,
                                        call.after(), call.query["q"].text(), call.limit() + 1));
  std::vector<Node> items;
  for (const AuditRow& row : rows) items.push_back(audit_node(row, call.texts));
  return json_response(list_page(std::move(items), call,
                                 [](const Node& row) { return row["id"].text(); }));
}

Result<Response> start_backup(Call& call) {
  KHIEN_TRY(const std::int64_t job, call.hub.runner.submit(call.actor, "backup", Node::map()));
  return started(call, job);
}

Result<Response> list_of_backups(Call& call) {
  Node items = Node::list();
  for (const Backup& copy : list_backups(call.hub.data.folder())) {
    items.push(Node::map({{"name", copy.name}, {"bytes", copy.bytes}, {"made_at", copy.made_at}}));
  }
  return json_response(Node::map({{"items", std::move(items)}, {"next", Node{}}}));
}

}  // namespace

void add_system(Handlers& handlers) {
  handlers.add("openapi_read", read_openapi);
  handlers.add("event_stream", stream_events);
  handlers.add("audit_list", list_audit);
  handlers.add("backup_make", start_backup);
  handlers.add("backup_list", list_of_backups);
}

}  // namespace khien::hub
