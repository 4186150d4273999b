// /rollup/page: what a screen shows of a roll-up, some rows and columns of it.
#include <algorithm>

#include "base/text.h"
#include "hub/api/handlers.h"
#include "hub/api/rollup.h"
#include "hub/api/words.h"

namespace khien::hub {
namespace {

constexpr std::size_t kLateShown = 20;

struct RowTotal {  // what an agency's cells add up to
  std::size_t agency = 0;
  VerdictCounts verdicts;
  std::int64_t late = 0, covered = 0;
  double coverage = 0;
};

RowTotal total_of(const Rollup& r, std::size_t agency) {
  RowTotal out;
  out.agency = agency;
  for (std::size_t j = 0; j < r.dispatches.size(); ++j) {
    const RollupCell& cell = r.at(agency, j);
    out.late += cell.days_late > 0;
    if (!cell.judged()) continue;
    out.verdicts.add(cell.verdict(), 1);
    out.coverage += cell.coverage();
    ++out.covered;
  }
  return out;
}

std::vector<RowTotal> totals_of(const Rollup& r, const std::string& words) {
  std::vector<RowTotal> out;
  for (std::size_t i = 0; i < r.agencies.size(); ++i) {
    const bool wanted =
        words.empty() || skeleton(r.agencies[i].name).find(words) != std::string::npos;
    if (wanted) out.push_back(total_of(r, i));
  }
  return out;
}

void worst_first(const Rollup& r, std::vector<RowTotal>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [&](const RowTotal& a, const RowTotal& b) {
    if (a.late != b.late) return a.late > b.late;
    if (a.verdicts.not_met != b.verdicts.not_met) return a.verdicts.not_met > b.verdicts.not_met;
    if (a.verdicts.undetermined != b.verdicts.undetermined) {
      return a.verdicts.undetermined > b.verdicts.undetermined;
    }
    return r.agencies[a.agency].name < r.agencies[b.agency].name;
  });
}

struct ShownColumns {
  std::size_t from = 0, to = 0;
};

std::string row_text(const Rollup& r, const RowTotal& row, const ShownColumns& columns) {
  const RollupAgency& agency = r.agencies[row.agency];
  Node node = named_node(agency.id, agency.name);
  node.set("verdicts", counts_node(row.verdicts));
  node.set("late", row.late);
  node.set("coverage",
           row.covered == 0 ? Node() : Node(row.coverage / static_cast<double>(row.covered)));
  std::string out = to_json(node);
  out.back() = ',';
  out += "\"cells\":[";
  for (std::size_t j = columns.from; j < columns.to; ++j) {
    if (j > columns.from) out += ',';
    add_rollup_cell(out, r.at(row.agency, j));
  }
  return out + "]}";
}

Result<Response> read_rollup_page(Call& call) {
  KHIEN_TRY(const RollupCache::Kept kept, asked_rollup(call));
  const Rollup& r = *kept;
  std::vector<RowTotal> rows = totals_of(r, skeleton(squeeze(call.query["q"].text())));
  if (call.query["order"].text() == "worst") worst_first(r, rows);
  Node head = rollup_head_node(r, call.texts, kLateShown);
  VerdictCounts all;
  std::int64_t late = 0;
  for (const RowTotal& row : rows) {
    all.met += row.verdicts.met, all.partly_met += row.verdicts.partly_met;
    all.not_met += row.verdicts.not_met, all.undetermined += row.verdicts.undetermined;
    late += row.late > 0;
  }
  head.set("agencies", static_cast<std::int64_t>(rows.size()));
  head.set("late_agencies", late);
  head.set("verdicts", counts_node(all));
  const auto asked = [&](const char* name, std::int64_t otherwise) {
    return static_cast<std::size_t>(call.query[name].integer(otherwise));
  };
  ShownColumns columns;
  columns.from = std::min(asked("column", 0), r.dispatches.size());
  columns.to = std::min(columns.from + asked("columns", 8), r.dispatches.size());
  Response out = json_response(head);
  out.body.back() = ',';
  out.body += "\"rows\":[";
  const std::size_t shown = std::min(rows.size(), asked("rows", kListLimit));
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out.body += ',';
    out.body += row_text(r, rows[i], columns);
  }
  out.body += "]}";
  return out;
}

}  // namespace

void add_rollup_pages(Handlers& handlers) { handlers.add("rollup_page", read_rollup_page); }

}  // namespace khien::hub
