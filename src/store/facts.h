// Facts: typed rows of the tables declared in content/facts, and the collection they came from.
// A collector returns a Collection (a plain value); the store writes it, a bundle carries it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/content.h"
#include "base/error.h"
#include "base/node.h"
#include "base/sqlite.h"
#include "store/row.h"

namespace khien {

// Types of columns in content/facts/<table>.yaml:
//   text, integer, real, flag (0/1), instant (name ends _at: INTEGER ms UTC; the DDL adds
//   <name minus nothing>_precision TEXT 'ms'|'day'), date (name ends _on: 'YYYY-MM-DD' local).
struct FactColumn {
  std::string name;
  std::string type;
  std::string about;      // English, one line
  std::string vi;         // Vietnamese heading, for annexes
  bool personal = false;  // personal data: never in a share
  std::string since;
};

struct FactTable {
  std::string name;
  std::string vi;
  std::string about;
  std::string since;
  std::vector<FactColumn> columns;
  [[nodiscard]] const FactColumn* find(std::string_view column) const;
};

struct FactView {   // content/views/<name>.sql: a select over fact tables that controls share
  std::string name;
  std::string sql;
};

class FactSchema {
 public:
  [[nodiscard]] static Result<FactSchema> load(const Content& content);
  [[nodiscard]] const FactTable* find(std::string_view table) const;
  [[nodiscard]] const std::vector<FactTable>& tables() const { return tables_; }
  [[nodiscard]] const std::vector<FactView>& views() const { return views_; }
  // CREATE TABLE for every table; each has fact_id INTEGER PRIMARY KEY and collection_id. Then the
  // views.
  [[nodiscard]] std::string ddl() const;

 private:
  std::vector<FactTable> tables_;
  std::vector<FactView> views_;
};

struct TableFacts {
  // complete: every row there is was read. partial: some may be missing (reason says why).
  // missing: none could be read.
  enum class Status { complete, partial, missing };
  Status status = Status::complete;
  std::string reason;                       // text id of content/text ("reason.no_permission")
  std::string detail;                       // technical: path, errno
  std::map<std::string, std::string> gaps;  // column -> reason text id, when one column is unknown
  std::vector<Row> rows;
};

struct Collection {
  std::string collector;          // "host_linux"
  std::string collector_version;
  std::string source;             // path, URL or host name, as a person would name it
  std::string source_sha256;      // empty when the source is a live system
  std::string host;               // machine the facts are about, "" when not one machine
  std::string agency;             // unit name when known
  bool dated = false;             // finished_at is when the machine was asked, not when a file of
                                  // unknown date was read; not kept in the file
  std::string sealed_by;          // fingerprint of the key of its bundle; "" when read here. Never
  bool key_known = false;         // taken from a bundle: who opens it fills these two
  std::int64_t started_at = 0;
  std::int64_t finished_at = 0;
  std::map<std::string, TableFacts> tables;

  [[nodiscard]] Row& add(const std::string& table) {  // a new row of `table`
    return tables[table].rows.emplace_back();
  }
  void mark(const std::string& table, TableFacts::Status status, std::string reason,
            std::string detail = "");
};

[[nodiscard]] Node to_node(const Collection& collection);              // for workers and goldens
[[nodiscard]] Result<Collection> collection_from(const Node& node);    // K0201 when malformed

// Writes into tables made by FactSchema::ddl(). Unknown tables or columns and wrong types are
// K0202: a collector's mistake never becomes a silent NULL.
[[nodiscard]] Result<std::int64_t> write_collection(const Database& db, const FactSchema& schema,
                                                    const Collection& collection);

}  // namespace khien
