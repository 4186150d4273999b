// One dispatch measure by measure: what each agency's result says of each, by the paper's own
// number.
#include <map>

#include "base/calendar.h"
#include "hub/data/rollup.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

using Columns = std::map<std::string, std::size_t>;  // the paper's own number -> column

Result<std::vector<RollupDispatch>> measure_columns(const Database& db, std::int64_t dispatch_id,
                                                    Columns& columns) {
  KHIEN_TRY(Statement s,
            db.prepare("select id, cite, text, coalesce(due_on, ''), doc_id from measure where"
                       " dispatch_id = ?1 and not title and state <> 'dropped'"
                       " order by position"));
  s.bind(1, dispatch_id);
  std::vector<RollupDispatch> out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    if (!columns.emplace(s.text(4), out.size()).second) continue;
    const std::string cite = s.text(1).empty() ? s.text(4) : s.text(1);
    out.push_back({s.integer(0), dispatch_id, cite, s.text(2), s.text(3)});
  }
}

struct Selects {
  Statement verdicts, tasks;
};
Result<Selects> prepare_selects(const Database& db, bool past) {
  KHIEN_TRY(Statement verdicts,
            db.prepare("select m.doc_id, m.verdict, " + std::string(kByControls) +
                       " from assessed_measure m where m.assessment_id = ?1 and m.dispatch = ?2"
                       " and m.verdict is not null"));
  KHIEN_TRY(Statement tasks,
            db.prepare(past ? "select m.doc_id, s.progress, t.due_on, max(s.at) from task t join"
                              " measure m on m.id = t.measure_id join task_step s on s.task_id ="
                              " t.id where t.dispatch_id = ?1 and s.at <= ?2 group by t.id"
                            : "select m.doc_id, t.progress, t.due_on from task t join measure m on"
                              " m.id = t.measure_id where t.dispatch_id = ?1 and ?2 > 0"));
  return Selects{std::move(verdicts), std::move(tasks)};
}

// The measures of one agency: `row` begins its cells, `whole` is the dispatch as a whole.
Done fill_row(Selects& selects, const Columns& columns, const RollupCell& whole,
              std::int64_t until, RollupCell* row) {
  selects.tasks.bind(1, whole.dispatch_id).bind(2, until);
  for (;;) {
    KHIEN_TRY(const bool more, selects.tasks.step());
    if (!more) break;
    const auto at = columns.find(selects.tasks.text(0));
    if (at == columns.end()) continue;
    RollupCell& cell = row[at->second];
    cell.dispatch_id = whole.dispatch_id, cell.answered = whole.answered;
    cell.progress = selects.tasks.text(1), cell.due_on = selects.tasks.text(2);
  }
  selects.tasks.reset();
  selects.verdicts.bind(1, whole.assessment_id).bind(2, whole.position);
  for (;;) {
    KHIEN_TRY(const bool more, selects.verdicts.step());
    if (!more) break;
    const auto at = columns.find(selects.verdicts.text(0));
    if (at == columns.end()) continue;
    RollupCell& cell = row[at->second];
    cell.dispatch_id = whole.dispatch_id, cell.answered = whole.answered;
    cell.verdicts.add(selects.verdicts.text(1), 1);
    cell.by_controls += selects.verdicts.integer(2);
    if (cell.due_on.empty()) cell.due_on = whole.due_on;
  }
  selects.verdicts.reset();
  return {};
}

}  // namespace

Result<Rollup> roll_up_measures(const Database& db, const RollupSearch& search) {
  KHIEN_TRY(Rollup out, roll_up(db, search));
  if (out.dispatches.size() != 1) return out;
  const std::vector<RollupCell> whole = std::move(out.cells);
  const auto day = parse_date(search.day);
  Columns columns;
  KHIEN_TRY(out.dispatches, measure_columns(db, out.dispatches.front().id, columns));
  out.cells.assign(out.agencies.size() * out.dispatches.size(), RollupCell{});
  KHIEN_TRY(Selects selects, prepare_selects(db, search.past));
  for (std::size_t i = 0; i < out.agencies.size(); ++i) {
    if (whole[i].dispatch_id == 0) continue;
    KHIEN_DO(fill_row(selects, columns, whole[i], day ? end_of_day_ms(*day) : 0,
                      out.cells.data() + i * out.dispatches.size()));
  }
  for (RollupCell& cell : out.cells) mark_late(cell, search.day);
  return out;
}

}  // namespace khien::hub
