// /dispatches/{id}/measures: what was read, corrected by an officer. A correction of a confirmed
// dispatch asks for its confirmation again.
#include "hub/api/handlers.h"

#include <fmt/format.h>

#include "base/text.h"
#include "hub/api/dispatch_nodes.h"
#include "hub/api/words.h"
#include "hub/data/utf16.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::size_t kMeasureChars = 20'000;

Done reopen(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(const auto row, find_dispatch(db, dispatch_id));
  if (!row) return fail(err::hub_not_found, text_id(dispatch_id));
  if (row->state != "unconfirmed" && row->state != "confirmed") {
    return fail(err::office_state, "", {{"state", row->state}});
  }
  return set_dispatch_state(db, dispatch_id, "unconfirmed");
}

// What the body says of it; whatever a person looked at is no longer unsure.
Done correct(const Call& call, const KindBook& kinds, MeasureRow& row) {
  const Node& body = call.body;
  bool changed = false;
  if (body.has("kinds")) {
    KHIEN_TRY(row.kinds, kinds.stated(body["kinds"]));
    changed = true;
  }
  if (body.has("due_on")) {
    row.due_on = body["due_on"].text();
    KHIEN_DO(check_day(row.due_on, "due_on", true));
    changed = true;
  }
  if (body.has("actor")) row.actor = squeeze(body["actor"].text()), changed = true;
  if (body.has("mine")) {
    row.mine = body["mine"].boolean();
    row.mine_stated = changed = true;
  }
  if (body.has("dropped")) {
    const bool dropped = body["dropped"].boolean();
    row.state = dropped ? "dropped" : "changed";
    row.unsure.clear();
    return {};
  }
  const bool accepted = body["accepted"].boolean();
  if (changed || accepted) row.unsure.clear();
  if (changed && row.state != "added") row.state = "changed";
  else if (accepted && row.state == "read") row.state = "accepted";
  return {};
}

Result<Node> measure_now(Call& call, std::int64_t id) {
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const auto row, find_measure(*db, call.id(), id));
  if (!row) return fail(err::hub_not_found, text_id(id));
  KHIEN_TRY(const KindBook kinds, KindBook::load(call.hub.content));
  return measure_node(call.texts, kinds, *row);
}

Result<Response> change_measure(Call& call) {
  KHIEN_TRY(const KindBook kinds, KindBook::load(call.hub.content));
  const std::int64_t id = call.id("mid");
  const Done changed = call.change("measure.change", "dispatches", call.id(),
                       [&](const Database& db, Act& act) -> Done {
                         KHIEN_TRY(auto row, find_measure(db, call.id(), id));
                         if (!row) return fail(err::hub_not_found, text_id(id));
                         if (row->origin_id != 0) return fail(err::dispatch_received, "mid");
                         KHIEN_DO(reopen(db, call.id()));
                         KHIEN_DO(correct(call, kinds, *row));
                         act.detail = call.body;
                         act.detail.set("measure", row->doc_id);
                         return save_measure(db, *row);
                       });
  KHIEN_DO(changed);
  KHIEN_TRY(const Node node, measure_now(call, id));
  return json_response(node);
}

// Numbered after those that are there: "p7" where no measure has that number.
std::string next_doc_id(const std::vector<MeasureRow>& measures) {
  for (std::size_t n = measures.size() + 1;; ++n) {
    std::string id = fmt::format("p{}", n);
    const bool taken = std::any_of(measures.begin(), measures.end(),
                                   [&](const MeasureRow& m) { return m.doc_id == id; });
    if (!taken) return id;
  }
}

Result<MeasureRow> cut_out(const Call& call, const Database& db) {
  KHIEN_TRY(const DispatchText text, dispatch_text(db, call.id()));
  const std::u32string points = to_u32(text.body);
  const Utf16Index index(points);
  const std::int64_t from = index.point(call.body["from"].integer());
  const std::int64_t to = index.point(call.body["to"].integer());
  MeasureRow out;
  out.dispatch_id = call.id();
  if (to > from) {
    out.text = squeeze(to_utf8(std::u32string_view(points).substr(
        static_cast<std::size_t>(from), static_cast<std::size_t>(to - from))));
  }
  if (out.text.empty() || code_points(out.text) > kMeasureChars) {
    return fail(err::office_span, "from");
  }
  out.span_from = index.units(from);
  out.span_to = index.units(to);
  out.state = "added";
  return out;
}

Result<Response> add_missed(Call& call) {
  KHIEN_TRY(const KindBook kinds, KindBook::load(call.hub.content));
  KHIEN_TRY(const std::int64_t id,
            call.change("measure.add", "dispatches", call.id(),
                        [&](const Database& db, Act& act) -> Result<std::int64_t> {
                          KHIEN_DO(reopen(db, call.id()));
                          KHIEN_TRY(MeasureRow row, cut_out(call, db));
                          KHIEN_TRY(row.kinds, kinds.stated(call.body["kinds"]));
                          KHIEN_TRY(const auto all, measures_of(db, call.id()));
                          row.doc_id = next_doc_id(all);
                          row.cite = call.hub.vi("hub.measure.added_cite",
                                                 {{"id", row.doc_id.substr(1)}});
                          for (const MeasureRow& m : all) {  // where it stands in the paper
                            if (m.span_from >= 0 && m.span_from <= row.span_from) {
                              row.position = m.position;
                            }
                          }
                          act.detail.set("measure", row.doc_id);
                          return add_measure(db, row);
                        }));
  KHIEN_TRY(const Node node, measure_now(call, id));
  return json_response(node, 201);
}

}  // namespace

void add_measures(Handlers& handlers) {
  handlers.add("measure_change", change_measure);
  handlers.add("measure_add", add_missed);
}

}  // namespace khien::hub
