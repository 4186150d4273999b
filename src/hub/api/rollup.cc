// /rollup: a subtree on one day; its rows as CSV.
#include "hub/api/rollup.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"
#include "hub/api/handlers.h"
#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/errors.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace {

template <class T, class F>
Node each(const std::vector<T>& items, std::size_t most, F node) {
  std::vector<Node> out;
  out.reserve(std::min(items.size(), most));
  for (const T& item : items) {
    if (out.size() == most) break;
    out.push_back(node(item));
  }
  return Node::list(std::move(out));
}

// 72,000 cells go out at once: they are written, not built as a tree.
std::string cells_text(const Rollup& r) {
  constexpr std::size_t kCellBytes = 80;
  std::string out = "[";
  out.reserve(r.cells.size() * kCellBytes);
  for (std::size_t i = 0; i < r.agencies.size(); ++i) {
    out += i == 0 ? "[" : ",[";
    for (std::size_t j = 0; j < r.dispatches.size(); ++j) {
      if (j > 0) out += ',';
      add_rollup_cell(out, r.at(i, j));
    }
    out += ']';
  }
  return out + "]";
}

Result<Response> read_rollup(Call& call) {
  KHIEN_TRY(const RollupCache::Kept rollup, asked_rollup(call));
  Node node = rollup_head_node(*rollup, call.texts, rollup->late.size());
  node.set("agencies", each(rollup->agencies, rollup->agencies.size(),
                            [](const RollupAgency& a) { return named_node(a.id, a.name); }));
  Response out = json_response(node);
  out.body.pop_back();
  out.body += ",\"cells\":" + cells_text(*rollup) + "}";
  return out;
}

// What a table program would run is shown as text.
std::string csv_cell(std::string text) {
  constexpr std::string_view kOrders = "=+-@\t\r";
  if (!text.empty() && kOrders.find(text[0]) != std::string_view::npos) text.insert(0, "'");
  return text;
}

// The newest result of each agency on that day, measure by measure; read as it is sent.
class Export {
 public:
  Export(Data::Reading db, Statement rows, const Texts& texts)
      : db_(std::move(db)), rows_(std::move(rows)), texts_(texts) {}

  Result<std::string> piece() {
    constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
    std::string out;
    if (!begun_) out = "\xEF\xBB\xBF" + csv_of(headings(), Node::list());
    begun_ = true;
    while (!ended_ && out.size() < kPieceBytes) {
      KHIEN_TRY(const bool row, rows_.step());
      ended_ = !row;
      if (row) out += line();
    }
    return out;
  }

 private:
  std::vector<std::string> headings() const {
    std::vector<std::string> out;
    for (const char* id : {"code", "agency", "as_of", "seal", "dispatch", "cite", "text", "due",
                           "verdict"}) {
      out.push_back(texts_(std::string("hub.rollup.column.") + id));
    }
    return out;
  }
  std::string line() const {
    Node cells = Node::list();
    for (int i = 0; i < 3; ++i) cells.push(csv_cell(rows_.text(i)));
    cells.push(texts_("hub.seal." + rows_.text(3)));
    for (int i = 4; i < 8; ++i) cells.push(csv_cell(squeeze(rows_.text(i))));
    cells.push(texts_("verdict." + rows_.text(8)));
    const std::string all = csv_of({}, Node::list({std::move(cells)}));
    return all.substr(all.find("\r\n") + 2);
  }

  Data::Reading db_;
  Statement rows_;
  const Texts& texts_;
  bool begun_ = false, ended_ = false;
};

Result<Response> export_rollup(Call& call) {
  constexpr std::string_view kRows =
      "select coalesce(a.code, ''), a.name, s.as_of, s.seal, d.number, m.cite, m.text,"
      " coalesce(m.due_on, ''), m.verdict from agency a"
      " join assessment s on s.id = (select id from assessment where agency_id = a.id and refused"
      " is null and as_of <= ?2 order by as_of desc, id desc limit 1)"
      " join assessed_measure m on m.assessment_id = s.id and m.verdict is not null"
      " join assessed_dispatch d on d.assessment_id = s.id and d.position = m.dispatch"
      " where a.id in subtree order by a.id, m.position";
  KHIEN_TRY(const std::string day, asked_day(call));
  KHIEN_TRY(Data::Reading db, call.hub.data.read());
  KHIEN_TRY(Statement rows, db->prepare(std::string(kSubtree) + std::string(kRows)));
  rows.bind(1, call.actor.agency_id).bind(2, day);
  const Texts& texts = call.texts.lang() == "en" ? call.hub.en : call.hub.vi;
  const auto all = std::make_shared<Export>(std::move(db), std::move(rows), texts);
  Response out = download("", "text/csv; charset=utf-8", "toan-canh-" + day + ".csv");
  out.etag.clear();
  out.pieces = [all] { return all->piece(); };
  return out;
}

}  // namespace

