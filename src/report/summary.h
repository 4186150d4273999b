// What `khien assess` prints on a terminal: at most one screen, the agency's own orders first: a
// verdict and a sentence a demand, then what to do first. `full` says everything; a filter shows
// the demands and the cases it fits, all of them.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/texts.h"
#include "report/particulars.h"
#include "report/terminal.h"
#include "report/view.h"

namespace khien::report {

inline constexpr std::size_t kScreen = 45;  // lines

struct SummaryWish {
  bool full = false;
  std::vector<Verdict> only;  // empty: all
  std::string severity;       // at least; "": all
  std::string unit;           // part of its name, by letters without marks; "": all
  [[nodiscard]] bool filters() const { return !only.empty() || of_cases(); }
  [[nodiscard]] bool of_cases() const { return !severity.empty() || !unit.empty(); }
};
// As they are called in JSON or as the reader's language calls them, marks and case aside
// ("not_met", "chua-dat"). K0606.
[[nodiscard]] Result<Verdict> verdict_named(const Texts& texts, std::string_view name);
[[nodiscard]] Result<std::string> severity_named(const Texts& texts, std::string_view name);

// width: columns of the terminal; below 60 reads as 60, above 200 as 200.
[[nodiscard]] Pieces summary(const Assessment& assessment, const Texts& texts, int width,
                             const SummaryWish& wish = {}, const Particulars& particulars = {});

// Its two other shapes; `view` has the orders as they are to be printed.
[[nodiscard]] Pieces full_summary(const View& view, const Texts& texts, std::size_t columns);
[[nodiscard]] Pieces filtered_summary(const View& view, const Texts& texts, std::size_t columns,
                                      const SummaryWish& wish, const Particulars& particulars);

// Facts that anybody could have sealed: said before anything is believed of them. "" of none.
[[nodiscard]] std::string unknown_keys(const Texts& texts, const Assessment& a, std::size_t width);
// Without a failure there is praise only where something was asked and nothing is open.
[[nodiscard]] std::string nothing_failed(const Texts& texts, const View& view);
// "Công văn số 128/SKHCN-CĐS, Mẫu Đông, ngày 05/10/2026"
[[nodiscard]] std::string order_name(const Texts& texts, const View& view, const DispatchView& d);
// The same with ": 10 nội dung; 01 đạt, 08 chưa đạt, ..."
[[nodiscard]] std::string order_line(const Texts& texts, const View& view, const DispatchView& d);
// Widths of verdict, place and sentence.
[[nodiscard]] Grid demand_grid(const Texts& texts, const DispatchView& d, std::size_t width);
void demand_row(Pieces& out, const Grid& grid, const Texts& texts, const View& view,
                const MeasureView& m);

}  // namespace khien::report
