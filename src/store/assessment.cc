// Records to SQLite and back, by the field lists: containers are stored as JSON text.
#include "store/assessment.h"

#include <fmt/format.h>

#include "store/errors.h"
#include "store/record.h"

namespace khien {
namespace {

using record::from_node;
using record::is_vector;

template <class T> constexpr const char* sql_type() {
  if constexpr (std::is_integral_v<T>) return "integer";
  if constexpr (std::is_same_v<T, double>) return "real";
  return "text";
}

template <class T> constexpr bool is_json() {
  return !std::is_same_v<T, std::string> && !std::is_arithmetic_v<T> &&
         !std::is_same_v<T, Verdict> && !std::is_same_v<T, Outcome>;
}

template <class R> std::string ddl_of(const char* table) {
  std::string columns;
  R blank;
  fields(blank, [&](const char* name, auto& field) {
    using T = std::decay_t<decltype(field)>;
    columns += (columns.empty() ? "" : ", ") + std::string(name) + " " + sql_type<T>();
  });
  return fmt::format("create table {} ({}) strict;\n", table, columns);
}

std::string record_ddl() {
  std::string out = "create table file (format integer not null) strict;\n";
  out += ddl_of<Assessment>("assessment");
  Assessment blank;
  lists(blank, [&](const char* table, auto& list) {
    out += ddl_of<typename std::decay_t<decltype(list)>::value_type>(table);
  });
  return out;
}

Value cell(const Node& node, bool json) {
  if (json) return to_json(node);
  switch (node.type()) {
    case Node::Type::boolean:
    case Node::Type::integer: return node.integer();
    case Node::Type::real: return node.real();
    case Node::Type::null: return Null{};
    default: return node.text();
  }
}

template <class R> Done insert(const Database& db, const char* table, const R& record) {
  std::vector<Value> values;
  fields(const_cast<R&>(record), [&](const char*, auto& field) {
    using T = std::decay_t<decltype(field)>;
    values.push_back(cell(record::to_node(field), is_json<T>()));
  });
  std::string marks;
  for (std::size_t i = 0; i < values.size(); ++i) marks += i == 0 ? "?" : ",?";
  KHIEN_TRY(auto s, db.prepare(fmt::format("insert into {} values ({})", table, marks)));
  for (std::size_t i = 0; i < values.size(); ++i) s.bind(static_cast<int>(i) + 1, values[i]);
  return s.run();
}

template <class R> Result<std::vector<R>> select(const Database& db, const char* table) {
  std::vector<R> out;
  if (!db.has_table(table)) {
    return fail(err::assessment_malformed, table, {{"detail", "no such table"}});
  }
  KHIEN_TRY(auto s, db.prepare(fmt::format("select * from {} order by rowid", table)));
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    Error problem;
    fields(out.emplace_back(), [&](const char* name, auto& field) {
      using T = std::decay_t<decltype(field)>;
      const int column = s.find(name);  // columns are only ever added: an old file lacks some
      if (column < 0 || s.is_null(column)) return;
      if constexpr (is_json<T>()) {
        auto node = parse_json(s.text(column), table);
        if (node) from_node(*node, field);
        else problem = node.error();
      } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Verdict> ||
                           std::is_same_v<T, Outcome>) {
        from_node(Node(s.text(column)), field);
      } else {
        const Value v = s.value(column);
        if (const auto* d = std::get_if<double>(&v)) from_node(Node(*d), field);
        else from_node(Node(s.integer(column)), field);
      }
    });
    if (!problem.code.empty()) return pass_on(problem);
  }
}

}  // namespace

Result<Database> new_assessment_database(const FactSchema& schema) {
  KHIEN_TRY(Database db, Database::in_memory());
  KHIEN_DO(db.execute(schema.ddl()));
  KHIEN_DO(db.execute(record_ddl()));
  KHIEN_TRY(auto s, db.prepare("insert into file values (?1)"));
  KHIEN_DO(s.bind(1, std::int64_t{kFileFormat}).run());
  return db;
}

Done write_assessment(const Database& db, const Assessment& assessment) {
  KHIEN_DO(db.execute("begin"));
  KHIEN_DO(insert(db, "assessment", assessment));
  Done done;
  lists(const_cast<Assessment&>(assessment), [&](const char* table, auto& list) {
    for (const auto& item : list) {
      if (done) done = insert(db, table, item);
    }
  });
  KHIEN_DO(done);
  return db.execute("commit");
}

Result<Assessment> load_assessment(const Database& db) {
  const auto format = db.one("select format from file");
  if (!format) return fail(err::assessment_malformed, "file", {{"detail", "no format"}});
  const auto* number = std::get_if<std::int64_t>(&*format);
  if (number == nullptr || *number < 1) {
    return fail(err::assessment_malformed, "file", {{"detail", "no format"}});
  }
  if (*number > kFileFormat) {
    return fail(err::format_newer, "file", {{"version", to_text(*format)}});
  }
  KHIEN_TRY(auto heads, select<Assessment>(db, "assessment"));
  if (heads.size() != 1) return fail(err::assessment_malformed, "assessment", {{"detail", "rows"}});
  Assessment out = std::move(heads.front());
  Done done;
  lists(out, [&](const char* table, auto& list) {
    if (!done) return;
    auto rows = select<typename std::decay_t<decltype(list)>::value_type>(db, table);
    if (rows) list = std::move(*rows);
    else done = pass_on(rows.error());
  });
  KHIEN_DO(done);
  return out;
}

Node to_node(const Assessment& assessment) {
  Node out = record::to_node(assessment);
  lists(const_cast<Assessment&>(assessment),
        [&](const char* table, auto& list) { out.set(table, record::to_node(list)); });
  return out;
}

Assessment assessment_from(const Node& node) {
  Assessment out;
  from_node(node, out);
  lists(out, [&](const char* table, auto& list) { from_node(node[table], list); });
  return out;
}

}  // namespace khien
