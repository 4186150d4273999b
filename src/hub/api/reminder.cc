// /reminders: who was reminded of what, and whether it arrived.
#include "hub/data/reminder.h"

#include "hub/api/handlers.h"
#include "hub/api/words.h"
#include "hub/jobs/remind.h"

namespace khien::hub {
namespace {

Node reminder_node(const ReminderRow& row, const Texts& texts) {
  const bool drafted = row.channel.empty();  // an urging paper: its DOCX is what goes out
  return Node::map(
      {{"id", text_id(row.id)},
       {"agency", Node::map({{"id", text_id(row.agency_id)}, {"name", row.agency_name}})},
       {"dispatch", Node::map({{"id", text_id(row.dispatch_id)}, {"number", row.number}})},
       {"kind", row.kind},
       {"due_on", row.due_on},
       {"made_at", row.made_at},
       {"made_by", node_of_text(row.made_by)},
       {"channel", drafted ? std::string("none") : row.channel},
       {"delivery", drafted ? std::string("sent") : row.delivery},
       {"detail", node_of_text(row.detail)},
       {"text", phone_text(row, texts)}});
}

Result<Response> read_reminders(Call& call) {
  ReminderSearch search;
  search.agency_id = call.actor.agency_id;
  search.delivery = call.query["state"].text();
  search.agency = id_of(call.query["agency"]);
  search.before = call.after();
  search.limit = call.limit() + 1;
  KHIEN_TRY(const auto rows, list_reminders(call.db, search));
  std::vector<Node> items;
  for (const ReminderRow& row : rows) items.push_back(reminder_node(row, call.texts));
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

Result<Response> run_reminders(Call& call) {
  KHIEN_TRY(const std::int64_t job, call.hub.runner.submit(call.actor, "remind", Node::map()));
  return started(call, job);
}

}  // namespace

void add_reminders(Handlers& handlers) {
  handlers.add("reminder_list", read_reminders);
  handlers.add("reminder_run", run_reminders);
}

}  // namespace khien::hub
