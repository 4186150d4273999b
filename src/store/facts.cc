// The fact schema from content/facts, its DDL, and the one writer of facts. Strictness here is what
// lets a control trust that NULL means "not known" and nothing else.
#include "store/facts.h"

#include <fmt/format.h>

#include "base/calendar.h"
#include "store/errors.h"

namespace khien {
namespace {

bool is_identifier(std::string_view s) {
  if (s.empty() || s.size() > 60 || (s[0] >= '0' && s[0] <= '9')) return false;
  return s.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

const char* sql_type(const std::string& type) {
  if (type == "text" || type == "date") return "TEXT";
  if (type == "real") return "REAL";
  return "INTEGER";
}

Result<FactColumn> column_from(const Node& node, const std::string& place) {
  KHIEN_DO(allow_keys(node, {"name", "type", "about", "vi", "personal", "since"}, place));
  FactColumn c;
  KHIEN_TRY(c.name, need_text(node, "name", place));
  KHIEN_TRY(c.type, need_text(node, "type", place));
  KHIEN_TRY(c.about, need_text(node, "about", place));
  KHIEN_TRY(c.vi, need_text(node, "vi", place));
  c.personal = node["personal"].boolean();
  c.since = node["since"].text();
  KHIEN_DO(need_one_of(c.type, {"text", "integer", "real", "flag", "instant", "date"}, "type",
                       at_line(place, node)));
  const bool named = is_identifier(c.name) && c.name != "fact_id" && c.name != "collection_id" &&
                     (c.type == "instant") == c.name.ends_with("_at") &&
                     (c.type == "date") == c.name.ends_with("_on");
  if (!named) {
    return fail(err::fact_undeclared, at_line(place, node),
                {{"table", ""}, {"column", c.name}, {"detail", "name and type do not fit"}});
  }
  return c;
}

tl::unexpected<Error> undeclared(const std::string& collector, const std::string& table,
                                 const std::string& column, const std::string& detail) {
  return fail(err::fact_undeclared, collector,
              {{"table", table}, {"column", column}, {"detail", detail}});
}

// The column that holds `name`: itself, or the precision of an instant.
const FactColumn* column_for(const FactTable& table, const std::string& name, bool& precision) {
  precision = false;
  if (const FactColumn* c = table.find(name)) return c;
  constexpr std::string_view suffix = "_precision";
  if (!name.ends_with(suffix)) return nullptr;
  const FactColumn* c = table.find(name.substr(0, name.size() - suffix.size()));
  precision = c != nullptr && c->type == "instant";
  return precision ? c : nullptr;
}

bool type_fits(const FactColumn& column, bool precision, const Value& value) {
  if (std::holds_alternative<Null>(value)) return true;
  if (precision) {
    const auto* s = std::get_if<std::string>(&value);
    return s != nullptr && (*s == "ms" || *s == "day");
  }
  if (column.type == "text") return std::holds_alternative<std::string>(value);
  if (column.type == "real") return std::holds_alternative<double>(value);
  if (column.type == "date") {
    const auto* s = std::get_if<std::string>(&value);
    return s != nullptr && parse_date(*s).has_value();
  }
  const auto* i = std::get_if<std::int64_t>(&value);
  return i != nullptr && (column.type != "flag" || *i == 0 || *i == 1);
}

const char* status_name(TableFacts::Status status) {
  switch (status) {
    case TableFacts::Status::complete: return "complete";
    case TableFacts::Status::partial: return "partial";
    case TableFacts::Status::missing: break;
  }
  return "missing";
}

Node to_node(const Value& value) {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return Node(*i);
  if (const auto* d = std::get_if<double>(&value)) return Node(*d);
  if (const auto* s = std::get_if<std::string>(&value)) return Node(*s);
  return {};
}

Value to_value(const Node& node) {
  switch (node.type()) {
    case Node::Type::integer:
    case Node::Type::boolean: return node.integer();
    case Node::Type::real: return node.real();
    case Node::Type::text: return node.text();
    default: return Null{};
  }
}

Result<TableFacts> table_from(const Node& node, const std::string& name) {
  TableFacts t;
  const std::string status = node["status"].text();
  KHIEN_DO(need_one_of(status, {"complete", "partial", "missing"}, "status", name));
  t.status = status == "complete"  ? TableFacts::Status::complete
             : status == "partial" ? TableFacts::Status::partial
                                   : TableFacts::Status::missing;
  t.reason = node["reason"].text();
  t.detail = node["detail"].text();
  for (const auto& [column, reason] : node["gaps"].pairs()) t.gaps[column] = reason.text();
  const std::vector<std::string> columns = node["columns"].texts();
  for (const Node& line : node["rows"].items()) {
    if (line.items().size() != columns.size()) {
      return fail(err::facts_malformed, name, {{"detail", "row width"}});
    }
    Row& row = t.rows.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!line.items()[i].is_null()) row[columns[i]] = to_value(line.items()[i]);
    }
  }
  return t;
}

class TableWriter {
 public:
  TableWriter(const Database& db, const FactTable& table) : db_(db), table_(table) {}

