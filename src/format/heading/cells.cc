// Cells to typed values. The rule of the house: what is not known stays NULL and is counted.
#include "format/heading/cells.h"

#include <charconv>

#include <fmt/format.h>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kRowsNamed = 5;

bool holds_dates(const std::string& field) {
  return field.ends_with("_at") || field.ends_with("_on");
}

}  // namespace

void decide_dates(Header& header, const Table& table) {
  DayOrder shared = DayOrder::unclear;  // of the columns with English times
  bool agreed = true;
  for (MappedColumn& column : header.columns) {
    if (!holds_dates(column.field)) continue;
    const auto index = static_cast<std::size_t>(column.column - 1);
    ColumnDates seen;
    for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
      const std::vector<std::string>& cells = table.rows[i].cells;
      if (index < cells.size()) seen.see(cells[index]);
    }
    column.order = seen.order();
    column.am_pm = seen.am_pm();
    column.has_order = seen.has_order();
    if (!column.am_pm || column.order == DayOrder::unclear) continue;
    agreed = agreed && (shared == DayOrder::unclear || shared == column.order);
    shared = column.order;
  }
  if (!agreed || shared == DayOrder::mixed) return;
  for (MappedColumn& column : header.columns) {
    if (column.am_pm && column.order == DayOrder::unclear) column.order = shared;
  }
}

void Problems::add(const std::string& column, const std::string& reason, int row) {
  Seen& seen = seen_[column];
  if (seen.count == 0) seen.reason = reason;
  ++seen.count;
  if (seen.rows.size() < kRowsNamed) seen.rows.push_back(row);
}

std::map<std::string, std::string> Problems::gaps() const {
  std::map<std::string, std::string> out;
  for (const std::string& column : lacking_) out[column] = "reason.accounts.no_column";
  for (const auto& [column, seen] : seen_) out[column] = seen.reason;
  return out;
}

std::string Problems::detail() const {
  std::string out;
  for (const auto& [column, seen] : seen_) {
    out += fmt::format("{}{}: {} (", out.empty() ? "" : "; ", column, seen.count);
    for (std::size_t i = 0; i < seen.rows.size(); ++i) {
      out += fmt::format("{}{}", i == 0 ? "" : ", ", seen.rows[i]);
    }
    out += static_cast<std::size_t>(seen.count) > seen.rows.size() ? ", ...)" : ")";
  }
  return out;
}

std::string Cells::text(std::string_view field) const {
  const MappedColumn* column = header_.find(field);
  if (column == nullptr) return "";
  const std::string_view cell = raw(*column);
  return cell.empty() || lexicon_.is(cell, "nothing") ? "" : std::string(cell);
}

std::string_view Cells::raw(const MappedColumn& column) const {
  const auto index = static_cast<std::size_t>(column.column - 1);
  return index < row_.cells.size() ? std::string_view(row_.cells[index]) : std::string_view();
}

void Cells::unreadable(const std::string& field, const std::string& reason) const {
  problems_.add(field, reason, row_.number);
}

std::optional<bool> Cells::flag(const std::string& field) const {
  const std::string value = text(field);
  if (value.empty()) return std::nullopt;
  if (lexicon_.is(value, "yes")) return true;
  if (lexicon_.is(value, "no")) return false;
  unreadable(field, "reason.accounts.unreadable_word");
  return std::nullopt;
}

std::optional<std::int64_t> Cells::integer(const std::string& field) const {
  const std::string value = text(field);
  if (value.empty()) return std::nullopt;
  std::int64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = read.ec == std::errc() && read.ptr == value.data() + value.size();
  if (whole && number >= 0 && number <= 99'999) return number;
  unreadable(field, "reason.accounts.unreadable_number");
  return std::nullopt;
}

std::optional<Moment> Cells::moment(const std::string& field) const {
  const std::string value = text(field);
  if (value.empty()) return std::nullopt;
  const MappedColumn& column = *header_.find(field);
  const bool order_unknown = column.order == DayOrder::unclear ? column.am_pm
                                                               : column.order == DayOrder::mixed;
  if (order_unknown && depends_on_order(value)) {
    unreadable(field, "reason.accounts.date_order_unclear");
    return std::nullopt;
  }
  const auto out = parse_moment(value, column.order);
  if (!out) unreadable(field, "reason.accounts.unreadable_date");
  return out;
}

std::size_t Cells::filled() const {
  return static_cast<std::size_t>(std::count_if(row_.cells.begin(), row_.cells.end(),
                                                [](const std::string& c) { return !c.empty(); }));
}

}  // namespace khien
