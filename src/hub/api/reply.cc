// /reply/{token}, /recipients/{agency_id}/link: an enterprise answers without a user here.
#include "hub/data/reply.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "hub/api/dispatch_nodes.h"
#include "hub/api/handlers.h"
#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/data/file_store.h"
#include "hub/data/issue.h"
#include "hub/errors.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace {

constexpr const char* kThrottled = "reply";  // its failures count beside those of log-ins
constexpr std::int64_t kMostTasks = 1'000;

Result<IssueRow> issue_asked(const Call& call, const Database& db) {
  KHIEN_TRY(auto issue, find_issue(db, call.id(), call.id("agency_id")));
  if (!issue) return fail(err::hub_not_found, "agency_id");
  return std::move(*issue);
}

Result<Response> make_reply_link(Call& call) {
  KHIEN_TRY(const std::string secret, make_secret());
  const std::int64_t now = call.hub.data.clock().now_ms();
  ReplyLink link{sha256_hex(secret), 0, now, now + kReplyLinkMs, 0, call.actor.name};
  const auto change = [&](const Database& db, Act& act) -> Done {
    KHIEN_TRY(const auto dispatch, find_dispatch(db, call.id()));
    if (!dispatch || dispatch->agency_id != call.actor.agency_id) {
      return fail(err::hub_not_allowed, "");
    }
    KHIEN_TRY(const IssueRow issue, issue_asked(call, db));
    KHIEN_TRY(const auto agency, find_agency(db, issue.agency_id));
    if (!agency || !is_enterprise(agency->kind)) {
      return fail(err::issue_no_enterprise, "", {{"name", agency ? agency->name : ""}});
    }
    link.issue_id = issue.id;
    act.detail.set("agency", text_id(issue.agency_id));
    return add_reply_link(db, link);
  };
  const Done made = call.change("reply.link", "dispatches", call.id(), change);
  KHIEN_DO(made);
  const std::string url = fmt::format("{}://{}/reply#{}", call.request.secure ? "https" : "http",
                                      call.request.header("host"), secret);
  return json_response(Node::map({{"url", url}, {"until", link.expires_at}}), 201);
}

Result<Response> list_of_replies(Call& call) {
  KHIEN_TRY(const IssueRow issue, issue_asked(call, call.db));
  KHIEN_TRY(const auto rows, replies_of(call.db, issue.id));
  Node items = Node::list();
  for (const ReplyRow& row : rows) {
    if (row.at == 0) continue;
    items.push(Node::map({{"id", text_id(row.id)}, {"at", row.at}, {"by", row.by_name},
                          {"text", row.text}, {"file", node_of_text(row.file_name)}}));
  }
  return json_response(Node::map({{"items", std::move(items)}}));
}

Result<Response> read_reply_file(Call& call) {
  KHIEN_TRY(const IssueRow issue, issue_asked(call, call.db));
  KHIEN_TRY(const auto rows, replies_of(call.db, issue.id));
  for (const ReplyRow& row : rows) {
    if (row.id != call.id("reply_id") || row.at == 0 || row.file_sha256.empty()) continue;
    return download_file(kept_path(call.hub.data.folder(), row.file_sha256),
                         "application/octet-stream", row.file_sha256, row.file_name);
  }
  return fail(err::hub_not_found, "reply_id");
}

// The link of the path. Whoever tries others waits longer and longer.
Result<ReplyLink> this_link(const Call& call, const Database& db) {
  Throttle& throttle = call.hub.throttle;
  const std::string& remote = call.request.remote;
  if (const std::int64_t wait = throttle.wait_ms(kThrottled, remote, true); wait > 0) {
    return fail(err::hub_too_many, "", {{"seconds", fmt::format("{}", (wait + 999) / 1000)}});
  }
  KHIEN_TRY(auto link, find_reply_link(db, sha256_hex(call.path["token"].text()),
                                       call.hub.data.clock().now_ms()));
  if (link) return std::move(*link);
  throttle.failed(kThrottled, remote);
  return fail(err::reply_link_gone, "");
}

Result<ReplyLink> open_link(const Call& call, const Database& db) {
  KHIEN_TRY(const ReplyLink link, this_link(call, db));
  if (link.answered_at != 0) return fail(err::reply_link_gone, "");
  return link;
}

Result<std::vector<TaskRow>> tasks_asked(const Database& db, const IssueRow& issue) {
  TaskSearch search;
  search.agency_id = issue.agency_id;
  search.dispatch_id = issue.received_id;
  search.limit = kMostTasks;
  return list_tasks(db, search);
}

