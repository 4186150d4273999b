#include "people/missing_ids.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kRowsThatAgree = 10;
constexpr std::size_t kMostDigits = 9;

struct Id {
  std::string head;      // "STP-"
  std::size_t digits = 0;
  std::uint32_t number = 0;
};

std::optional<std::uint32_t> whole(std::string_view text) {
  std::uint32_t out = 0;
  const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), out);
  const bool all = bad == std::errc{} && end == text.data() + text.size();
  return all && text.size() <= kMostDigits ? std::optional(out) : std::nullopt;
}

std::optional<Id> id_of(std::string_view text) {
  const std::size_t last = text.find_last_not_of("0123456789");
  const std::size_t from = last == std::string_view::npos ? 0 : last + 1;
  const auto number = whole(text.substr(from));
  if (!number) return std::nullopt;
  return Id{std::string(text.substr(0, from)), text.size() - from, *number};
}

std::string_view cell(const TableRow& row, std::size_t column) {
  return column < row.cells.size() ? trim(row.cells[column]) : std::string_view();
}

}  // namespace

std::map<int, std::string> ids_by_running_number(const Table& table, const Header& header) {
  const MappedColumn* id_column = header.find("staff_id");
  const MappedColumn* name_column = header.find("full_name");
  if (id_column == nullptr || name_column == nullptr) return {};
  const auto id_at = static_cast<std::size_t>(id_column->column) - 1;
  const auto name_at = static_cast<std::size_t>(name_column->column) - 1;
  std::optional<Id> first;
  std::set<std::uint32_t> taken;
  std::vector<const TableRow*> with, without;
  for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
    const TableRow& row = table.rows[i];
    if (cell(row, name_at).empty()) continue;
    const std::string_view text = cell(row, id_at);
    if (text.empty()) {
      without.push_back(&row);
      continue;
    }
    const auto id = id_of(text);
    if (!id || (first && (id->head != first->head || id->digits != first->digits))) return {};
    if (!first) first = id;
    taken.insert(id->number);
    with.push_back(&row);
  }
  if (without.empty() || with.size() < kRowsThatAgree) return {};
  std::size_t columns = 0;
  for (const TableRow* row : with) columns = std::max(columns, row->cells.size());
  for (std::size_t c = 0; c < columns; ++c) {
    if (c == id_at) continue;
    const bool agree = std::all_of(with.begin(), with.end(), [&](const TableRow* row) {
      return whole(cell(*row, c)) == id_of(cell(*row, id_at))->number;
    });
    if (!agree) continue;
    std::map<int, std::string> out;
    std::map<std::uint32_t, std::set<std::string_view>> names;  // a row printed twice is one
    for (const TableRow* row : without) {
      if (const auto number = whole(cell(*row, c))) names[*number].insert(cell(*row, name_at));
    }
    for (const TableRow* row : without) {
      const auto number = whole(cell(*row, c));
      if (!number || taken.contains(*number) || names[*number].size() > 1) continue;
      if (*number == 0 || *number > *taken.rbegin()) continue;
      std::string id = fmt::format("{}{:0{}}", first->head, *number, first->digits);
      if (id.size() == first->head.size() + first->digits) out[row->number] = std::move(id);
    }
    return out;
  }
  return {};
}

}  // namespace khien
