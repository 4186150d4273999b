// The hub itself: its description, events, audit log, copies.
#include "hub/api/handlers.h"

#include "hub/data/audit.h"
#include "hub/jobs/backup.h"

namespace khien::hub {
namespace {

Result<Response> openapi(Call& call) { return json_response(call.hub.api.document()); }

Result<Response> events(Call& call) {
  Response out;
  out.events_for = call.actor.user_id;
  return out;
}

Node audit_node(const AuditRow& row) {
  auto detail = parse_json(row.detail, "audit");
  return Node::map({{"id", text_id(row.id)},
                    {"at", row.at},
                    {"login", row.login},
                    {"remote", row.remote},
                    {"action", row.action},
                    {"what", row.what},
                    {"what_id", text_id(row.what_id)},
                    {"detail", detail && detail->is_map() ? std::move(*detail) : Node::map()}});
}

Result<Response> audit(Call& call) {
  KHIEN_TRY(const auto rows, audit_rows(call.db, call.after(), call.query["q"].text(),
                                        call.limit() + 1));
  std::vector<Node> items;
  for (const AuditRow& row : rows) items.push_back(audit_node(row));
  return json_response(list_page(std::move(items), call,
                                 [](const Node& row) { return row["id"].text(); }));
}

Result<Response> backup(Call& call) {
  KHIEN_TRY(const std::int64_t job, call.hub.runner.submit(call.actor, "backup", Node::map()));
  return started(call, job);
}

Result<Response> backups(Call& call) {
  Node items = Node::list();
  for (const Backup& copy : list_backups(call.hub.data.folder())) {
    items.push(Node::map({{"name", copy.name}, {"bytes", copy.bytes}, {"made_at", copy.made_at}}));
  }
  return json_response(Node::map({{"items", std::move(items)}, {"next", Node{}}}));
}

}  // namespace

void add_system(Handlers& handlers) {
  handlers.add("openapi_read", openapi);
  handlers.add("event_stream", events);
  handlers.add("audit_list", audit);
  handlers.add("backup_make", backup);
  handlers.add("backup_list", backups);
}

}  // namespace khien::hub
