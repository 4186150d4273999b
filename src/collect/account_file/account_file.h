// Staff lists, account exports and lists of configured password rules, as office programs write
// them, to fact rows. Pure: a Table in, a Collection out; reading files is collect.cc's.
//
// An empty cell is NULL, never a default. A value that cannot be read (a date, a state) is NULL
// too, and the column becomes a gap with a reason; how often and in which rows stands in the
// table's `detail`. Rows without the key column are counted the same way, never dropped silently.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "format/heading/lexicon.h"
#include "format/table/table.h"
#include "store/facts.h"

namespace khien {

struct ImportSpec {
  std::string source;  // the file as the agency names it
  std::string app;     // account and password_rule: the application, when no column says so
  std::string scope = "application";             // application | directory
  std::string agency;  // account, staff: the agency, when no column says so
  std::map<std::string, std::string> columns;    // heading -> field, stated by the officer
};

struct Import {
  Collection collection;  // collector, source and one table; times and hash are the caller's
  std::vector<MappedColumn> mapping, unused;
};

// How one table was understood, for people.
struct SourceNote {
  std::string source, format, encoding, sheet, table;
  std::size_t rows = 0;               // of data
  std::vector<MappedColumn> mapping, unused;
};

// The columns of the header row that were not understood: `field` and `how` are "".
[[nodiscard]] std::vector<MappedColumn> unused_columns(const Header& header, const Table& table);
// Of a table that fills no rows one by one: all rows under the header count.
[[nodiscard]] SourceNote note_of(const Table& table, Header header, const std::string& source,
                                 const std::string& kind);

// Fills account. staff_key holds the staff id of the export until join_staff() has checked it.
[[nodiscard]] Result<Import> import_accounts(const Table& table, const ImportSpec& spec,
                                             const Lexicon& lexicon);
// Fills staff.
[[nodiscard]] Result<Import> import_staff(const Table& table, const ImportSpec& spec,
                                          const Lexicon& lexicon);
// Fills password_rule from a table ...
[[nodiscard]] Result<Import> import_password_rules(const Table& table, const ImportSpec& spec,
                                                   const Lexicon& lexicon);
// ... or from YAML: {password_rules: [{app, min_length, need_digit, ...}]}, line-numbered errors.
[[nodiscard]] Result<Collection> password_rules_from_yaml(std::string_view text,
                                                          const std::string& place,
                                                          const ImportSpec& spec);

}  // namespace khien
