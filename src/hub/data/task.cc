// Tasks: one a measure that is ordered of the agency. How far it is, told by people, is never mixed
// with the verdict, which comes of facts.
#include <limits>
#include <unordered_set>

#include "hub/data/agency.h"
#include "hub/data/measure.h"
#include "hub/data/rows.h"
#include "hub/data/task_words.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kFewAgencies = 50;
constexpr std::int64_t kLooks = 1'000;
constexpr std::int64_t kEveryTask = std::numeric_limits<std::int64_t>::max();
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

constexpr std::string_view kAsked =
    "(?4 = '' or (?4 = 'late' and t.due_on < ?2 and t.progress not in ('done', 'accepted'))"
    " or t.progress = ?4) and (?5 = 0 or t.dispatch_id = ?5)";

// ?1 is not in every select of these.
Statement& bind_search(Statement& s, const TaskSearch& search, std::int64_t after) {
  return s.bind(1, search.agency_id).bind(2, search.today).bind(3, after).bind(4, search.state)
      .bind(5, search.dispatch_id);
}

// Of many agencies in the order of ids until the page is full; of few by the index of each.
std::string wanted_tasks(bool many) {
  return std::string("where ") + (many ? "+" : "") + "t.agency_id in subtree and t.id > ?3 and"
         " " + std::string(kAsked) + " order by t.id";
}

// Goes on after the last of `looked` that were seen; true when there are no more, or enough.
Result<bool> take_tasks(const Database& db, const TaskSearch& search, bool many,
                        TaskWords& words, std::int64_t& after, std::int64_t looks,
                        std::vector<TaskRow>& out) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kSubtree) + std::string(kTaskSelect) +
                                    wanted_tasks(many)));
  bind_search(s, search, after);
  for (std::int64_t look = 0; look < looks; ++look) {
    if (static_cast<std::int64_t>(out.size()) >= search.limit) return true;
    KHIEN_TRY(const bool more, s.step());
    if (!more) return true;
    TaskRow row = task_row(s);
    after = row.id;
    if (words.meet(row)) out.push_back(std::move(row));
  }
  return false;
}

// Rare words: where they stand is looked for first.
Done take_rare(const Database& db, const TaskSearch& search, TaskWords& words,
               std::int64_t after, std::vector<TaskRow>& out) {
  KHIEN_TRY(const auto ids, tasks_with(db, words));
  KHIEN_TRY(Statement below, db.prepare(std::string(kSubtree) + "select id from subtree"));
  below.bind(1, search.agency_id);
  KHIEN_TRY(const auto agencies, rows_of<std::int64_t>(below, [](const Statement& row) {
              return row.integer(0);
            }));
  const std::unordered_set<std::int64_t> ours(agencies.begin(), agencies.end());
  KHIEN_TRY(Statement s, db.prepare(std::string(kTaskSelect) + "where t.id = ?3 and " +
                                    std::string(kAsked)));
  for (auto id = ids.upper_bound(after); id != ids.end(); ++id) {
    if (static_cast<std::int64_t>(out.size()) >= search.limit) break;
    s.reset();
    bind_search(s, search, *id);
    KHIEN_TRY(const bool there, s.step());
    if (!there) continue;
    TaskRow row = task_row(s);
    if (ours.contains(row.agency_id)) out.push_back(std::move(row));
  }
  return {};
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
  const bool many = std::get<std::int64_t>(below) > kFewAgencies;
  TaskWords words(search.q);
  // Words that stand in many tasks fill a page of the first that are looked at; of rare ones it is
  // sooner known where they stand.
  const bool may_be_rare = many && words.asked();
  std::int64_t after = search.after;
  std::vector<TaskRow> out;
  KHIEN_TRY(const bool all, take_tasks(db, search, many, words, after,
                                       may_be_rare ? kLooks : kEveryTask, out));
  if (!all) KHIEN_DO(take_rare(db, search, words, after, out));
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
