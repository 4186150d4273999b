// /dispatches/{id}/issue, /recipients: down to the agencies below.
#include "hub/data/issue.h"

#include "base/text.h"
#include "hub/api/agency_nodes.h"
#include "hub/api/dispatch_nodes.h"
#include "hub/api/handlers.h"
#include "hub/api/recipients.h"
#include "hub/api/words.h"
#include "hub/errors.h"
#include "hub/server/problem.h"

namespace khien::hub {
namespace {

// The row a user hands on: of his own agency, read and confirmed.
Result<DispatchRow> issued_from(const Call& call, const Database& db) {
  KHIEN_TRY(auto row, find_dispatch(db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  if (row->agency_id != call.actor.agency_id) return fail(err::hub_not_allowed, "");
  if (row->state != "confirmed" && row->state != "issued") {
    return fail(err::office_state, "", {{"state", row->state}});
  }
  return std::move(*row);
}

struct Handed {
  std::int64_t issued = 0, already = 0;
};

Result<Handed> hand_down(const Call& call, const Database& db, const Chosen& chosen,
                         const Concerns& concerns) {
  KHIEN_TRY(const DispatchRow from, issued_from(call, db));
  IssueRow issue;
  issue.issued_at = call.hub.data.clock().now_ms();
  issue.issued_by = call.actor.name;
  issue.due_on = call.body["due_on"].text();
  issue.note = squeeze(call.body["note"].text());
  Handed out;
  for (const AgencyRow& agency : chosen.agencies) {
    KHIEN_TRY(const auto before, find_issue(db, from.id, agency.id));
    if (before) {
      ++out.already;
      continue;
    }
    issue.agency_id = agency.id;
    const auto own = concerns.find(agency.id);
    KHIEN_TRY([[maybe_unused]] const std::int64_t id,
              issue_to(db, from, issue, today_of(call.hub),
                       own == concerns.end() ? std::vector<std::int64_t>{} : own->second));
    ++out.issued;
  }
  if (out.issued > 0) KHIEN_DO(set_dispatch_state(db, from.id, "issued"));
  return out;
}

Result<Response> issue_down(Call& call) {
  KHIEN_TRY(const DispatchRow from, issued_from(call, call.db));
  KHIEN_TRY(const Chosen chosen, chosen_recipients(call, from.agency_id));
  if (chosen.agencies.empty() && chosen.refused.empty()) return fail(err::issue_nobody, "");
  Node refused = Node::list();
  for (const RefusedRecipient& one : chosen.refused) refused.push(refused_node(call, one));
  if (chosen.agencies.empty()) {
    return problem_response(chosen.refused.front().why, call.texts,
                            Node::map({{"refused", std::move(refused)}}));
  }
  KHIEN_TRY(const Concerns concerns, concerns_of(call, from, chosen.agencies));
  const auto change = [&](const Database& db, Act& act) -> Result<Handed> {
    KHIEN_TRY(const Handed handed, hand_down(call, db, chosen, concerns));
    act.detail = call.body;
    act.detail.set("issued", handed.issued);
    return handed;
  };
  KHIEN_TRY(const Handed handed, call.change("dispatch.issue", "dispatches", from.id, change));
  return json_response(Node::map({{"issued", handed.issued}, {"already", handed.already},
                                  {"refused", std::move(refused)}}));
}

Result<Node> recipient_node(const Call& call, const RecipientRow& row) {
  Node progress = Node::map();
  for (std::size_t i = 0; i < kProgress.size(); ++i) progress.set(kProgress[i], row.progress[i]);
  KHIEN_TRY(Node verdicts, verdicts_of(call.db, row.issue.received_id));
  const auto moment = [](std::int64_t at) { return at == 0 ? Node() : Node(at); };
  return Node::map({{"agency", agency_name_node(row.issue.agency_id, row.name)},
                    {"dispatch_id", text_id(row.issue.received_id)},
                    {"issued_at", row.issue.issued_at},
                    {"issued_by", row.issue.issued_by},
                    {"due_on", node_of_text(row.issue.due_on)},
                    {"note", node_of_text(row.issue.note)},
                    {"opened_at", moment(row.issue.opened_at)},
                    {"opened_by", node_of_text(row.issue.opened_by)},
                    {"progress", std::move(progress)},
                    {"verdicts", std::move(verdicts)},
                    {"late", row.late},
                    {"enterprise", is_enterprise(row.kind)},
                    {"replied_at", moment(row.replied_at)}});
}

Result<Response> list_of_recipients(Call& call) {
  KHIEN_TRY(const auto rows, list_recipients(call.db, call.id(), today_of(call.hub),
                                             call.after(), call.limit() + 1));
  std::vector<Node> items;
  for (const RecipientRow& row : rows) {
    KHIEN_TRY(Node item, recipient_node(call, row));
    items.push_back(std::move(item));
  }
  KHIEN_TRY(const std::int64_t total, count_recipients(call.db, call.id()));
  const auto cursor = [&](const Node&) {
    return text_id(rows[static_cast<std::size_t>(call.limit()) - 1].issue.id);
  };
  Node page = list_page(std::move(items), call, cursor);
  page.set("total", total);
  return json_response(page);
}

Result<Response> recall(Call& call) {
  const auto change = [&](const Database& db, Act& act) -> Done {
    KHIEN_TRY(const DispatchRow from, issued_from(call, db));
    KHIEN_TRY(const auto issue, find_issue(db, from.id, call.id("agency_id")));
    if (!issue) return fail(err::hub_not_found, "agency_id");
    KHIEN_TRY(const auto name, find_agency_name(db, issue->agency_id));
    if (issue->opened_at != 0) {
      return fail(err::issue_opened, "", {{"name", name ? name->name : ""}});
    }
    act.detail.set("agency", text_id(issue->agency_id));
    return recall_issue(db, *issue);
  };
  const Done done = call.change("dispatch.recall", "dispatches", call.id(), change);
  KHIEN_DO(done);
  return empty_response();
}

}  // namespace

void note_opening(const Call& call, const DispatchRow& row) {
  if (row.origin_id == 0 || row.agency_id != call.actor.agency_id) return;
  const auto issue = issue_of_received(call.db, row.id);
  if (!issue || !*issue || (*issue)->opened_at != 0) return;
  Act act = act_of(call.actor, "dispatch.open", "dispatches", row.id);
  const auto opened = call.hub.data.change(act, [&](const Database& db, Act&) {
    return open_received(db, row.id, call.hub.data.clock().now_ms(), call.actor.name);
  });
  static_cast<void>(opened);  // a full disk keeps nobody from reading; the next one is noted
}

void add_issues(Handlers& handlers) {
  handlers.add("dispatch_issue", issue_down);
  handlers.add("recipient_list", list_of_recipients);
  handlers.add("recipient_recall", recall);
}

}  // namespace khien::hub
