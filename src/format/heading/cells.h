// One row of a table under a header: typed reading of its fields, counting what could not be read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "format/heading/lexicon.h"
#include "format/table/dates.h"

namespace khien {

// Which rows had which problem in which column.
class Problems {
 public:
  void add(const std::string& column, const std::string& reason, int row);
  // What stands in a cell whose word is not known; it may be anything, a password too.
  void add_word(const std::string& column, const std::string& word);
  // Those that look like words of a language, quoted, and how many others there are; "" for none.
  [[nodiscard]] std::string words(const std::string& column) const;
  // Columns of `fields` the header lacks are gaps of their own.
  void lacking(const std::string& column) { lacking_.push_back(column); }
  [[nodiscard]] std::map<std::string, std::string> gaps() const;  // column -> text id of the reason
  [[nodiscard]] std::string detail() const;                       // for the officer: counts, rows

 private:
  struct Seen {
    std::string reason;
    int count = 0;
    std::vector<int> rows;  // the first few
  };
  std::map<std::string, Seen> seen_;
  std::map<std::string, std::map<std::string, int>> words_;
  std::vector<std::string> lacking_;
};

// Day or month first, column by column (MappedColumn::order). A column that does not show it takes
// the order that other columns of the table prove; where they contradict each other it is not
// known, where none proves one it is day before month.
void decide_dates(Header& header, const Table& table);
// "Họ và tên" beside "Tên", or beside a column without a heading: the first column lacks what
// stands in the second.
void complete_names(Header& header, const Table& table);

// Does the column of log-ins hold log-ins? Most cells with two spaces or more, or with marks no
// log-in has ("an / password"), say that something else stands there. What the officer stated is
// not doubted.
[[nodiscard]] bool holds_log_ins(const Header& header, const Table& table);

// SharePoint writes who vouches for a log-in before it: "i:0#.w|SOTHU\\an" is "SOTHU\\an", and
// "c:0(.s|true" is everybody, no account.
[[nodiscard]] std::string_view without_claim(std::string_view log_in);
[[nodiscard]] bool claims_group(std::string_view log_in);

class Cells {
 public:
  Cells(const Header& header, const TableRow& row, const Lexicon& lexicon, Problems& problems)
      : header_(header), row_(row), lexicon_(lexicon), problems_(problems) {}

  // The cell of `field`; "" when empty, absent or a word for nothing ("-", "N/A").
  [[nodiscard]] std::string text(std::string_view field) const;
  [[nodiscard]] bool has(std::string_view field) const { return header_.find(field) != nullptr; }
  // The cell as it stands.
  [[nodiscard]] std::string_view raw(const MappedColumn& column) const;
  // nullopt: empty, or unreadable and counted.
  [[nodiscard]] std::optional<bool> flag(const std::string& field) const;  // yes / no words
  [[nodiscard]] std::optional<std::int64_t> integer(const std::string& field) const;  // 0-99999
  [[nodiscard]] std::optional<Moment> moment(const std::string& field) const;
  void unreadable(const std::string& field, const std::string& reason) const;
  void unreadable_word(const std::string& field) const;  // to be quoted
  [[nodiscard]] std::size_t filled() const;  // cells that are not empty
  [[nodiscard]] int number() const { return row_.number; }

 private:
  [[nodiscard]] std::string_view cell_at(int column) const;  // from 1

  const Header& header_;
  const TableRow& row_;
  const Lexicon& lexicon_;
  Problems& problems_;
};

}  // namespace khien
