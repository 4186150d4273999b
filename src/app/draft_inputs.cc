// Conversion only: dispatch values, tables and facts become the plain inputs of report/draft.h.
#include "app/draft_inputs.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "app/errors.h"
#include "app/inputs.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/collect.h"
#include "collect/table/dates.h"
#include "collect/table/table.h"
#include "judge/orders.h"

namespace khien::app {
namespace {

using report::LateUnit;

// A key to compare headings and states by: no marks, no case, letters and digits only.
std::string key_of(std::string_view text) {
  std::string out;
  for (const char c : skeleton(squeeze(text))) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) out += c;
  }
  return out;
}

int column_of(const TableRow& row, std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    for (const std::string_view name : names) {
      if (key_of(row.cells[i]) == name) return static_cast<int>(i);
    }
  }
  return -1;
}

std::string cell(const TableRow& row, int column) {
  const auto i = static_cast<std::size_t>(column);
  return column < 0 || i >= row.cells.size() ? std::string() : row.cells[i];
}

std::string value_text(const Row& row, const std::string& column) {
  const auto it = row.find(column);
  if (it == row.end()) return "";
  const auto* text = std::get_if<std::string>(&it->second);
  return text == nullptr ? std::string() : *text;
}

std::int64_t value_instant(const Row& row, const std::string& column) {
  const auto it = row.find(column);
  if (it == row.end()) return 0;
  const auto* at = std::get_if<std::int64_t>(&it->second);
  return at == nullptr ? 0 : *at;
}

bool done_state(std::string_view state) {
  static const std::set<std::string> done = {"dahoanthanh", "hoanthanh", "dabaocao", "xong",
                                             "dathuchien", "choduyet", "done", "completed",
                                             "awaitingapproval"};
  return done.contains(key_of(state));
}
bool open_state(std::string_view state) {
  static const std::set<std::string> open = {
      "chuathuchien", "dangthuchien", "chuabaocao", "chuahoanthanh", "tralai", "quahan",
      "notstarted", "inprogress", "returned", "overdue", "late", ""};
  return open.contains(key_of(state));
}

struct UnitColumns {
  int unit = -1, state = -1, due = -1;
};

Result<LateUnit> unit_from(const Context& context, const TableRow& row, const UnitColumns& c,
                           const std::string& place) {
  const std::string at = fmt::format("{}:{}", place, row.number);
  LateUnit out;
  out.unit = cell(row, c.unit);
  out.state = cell(row, c.state);
  if (!done_state(out.state) && !open_state(out.state)) {
    return fail(err::draft_state_unknown, at,
                {{"value", shorten(out.state, 60)}, {"allowed", context.say("draft.states")}});
  }
  if (const std::string due = cell(row, c.due); !due.empty()) {
    const auto moment = parse_moment(due);
    if (!moment) return fail(err::draft_date_unknown, at, {{"value", shorten(due, 60)}});
    out.due_on = to_iso(moment->day_only ? moment->day : local_date(moment->at_ms));
  }
  return out;
}

// Scored parameters of one kind as text to compare.
std::string scored_words(const Vocabulary& v, const std::string& kind, const Node& parameters) {
  const KindInfo* info = v.find(kind);
  std::string out;
  if (info == nullptr) return out;
  for (const ParameterInfo& p : info->parameters) {
    if (!p.scored || !parameters.has(p.name)) continue;
    std::vector<std::string> values = parameters[p.name].texts();
    std::sort(values.begin(), values.end());
    out += fmt::format(" {}={}", p.name, fmt::join(values, ","));
  }
  return out;
}

template <class Kinds>
std::map<std::string, std::string> asked(const Vocabulary& v, const Kinds& kinds) {
  std::map<std::string, std::string> out;  // kind -> its scored parameters
  for (const auto& k : kinds) out[k.kind] = scored_words(v, k.kind, k.parameters);
  return out;
}

// Kinds of `a` that `b` lacks or states otherwise, in words.
std::string beyond(const Context& context, const std::map<std::string, std::string>& a,
                   const std::map<std::string, std::string>& b) {
  std::vector<std::string> words;
  for (const auto& [kind, parameters] : a) {
    const auto other = b.find(kind);
    if (other == b.end()) {
      words.push_back(context.say("kind." + kind));
    } else if (other->second != parameters) {
      words.push_back(context.say("kind." + kind) +
                      (parameters.empty() ? "" : fmt::format(" ({})", trim(parameters))));
    }
  }
  if (words.empty()) return context.say("draft.check.nothing");
  return fmt::format("{}", fmt::join(words, "; "));
}

}  // namespace