  Done prepare() {
    std::string names = "collection_id";
    std::string marks = "?1";
    for (const FactColumn& c : table_.columns) {
      const auto add = [&](const std::string& name) {
        slots_[name] = static_cast<int>(slots_.size()) + 2;
        names += ", " + name;
        marks += fmt::format(", ?{}", slots_[name]);
      };
      add(c.name);
      if (c.type == "instant") add(c.name + "_precision");
    }
    KHIEN_TRY(auto statement, db_.prepare(fmt::format("insert into {} ({}) values ({})",
                                                      table_.name, names, marks)));
    insert_ = std::make_unique<Statement>(std::move(statement));
    return {};
  }

  Done write(const Row& row, std::int64_t collection, const std::string& collector) {
    insert_->bind(1, collection);
    for (const auto& [name, value] : row) {
      bool precision = false;
      const FactColumn* column = column_for(table_, name, precision);
      if (column == nullptr) return undeclared(collector, table_.name, name, "no such column");
      if (!type_fits(*column, precision, value)) {
        return undeclared(collector, table_.name, name, "value is no " + column->type);
      }
      insert_->bind(slots_[name], value);
      // An instant without a stated precision was read to the millisecond.
      if (column->type == "instant" && !precision && !row.contains(name + "_precision") &&
          !std::holds_alternative<Null>(value)) {
        insert_->bind(slots_[name + "_precision"], std::string("ms"));
      }
    }
    return insert_->run();
  }

