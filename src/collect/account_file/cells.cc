// Cells to typed values. The rule of the house: what is not known stays NULL and is counted.
#include "collect/account_file/cells.h"

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

void Problems::write(TableFacts& table) const {
  for (const std::string& column : lacking_) table.gaps[column] = "reason.accounts.no_column";
  std::string detail;
  for (const auto& [column, seen] : seen_) {
    table.gaps[column] = seen.reason;
    detail += fmt::format("{}{}: {} (", detail.empty() ? "" : "; ", column, seen.count);
    for (std::size_t i = 0; i < seen.rows.size(); ++i) {
      detail += fmt::format("{}{}", i == 0 ? "" : ", ", seen.rows[i]);
    }
    detail += static_cast<std::size_t>(seen.count) > seen.rows.size() ? ", ...)" : ")";
  }
  if (!detail.empty()) table.detail += (table.detail.empty() ? "" : "; ") + detail;
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

void Cells::put_text(Row& out, const std::string& field) const {
  if (std::string value = text(field); !value.empty()) out[field] = std::move(value);
}

void Cells::put_flag(Row& out, const std::string& field) const {
  const std::string value = text(field);
  if (value.empty()) return;
  if (lexicon_.is(value, "yes")) out[field] = std::int64_t{1};
  else if (lexicon_.is(value, "no")) out[field] = std::int64_t{0};
  else unreadable(field, "reason.accounts.unreadable_word");
}

void Cells::put_integer(Row& out, const std::string& field) const {
  const std::string value = text(field);
  if (value.empty()) return;
  std::int64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = read.ec == std::errc() && read.ptr == value.data() + value.size();
  if (whole && number >= 0 && number <= 99'999) out[field] = number;
  else unreadable(field, "reason.accounts.unreadable_number");
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

void Cells::put_instant(Row& out, const std::string& field) const {
  if (const auto at = moment(field)) put_moment(out, field, *at);
}

void Cells::put_date(Row& out, const std::string& field) const {
  if (const auto at = moment(field)) out[field] = to_iso(at->day);
}

std::size_t Cells::filled() const {
  return static_cast<std::size_t>(std::count_if(row_.cells.begin(), row_.cells.end(),
                                                [](const std::string& c) { return !c.empty(); }));
}

void put_moment(Row& out, const std::string& field, const Moment& moment) {
  out[field] = moment.at_ms;
  out[field + "_precision"] = std::string(moment.day_only ? "day" : "ms");
}

}  // namespace khien