Result<Agency> draft_agency(const DraftOptions& o) {
  if (o.agency.empty()) return Agency{};
  return load_agency(o.agency);
}

report::Sender sender_of(const Context& context, const Agency& agency) {
  return {agency.record, agency.officer_phone, agency.officer_mail, context.clock.now_ms()};
}

Result<DraftOrder> draft_order(Context& context, const DraftOptions& o, const Agency& agency,
                               bool needed) {
  DraftOrder out;
  if (o.dispatch.empty() && o.programme.empty()) {
    if (needed) return fail(err::draft_order_missing, "");
    return out;
  }
  KHIEN_TRY(const Vocabulary vocabulary, Vocabulary::load(context.content));
  KHIEN_TRY(const AddresseeRules rules, AddresseeRules::load(context.content));
  if (!o.dispatch.empty()) {
    KHIEN_TRY(out.order, order_from_document(context, vocabulary, o.dispatch));
  } else {
    KHIEN_TRY(out.order, order_from_programme(context, vocabulary, o.programme));
  }
  Addressee who{agency.aliases, agency.actor, agency.enterprise};
  if (!agency.record.name.empty()) who.names.push_back(agency.record.name);
  Assessment records;
  add_order(out.order, rules, who, records);
  out.records.dispatch = records.dispatches.back();
  out.records.measures = std::move(records.measures);
  if (o.all) {
    for (MeasureRecord& m : out.records.measures) m.addressed = true;
  }
  for (const WatchWindow& w : out.order.watch_windows) {
    out.records.windows.push_back({w.from, w.to, context.say(w.why)});
  }
  return out;
}

bool finished(const LateUnit& unit) { return done_state(unit.state); }

Result<std::vector<LateUnit>> listed_units(Context& context, const DraftOptions& o, bool states) {
  KHIEN_TRY(const std::string bytes, read_file(o.units, limits::table_file_bytes));
  const std::string place = o.units.string();
  KHIEN_TRY(const Table table, read_table(context.workers(), bytes, place));
  std::vector<LateUnit> out;
  UnitColumns columns;
  for (const TableRow& row : table.rows) {
    if (columns.unit < 0) {  // titles above the headings are skipped
      columns.unit = column_of(row, {"donvi", "tendonvi", "coquan", "coquandonvi", "unit"});
      columns.state = column_of(row, {"tinhtrang", "trangthai", "ketqua", "state", "status"});
      columns.due = column_of(row, {"han", "thoihan", "hanhoanthanh", "hanbaocao", "due"});
      continue;
    }
    if (squeeze(cell(row, columns.unit)).empty()) continue;
    if (!states) {
      out.push_back({cell(row, columns.unit), "", ""});
      continue;
    }
    KHIEN_TRY(LateUnit unit, unit_from(context, row, columns, place));
    out.push_back(std::move(unit));
  }
  if (columns.unit < 0) {
    const std::string found =
        table.rows.empty() ? "" : fmt::format("{}", fmt::join(table.rows.front().cells, ", "));
    return fail(err::draft_column_missing, place,
                {{"column", context.say("draft.column.unit")}, {"found", shorten(found, 120)}});
  }
  for (const auto& [column, name] : {std::pair{columns.state, "state"}, {columns.due, "due"}}) {
    if (!states || column >= 0) continue;
    return fail(err::draft_urge_column, place,
                {{"column", context.say(std::string("draft.urge.column.") + name)}});
  }
  return out;
}

std::vector<LateUnit> late_units(std::vector<LateUnit> units, const std::string& as_of) {
  std::erase_if(units, [&](const LateUnit& u) {
    return done_state(u.state) || u.due_on.empty() || u.due_on >= as_of;
  });
  std::stable_sort(units.begin(), units.end(),
                   [](const LateUnit& a, const LateUnit& b) { return a.due_on < b.due_on; });
  return units;
}

