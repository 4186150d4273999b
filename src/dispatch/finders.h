// Small scanners over a dispatch's text: Vietnamese dates, numbers of documents, periods. All
// offsets are code points of the given text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace khien {

struct FoundDate {
  std::string iso;            // YYYY-MM-DD | YYYY-MM | MM-DD (no year given)
  std::size_t begin = 0;
  std::size_t end = 0;
  bool has_year = true;
};

// "ngày 08 tháng 01 năm 2018", "ngày   tháng 12 năm 2020" (blank day), "29/12/2017", "15-4-2017",
// "30/4", "tháng 9 năm 2024", "tháng 11/2023". `folded` is fold() of the text.
[[nodiscard]] std::vector<FoundDate> find_dates(std::u32string_view folded, std::size_t from,
                                                std::size_t to);
// The first date that begins within `reach` code points after `from`.
[[nodiscard]] std::optional<FoundDate> date_near(std::u32string_view folded, std::size_t from,
                                                 std::size_t reach);

struct FoundReference {
  std::string number;         // "34/2020/QĐ-UBND", spaces removed
  std::string symbol;         // "QĐ-UBND"
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Numbers of documents: digits, "/", optional year and "/", letters. "29/12/2017" and "24/7" are
// none. `text` keeps its case.
[[nodiscard]] std::vector<FoundReference> find_references(std::u32string_view text,
                                                          std::size_t from, std::size_t to);
// The groups of digits between a number and its symbol, "/2024" of "118/2024/CHH": each with the
// slash before it. `at` stands behind the first slash, and after the call behind the last.
[[nodiscard]] std::string number_groups(std::u32string_view text, std::size_t& at);
// The letters after "/" at `at`; empty when there are none. `end` is set past them.
[[nodiscard]] std::string symbol_at(std::u32string_view text, std::size_t at, std::size_t& end);

// A date without its year, read in the year of `issued_on` (the next when its month is past).
[[nodiscard]] std::string complete_date(const FoundDate& date, std::string_view issued_on);

}  // namespace khien