 private:
  const Database& db_;
  const FactTable& table_;
  std::map<std::string, int> slots_;
  std::unique_ptr<Statement> insert_;
};

Done write_state(const Database& db, std::int64_t id, const std::string& table,
                 const TableFacts& facts) {
  Node gaps = Node::map();
  for (const auto& [column, reason] : facts.gaps) gaps.set(column, reason);
  KHIEN_TRY(auto s, db.prepare("insert into collection_table values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  s.bind(1, id).bind(2, table).bind(3, std::string(status_name(facts.status)));
  s.bind(4, facts.reason).bind(5, facts.detail);
  s.bind(6, static_cast<std::int64_t>(facts.rows.size())).bind(7, to_json(gaps));
  return s.run();
}

}  // namespace

const FactColumn* FactTable::find(std::string_view column) const {
  for (const FactColumn& c : columns) {
    if (c.name == column) return &c;
  }
  return nullptr;
}

Result<FactSchema> FactSchema::load(const Content& content) {
  FactSchema out;
  for (const std::string& path : content.list("facts/", ".yaml")) {
    KHIEN_TRY(const Node node, content.yaml(path));
    KHIEN_DO(allow_keys(node, {"table", "since", "vi", "about", "columns"}, path));
    FactTable t;
    KHIEN_TRY(t.name, need_text(node, "table", path));
    KHIEN_TRY(t.vi, need_text(node, "vi", path));
    KHIEN_TRY(t.about, need_text(node, "about", path));
    KHIEN_TRY(t.since, need_text(node, "since", path));
    if (!is_identifier(t.name) || path != "facts/" + t.name + ".yaml") {
      return undeclared(path, t.name, "", "table and file name differ");
    }
    for (const Node& item : node["columns"].items()) {
      KHIEN_TRY(FactColumn c, column_from(item, path));
      if (t.find(c.name) != nullptr) return undeclared(path, t.name, c.name, "declared twice");
      t.columns.push_back(std::move(c));
    }
    out.tables_.push_back(std::move(t));
  }
  for (const std::string& path : content.list("views/", ".sql")) {
    FactView view{path.substr(6, path.size() - 10), ""};
    if (!is_identifier(view.name) || out.find(view.name) != nullptr) {
      return undeclared(path, view.name, "", "the name of a view");
    }
    KHIEN_TRY(view.sql, content.raw(path));
    out.views_.push_back(std::move(view));
  }
  return out;
}

const FactTable* FactSchema::find(std::string_view table) const {
  for (const FactTable& t : tables_) {
    if (t.name == table) return &t;
  }
  return nullptr;
}

std::string FactSchema::ddl() const {
  std::string out =
      "create table collection (collection_id integer primary key, collector text not null,"
      " collector_version text, source text, source_sha256 text, host text, agency text,"
      " started_at integer, finished_at integer, sealed_by text, key_known integer) strict;\n"
      "create table collection_table (collection_id integer not null, table_name text not null,"
      " status text not null, reason text, detail text, row_count integer, gaps text) strict;\n";
  for (const FactTable& t : tables_) {
    out +=
        "create table " + t.name + " (fact_id integer primary key, collection_id integer not null";
    for (const FactColumn& c : t.columns) {
      out += ", " + c.name + " " + sql_type(c.type);
      if (c.type == "instant") out += ", " + c.name + "_precision text";
    }
    out += ") strict;\n";
  }
  for (const FactView& v : views_) out += "create view " + v.name + " as\n" + v.sql + ";\n";
  return out;
}

void Collection::mark(const std::string& table, TableFacts::Status status, std::string reason,
                      std::string detail) {
  TableFacts& t = tables[table];
  t.status = status;
  t.reason = std::move(reason);
  t.detail = std::move(detail);
}

Node to_node(const Collection& c) {
  Node out = Node::map({{"collector", c.collector},
                        {"collector_version", c.collector_version},
                        {"source", c.source},
                        {"source_sha256", c.source_sha256},
                        {"host", c.host},
                        {"agency", c.agency},
                        {"started_at", c.started_at},
                        {"finished_at", c.finished_at}});
  Node tables = Node::map();
  for (const auto& [name, facts] : c.tables) {
    std::map<std::string, int> used;
    for (const Row& row : facts.rows) {
      for (const auto& cell : row) used[cell.first] = 1;
    }
    Node columns = Node::list();
    for (const auto& column : used) columns.push(column.first);
    Node rows = Node::list();
    for (const Row& row : facts.rows) {
      Node line = Node::list();
      for (const auto& column : used) {
        const auto cell = row.find(column.first);
        line.push(cell == row.end() ? Node() : to_node(cell->second));
      }
      rows.push(std::move(line));
    }
    Node gaps = Node::map();
    for (const auto& [column, reason] : facts.gaps) gaps.set(column, reason);
    tables.set(name, Node::map({{"status", status_name(facts.status)},
                                {"reason", facts.reason},
                                {"detail", facts.detail},
                                {"gaps", std::move(gaps)},
                                {"columns", std::move(columns)},
                                {"rows", std::move(rows)}}));
  }
  out.set("tables", std::move(tables));
  return out;
}

Result<Collection> collection_from(const Node& node) {
  if (!node.is_map() || !node["tables"].is_map() || node["collector"].text().empty()) {
    return fail(err::facts_malformed, "collection", {{"detail", "shape"}});
  }
  Collection c;
  c.collector = node["collector"].text();
  c.collector_version = node["collector_version"].text();
  c.source = node["source"].text();
  c.source_sha256 = node["source_sha256"].text();
  c.host = node["host"].text();
  c.agency = node["agency"].text();
  c.started_at = node["started_at"].integer();
  c.finished_at = node["finished_at"].integer();
  for (const auto& [name, table] : node["tables"].pairs()) {
    KHIEN_TRY(c.tables[name], table_from(table, name));
  }
  return c;
}

Result<std::int64_t> write_collection(const Database& db, const FactSchema& schema,
                                      const Collection& c) {
  KHIEN_TRY(auto s, db.prepare("insert into collection values"
                               " (null,?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)"));
  s.bind(1, c.collector).bind(2, c.collector_version).bind(3, c.source);
  s.bind(4, c.source_sha256).bind(5, c.host).bind(6, c.agency);
  s.bind(7, c.started_at).bind(8, c.finished_at);
  s.bind(9, c.sealed_by).bind(10, std::int64_t{c.key_known});
  KHIEN_DO(s.run());
  const std::int64_t id = db.last_rowid();
  for (const auto& [name, facts] : c.tables) {
    const FactTable* table = schema.find(name);
    if (table == nullptr) return undeclared(c.collector, name, "", "no such table");
    for (const auto& gap : facts.gaps) {
      if (table->find(gap.first) == nullptr) {
        return undeclared(c.collector, name, gap.first, "gap of no such column");
      }
    }
    TableWriter writer(db, *table);
    KHIEN_DO(writer.prepare());
    for (const Row& row : facts.rows) KHIEN_DO(writer.write(row, id, c.collector));
    KHIEN_DO(write_state(db, id, name, facts));
  }
  return id;
}

}  // namespace khien