Result<DraftPeople> draft_people(Context& context, const Agency& agency, People wanted) {
  Agency papers = agency;
  std::erase_if(papers.sources, [&](const AgencySource& s) {  // nothing else is read
    return wanted == People::staff ? s.type != "staff" : s.type != "register" || s.name != "duty";
  });
  DraftPeople out;
  if (papers.sources.empty()) return out;
  KHIEN_TRY(const Collected collected,
            collect(papers, context.content, context.workers(), context.clock, {}));
  for (const Error& problem : collected.problems) context.report(problem);
  for (const Collection& c : collected.collections) {
    if (const auto t = c.tables.find("staff"); t != c.tables.end()) {
      for (const Row& row : t->second.rows) {
        const std::string status = value_text(row, "status");
        if (status == "left" || status == "transferred") continue;
        out.staff.push_back({value_text(row, "full_name"), value_text(row, "title"),
                             value_text(row, "unit"), value_text(row, "phone")});
      }
    }
    if (const auto t = c.tables.find("duty_shift"); t != c.tables.end()) {
      for (const Row& row : t->second.rows) {
        out.duty.push_back({value_instant(row, "from_at"), value_instant(row, "to_at"),
                            value_text(row, "person"), value_text(row, "phone"),
                            value_text(row, "place"), value_text(row, "backup_person")});
      }
    }
  }
  return out;
}

Result<std::vector<report::ShiftHours>> shifts_from(const std::vector<std::string>& written) {
  std::vector<report::ShiftHours> out;
  const auto hour = [](std::string_view text, int& to) {
    if (text.ends_with(":00")) text.remove_suffix(3);
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), to);
    return ec == std::errc() && end == text.data() + text.size() && to >= 0 && to <= 24;
  };
  for (const std::string& w : written) {
    const std::size_t dash = w.find('-');
    report::ShiftHours s;
    if (dash == w.npos || !hour(std::string_view(w).substr(0, dash), s.from) || s.from > 23 ||
        !hour(std::string_view(w).substr(dash + 1), s.to)) {
      return fail(err::draft_shift_invalid, "--shift", {{"value", shorten(w, 40)}});
    }
    out.push_back(s);
  }
  if (out.empty()) out = {{6, 14}, {14, 22}, {22, 6}};
  return out;
}

Done choose_windows(const DraftOptions& o, report::Ordered& ordered) {
  if (!o.from.empty() || !o.until.empty()) {
    KHIEN_TRY(const Date from, parse_date(o.from));
    KHIEN_TRY(const Date until, parse_date(o.until.empty() ? o.from : o.until));
    constexpr std::int64_t kMostDays = 62;
    if (until < from || to_days(until) - to_days(from) >= kMostDays) {
      return fail(err::draft_window_invalid, "--from",
                  {{"value", to_iso(from) + " - " + to_iso(until)}});
    }
    std::string why;
    if (ordered.windows.size() == 1) why = ordered.windows[0].why;
    ordered.windows = {{to_iso(from), to_iso(until), why}};
  }
  if (ordered.windows.empty()) return fail(err::draft_window_missing, "");
  return {};
}

Result<std::vector<std::string>> differences(Context& context, const Order& wanted,
                                             const report::Ordered& records,
                                             const std::filesystem::path& paper) {
  KHIEN_TRY(const Vocabulary vocabulary, Vocabulary::load(context.content));
  KHIEN_TRY(const Order got, order_from_document(context, vocabulary, paper));
  std::vector<std::string> out;
  std::size_t at = 0;
  for (const report::Restated& r : report::restated(records.measures)) {
    const Measure* source = find_measure(wanted, r.measure->doc_id);
    if (source == nullptr) continue;
    if (at >= got.measures.size() || got.measures[at].id != r.id) {
      out.push_back(context.say("draft.check.lost", {{"cite", source->cite_vi}}));
      continue;
    }
    const auto before = asked(vocabulary, source->kinds);
    const auto after = asked(vocabulary, got.measures[at++].kinds);
    if (before == after) continue;
    out.push_back(context.say("draft.check.changed",
                              {{"cite", source->cite_vi},
                               {"order", beyond(context, before, after)},
                               {"paper", beyond(context, after, before)}}));
  }
  return out;
}

}  // namespace khien::app
