// The kind that understands most columns wins; hashes are recognised by the engine that tests them.
#include "collect/account_folder/table_kind.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "collect/account_folder/errors.h"
#include "collect/accounts/errors.h"
#include "collect/sources.h"
#include "engine/password/hash_form.h"
#include "format/errors.h"
#include "format/heading/cells.h"

namespace khien {
namespace {

constexpr std::size_t kRowsSeen = 60;
constexpr std::size_t kShortestHash = 20;  // in letters; DES crypt is shorter and like a word

std::size_t fields_in(const Header& header) {
  std::set<std::string> fields;
  for (const MappedColumn& c : header.columns) fields.insert(c.field);
  return fields.size();
}

// What only a list of accounts tells.
bool tells_of_accounts(const Header& header) {
  for (const char* field : {"password_changed_at", "last_login_at", "enabled", "role", "created_at",
                            "issued_at", "mfa", "password_must_change", "disabled",
                            "account_control", "password_required"}) {
    if (header.find(field) != nullptr) return true;
  }
  return false;
}

// The log-in has a column of its own: not the address standing in for it.
bool has_login(const Header& header) {
  const MappedColumn* login = header.find("login");
  const MappedColumn* mail = header.find("mail");
  return login != nullptr && (mail == nullptr || mail->column != login->column);
}

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool is_hash(const std::string& cell) {
  if (cell.size() < kShortestHash || cell.find(' ') != std::string::npos) return false;
  return cell[0] == '$' || cell[0] == '{' ||
         password::testable(password::read_hash(cell).scheme);
}

struct HashColumn {
  bool found = false;
  bool bare = false;  // hexadecimal alone: an id may look so
  std::string heading;
};

HashColumn hash_column(const Table& table) {
  std::size_t width = 0;
  const std::size_t end = std::min(table.rows.size(), kRowsSeen);
  for (std::size_t i = 0; i < end; ++i) width = std::max(width, table.rows[i].cells.size());
  for (std::size_t c = 0; c < width; ++c) {
    std::size_t filled = 0, hashes = 0, bare = 0;
    HashColumn out;
    for (std::size_t i = 1; i < end; ++i) {
      if (c >= table.rows[i].cells.size() || table.rows[i].cells[c].empty()) continue;
      const std::string& cell = table.rows[i].cells[c];
      ++filled;
      if (!is_hash(cell)) continue;
      if (hashes++ == 0 && c < table.rows[i - 1].cells.size()) {
        out.heading = table.rows[i - 1].cells[c];
      }
      bare += is_hex(cell);
    }
    if (hashes == 0 || hashes * 10 < filled * 6 || hashes * 2 < end - 1) continue;
    out.found = true;
    out.bare = bare == hashes;
    return out;
  }
  return {};
}

// "****", "(ẩn)": an export that keeps its secrets; "đã cấp" is no password either.
bool is_masked(const std::string& cell, const Lexicon& lexicon) {
  return cell.find_first_not_of("*xX.•-") == std::string::npos || cell == "VALUE-BLOCKED" ||
         lexicon.is(cell, "yes") || lexicon.is(cell, "no") || lexicon.is(cell, "nothing") ||
         lexicon.is(cell, "never_changed") || lexicon.is(cell, "masked");
}

// A column headed as one of passwords, in which something else than a hash stands.
bool holds_clear_passwords(const Table& table, const Header& header, const Lexicon& lexicon) {
  if (header.columns.empty() || header.row >= table.rows.size()) return false;
  const std::vector<std::string>& headings = table.rows[header.row].cells;
  for (std::size_t c = 0; c < headings.size(); ++c) {
    if (!lexicon.is(headings[c], "password_headings")) continue;
    std::size_t clear = 0;
    for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
      const auto& cells = table.rows[i].cells;
      if (c < cells.size() && !cells[c].empty()) clear += !is_masked(cells[c], lexicon);
    }
    if (clear > 0) return true;
  }
  return false;
}

// JSON is what servers export: accounts, each once, with what only accounts have or with their
// holder. Lists that name accounts again and again tell of something else about them (findings,
// events), and people without log-ins are in somebody's answer, not in a staff list.
bool is_servers_export(const Table& table, const Header& header) {
  const bool holder = header.find("display_name") != nullptr || header.find("mail") != nullptr;
  if (header.find("login") == nullptr || (!holder && !tells_of_accounts(header))) return false;
  const auto column = static_cast<std::size_t>(header.find("login")->column) - 1;
  std::set<std::string> logins;
  std::size_t filled = 0;
  for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
    const auto& cells = table.rows[i].cells;
    if (column >= cells.size() || cells[column].empty()) continue;
    ++filled;
    logins.insert(cells[column]);
  }
  return logins.size() * 10 >= filled * 9;
}

