// The rule of the house: what is not known stays NULL and is counted.
#include "collect/source/row_cells.h"

namespace khien {

void RowCells::put_text(Row& out, const std::string& field) const {
  if (std::string value = text(field); !value.empty()) out[field] = std::move(value);
}

void RowCells::put_flag(Row& out, const std::string& field) const {
  if (const auto value = flag(field)) out[field] = std::int64_t{*value};
}

void RowCells::put_integer(Row& out, const std::string& field) const {
  if (const auto value = integer(field)) out[field] = *value;
}

void RowCells::put_instant(Row& out, const std::string& field) const {
  if (const auto at = moment(field)) put_moment(out, field, *at);
}

void RowCells::put_date(Row& out, const std::string& field) const {
  if (const auto at = moment(field)) out[field] = to_iso(at->day);
}

void put_moment(Row& out, const std::string& field, const Moment& moment) {
  out[field] = moment.at_ms;
  out[field + "_precision"] = std::string(moment.day_only ? "day" : "ms");
}

void write_problems(const Problems& problems, TableFacts& table) {
  for (const auto& [column, reason] : problems.gaps()) table.gaps[column] = reason;
  if (const std::string detail = problems.detail(); !detail.empty()) {
    table.detail += (table.detail.empty() ? "" : "; ") + detail;
  }
}

}  // namespace khien
