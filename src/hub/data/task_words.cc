#include "hub/data/task_words.h"

#include "base/text.h"

namespace khien::hub {
namespace {

using Ids = std::unordered_set<std::int64_t>;

// The first column of rows whose second has the words.
Result<Ids> ids_with(const Database& db, TaskWords& words, const char* select) {
  KHIEN_TRY(Statement s, db.prepare(select));
  Ids out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    if (words.has(s.text(1))) out.insert(s.integer(0));
  }
}

// What was issued of these has their words too.
Done add_copies(const Database& db, Ids& measures) {
  KHIEN_TRY(Statement s, db.prepare("select id from measure where origin_id = ?1"));
  std::vector<std::int64_t> open(measures.begin(), measures.end());
  while (!open.empty()) {
    s.reset();
    s.bind(1, open.back());
    open.pop_back();
    for (;;) {
      KHIEN_TRY(const bool row, s.step());
      if (!row) break;
      if (measures.insert(s.integer(0)).second) open.push_back(s.integer(0));
    }
  }
  return {};
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

bool TaskMatches::none() const {
  return agencies.empty() && dispatches.empty() && measures.empty() && tasks.empty();
}

bool TaskMatches::has(std::int64_t task, std::int64_t agency, std::int64_t dispatch,
                      std::int64_t measure) const {
  return measures.contains(measure) || dispatches.contains(dispatch) ||
         agencies.contains(agency) || tasks.contains(task);
}

Result<TaskMatches> matches_of(const Database& db, TaskWords& words) {
  TaskMatches out;
  KHIEN_TRY(out.agencies, ids_with(db, words, "select id, name from agency"));
  KHIEN_TRY(out.dispatches, ids_with(db, words, "select id, number from dispatch where number is"
                                                " not null"));
  KHIEN_TRY(out.measures, ids_with(db, words, "select id, text from measure where origin_id is"
                                              " null"));
  KHIEN_TRY(out.tasks, ids_with(db, words, "select id, person from task where person is not"
                                           " null"));
  KHIEN_DO(add_copies(db, out.measures));
  return out;
}

}  // namespace khien::hub