Result<Node> reply_node(const Call& call, const Database& db, const ReplyLink& link) {
  KHIEN_TRY(const auto issue, issue_by_id(db, link.issue_id));
  if (!issue) return fail(err::reply_link_gone, "");
  KHIEN_TRY(const auto dispatch, find_dispatch(db, issue->received_id));
  KHIEN_TRY(const auto agency, find_agency_name(db, issue->agency_id));
  KHIEN_TRY(const auto rows, tasks_asked(db, *issue));
  Node tasks = Node::list();
  for (const TaskRow& row : rows) {
    tasks.push(Node::map({{"id", text_id(row.id)},
                          {"cite", cite_of(call.texts, row.cite, row.doc_id)},
                          {"text", row.title},
                          {"progress", row.progress},
                          {"note", node_of_text(row.note)}}));
  }
  KHIEN_TRY(const auto replies, replies_of(db, issue->id));
  return Node::map(
      {{"agency", Node::map({{"name", agency ? agency->name : ""}})},
       {"dispatch", Node::map({{"number", node_of_text(dispatch->number)},
                               {"subject", node_of_text(dispatch->subject)},
                               {"issuer", node_of_text(dispatch->issuer)},
                               {"issued_on", node_of_text(dispatch->issued_on)},
                               {"due_on", node_of_text(dispatch->due_on)}})},
       {"tasks", std::move(tasks)},
       {"file", replies.empty() ? Node() : node_of_text(replies.front().file_name)},
       {"answered_at", link.answered_at == 0 ? Node() : Node(link.answered_at)},
       {"until", link.expires_at}});
}

Act act_of_link(const Call& call, const char* action, std::int64_t issue_id) {
  Act act;
  act.remote = call.request.remote;
  act.action = action;
  act.what = "dispatches";
  act.what_id = issue_id;
  return act;
}

Result<Response> read_asked(Call& call) {
  KHIEN_TRY(const ReplyLink link, this_link(call, call.db));
  KHIEN_TRY(const auto issue, issue_by_id(call.db, link.issue_id));
  if (issue && issue->opened_at == 0) {
    const auto opened = call.hub.data.change(
        act_of_link(call, "reply.open", issue->dispatch_id), [&](const Database& db, Act&) {
          return open_received(db, issue->received_id, call.hub.data.clock().now_ms(),
                               call.hub.vi("hub.reply.by_link"));
        });
    if (!opened) return pass_on(opened.error());
  }
  KHIEN_TRY(const Node node, reply_node(call, call.db, link));
  return json_response(node);
}

// What it says of each task; of other tasks nothing is taken.
Done take_progress(const Call& call, const Database& db, const IssueRow& issue,
                   std::int64_t now) {
  KHIEN_TRY(const auto tasks, tasks_asked(db, issue));
  for (const Node& told : call.body["tasks"].items()) {
    const std::int64_t id = id_of(told["id"]);
    const auto row = std::find_if(tasks.begin(), tasks.end(),
                                  [&](const TaskRow& t) { return t.id == id; });
    if (row == tasks.end()) return fail(err::hub_not_found, "tasks.id");
    TaskRow task = *row;
    task.progress = told["progress"].text(task.progress);
    if (told.has("note")) task.note = squeeze(told["note"].text());
    KHIEN_DO(save_task(db, task, now));
  }
  return {};
}

Result<Response> send_answer(Call& call) {
  const std::int64_t now = call.hub.data.clock().now_ms();
  const auto change = [&](const Database& db, Act& act) -> Result<Node> {
    KHIEN_TRY(ReplyLink link, open_link(call, db));
    KHIEN_TRY(const auto issue, issue_by_id(db, link.issue_id));
    if (!issue) return fail(err::reply_link_gone, "");
    KHIEN_TRY(const auto agency, find_agency_name(db, issue->agency_id));
    ReplyRow row;
    row.issue_id = issue->id, row.at = now, row.text = call.body["text"].text();
    row.by_name = squeeze(call.body["by"].text(agency ? agency->name : ""));
    KHIEN_DO(take_progress(call, db, *issue, now));
    KHIEN_DO(send_reply(db, row, link.hash));
    act.what_id = issue->dispatch_id;
    link.answered_at = now;
    return reply_node(call, db, link);
  };
  auto sent = call.hub.data.change(act_of_link(call, "reply.send", 0), change);
  if (!sent) return pass_on(sent.error());
  return json_response(*sent);
}

Result<Response> add_reply_file(Call& call) {
  const Upload& upload = call.request.upload;
  const auto change = [&](const Database& db, Act& act) -> Result<Node> {
    KHIEN_TRY(const ReplyLink link, open_link(call, db));
    ReplyRow row;
    row.issue_id = link.issue_id;
    row.file_name = safe_name(call.query["name"].text());
    row.file_sha256 = upload.sha256;
    row.file_bytes = static_cast<std::int64_t>(upload.bytes);
    KHIEN_DO(keep_reply_file(db, row));
    KHIEN_DO(keep_upload(call.hub.data.folder(), upload));
    act.detail.set("sha256", upload.sha256);
    return reply_node(call, db, link);
  };
  auto kept = call.hub.data.change(act_of_link(call, "reply.file", 0), change);
  if (!kept) return pass_on(kept.error());
  return json_response(*kept);
}

}  // namespace

void add_replies(Handlers& handlers) {
  handlers.add("reply_link_make", make_reply_link);
  handlers.add("reply_list", list_of_replies);
  handlers.add("reply_file", read_reply_file);
  handlers.add("reply_read", read_asked);
  handlers.add("reply_send", send_answer);
  handlers.add("reply_file_add", add_reply_file);
}

}  // namespace khien::hub