// A directory's export, by one heading that nobody else has.
bool of_directory(const Table& table, const Header& header, const Lexicon& lexicon) {
  if (header.columns.empty() || header.row >= table.rows.size()) return false;
  const auto& headings = table.rows[header.row].cells;
  return std::any_of(headings.begin(), headings.end(), [&](const std::string& heading) {
    return lexicon.is(heading, "of_directory");
  });
}

bool speaks_of_passwords(const std::string& heading) {
  const std::string key = skeleton(heading);
  for (const char* word : {"pass", "pwd", "hash", "mat khau", "matkhau"}) {
    if (key.find(word) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string type_of_kind(const std::string& kind) {
  for (const SourceType& type : source_types()) {
    if (!kind.empty() && kind == type.headings) return type.name;
  }
  return "";
}

std::string kind_of_type(const std::string& type) {
  const SourceType* known = find_source_type(type);
  return known == nullptr ? "" : known->headings;
}

std::vector<std::string> table_kinds() {
  std::vector<std::string> out;
  for (const SourceType& type : source_types()) {
    if (*type.headings != '\0') out.emplace_back(type.headings);
  }
  return out;
}

namespace {

// Many columns are no chance, unless another kind understands as many but one.
Sure sure_of(const Grounds& g) {
  const bool alone = g.rival_fields + 1 < g.fields;
  return are_many(g.fields, g.headings) && alone ? Sure::certain : Sure::likely;
}

int headings_in(const Table& table, const Header& header) {
  if (header.row >= table.rows.size()) return 0;
  const auto& cells = table.rows[header.row].cells;
  return static_cast<int>(
      std::count_if(cells.begin(), cells.end(), [](const std::string& c) { return !c.empty(); }));
}

// A kind the agency states: the header must be that of its table.
TableKind stated_kind(const Table& table, const Lexicon& lexicon, const Headings& headings,
                      const std::string& kind, const std::string& place) {
  TableKind out;
  const auto header = lexicon.find_header(headings, kind, place);
  if (!header) {
    out.error = header.error();
    return out;
  }
  out.type = type_of_kind(kind);
  out.grounds = {Sure::certain, "stated", static_cast<int>(fields_in(*header)),
                 headings_in(table, *header), "", 0};
  const bool list = out.type == "accounts";
  out.directory = list && of_directory(table, *header, lexicon);
  out.secrets = list && holds_clear_passwords(table, *header, lexicon);
  return out;
}

// One more kind whose heading is there: it wins or is the rival of what has won so far.
void take_part(Grounds& grounds, std::string& type, const std::string& name, int fields,
               bool better, int headings) {
  if (better) {
    grounds.rival = type;
    grounds.rival_fields = grounds.fields;
    type = type_of_kind(name);
    grounds.fields = fields;
    grounds.headings = headings;
  } else if (fields > grounds.rival_fields) {
    grounds.rival = type_of_kind(name);
    grounds.rival_fields = fields;
  }
}

// The kind most of whose columns stand in the table; a heading that nearly is one of another kind
// with more columns is an error rather than that one.
TableKind kind_by_columns(const Table& table, const Lexicon& lexicon, const Headings& headings,
                          const Header& accounts, const std::string& place) {
  TableKind out;
  std::size_t best = table.format == "names" ? 0 : 1;
  std::size_t nearly = 1;
  for (const std::string& name : table_kinds()) {
    if (name == "staff" && has_login(accounts)) continue;
    const std::size_t fields = fields_in(lexicon.likely_header(headings, name));
    const auto header = lexicon.find_header(headings, name, place);
    if (header) {
      const bool better = fields > best;
      take_part(out.grounds, out.type, name, static_cast<int>(fields), better,
                headings_in(table, *header));
      if (better) best = fields;
      continue;
    }
    const bool lacks = header.error().code == err::header_lacks &&
                       name == "account" && tells_of_accounts(accounts);
    if (fields <= nearly || (header.error().code != err::header_twice && !lacks)) continue;
    nearly = fields;
    out.error = header.error();
  }
  if (nearly > best) out.type.clear();
  else out.error.reset();
  return out;
}

// "Name" and "Status" head lists of services, printers and lines too: a table told by little more
// whose states are none of an account or of a person is not guessed at.
bool states_of_others(const TableKind& kind, const Table& table, const Header& header,
                      const Lexicon& lexicon, std::string& heading) {
  constexpr int few = 3;
  const MappedColumn* state = header.find(kind.type == "staff" ? "status" : "enabled");
  const MappedColumn* login = header.find("login");
  const bool named = kind.type == "staff" ||
                     (login != nullptr && HeadingWords::key(login->header) == "name");
  if (state == nullptr || !named || kind.grounds.fields > few) return false;
  heading = state->header;
  const auto column = static_cast<std::size_t>(state->column) - 1;
  std::size_t filled = 0;
  for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
    const auto& cells = table.rows[i].cells;
    if (column >= cells.size() || cells[column].empty()) continue;
    ++filled;
    const std::string& cell = cells[column];
    for (const char* list : {"yes", "no", "enabled", "locked", "working", "left", "transferred",
                             "long_leave", "nothing"}) {
      if (lexicon.is(cell, list)) return false;
    }
    if (!lexicon.starts(cell).empty()) return false;
  }
  return filled > 1;
}

// What the columns named is not kept where its values or its few columns speak against it.
// False: said in out.error.
bool stands(TableKind& out, const Table& table, const Header& accounts, const Lexicon& lexicon,
            const std::string& place) {
  const bool people = out.type == "accounts" || out.type == "staff";
  if (people && is_of_another_source(table, lexicon)) {
    out = {};
    return false;
  }
  std::string heading;
  const Header staff = out.type == "staff"
                           ? lexicon.likely_header(lexicon.headings(table, {}), "staff")
                           : Header{};
  if (people && states_of_others(out, table, out.type == "staff" ? staff : accounts, lexicon,
                                 heading)) {
    out = {};
    out.error = Error{err::states_of_others, place, {{"heading", heading}}};
    return false;
  }
  // Two columns that fit among others that do not are a chance: only a log-in or a person is told
  // by less.
  constexpr int few = 3;
  if (!people && out.grounds.fields < few && out.grounds.fields * 2 <= out.grounds.headings) {
    out.type.clear();
  }
  if (people && table.format == "json" &&
      (out.type == "staff" || !is_servers_export(table, accounts))) {
    out.type.clear();
  }
  if (out.type != "accounts" || holds_log_ins(accounts, table)) return true;
  out.type.clear();
  out.error = Error{err::no_log_ins, place, {{"heading", accounts.find("login")->header}}};
  return false;
}

// A column of hashes: the table is a store of passwords, or a list of accounts that holds them.
void look_for_hashes(TableKind& out, const Table& table, const Header& accounts) {
  const HashColumn hashes = hash_column(table);
  if (!hashes.found) return;
  const bool both = out.type == "accounts" && tells_of_accounts(accounts);
  if (both && hashes.bare && !speaks_of_passwords(hashes.heading)) return;
  if (both) {
    out.secrets = true;
  } else {
    out.type = "password_stores";
    out.grounds = {.sure = hashes.bare ? Sure::likely : Sure::certain, .by = "hashes"};
  }
  if (!tells_of_accounts(accounts)) out.error.reset();
}

}  // namespace

TableKind kind_of(const Table& table, const Lexicon& lexicon, const Columns& stated,
                  const std::string& kind, const std::string& place) {
  const Headings headings = lexicon.headings(table, stated);
  if (!kind.empty()) return stated_kind(table, lexicon, headings, kind, place);
  const Header accounts = lexicon.likely_header(headings, "account");
  TableKind out = kind_by_columns(table, lexicon, headings, accounts, place);
  if (!out.type.empty() && out.grounds.rival_fields == out.grounds.fields) {
    const std::string kinds = kind_of_type(out.type) + ", " + kind_of_type(out.grounds.rival);
    out.type.clear();
    out.error = Error{err::kind_unsure, place, {{"kinds", kinds}}};
    return out;
  }
  if (!stands(out, table, accounts, lexicon, place)) return out;
  const bool list = out.type == "accounts";
  out.directory = list && of_directory(table, accounts, lexicon);
  out.secrets = list && holds_clear_passwords(table, accounts, lexicon);
  out.grounds.by = "columns";
  out.grounds.sure = sure_of(out.grounds);
  look_for_hashes(out, table, accounts);
  return out;
}

bool looks_like_table(const Table& table) {
  constexpr std::size_t few = 3;
  const auto wide_row = [](const TableRow& row) { return row.cells.size() > 1; };
  const auto first = std::find_if(table.rows.begin(), table.rows.end(), wide_row);  // below titles
  const auto rows = static_cast<std::size_t>(table.rows.end() - first);
  std::map<std::size_t, std::size_t> widths;
  std::size_t wide = 0;
  std::size_t named = 0;  // "OS Name:   ...": a list of settings
  for (auto row = first; row != table.rows.end(); ++row) {
    ++widths[row->cells.size()];
    wide += wide_row(*row);
    named += row->cells.front().ends_with(':');
  }
  if (rows < few || wide * 10 < rows * 8 || named * 2 > rows) return false;
  return std::any_of(widths.begin(), widths.end(), [&](const auto& width) {
    return width.first > 1 && width.second * 2 >= rows;
  });
}

namespace {

// Each row says what it is, and none is an account: groups, computers.
bool holds_no_account(const Table& table, std::size_t row, std::size_t column,
                      const Lexicon& lexicon) {
  std::size_t filled = 0;
  for (std::size_t i = row + 1; i < table.rows.size(); ++i) {
    const auto& cells = table.rows[i].cells;
    if (column >= cells.size() || cells[column].empty()) continue;
    ++filled;
    if (!lexicon.is(cells[column], "no_accounts")) return false;
  }
  return filled > 0;
}

}  // namespace

bool is_of_another_source(const Table& table, const Lexicon& lexicon) {
  constexpr std::size_t first_rows = 5;
  for (std::size_t i = 0; i < std::min(table.rows.size(), first_rows); ++i) {
    const auto& cells = table.rows[i].cells;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::string key = HeadingWords::key(cells[c]);
      if (lexicon.is(cells[c], "other_sources") || lexicon.is(key, "other_objects")) return true;
      if (key == "objectclass" && holds_no_account(table, i, c, lexicon)) return true;
    }
  }
  return false;
}

bool named_as_table(const std::string& path) {
  const std::string extension = fold(std::filesystem::path(path).extension().string());
  static const std::set<std::string> names = {".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb",
                                              ".ods", ".ldif"};
  return names.contains(extension);
}

}  // namespace khien