Result<std::string> asked_day(const Call& call) {
  const std::string today = today_of(call.hub);
  const std::string day = call.query["at"].text(today);
  KHIEN_DO(check_day(day, "at"));
  if (day > today) return fail(err::rollup_day, "at", {{"value", day}});
  return day;
}

Result<RollupCache::Kept> asked_rollup(const Call& call) {
  const std::int64_t changes = call.hub.data.changes();
  RollupSearch search;
  search.agency_id = call.actor.agency_id;
  KHIEN_TRY(search.day, asked_day(call));
  search.past = search.day < today_of(call.hub);
  search.dispatch_id = id_of(call.query["dispatch"]);
  const bool by_measure = call.query["by"].text() == "measure";
  if (by_measure && search.dispatch_id == 0) {
    return fail(err::hub_request_invalid, "dispatch", {{"field", "dispatch"}, {"wanted", "id"}});
  }
  const std::string key = fmt::format("{} {} {} {} {}", search.agency_id, search.day, search.past,
                                      search.dispatch_id, by_measure);
  return call.hub.rollups.get(key, changes, [&] {
    return by_measure ? roll_up_measures(call.db, search) : roll_up(call.db, search);
  });
}

Node named_node(std::int64_t id, const std::string& name) {
  return Node::map({{"id", text_id(id)}, {"name", name}});
}

void add_rollup_cell(std::string& out, const RollupCell& cell) {
  if (cell.dispatch_id == 0) {
    out += "null";
    return;
  }
  const char* verdict = cell.verdict();
  out += "{\"verdict\":";
  out += cell.judged() ? fmt::format("\"{}\"", verdict) : "null";
  out += ",\"progress\":";
  out += cell.progress.empty() ? "null" : fmt::format("\"{}\"", cell.progress);
  out += cell.days_late > 0 ? ",\"late\":true" : ",\"late\":false";
  out += cell.judged() ? fmt::format(",\"coverage\":{:.3f}}}", cell.coverage())
                       : ",\"coverage\":null}";
}

Node rollup_head_node(const Rollup& r, const Texts& texts, std::size_t most_late) {
  constexpr std::size_t kAll = static_cast<std::size_t>(-1);
  return Node::map(
      {{"at", r.day},
       {"sentence", rollup_sentence(facts_of(r), texts)},
       {"dispatches", each(r.dispatches, kAll, [](const RollupDispatch& d) {
          return Node::map({{"id", text_id(d.id)}, {"number", d.number},
                            {"subject", node_of_text(d.subject)}});
        })},
       {"trend", each(r.trend, kAll, [](const RollupWeek& w) {
          return Node::map({{"week", w.day}, {"not_met", w.not_met},
                            {"undetermined", w.undetermined}});
        })},
       {"latest", each(r.latest, kAll, [](const RollupLatest& l) {
          Node out = named_node(l.agency_id, l.name);
          out.set("verdicts", counts_node(l.verdicts));
          return out;
        })},
       {"late", each(r.late, most_late, [](const RollupLate& l) {
          Node out = named_node(l.agency_id, l.name);
          out.set("days", l.days);
          out.set("dispatches", l.dispatches);
          return out;
        })}});
}

std::string rollup_sentence(const RollupFacts& facts, const Texts& texts) {
  if (facts.agencies == 0 || facts.dispatches == 0) return texts("hub.rollup.nothing");
  std::string out = texts("hub.rollup.sentence", {{"agencies", facts.agencies},
                                                  {"due", facts.due},
                                                  {"met", facts.all_met}});
  out += " " + texts("hub.rollup.late", {{"n", facts.late}, {"days", facts.longest}});
  out += " " + texts("hub.rollup.undetermined", {{"n", facts.undetermined}});
  if (facts.silent > 0) out += " " + texts("hub.rollup.silent", {{"n", facts.silent}});
  return out;
}

void add_rollup(Handlers& handlers) {
  handlers.add("rollup_read", read_rollup);
  handlers.add("rollup_export", export_rollup);
}

}  // namespace khien::hub
