// What agency.yaml says of accounts, staff and password rules, and the files it names.
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "collect/accounts/accounts.h"
#include "collect/accounts/errors.h"
#include "collect/accounts/unix_files.h"
#include "collect/source/fields.h"

namespace khien {
namespace {

const std::vector<std::string> kScopes = {"application", "directory", "host"};

ImportSpec spec_of(const AgencySource& source) {
  ImportSpec out{source.written, source.text("app"), source.text("scope"), source.text("agency"),
                 columns_of(source.fields)};
  if (out.scope.empty()) out.scope = "application";
  return out;
}

// What stands in sheets nobody named, where it could be the same kind of list: told, and the list
// is not whole. A folder's sheets are sources of their own (collect/account_folder).
Done look_at_other_sheets(const AgencySource& source, const Table& table, const char* kind,
                          Reading& reading, TableFacts& facts) {
  if (source.kept != nullptr || (table.others.empty() && table.hidden.empty())) return {};
  KHIEN_TRY(const std::string bytes, read_file(source.path, limits::table_file_bytes));
  const auto look = [&](const std::vector<std::string>& sheets, Code code) {
    for (const std::string& sheet : sheets) {
      const auto other = read_table(reading.pool, bytes, source.written, sheet);
      const bool fits = other && reading.lexicon.find_header(*other, kind,
                                                             columns_of(source.fields),
                                                             source.written);
      if (other && !fits) continue;
      reading.problems.push_back({code, source.written, {{"sheet", sheet}}});
      facts.status = TableFacts::Status::partial;
      facts.reason = "reason.accounts.other_sheets";
    }
  };
  look(table.others, err::sheet_left);
  look(table.hidden, err::sheet_hidden);
  return {};
}

using Importing = Result<Import> (*)(const Table&, const ImportSpec&, const Lexicon&);

Collections import_table(const AgencySource& source, const ImportSpec& spec, const char* kind,
                         Importing importing, Reading& reading) {
  KHIEN_TRY(const SourceTable read, source_table(source, reading.pool));
  KHIEN_DO(check_columns(source, reading.lexicon.fields(kind)));
  KHIEN_TRY(Import imported, importing(read.table, spec, reading.lexicon));
  imported.collection.source_sha256 = read.sha256;
  KHIEN_DO(look_at_other_sheets(source, read.table, kind, reading,
                                imported.collection.tables[kind]));
  TableFacts& facts = imported.collection.tables[kind];
  if (facts.rows.empty() && facts.status == TableFacts::Status::complete) {
    facts.status = TableFacts::Status::partial;  // not filled in is not "there is none"
    facts.reason = "reason.accounts.no_rows";
  }
  for (Error& problem : imported.problems) reading.problems.push_back(std::move(problem));
  reading.notes.push_back({source.written, read.table.format, read.table.encoding,
                           read.table.sheet, kind, imported.collection.tables[kind].rows.size(),
                           std::move(imported.mapping), std::move(imported.unused)});
  return one(std::move(imported.collection));
}

}  // namespace

Result<std::string> check_accounts(const Node& map, const std::string& place) {
  KHIEN_TRY(std::string path,
            check_file_source(map, place, {"type", "path", "app", "scope", "host", "agency",
                                           "sheet", "columns"}));
  KHIEN_DO(check_choice(map, "scope", kScopes, place));
  if (map["scope"].text() != "host" && map["app"].text().empty()) {
    return fail(err::field_missing, at_line(place, map), {{"field", "app"}});
  }
  return path;
}

Result<std::string> check_staff(const Node& map, const std::string& place) {
  return check_file_source(map, place, {"type", "path", "agency", "sheet", "columns"});
}

Result<std::string> check_password_rules(const Node& map, const std::string& place) {
  KHIEN_TRY(std::string path, check_file_source(map, place, {"type", "path", "app", "scope",
                                                             "sheet", "columns"}));
  KHIEN_DO(check_choice(map, "scope", kScopes, place));
  return path;
}

Collections read_account_table(const AgencySource& source, const ImportSpec& spec,
                               Reading& reading) {
  return import_table(source, spec, "account", import_accounts, reading);
}

Collections read_accounts(const AgencySource& source, Reading& reading) {
  if (source.text("scope") != "host") {
    return read_account_table(source, spec_of(source), reading);
  }
  const std::string host = source.text("host");
  return one(collect_unix_files(source.path, source.written, host.empty() ? source.written : host,
                                reading.pool, reading.clock.now_ms()));
}

Collections read_staff(const AgencySource& source, Reading& reading) {
  return import_table(source, spec_of(source), "staff", import_staff, reading);
}

Collections read_password_rules(const AgencySource& source, Reading& reading) {
  const ImportSpec spec = spec_of(source);
  const std::string extension = source.path.extension().string();
  if (extension != ".yaml" && extension != ".yml") {
    return import_table(source, spec, "password_rule", import_password_rules, reading);
  }
  KHIEN_TRY(const std::string text, read_file(source.path, limits::yaml_file_bytes));
  KHIEN_TRY(Collection out, password_rules_from_yaml(text, source.written, spec));
  out.source_sha256 = sha256_hex(text);
  return one(std::move(out));
}

}  // namespace khien
