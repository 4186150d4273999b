// The authorizer says no to everything it does not know, so a new SQLite feature is denied, not
// allowed.
#include "judge/sandbox.h"

#include <sqlite3.h>

#include <algorithm>

#include "base/calendar.h"
#include "base/limits.h"
#include "base/node.h"
#include "base/text.h"
#include "judge/errors.h"

namespace khien {

struct Sandbox::State {
  sqlite3* db = nullptr;
  const Database* owner = nullptr;
  std::set<std::string> tables;
  std::int64_t steps_left = 0;
  std::set<std::string> read;  // tables of the statement prepared last
};

namespace {

const std::set<std::string, std::less<>>& allowed_functions() {
  static const std::set<std::string, std::less<>> names = {
      "abs", "avg", "coalesce", "count", "group_concat", "ifnull", "iif", "instr",
      "json_array_length", "json_each", "json_extract", "length", "max", "min", "nullif", "printf",
      "format", "replace", "round", "row_number", "substr", "substring", "sum", "total", "trim",
      "->", "->>", "json_array", "json_group_array", "add_period", "days_between", "day_start",
      "day_end", "local_time", "fold_vi", "skeleton_vi", "glob_vi", "classes_missing"};
  return names;
}

int authorize(void* context, int action, const char* a, const char* b, const char*, const char*) {
  auto* state = static_cast<Sandbox::State*>(context);
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_READ:
      if (a == nullptr) return SQLITE_DENY;
      // An empty name is a subquery or a common table expression.
      if (*a == 0 || std::string_view(a) == "json_each") return SQLITE_OK;
      if (!state->tables.contains(a)) return SQLITE_DENY;
      state->read.insert(a);
      return SQLITE_OK;
    case SQLITE_FUNCTION:
      return b != nullptr && allowed_functions().contains(std::string_view(b)) ? SQLITE_OK
                                                                               : SQLITE_DENY;
    default: return SQLITE_DENY;
  }
}

int on_progress(void* context) {
  auto* state = static_cast<Sandbox::State*>(context);
  state->steps_left -= 1000;
  return state->steps_left <= 0 ? 1 : 0;
}

std::string_view text_of(sqlite3_value* v) {
  const auto* t = reinterpret_cast<const char*>(sqlite3_value_text(v));
  return t == nullptr ? std::string_view{}
                      : std::string_view(t, static_cast<std::size_t>(sqlite3_value_bytes(v)));
}
bool any_null(int n, sqlite3_value** v) {
  return std::any_of(v, v + n,
                     [](sqlite3_value* x) { return sqlite3_value_type(x) == SQLITE_NULL; });
}
void answer(sqlite3_context* c, const std::string& s) {
  sqlite3_result_text64(c, s.data(), s.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void add_period(sqlite3_context* c, int n, sqlite3_value** v) {
  if (any_null(n, v)) return sqlite3_result_null(c);
  const auto period = parse_period(text_of(v[1]));
  if (!period) return sqlite3_result_error(c, "add_period: not a period", -1);
  sqlite3_result_int64(c, add(sqlite3_value_int64(v[0]), *period));
}
void days_between(sqlite3_context* c, int n, sqlite3_value** v) {
  if (any_null(n, v)) return sqlite3_result_null(c);
  sqlite3_result_int64(c, to_days(local_date(sqlite3_value_int64(v[1]))) -
                              to_days(local_date(sqlite3_value_int64(v[0]))));
}
void day_edge(sqlite3_context* c, int n, sqlite3_value** v) {
  if (any_null(n, v)) return sqlite3_result_null(c);
  const auto date = parse_date(text_of(v[0]));
  if (!date) return sqlite3_result_error(c, "not a date", -1);
  const bool end = sqlite3_user_data(c) != nullptr;
  sqlite3_result_int64(c, end ? end_of_day_ms(*date) : start_of_day_ms(*date));
}
void local_time(sqlite3_context* c, int n, sqlite3_value** v) {
  if (any_null(n, v)) return sqlite3_result_null(c);
  const std::string iso = to_iso_instant(sqlite3_value_int64(v[0]));
  answer(c, iso.substr(11, 5) + " " + iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" +
                iso.substr(0, 4));
}
void fold_text(sqlite3_context* c, int n, sqlite3_value** v) {
  if (any_null(n, v)) return sqlite3_result_null(c);
  const bool bare = sqlite3_user_data(c) != nullptr;
  answer(c, bare ? skeleton(text_of(v[0])) : fold(text_of(v[0])));
}
void glob_text(sqlite3_context* c, int n, sqlite3_value** v) {
  if (any_null(n, v)) return sqlite3_result_null(c);
  sqlite3_result_int(c, glob_match(text_of(v[0]), text_of(v[1])) ? 1 : 0);
}
void classes_missing(sqlite3_context* c, int, sqlite3_value** v) {
  static constexpr const char* names[] = {"digit", "letter", "lower", "upper", "special"};
  const auto list = parse_json(text_of(v[0]), "classes");
  if (!list || !list->is_list()) return sqlite3_result_error(c, "classes: no JSON list", -1);
  int missing = 0;
  for (const std::string& wanted : list->texts()) {
    const auto* at = std::find(std::begin(names), std::end(names), wanted);
    if (at == std::end(names)) return sqlite3_result_error(c, "classes: unknown class", -1);
    sqlite3_value* flag = v[1 + (at - std::begin(names))];
    if (sqlite3_value_type(flag) == SQLITE_NULL) return sqlite3_result_null(c);
    missing += sqlite3_value_int(flag) == 1 ? 0 : 1;
  }
  sqlite3_result_int(c, missing);
}

void add_functions(sqlite3* db) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  static char marker = 0;
  const auto make = [&](const char* name, int args, void* data,
                        void (*f)(sqlite3_context*, int, sqlite3_value**)) {
    sqlite3_create_function_v2(db, name, args, flags, data, f, nullptr, nullptr, nullptr);
  };
  make("add_period", 2, nullptr, add_period);
  make("days_between", 2, nullptr, days_between);
  make("day_start", 1, nullptr, day_edge);
  make("day_end", 1, &marker, day_edge);
  make("local_time", 1, nullptr, local_time);
  make("fold_vi", 1, nullptr, fold_text);
  make("skeleton_vi", 1, &marker, fold_text);
  make("glob_vi", 2, nullptr, glob_text);
  make("classes_missing", 6, nullptr, classes_missing);
}

}  // namespace

Sandbox::Sandbox(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sandbox::Sandbox(Sandbox&& other) noexcept = default;

Result<Sandbox> Sandbox::enter(const Database& db, std::set<std::string> tables) {
  auto state = std::make_unique<State>();
  state->db = db.raw();
  state->owner = &db;
  state->tables = std::move(tables);
  add_functions(state->db);
  // json_each is a virtual table that SQLite sets up on first use, by statements of its own.
  KHIEN_TRY([[maybe_unused]] const Value warm, db.one("select count(*) from json_each('[]')"));
  KHIEN_DO(db.execute("pragma query_only = 1; pragma temp_store = memory"));
  sqlite3_limit(state->db, SQLITE_LIMIT_LENGTH, static_cast<int>(limits::control_value_bytes));
  sqlite3_limit(state->db, SQLITE_LIMIT_EXPR_DEPTH, 200);
  sqlite3_limit(state->db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_set_authorizer(state->db, authorize, state.get());
  sqlite3_progress_handler(state->db, 1000, on_progress, state.get());
  return Sandbox(std::move(state));
}

Sandbox::~Sandbox() {
  if (!state_) return;
  sqlite3_set_authorizer(state_->db, nullptr, nullptr);
  sqlite3_progress_handler(state_->db, 0, nullptr, nullptr);
  sqlite3_limit(state_->db, SQLITE_LIMIT_LENGTH, 1'000'000'000);
  sqlite3_exec(state_->db, "pragma query_only = 0", nullptr, nullptr, nullptr);
}

Result<std::set<std::string>> Sandbox::reads(const std::string& place, const std::string& sql) {
  state_->read.clear();
  const auto statement = state_->owner->prepare(sql);
  if (!statement) {
    const auto& args = statement.error().args;
    const auto detail = args.find("detail");
    return fail(err::control_sql, place, {{"detail", detail == args.end() ? "" : detail->second}});
  }
  return state_->read;
}

Done Sandbox::query(const std::string& place, const std::string& sql,
                    const std::vector<std::pair<std::string, Value>>& binds,
                    const std::function<Done(Statement&)>& row) {
  state_->steps_left = limits::control_steps;
  auto statement = state_->owner->prepare(sql);
  if (!statement) {
    return fail(err::control_sql, place, {{"detail", statement.error().args["detail"]}});
  }
  if (!statement->is_readonly() || statement->columns() == 0) {
    return fail(err::control_sql, place, {{"detail", "a select only"}});
  }
  for (const std::string& name : statement->parameters()) {
    const auto at = std::find_if(binds.begin(), binds.end(),
                                 [&](const auto& b) { return b.first == name; });
    if (at == binds.end()) {
      return fail(err::control_sql, place, {{"detail", "unbound parameter :" + name}});
    }
    statement->bind((":" + name).c_str(), at->second);
  }
  for (std::size_t count = 0;; ++count) {
    const auto more = statement->step();
    if (!more) {
      const bool limit = state_->steps_left <= 0;
      return fail(limit ? err::control_limit : err::control_sql, place,
                  {{"detail", limit ? "steps" : more.error().args.at("detail")}});
    }
    if (!*more) return {};
    if (count >= limits::control_rows) return fail(err::control_limit, place, {{"detail", "rows"}});
    KHIEN_DO(row(*statement));
  }
}

}  // namespace khien
