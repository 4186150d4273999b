#include "hub/data/task_words.h"

#include "base/text.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

using Ids = std::vector<std::int64_t>;

std::int64_t first_of(const Statement& row) { return row.integer(0); }

// The first column of rows whose second has the words.
Result<Ids> ids_with(const Database& db, TaskWords& words, const char* select) {
  KHIEN_TRY(Statement s, db.prepare(select));
  Ids out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    if (words.has(s.text(1))) out.push_back(s.integer(0));
  }
}

// Numbers stand in the index of a hundred copies each.
Result<Ids> dispatches_with(const Database& db, TaskWords& words) {
  KHIEN_TRY(Statement numbers, db.prepare("select distinct number from dispatch where number is"
                                          " not null"));
  KHIEN_TRY(Statement same, db.prepare("select id from dispatch where number = ?1"));
  Ids out;
  for (;;) {
    KHIEN_TRY(const bool row, numbers.step());
    if (!row) return out;
    const std::string number = numbers.text(0);
    if (!words.has(number)) continue;
    same.reset();
    same.bind(1, number);
    KHIEN_TRY(const Ids ids, rows_of<std::int64_t>(same, first_of));
    out.insert(out.end(), ids.begin(), ids.end());
  }
}

// What `select` gives for each of `ids`.
Result<Ids> each_of(const Database& db, const char* select, const Ids& ids) {
  KHIEN_TRY(Statement s, db.prepare(select));
  Ids out;
  for (const std::int64_t id : ids) {
    s.reset();
    s.bind(1, id);
    KHIEN_TRY(const Ids found, rows_of<std::int64_t>(s, first_of));
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

// Of those that were read, and all that were issued of them.
Result<Ids> measures_with(const Database& db, TaskWords& words) {
  KHIEN_TRY(Ids out, ids_with(db, words, "select id, text from measure where origin_id is null"));
  Ids last = out;
  while (!last.empty()) {
    KHIEN_TRY(last, each_of(db, "select id from measure where origin_id = ?1", last));
    out.insert(out.end(), last.begin(), last.end());
  }
  return out;
}

}  // namespace

TaskWords::TaskWords(const std::string& q) : q_(skeleton(squeeze(q))) {}

bool TaskWords::meet(const TaskRow& row) {
  if (q_.empty() || has(row.title) || has(row.number) || has(row.agency_name)) return true;
  return !row.person.empty() && has(row.person);
}

bool TaskWords::has(const std::string& text) {
  const auto [it, made] = known_.try_emplace(text, false);
  if (made) it->second = skeleton(text).find(q_) != std::string::npos;
  return it->second;
}

Result<std::set<std::int64_t>> tasks_with(const Database& db, TaskWords& words) {
  KHIEN_TRY(const Ids agencies, ids_with(db, words, "select id, name from agency"));
  KHIEN_TRY(const Ids dispatches, dispatches_with(db, words));
  KHIEN_TRY(const Ids measures, measures_with(db, words));
  KHIEN_TRY(const Ids people, ids_with(db, words, "select id, person from task where person is"
                                                  " not null"));
  std::set<std::int64_t> out(people.begin(), people.end());
  for (const auto& [select, ids] :
       {std::pair{"select id from task where agency_id = ?1", &agencies},
        {"select id from task where dispatch_id = ?1", &dispatches},
        {"select id from task where measure_id = ?1", &measures}}) {
    KHIEN_TRY(const Ids found, each_of(db, select, *ids));
    out.insert(found.begin(), found.end());
  }
  return out;
}

}  // namespace khien::hub
