// The header lexicon (content/headers/account.yaml): which heading means which field, and what the
// words in cells say.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/content.h"
#include "base/error.h"
#include "format/heading/heading_words.h"
#include "format/table/dates.h"
#include "format/table/table.h"

namespace khien {

// Heading -> field, stated by the officer.
using Columns = std::map<std::string, std::string>;

// One column that was understood: "cột 3 'Ngày đổi MK gần nhất' = password_changed_at".
struct MappedColumn {
  int column = 0;           // 1-based
  std::string header;       // as written
  std::string field;
  std::string how;          // "stated" (agency.yaml, --map) | "exact" | "no_marks" (without
                            // diacritics); "" where field is "": not understood
  DayOrder order = DayOrder::dmy;  // of its dates, see decide_dates() in cells.h
  bool am_pm = false;       // an English system wrote its times
  bool has_order = false;   // some dates have a day or month first
  std::vector<int> joined;  // more columns of the same value: "Họ đệm" and "Tên", roles
};

struct Header {
  std::size_t row = 0;      // index in Table::rows; data starts after it
  std::vector<MappedColumn> columns;
  [[nodiscard]] const MappedColumn* find(std::string_view field) const;
};

// What could be a heading in the first rows of a table, for every kind of table at once: each file
// of a folder is asked which kind it is.
struct Headings {
  struct Cell {
    std::size_t column = 0;  // from 0
    std::vector<std::pair<std::string, std::string>> keys;  // key, as written; the first known wins
  };
  struct Row {
    int number = 0;           // as TableRow::number
    bool skipped = false;
    bool follows = false;     // the row before stands right above it
    std::vector<Cell> alone;  // the row by itself
    std::vector<Cell> below;  // together with the row above: "Ngày đổi" under "Mật khẩu"
  };
  std::vector<Row> rows;
  std::map<std::string, std::string> stated;  // key -> field
  bool names_alone = false;  // Table::format "names": one column is a header
  std::set<std::size_t> log_ins;  // columns that may be headed so and hold log-ins
  std::set<std::size_t> numbers;  // columns headed as log-ins in which numbers alone stand
  std::set<std::size_t> flags;    // columns in which yes and no alone stand, where it matters
};

class Lexicon {
 public:
  [[nodiscard]] static Result<Lexicon> load(const Content& content);  // K0464

  [[nodiscard]] Headings headings(const Table& table,
                                  const std::map<std::string, std::string>& stated) const;

  // The row among the first ones that names most fields of `kind` (account, staff,
  // password_rule); title rows above it are skipped. Two rows make one header where together they
  // name more: "Ngày đổi" under "Mật khẩu". `stated` (heading -> field) comes first, before other
  // columns of its field too. Without columns where no row names two fields.
  [[nodiscard]] Header likely_header(const Headings& headings, const std::string& kind) const;
  // The same where it can be used. K0460 no rows, K0461 no such row, K0462 a needed field is not
  // there, K0463 two columns claim one field.
  [[nodiscard]] Result<Header> find_header(const Table& table, const std::string& kind,
                                           const std::map<std::string, std::string>& stated,
                                           const std::string& place) const;
  [[nodiscard]] Result<Header> find_header(const Headings& headings, const std::string& kind,
                                           const std::string& place) const;
  [[nodiscard]] std::vector<std::string> fields(const std::string& kind) const;
  // The whole cell is one of the words of `list`, with or without diacritics.
  [[nodiscard]] bool is(std::string_view cell, std::string_view list) const;
  // The list of `starts` that has the longest beginning of the cell, whole words; "" for none.
  [[nodiscard]] std::string starts(std::string_view cell) const;
  // What the title of a staff list says of its people: "left", "working" or "".
  [[nodiscard]] std::string status_of_title(std::string_view title) const;
  [[nodiscard]] bool is_privileged(std::string_view role) const;
  // "Ông Trần Văn Bê (VP)", "GĐ Trần Văn Bê", "Trần Văn Bê - Văn thư" -> "Trần Văn Bê".
  [[nodiscard]] std::string name_of_person(std::string_view written) const;
  // The log-in (what stands before the @) names an office or a task, not a person.
  [[nodiscard]] bool is_generic(std::string_view login) const;
  // van_thu, chuyen_vien, lanh_dao, quan_tri or khac.
  [[nodiscard]] std::string function_of(std::string_view title) const;

 private:
  struct Kind {
    std::vector<std::string> needs;
    std::vector<std::string> fields;
    HeadingWords headings;  // -> field
    std::map<std::string, std::set<std::string>> gives_way;  // heading -> better ones
    std::set<std::string> first_wins, joins;                 // fields
    std::map<std::string, std::set<std::string>> stands_in;  // field -> headings
    std::map<std::string, std::string> as_number, as_flag;  // heading -> field of such cells
  };
  struct Words {
    std::unordered_set<std::string> exact, no_marks;
    std::size_t longest = 0;
  };
  void load_words(const Node& root);
  static void drop_lesser(const Kind& kind, Header& header);
  static void drop_unstated(Header& header);
  static void stand_in(const Kind& kind, const Headings& headings, Header& header);
  static void let_numbers_go(const Kind& kind, const Headings& headings, Header& header);
  [[nodiscard]] bool may_stand_in(const std::string& key) const;
  void look_below(const Table& table, std::size_t row, std::size_t column, const std::string& key,
                  Headings& out) const;
  static void join_columns(const Kind& kind, Header& header);
  [[nodiscard]] static std::vector<MappedColumn> match(const Kind& kind,
                                                       const std::vector<Headings::Cell>& cells,
                                                       const Headings& headings);
  void add_known(Headings::Cell& cell, std::string key, std::string_view written,
                 const Headings& headings) const;
  void add_below(const TableRow& upper, const TableRow& lower,
                 const std::vector<std::string>& upper_keys,
                 const std::vector<std::string>& lower_keys, const Headings& headings,
                 Headings::Row& row) const;

  // Most cells are ASCII dates or words met before: ICU is asked once for each word.
  [[nodiscard]] std::string folded(std::string_view cell) const;

  mutable std::unordered_map<std::string, std::string> folded_;  // one thread, as the whole class
  std::map<std::string, Kind> kinds_;
  std::unordered_set<std::string> known_;  // the keys of all headings of all kinds
  std::unordered_set<std::string> first_words_;  // of them
  std::size_t longest_ = 0;                // of them, in bytes
  std::map<std::string, Words, std::less<>> words_;
  std::vector<std::pair<std::string, std::string>> starts_;  // beginning, list
  std::vector<std::string> left_titles_, here_titles_, unsure_titles_;  // folded
  std::set<std::string> forms_of_address_;                              // folded
  std::vector<std::string> privileged_;
  std::vector<std::string> generic_;  // globs without marks
  std::vector<std::pair<std::string, std::vector<std::string>>> functions_;
};

}  // namespace khien
