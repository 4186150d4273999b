// Cells to typed values. The rule of the house: what is not known stays NULL and is counted.
#include "format/heading/cells.h"

#include <charconv>

#include <fmt/format.h>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kRowsNamed = 5;
constexpr std::size_t kWordsNamed = 10;
constexpr std::size_t kLongestWord = 40;  // code points

// Letters and spaces, or a small number: nothing that could be a secret in the wrong column.
bool is_plain_word(const std::string& text) {
  const std::u32string letters = to_u32(text);
  if (letters.size() > kLongestWord) return false;
  const bool number = letters.size() <= 3 && text.find_first_not_of("-0123456789") ==
                                                std::string::npos;
  return number || std::all_of(letters.begin(), letters.end(), [](char32_t c) {
           return is_letter(c) || c == U' ';
         });
}

// "i:0#.w|", "c:0+.w|": whom it is about, a zero, three signs and what they say.
bool is_claim(std::string_view text) {
  constexpr std::size_t first_bar = 6;
  return (text.starts_with("i:0") || text.starts_with("c:0")) && text.size() > first_bar &&
         text.find('|') <= first_bar;
}

bool holds_dates(const std::string& field) {
  return field.ends_with("_at") || field.ends_with("_on");
}

// A column right of a heading merged over two, as CSV has it: no heading of its own.
bool is_unnamed(const Header& header, const Table& table, int column) {
  const std::vector<std::string>& headings = table.rows[header.row].cells;
  const auto index = static_cast<std::size_t>(column) - 1;
  return (index >= headings.size() || headings[index].empty()) &&
         std::none_of(header.columns.begin(), header.columns.end(),
                      [&](const MappedColumn& c) { return c.column == column; });
}

bool is_one_name(const std::string& text) {
  const std::u32string letters = to_u32(text);
  return is_upper(letters.front()) &&
         std::all_of(letters.begin(), letters.end(), [](char32_t c) { return is_letter(c); });
}

}  // namespace

std::string_view without_claim(std::string_view log_in) {
  return is_claim(log_in) ? log_in.substr(log_in.rfind('|') + 1) : log_in;
}

bool claims_group(std::string_view log_in) { return log_in.starts_with('c') && is_claim(log_in); }

void decide_dates(Header& header, const Table& table) {
  bool day_first = false;
  bool month_first = false;
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
    day_first = day_first || column.order == DayOrder::dmy || column.order == DayOrder::mixed;
    month_first = month_first || column.order == DayOrder::mdy ||
                  column.order == DayOrder::mixed;
  }
  if (!day_first && !month_first) return;
  const DayOrder shared = day_first == month_first ? DayOrder::mixed
                          : day_first              ? DayOrder::dmy
                                                   : DayOrder::mdy;
  for (MappedColumn& column : header.columns) {
    if (column.has_order && column.order == DayOrder::unclear) column.order = shared;
  }
}

void complete_names(Header& header, const Table& table) {
  const MappedColumn* first = header.find("first_name");
  for (MappedColumn& name : header.columns) {
    const bool whole = name.field == "full_name" || name.field == "display_name";
    if (!whole || !name.joined.empty()) continue;
    const int next = name.column + 1;
    const bool named = first != nullptr && first->column == next;
    if (!named && !is_unnamed(header, table, next)) continue;
    std::size_t filled = 0;
    std::size_t lacking = 0;
    for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
      const std::vector<std::string>& cells = table.rows[i].cells;
      if (cells.size() < static_cast<std::size_t>(next)) continue;
      const std::string& all = cells[static_cast<std::size_t>(next) - 2];
      const std::string& given = cells[static_cast<std::size_t>(next) - 1];
      if (all.empty() || given.empty() || all == given) continue;
      ++filled;
      lacking += !fold(all).ends_with(fold(given)) && (named || is_one_name(given));
    }
    if (filled > 0 && lacking * 10 > filled * (named ? 5U : 8U)) name.joined = {next};
  }
}

bool holds_log_ins(const Header& header, const Table& table) {
  const MappedColumn* login = header.find("login");
  if (login == nullptr || login->how == "stated") return true;
  const auto index = static_cast<std::size_t>(login->column) - 1;
  std::size_t filled = 0;
  std::size_t others = 0;
  for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
    const std::vector<std::string>& cells = table.rows[i].cells;
    if (index >= cells.size() || cells[index].empty()) continue;
    const std::string_view cell = without_claim(cells[index]);
    ++filled;
    others += std::count(cell.begin(), cell.end(), ' ') > 1 ||
              cell.find_first_of("/|;,:\t") != std::string::npos;
  }
  return others * 2 <= filled;
}

void Problems::add(const std::string& column, const std::string& reason, int row) {
  Seen& seen = seen_[column];
  if (seen.count == 0) seen.reason = reason;
  ++seen.count;
  if (seen.rows.size() < kRowsNamed) seen.rows.push_back(row);
}

void Problems::add_word(const std::string& column, const std::string& word) {
  ++words_[column][word];
}

std::string Problems::words(const std::string& column) const {
  const auto at = words_.find(column);
  if (at == words_.end()) return "";
  std::string out;
  int others = 0;
  std::size_t named = 0;
  for (const auto& [word, count] : at->second) {
    if (!is_plain_word(word) || ++named > kWordsNamed) {
      others += count;
      continue;
    }
    out += fmt::format("{}\"{}\" ({})", out.empty() ? "" : ", ", word, count);
  }
  if (others > 0) out += fmt::format("{}… ({})", out.empty() ? "" : ", ", others);
  return out;
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
  const auto known = [&](std::string_view cell) {
    return cell.empty() || lexicon_.is(cell, "nothing") ? std::string() : std::string(cell);
  };
  std::string out = known(raw(*column));
  const bool name = column->field.ends_with("_name");
  for (const int more : column->joined) {
    const std::string part = known(cell_at(more));
    if (part.empty() || part == out) continue;  // a merged cell has its text in all its columns
    out += (out.empty() ? "" : name ? " " : "; ") + part;
  }
  return out;
}

std::string_view Cells::raw(const MappedColumn& column) const { return cell_at(column.column); }

std::string_view Cells::cell_at(int column) const {
  const auto index = static_cast<std::size_t>(column - 1);
  return index < row_.cells.size() ? std::string_view(row_.cells[index]) : std::string_view();
}

void Cells::unreadable(const std::string& field, const std::string& reason) const {
  problems_.add(field, reason, row_.number);
}

void Cells::unreadable_word(const std::string& field) const {
  problems_.add_word(field, text(field));
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
