// /exceptions and /extensions: asked below, decided by a leader.
#include "hub/data/exception.h"

#include "hub/api/handlers.h"
#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/data/dispatch.h"
#include "hub/errors.h"
#include "report/words.h"

namespace khien::hub {
namespace {

Node exception_node(const Call& call, const ExceptionRow& row) {
  const Texts& texts = call.texts;
  return Node::map({{"id", text_id(row.id)},
                    {"agency_id", text_id(row.agency_id)},
                    {"control", row.control},
                    {"control_title", texts.has("control." + row.control + ".title")
                                          ? report::control_words(texts, row.control)
                                          : row.control},
                    {"subject", row.subject},
                    {"reason", row.reason},
                    {"until", row.until_on},
                    {"state", row.state_on(today_of(call.hub))},
                    {"asked_by", node_of_text(row.decision.asked_by)},
                    {"decided_by", node_of_text(row.decision.decided_by)},
                    {"note", node_of_text(row.decision.note)}});
}

Result<Response> read_exceptions(Call& call) {
  const ExceptionSearch search{call.actor.agency_id, call.query["state"].text(),
                               today_of(call.hub), call.after(), call.limit() + 1};
  KHIEN_TRY(const auto rows, list_exceptions(call.db, search));
  std::vector<Node> items;
  for (const ExceptionRow& row : rows) items.push_back(exception_node(call, row));
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

Decision asked_now(const Call& call) {
  Decision out;
  out.asked_by = call.actor.name;
  out.asked_at = call.hub.data.clock().now_ms();
  return out;
}

Result<Response> ask_exception(Call& call) {
  ExceptionRow row;
  row.agency_id = call.actor.agency_id;
  row.control = call.body["control"].text(), row.subject = call.body["subject"].text();
  row.reason = call.body["reason"].text(), row.until_on = call.body["until"].text();
  row.decision = asked_now(call);
  if (!call.texts.has("control." + row.control + ".title")) {
    return fail(err::hub_request_invalid, "body.control",
                {{"field", "control"}, {"wanted", call.texts("hub.exception.a_control")}});
  }
  const std::string today = today_of(call.hub);
  if (row.until_on < today) {
    return fail(err::hub_request_invalid, "body.until", {{"field", "until"},
                                                         {"wanted", ">= " + today}});
  }
  KHIEN_TRY(row.id, call.change("exceptions.ask", "exceptions", 0,
                                [&](const Database& db, Act& act) -> Result<std::int64_t> {
                                  KHIEN_TRY(act.what_id, add_exception(db, row));
                                  return act.what_id;
                                }));
  return json_response(exception_node(call, row), 201);
}

Decision decided_now(const Call& call) {
  Decision out;
  out.state = call.body["approve"].boolean() ? "approved" : "refused";
  out.decided_by = call.actor.name;
  out.decided_at = call.hub.data.clock().now_ms();
  out.note = call.body["note"].text();
  return out;
}

Result<Response> decide_one_exception(Call& call) {
  const Decision decision = decided_now(call);
  KHIEN_DO(call.change("exceptions.decide", "exceptions", call.id(),
                       [&](const Database& db, Act& act) {
                         act.detail.set("state", decision.state);
                         return decide_exception(db, call.id(), decision);
                       }));
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const auto row, find_exception(*db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  return json_response(exception_node(call, *row));
}

Node extension_node(const ExtensionRow& row) {
  return Node::map(
      {{"id", text_id(row.id)},
       {"dispatch", Node::map({{"id", text_id(row.dispatch_id)}, {"number", row.number}})},
       {"agency", Node::map({{"id", text_id(row.agency_id)}, {"name", row.agency_name}})},
       {"due_on_old", row.due_on_old},
       {"due_on", row.due_on},
       {"reason", row.reason},
       {"state", row.decision.state},
       {"asked_by", row.decision.asked_by},
       {"asked_at", row.decision.asked_at},
       {"decided_by", node_of_text(row.decision.decided_by)},
       {"note", node_of_text(row.decision.note)}});
}

Result<Response> read_extensions(Call& call) {
  const ExtensionSearch search{call.actor.agency_id, call.query["state"].text(), call.after(),
                               call.limit() + 1};
  KHIEN_TRY(const auto rows, list_extensions(call.db, search));
  std::vector<Node> items;
  for (const ExtensionRow& row : rows) items.push_back(extension_node(row));
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

Result<Response> one_extension(const Call& call, std::int64_t id, int status) {
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const auto row, find_extension(*db, id));
  if (!row) return fail(err::hub_not_found, text_id(id));
  return json_response(extension_node(*row), status);
}

Result<Response> ask_extension(Call& call) {
  KHIEN_TRY(const auto dispatch, find_dispatch(call.db, call.id()));
  if (!dispatch) return fail(err::hub_not_found, text_id(call.id()));
  ExtensionRow row;
  row.agency_id = dispatch->agency_id, row.dispatch_id = dispatch->id;
  row.due_on_old = dispatch->due_on, row.due_on = call.body["due_on"].text();
  row.reason = call.body["reason"].text();
  row.decision = asked_now(call);
  if (row.due_on_old.empty()) return fail(err::office_state, "", {{"state", dispatch->state}});
  if (row.due_on <= row.due_on_old) {
    return fail(err::extension_day, "body.due_on", {{"due_on", call.texts.date(row.due_on)}});
  }
  std::int64_t id = 0;
  KHIEN_TRY(id, call.change("extensions.ask", "extensions", 0,
                            [&](const Database& db, Act& act) -> Result<std::int64_t> {
                              KHIEN_TRY(act.what_id, add_extension(db, row));
                              return act.what_id;
                            }));
  return one_extension(call, id, 201);
}

// Who issued the dispatch decides, or a level above him; never who asks, unless it is his own.
Result<Response> decide_one_extension(Call& call) {
  KHIEN_TRY(const auto row, find_extension(call.db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  KHIEN_TRY(const bool above, is_below(call.db, row->decider_id, call.actor.agency_id));
  if (!above) return fail(err::decided_above, "");
  const Decision decision = decided_now(call);
  KHIEN_DO(call.change("extensions.decide", "extensions", call.id(),
                       [&](const Database& db, Act& act) {
                         act.detail.set("state", decision.state);
                         return decide_extension(db, *row, decision);
                       }));
  return one_extension(call, call.id(), 200);
}

Result<bool> sees_exception(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto row, find_exception(db, id));
  if (!row) return false;
  return is_below(db, row->agency_id, actor.agency_id);
}

Result<bool> sees_extension(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto row, find_extension(db, id));
  if (!row) return false;
  return is_below(db, row->agency_id, actor.agency_id);
}

}  // namespace

void add_exceptions(Handlers& handlers) {
  handlers.add("exception_list", read_exceptions);
  handlers.add("exception_ask", ask_exception);
  handlers.add("exception_decide", decide_one_exception);
  handlers.add("extension_list", read_extensions);
  handlers.add("extension_ask", ask_extension);
  handlers.add("extension_decide", decide_one_extension);
  handlers.object("exception", sees_exception);
  handlers.object("extension", sees_extension);
}

}  // namespace khien::hub
