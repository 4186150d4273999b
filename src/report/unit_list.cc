#include "report/unit_list.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "format/table/dates.h"
#include "report/errors.h"

namespace khien::report {
namespace {

constexpr const char* kWords = "headers/units.yaml";

std::string cell(const khien::TableRow& row, int column) {
  const auto i = static_cast<std::size_t>(column);
  return column < 0 || i >= row.cells.size() ? std::string() : row.cells[i];
}

struct UnitColumns {
  int unit = -1, state = -1, due = -1;
};

Result<LateUnit> unit_from(const khien::TableRow& row, const UnitColumns& c,
                           const std::string& place, const UnitWords& words,
                           const Texts& texts) {
  const std::string at = fmt::format("{}:{}", place, row.number);
  LateUnit out;
  out.unit = cell(row, c.unit);
  out.state = cell(row, c.state);
  if (!words.is_done(out.state) && !words.is_open(out.state)) {
    return fail(err::draft_state_unknown, at,
                {{"value", shorten(out.state, 60)}, {"allowed", texts("draft.states")}});
  }
  if (const std::string due = cell(row, c.due); !due.empty()) {
    const auto moment = parse_moment(due);
    if (!moment) return fail(err::draft_date_unknown, at, {{"value", shorten(due, 60)}});
    out.due_on = to_iso(moment->day_only ? moment->day : local_date(moment->at_ms));
  }
  return out;
}

}  // namespace

Result<UnitWords> UnitWords::load(const Content& content) {
  KHIEN_TRY(const Node node, content.yaml(kWords));
  KHIEN_DO(allow_keys(node, {"columns", "states"}, kWords));
  UnitWords out;
  for (const auto& [words, meanings] : {std::pair{&out.columns_, &node["columns"]},
                                        std::pair{&out.states_, &node["states"]}}) {
    const std::string twice = words->add_all(*meanings);
    if (twice.empty()) continue;
    return fail(err::unit_words, at_line(kWords, *meanings), {{"detail", twice}});
  }
  return out;
}

bool UnitWords::is_done(std::string_view state) const { return states_.find(state) == "done"; }
bool UnitWords::is_open(std::string_view state) const {
  return squeeze(state).empty() || states_.find(state) == "open";
}

int UnitWords::column(const khien::TableRow& row, const std::string& name) const {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (columns_.find(row.cells[i]) == name) return static_cast<int>(i);
  }
  return -1;
}

Result<std::vector<LateUnit>> units_from(const khien::Table& table,
                                         const std::string& place, const UnitWords& words,
                                         const Texts& texts, bool states) {
  std::vector<LateUnit> out;
  UnitColumns columns;
  for (const khien::TableRow& row : table.rows) {
    if (columns.unit < 0) {  // titles above the headings are skipped
      columns = {words.column(row, "unit"), words.column(row, "state"), words.column(row, "due")};
      continue;
    }
    if (squeeze(cell(row, columns.unit)).empty()) continue;
    if (!states) {
      out.push_back({cell(row, columns.unit), "", ""});
      continue;
    }
    KHIEN_TRY(LateUnit unit, unit_from(row, columns, place, words, texts));
    out.push_back(std::move(unit));
  }
  if (columns.unit < 0) {
    const std::string found =
        table.rows.empty() ? "" : fmt::format("{}", fmt::join(table.rows.front().cells, ", "));
    return fail(err::draft_column_missing, place,
                {{"column", texts("draft.column.unit")}, {"found", shorten(found, 120)}});
  }
  for (const auto& [column, name] : {std::pair{columns.state, "state"}, {columns.due, "due"}}) {
    if (!states || column >= 0) continue;
    return fail(err::draft_urge_column, place,
                {{"column", texts(std::string("draft.urge.column.") + name)}});
  }
  return out;
}

std::vector<LateUnit> late_units(std::vector<LateUnit> units, const UnitWords& words,
                                 const std::string& as_of) {
  std::erase_if(units, [&](const LateUnit& u) {
    return words.is_done(u.state) || u.due_on.empty() || u.due_on >= as_of;
  });
  std::stable_sort(units.begin(), units.end(),
                   [](const LateUnit& a, const LateUnit& b) { return a.due_on < b.due_on; });
  return units;
}

Result<std::vector<ShiftHours>> shifts_from(const std::vector<std::string>& written) {
  std::vector<ShiftHours> out;
  const auto hour = [](std::string_view text, int& to) {
    if (text.ends_with(":00")) text.remove_suffix(3);
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), to);
    return ec == std::errc() && end == text.data() + text.size() && to >= 0 && to <= 24;
  };
  for (const std::string& w : written) {
    const std::size_t dash = w.find('-');
    ShiftHours s;
    if (dash == w.npos || !hour(std::string_view(w).substr(0, dash), s.from) || s.from > 23 ||
        !hour(std::string_view(w).substr(dash + 1), s.to)) {
      return fail(err::draft_shift_invalid, "--shift", {{"value", shorten(w, 40)}});
    }
    out.push_back(s);
  }
  if (out.empty()) out = {{6, 14}, {14, 22}, {22, 6}};
  return out;
}

}  // namespace khien::report
