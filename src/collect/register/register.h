// Registers: tables an officer fills in Excel for what no machine can see (systems, contracts,
// rosters, plans). content/registers/<name>.yaml says all there is to say of one; this importer is
// the same for all of them:
//
//   register: systems            # as the file name
//   name_vi: he-thong            # its other name, for whoever types Vietnamese
//   table: system                # fact table it fills
//   vi, en                       # title; help_vi, help_en: what it is for
//   fixed: {scope: network}      # columns of the fact table every row gets
//   columns:
//     - {field: owned_by, vi: ..., en: ..., synonyms: [...], type: text, required: true,
//        example: ..., help_vi: ..., help_en: ...}
//   types: text, integer, flag, date, datetime, choice (choices: {stored: [words ...]});
//   exact: true on a datetime: a day without hours is its 00:00, not "some time that day".
//   ends: true on a datetime: 23:59 is the end of its day.
//   keep: true: a row whose cell is absent or bad stays, without it, for the controls to see.
//
// Reading never guesses. The row of headings is found by its words; an unknown column, a needed one
// that is absent or one twice stops the file. A cell that cannot be read is a problem with row and
// column: the value stays unknown, the row is left out when the cell is a needed one, and the table
// is `partial` with the count. An empty register is `partial` too, unless its one row says that
// there is nothing ("không phát sinh"). Rows numbered "Ví dụ" are the template's example.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "collect/source/source.h"

namespace khien {

struct RegisterChoice {
  std::string stored;
  std::vector<std::string> words;  // Vietnamese, English, then what else people write
};

struct RegisterColumn {
  std::string field;
  std::string vi, en;
  std::vector<std::string> synonyms;
  std::string type;
  std::vector<RegisterChoice> choices;
  bool required = false;
  bool exact = false;
  bool ends = false;
  bool keep = false;
  std::string example;
  std::string help_vi, help_en;
};

struct Register {
  std::string name;
  std::string name_vi;  // "van-ban": what is typed where Vietnamese is
  std::string table;
  std::string vi, en;
  std::string help_vi, help_en;
  std::map<std::string, std::string> fixed;
  std::vector<RegisterColumn> columns;
};

struct RegisterImport {
  Collection collection;          // collector, source, one table; times and hash are the caller's
  std::vector<Error> problems;    // one a bad cell, at most kRegisterProblems
  std::size_t problem_count = 0;  // all of them
  std::vector<MappedColumn> mapping;
  std::size_t left_out = 0;       // rows with a bad needed cell
};

inline constexpr std::size_t kRegisterProblems = 200;

class Registers {
 public:
  [[nodiscard]] static Result<Registers> load(const Content& content);  // K0474
  [[nodiscard]] const std::vector<Register>& all() const { return all_; }
  // By either name, the Vietnamese one with or without its marks ("văn bản", "van-ban").
  [[nodiscard]] const Register* find(std::string_view name) const;
  // K0465 naming those there are.
  [[nodiscard]] Result<const Register*> need(const std::string& name,
                                             const std::string& place) const;

 private:
  std::vector<Register> all_;
};

// Lists that are no registers (content/templates): staff, accounts, password rules. Their headings
// are those that content/headers knows, so that what is filled in reads as an export does. K0474.
[[nodiscard]] Result<std::vector<Register>> blank_lists(const Content& content);

// K0460, K0466-K0469. `stated`: heading -> field from agency.yaml.
[[nodiscard]] Result<RegisterImport> import_register(
    const Register& definition, const Table& table, const std::string& source,
    const Lexicon& lexicon, const std::map<std::string, std::string>& stated = {});

// The file in a worker (XLSX, CSV) or as YAML by its name; sets the source's hash. K0001, K0003 ...
[[nodiscard]] Result<RegisterImport> import_register_file(
    const Register& definition, const std::filesystem::path& path, const std::string& source,
    const std::string& sheet, const Lexicon& lexicon,
    const std::map<std::string, std::string>& stated, WorkerPool& pool);

// name, path, sheet, columns. The table a source fills is its register's. Bad cells stand in its
// detail; `khien register check` names each of them.
[[nodiscard]] Result<std::string> check_register(const Node& map, const std::string& place);
[[nodiscard]] Collections read_register(const AgencySource& source, Reading& reading);

// A YAML list of maps (or {rows: [...]}) as the table it stands for; keys are fields or headings.
[[nodiscard]] Result<Table> register_table_from_yaml(std::string_view text,
                                                     const std::string& place);

}  // namespace khien
