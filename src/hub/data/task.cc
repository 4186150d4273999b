// Tasks: one a measure that is ordered of the agency. How far it is, told by people, is never mixed
// with the verdict, which comes of facts.
#include <unordered_map>

#include "base/text.h"
#include "hub/data/agency.h"
#include "hub/data/measure.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kFewAgencies = 50;
constexpr std::string_view kTaskSelect =
    "select t.id, t.agency_id, t.dispatch_id, t.measure_id, a.name, coalesce(d.number, ''),"
    " m.cite, m.doc_id, m.text, t.person, t.due_on, t.progress, t.note, t.review_note,"
    " t.reviewed_by, t.reviewed_at, d.origin_id is not null from task t"
    " cross join agency a on a.id = t.agency_id cross join dispatch d on d.id = t.dispatch_id"
    " cross join measure m on m.id = t.measure_id ";  // tasks first: the rest by their ids
constexpr std::string_view kLate =
    " t.due_on < ?2 and t.progress not in ('done', 'accepted') ";

TaskRow task_row(const Statement& s) {
  TaskRow out;
  out.id = s.integer(0), out.agency_id = s.integer(1), out.dispatch_id = s.integer(2);
  out.measure_id = s.integer(3), out.agency_name = s.text(4), out.number = s.text(5);
  out.cite = s.text(6), out.doc_id = s.text(7), out.title = s.text(8);
  out.person = s.text(9), out.due_on = s.text(10), out.progress = s.text(11);
  out.note = s.text(12);
  out.review_note = s.text(13), out.reviewed_by = s.text(14);
  out.reviewed_at = s.integer(15), out.from_above = s.integer(16) != 0;
  return out;
}

// The same measure stands in the tasks of many agencies: its words are folded once.
class TaskWords {
 public:
  explicit TaskWords(const std::string& q) : q_(skeleton(squeeze(q))) {}
  [[nodiscard]] bool asked() const { return !q_.empty(); }
  // Of any row of a select of one text.
  Result<bool> meet_any(const Database& db, const char* select) {
    KHIEN_TRY(Statement s, db.prepare(select));
    for (;;) {
      KHIEN_TRY(const bool row, s.step());
      if (!row) return false;
      if (has(s.text(0))) return true;
    }
  }
  bool meet(const TaskRow& row) {
    if (q_.empty() || has(row.title) || has(row.number) || has(row.agency_name)) return true;
    return !row.person.empty() && has(row.person);
  }

 private:
  bool has(const std::string& text) {
    const auto [it, made] = known_.try_emplace(text, false);
    if (made) it->second = skeleton(text).find(q_) != std::string::npos;
    return it->second;
  }
  std::string q_;
  std::unordered_map<std::string, bool> known_;
};

// Whether any task at all has the words, looked for where each text stands once: a word that nobody
// wrote is not searched in the tasks of a thousand agencies.
Result<bool> written_anywhere(const Database& db, TaskWords& words) {
  for (const char* select : {"select name from agency", "select distinct number from dispatch",
                             "select text from measure where origin_id is null",
                             "select distinct person from task where person is not null"}) {
    KHIEN_TRY(const bool there, words.meet_any(db, select));
    if (there) return true;
  }
  return false;
}

}  // namespace

Done make_tasks(const Database& db, std::int64_t dispatch_id, std::int64_t now) {
  constexpr std::string_view kWanted =
      "(select id from measure where dispatch_id = ?1 and mine and not title"
      " and state <> 'dropped')";
  KHIEN_TRY(Statement gone, db.prepare("delete from task where dispatch_id = ?1 and measure_id"
                                       " not in " + std::string(kWanted)));
  KHIEN_DO(gone.bind(1, dispatch_id).run());
  KHIEN_TRY(Statement made,
            db.prepare("insert into task(agency_id, dispatch_id, measure_id, due_on, updated_at)"
                       " select d.agency_id, d.id, m.id, coalesce(m.due_on, d.due_on), ?2"
                       " from measure m join dispatch d on d.id = m.dispatch_id where m.id in " +
                       std::string(kWanted) + " and m.id not in (select measure_id from task)"));
  return made.bind(1, dispatch_id).bind(2, now).run();
}

Result<std::vector<TaskRow>> list_tasks(const Database& db, const TaskSearch& search) {
  KHIEN_TRY(const Value below, db.one(std::string(kSubtree) + "select count(*) from subtree",
                                      {search.agency_id}));
  // Of many agencies in the order of ids until the page is full; of few by the index of each.
  const bool many = std::get<std::int64_t>(below) > kFewAgencies;
  TaskWords words(search.q);
  if (many && words.asked()) {
    KHIEN_TRY(const bool there, written_anywhere(db, words));
    if (!there) return std::vector<TaskRow>{};
  }
  KHIEN_TRY(Statement s,
            db.prepare(std::string(kSubtree) + std::string(kTaskSelect) + "where " +
                       (many ? "+" : "") + "t.agency_id in subtree and t.id > ?3 and (?4 = ''"
                       " or (?4 = 'late' and" + std::string(kLate) + ") or t.progress = ?4)"
                       " and (?5 = 0 or t.dispatch_id = ?5) order by t.id"));
  s.bind(1, search.agency_id).bind(2, search.today).bind(3, search.after)
      .bind(4, search.state).bind(5, search.dispatch_id);
  std::vector<TaskRow> out;
  while (static_cast<std::int64_t>(out.size()) < search.limit) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) break;
    TaskRow row = task_row(s);
    if (words.meet(row)) out.push_back(std::move(row));
  }
  return out;
}

Result<std::optional<TaskRow>> find_task(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kTaskSelect) + "where t.id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(task_row(s)) : std::nullopt;
}

Done save_task(const Database& db, const TaskRow& row, std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("update task set person = ?2, due_on = ?3, progress = ?4,"
                                    " note = ?5, updated_at = ?6, review_note = ?7,"
                                    " reviewed_by = ?8, reviewed_at = ?9 where id = ?1"));
  return s.bind(1, row.id).bind(2, text_or_null(row.person)).bind(3, text_or_null(row.due_on))
      .bind(4, row.progress).bind(5, text_or_null(row.note)).bind(6, now)
      .bind(7, text_or_null(row.review_note)).bind(8, text_or_null(row.reviewed_by))
      .bind(9, integer_or_null(row.reviewed_at, row.reviewed_at != 0)).run();
}

Result<std::int64_t> count_late_tasks(const Database& db, std::int64_t agency_id,
                                      const std::string& today) {
  KHIEN_TRY(const Value n,
            db.one(std::string(kSubtree) + "select count(*) from task t where t.agency_id in"
                   " subtree and" + std::string(kLate), {agency_id, today}));
  return std::get<std::int64_t>(n);
}

}  // namespace khien::hub
