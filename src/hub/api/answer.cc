// /dispatches/{id}/register, /answer_state: its number in the incoming book; the answering paper
// from draft to sent.
#include "hub/data/answer.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "hub/api/handlers.h"
#include "hub/api/words.h"
#include "hub/data/file_store.h"
#include "hub/data/incoming.h"
#include "hub/errors.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace {

constexpr std::string_view kPdfHead = "%PDF-";

// A row whose paper this user writes: of his own agency.
Result<DispatchRow> answered_row(const Call& call, const Database& db) {
  KHIEN_TRY(auto row, find_dispatch(db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  if (row->agency_id != call.actor.agency_id) return fail(err::hub_not_allowed, "");
  return std::move(*row);
}

Result<Response> enter_in_book(Call& call) {
  const auto change = [&](const Database& db, Act& act) -> Result<Node> {
    KHIEN_TRY(DispatchRow row, answered_row(call, db));
    const std::string asked = call.body["received_on"].text(row.received_on);
    row.received_on = asked.empty() ? today_of(call.hub) : asked;
    KHIEN_TRY(const std::int64_t no,
              next_incoming(db, row.agency_id, std::stoll(row.received_on.substr(0, 4)), row.id));
    row.received_no = text_id(no);
    KHIEN_DO(save_dispatch_head(db, row));
    act.detail.set("received_no", row.received_no);
    return Node::map({{"received_no", row.received_no}, {"received_on", row.received_on}});
  };
  KHIEN_TRY(const Node node, call.change("dispatch.register", "dispatches", call.id(), change));
  return json_response(node);
}

Result<Node> answer_node(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(const AnswerRow row, answer_of(db, dispatch_id));
  KHIEN_TRY(const auto steps, answer_steps(db, row.id));
  Node list = Node::list();
  Node submitted;
  for (const AnswerStep& step : steps) {
    if (step.state == "submitted") submitted = Node(step.at);
    list.push(Node::map({{"state", step.state}, {"at", step.at}, {"by", step.by_name},
                         {"note", node_of_text(step.note)}}));
  }
  return Node::map({{"state", row.state},
                    {"number", node_of_text(row.number)},
                    {"dated_on", node_of_text(row.dated_on)},
                    {"submitted_at", std::move(submitted)},
                    {"signed_by", node_of_text(row.signed_by)},
                    {"sent_on", node_of_text(row.sent_on)},
                    {"sent_to", node_of_text(row.sent_to)},
                    {"file", node_of_text(row.file_name)},
                    {"note", steps.empty() ? Node() : node_of_text(steps.back().note)},
                    {"steps", std::move(list)}});
}

Result<Response> read_answer_state(Call& call) {
  KHIEN_TRY(const Node node, answer_node(call.db, call.id()));
  return json_response(node);
}

std::size_t place_of(const std::string& state) {
  const auto at = std::find(kAnswerStates.begin(), kAnswerStates.end(), state);
  return static_cast<std::size_t>(at - kAnswerStates.begin());
}

Done lacks(const Call& call, const char* field) {
  return fail(err::answer_lacks, field,
              {{"field", call.texts(std::string("hub.field.") + field)}});
}

// One step on, or back to draft before it was sent. A leader signs and sends back.
Done check_step(const Call& call, const AnswerRow& row, const std::string& wanted) {
  const bool back = wanted == "draft" && row.state != "draft" && row.state != "sent";
  if (!back && place_of(wanted) != place_of(row.state) + 1) {
    return fail(err::answer_step, "state",
                {{"state", call.texts("hub.answer." + row.state)},
                 {"wanted", call.texts("hub.answer." + wanted)}});
  }
  const bool decided = back || wanted == "signed";
  if (!may(call.actor, decided ? Need::decide : Need::write)) {
    return fail(err::hub_not_allowed, "state");
  }
  return {};
}

Done check_complete(const Call& call, const AnswerRow& row, const std::string& note, bool back) {
  if (back && note.empty()) return lacks(call, "note");
  const std::size_t at = place_of(row.state);
  if (at >= place_of("numbered")) {
    if (row.number.empty()) return lacks(call, "number");
    if (row.dated_on.empty()) return lacks(call, "dated_on");
  }
  if (row.state != "sent") return {};
  return row.file_name.empty() ? lacks(call, "file") : Done{};
}

Done take_answer_fields(const Call& call, AnswerRow& row) {
  const Node& body = call.body;
  if (row.state == "sent") return fail(err::answer_step, "", {{"state", call.texts(
      "hub.answer.sent")}, {"wanted", call.texts("hub.answer.draft")}});
  for (const auto& [name, field] : {std::pair{"number", &row.number}, {"dated_on", &row.dated_on},
                                    {"signed_by", &row.signed_by}, {"sent_on", &row.sent_on},
                                    {"sent_to", &row.sent_to}}) {
    if (body.has(name)) *field = squeeze(body[name].text());
  }
  return {};
}

Done step_on(const Call& call, const Database& db, const DispatchRow& dispatch) {
  KHIEN_TRY(AnswerRow row, answer_of(db, dispatch.id));
  const std::string wanted = call.body["state"].text(row.state);
  const bool steps = wanted != row.state;
  if (steps) KHIEN_DO(check_step(call, row, wanted));
  if (!steps && !may(call.actor, Need::write)) return fail(err::hub_not_allowed, "");
  KHIEN_DO(take_answer_fields(call, row));
  const bool back = steps && wanted == "draft";
  row.state = wanted;
  if (steps && wanted == "signed" && row.signed_by.empty()) row.signed_by = call.actor.name;
  if (steps && wanted == "sent" && row.sent_on.empty()) row.sent_on = today_of(call.hub);
  const std::string note = squeeze(call.body["note"].text());
  KHIEN_DO(check_complete(call, row, note, back));
  KHIEN_TRY(const std::int64_t id, save_answer(db, row));
  if (!steps) return {};
  if (wanted == "sent") KHIEN_DO(set_dispatch_state(db, dispatch.id, "answered"));
  return add_answer_step(db, id, {wanted, call.actor.name, note,
                                  call.hub.data.clock().now_ms()});
}

Result<Response> change_answer_state(Call& call) {
  const auto change = [&](const Database& db, Act& act) -> Result<Node> {
    KHIEN_TRY(const DispatchRow dispatch, answered_row(call, db));
    if (dispatch.state == "reading" || dispatch.state == "failed") {
      return fail(err::office_state, "", {{"state", dispatch.state}});
    }
    KHIEN_DO(step_on(call, db, dispatch));
    act.detail = call.body;
    return answer_node(db, dispatch.id);
  };
  KHIEN_TRY(const Node node, call.change("answer.change", "dispatches", call.id(), change));
  return json_response(node);
}

Result<Response> file_answer(Call& call) {
  const Upload& upload = call.request.upload;
  KHIEN_TRY(const std::string head, read_head(upload.path, kPdfHead.size()));
  if (head != kPdfHead) return fail(err::hub_media_type, "", {{"wanted", "application/pdf"}});
  const auto change = [&](const Database& db, Act& act) -> Result<Node> {
    KHIEN_TRY(const DispatchRow dispatch, answered_row(call, db));
    KHIEN_TRY(AnswerRow row, answer_of(db, dispatch.id));
    if (row.state == "draft" || row.state == "sent") {
      return fail(err::answer_step, "", {{"state", call.texts("hub.answer." + row.state)},
                                         {"wanted", call.texts("hub.answer.filed")}});
    }
    row.file_name = safe_name(call.query["name"].text());
    row.file_sha256 = upload.sha256;
    row.file_bytes = static_cast<std::int64_t>(upload.bytes);
    KHIEN_TRY([[maybe_unused]] const std::int64_t id, save_answer(db, row));
    act.detail.set("sha256", upload.sha256);
    KHIEN_DO(keep_upload(call.hub.data.folder(), upload));
    return answer_node(db, dispatch.id);
  };
  KHIEN_TRY(const Node node, call.change("answer.file", "dispatches", call.id(), change));
  return json_response(node);
}

Result<Response> read_answer_file(Call& call) {
  KHIEN_TRY(const AnswerRow row, answer_of(call.db, call.id()));
  if (row.file_sha256.empty()) return fail(err::hub_not_found, "file");
  return download_file(kept_path(call.hub.data.folder(), row.file_sha256), "application/pdf",
                       row.file_sha256, row.file_name);
}

}  // namespace

void add_answers(Handlers& handlers) {
  handlers.add("dispatch_register", enter_in_book);
  handlers.add("answer_read", read_answer_state);
  handlers.add("answer_change", change_answer_state);
  handlers.add("answer_file", read_answer_file);
  handlers.add("answer_file_add", file_answer);
}

}  // namespace khien::hub
