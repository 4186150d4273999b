// Staff lists, account exports and lists of configured password rules, as office programs write
// them, to fact rows. The imports are pure: a Table in, a Collection out; read_*() open the files.
//
// An empty cell is NULL, never a default. A value that cannot be read (a date, a state) is NULL
// too, and the column becomes a gap with a reason; how often and in which rows stands in the
// table's `detail`. Rows without the key column are counted the same way, never dropped silently.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "collect/source/source.h"

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
  std::vector<Error> problems;  // of what was read: words of states nobody knows
};

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

// accounts: path, app, scope (application | directory | host), host, agency, sheet, columns. A
// folder of passwd and shadow with the scope host. staff: path, agency, sheet, columns.
// password_rules: path, app, scope, sheet, columns.
[[nodiscard]] Result<std::string> check_accounts(const Node& map, const std::string& place);
[[nodiscard]] Result<std::string> check_staff(const Node& map, const std::string& place);
[[nodiscard]] Result<std::string> check_password_rules(const Node& map, const std::string& place);
[[nodiscard]] Collections read_accounts(const AgencySource& source, Reading& reading);
[[nodiscard]] Collections read_staff(const AgencySource& source, Reading& reading);
[[nodiscard]] Collections read_password_rules(const AgencySource& source, Reading& reading);
// The table as accounts of `spec.app`, whatever the source's own type is.
[[nodiscard]] Collections read_account_table(const AgencySource& source, const ImportSpec& spec,
                                             Reading& reading);

}  // namespace khien
