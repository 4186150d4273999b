// Dates to act by: "trước ngày 30/6/2026", "trước 16 giờ ngày 05/3", "chậm nhất trong tháng 9",
// "trong quý II/2026", "đến cuối năm 2024". "Từ ngày .. đến hết ngày .." is a window and no
// deadline; "trước ngày 15 hằng tháng" comes again and is none either. No deadline is a day before
// the paper's own, the day of a thing ("tài khoản được cấp trước ngày ...") or another paper's.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dispatch/parameters.h"

namespace khien {

struct Deadline {
  std::string iso;        // YYYY-MM-DD | YYYY-MM
  std::size_t begin = 0;  // code points
  std::size_t end = 0;
  bool report = false;    // of a report or an answer, as the words before it say
};
[[nodiscard]] std::vector<Deadline> find_deadlines(const ClauseText& clause);

struct DateWindow {
  std::string from, to;   // YYYY-MM-DD
  std::size_t begin = 0;
  std::size_t end = 0;
};
// "từ ngày 04/02/2027 đến hết ngày 12/02/2027", "từ 30/4 đến 03/5", "từ ngày 10 - 12/11/2026",
// "các ngày 20, 21, 22/11/2026". `issued_on` gives the year. In date_windows.cc.
[[nodiscard]] std::vector<DateWindow> find_date_windows(std::u32string_view folded,
                                                        std::size_t begin, std::size_t end,
                                                        std::string_view issued_on);

// The strictest of several; a month counts to its last day. "" when none.
[[nodiscard]] std::string earliest(const std::vector<Deadline>& deadlines);

// A cell under "Thời hạn": as find_deadlines(), and a date needs no word before it ("30/6/2026",
// "Quý III, IV/2026", "01/3 - 15/4/2026"); of several parts between ';' the earliest.
[[nodiscard]] std::string due_of_cell(const Vocabulary& vocabulary, std::string_view cell,
                                      const std::string& issued_on);

// The date to act by that the clause states, else that of the heading above it or of the sentence
// that closes its list; "" when none.
[[nodiscard]] std::string read_due_date(const ClauseText& clause);

}  // namespace khien
