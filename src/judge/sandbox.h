// Runs a control's SQL over the facts and nothing else. Always bound: :as_of (ms, end of the day),
// :as_of_on ('YYYY-MM-DD'), :dispatch (number of the measure's order in this assessment, 0 for an
// extra run), and the control's parameters: read only, an authorizer that knows just
// the fact tables and a list of functions, step and row limits. Dates come only from the arguments
// and from these C++ functions, all in +07:00:
//   add_period(at_ms, 'P3M')   calendar months, clamped to the end of the month
//   days_between(a_ms, b_ms)   whole local days from a to b
//   local_time(at_ms)          'hh:mm dd/mm/yyyy'
//   day_start(on), day_end(on) 'YYYY-MM-DD' -> ms
//   fold_vi(text), skeleton_vi(text), glob_vi(pattern, text)   Vietnamese comparison
//   classes_missing(json_list, digit, letter, lower, upper, special)  -> count of classes in the
//                              list whose flag is not 1; NULL when such a flag is NULL
#pragma once

#include <functional>
#include <set>
#include <string>

#include "base/sqlite.h"

namespace khien {

class Sandbox {
 public:
  // `tables`: the names a control may read. The database must outlive the sandbox, and nobody else
  // may use it meanwhile.
  [[nodiscard]] static Result<Sandbox> enter(const Database& db, std::set<std::string> tables);
  Sandbox(Sandbox&& other) noexcept;
  ~Sandbox();

  // One select; binds by name (without colon), calls `row` for each row. K0502, K0504.
  [[nodiscard]] Done query(const std::string& place, const std::string& sql,
                           const std::vector<std::pair<std::string, Value>>& binds,
                           const std::function<Done(Statement&)>& row);

  // The tables of `tables` that the select reads, as SQLite's authorizer sees them: also through
  // joins, subqueries, common table expressions and views. K0502.
  [[nodiscard]] Result<std::set<std::string>> reads(const std::string& place,
                                                    const std::string& sql);

  struct State;  // of the .cc file

 private:
  explicit Sandbox(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace khien
