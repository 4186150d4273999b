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
  std::vector<std::string> lacking_;
};

// Day or month first, column by column (MappedColumn::order). A column that does not show it takes
// the order of the other columns the same program wrote, else day before month.
void decide_dates(Header& header, const Table& table);

class Cells {
 public:
  Cells(const Header& header, const TableRow& row, const Lexicon& lexicon, Problems& problems)
      : header_(header), row_(row), lexicon_(lexicon), problems_(problems) {}

  // The cell of `field`; "" when empty, absent or a word for nothing ("-", "N/A").
  [[nodiscard]] std::string text(std::string_view field) const;
  // The cell as it stands.
  [[nodiscard]] std::string_view raw(const MappedColumn& column) const;
  // nullopt: empty, or unreadable and counted.
  [[nodiscard]] std::optional<bool> flag(const std::string& field) const;  // yes / no words
  [[nodiscard]] std::optional<std::int64_t> integer(const std::string& field) const;  // 0-99999
  [[nodiscard]] std::optional<Moment> moment(const std::string& field) const;
  void unreadable(const std::string& field, const std::string& reason) const;
  [[nodiscard]] std::size_t filled() const;  // cells that are not empty
  [[nodiscard]] int number() const { return row_.number; }

 private:
  const Header& header_;
  const TableRow& row_;
  const Lexicon& lexicon_;
  Problems& problems_;
};

}  // namespace khien
