// The list of units behind a paper (CSV or XLSX: Đơn vị, Tình trạng, Hạn), and a roster's hours
// as an officer writes them.
#pragma once

#include <string>
#include <vector>

#include "base/content.h"
#include "base/texts.h"
#include "format/heading/heading_words.h"
#include "format/table/table.h"
#include "report/draft.h"

namespace khien::report {

// content/headers/units.yaml: headings and states.
class UnitWords {
 public:
  [[nodiscard]] static Result<UnitWords> load(const Content& content);
  [[nodiscard]] bool is_done(std::string_view state) const;
  [[nodiscard]] bool is_open(std::string_view state) const;
  // Index of the column of that name in a row of headings; -1: none.
  [[nodiscard]] int column(const khien::TableRow& row, const std::string& name) const;

 private:
  HeadingWords columns_, states_;
};

// K0711, K0718 a column is absent; K0712 a state or K0713 a date that cannot be read. `states`
// false: only the names are read.
[[nodiscard]] Result<std::vector<LateUnit>> units_from(const khien::Table& table,
                                                       const std::string& place,
                                                       const UnitWords& words, const Texts& texts,
                                                       bool states);
// Those past their date (YYYY-MM-DD) and not done, the longest late first.
[[nodiscard]] std::vector<LateUnit> late_units(std::vector<LateUnit> units, const UnitWords& words,
                                               const std::string& as_of);
// "6-14" or "06:00-14:00": whole hours. None: 6-14, 14-22, 22-6. K0714.
[[nodiscard]] Result<std::vector<ShiftHours>> shifts_from(const std::vector<std::string>& written);

}  // namespace khien::report
