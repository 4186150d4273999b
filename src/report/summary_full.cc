// assess --full: a row a demand with its basis, every gap and its reason, the first tasks at
// length.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "report/summary.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kTasks = 5;

Grid grid_of(const Texts& texts, const DispatchView& d, std::size_t width) {
  std::size_t place = 6;
  std::size_t verdict = 6;
  for (const MeasureView& m : d.addressed) {
    place = std::max(place, display_width(cite(texts, *m.measure)));
    verdict = std::max(verdict, display_width(verdict_word(texts, m.measure->verdict)));
  }
  place = std::min<std::size_t>(place, width >= 120 ? 33 : 15);
  verdict = std::min<std::size_t>(verdict, width >= 110 ? 24 : 13);
  const std::size_t rest = width - place - verdict - 6;  // three gaps
  const std::size_t text = rest * 45 / 100;
  return {{place, text, verdict, rest - text}};
}

void measures_of(Pieces& out, const Texts& texts, const View& view, const DispatchView& d,
                 std::size_t width) {
  const Grid grid = grid_of(texts, d, width);
  for (const MeasureView& m : d.addressed) {
    const std::string basis =
        fmt::format("{}", fmt::join(brief_lines(texts, view, m), "; "));
    grid.row(out,
             {cite(texts, *m.measure), measure_words(texts, *m.measure, grid.widths[1] * 2),
              verdict_word(texts, m.measure->verdict), excerpt(basis, grid.widths[3] * 4)},
             2, tone_of(m.measure->verdict));
  }
}

void dispatch_part(Pieces& out, const Texts& texts, const View& view, const DispatchView& d,
                   std::size_t width) {
  const std::string name = order_name(texts, view, d);
  out.push_back({wrapped_line(
      texts("report.summary.head", {{"dispatch", name}, {"measures", d.coverage.measures},
                                    {"controls", std::int64_t{d.controls}},
                                    {"percent", std::int64_t{d.coverage.percent()}}}),
      width), Tone::strong});
  measures_of(out, texts, view, d, width);
  out.push_back({wrapped_line(
      texts("report.summary.totals",
            {{"met", std::int64_t{d.by_verdict(Verdict::met)}},
             {"partly", std::int64_t{d.by_verdict(Verdict::partly_met)}},
             {"not_met", std::int64_t{d.by_verdict(Verdict::not_met)}},
             {"undetermined", std::int64_t{d.by_verdict(Verdict::undetermined)}}}),
      width)});
  if (!d.elsewhere.empty()) {
    out.push_back({wrapped_line(
        texts("report.summary.elsewhere", {{"n", static_cast<std::int64_t>(d.elsewhere.size())}}),
        width)});
  }
  out.push_back({"\n"});
}

// One line a reason: whatever shares it, with its place. The paper has all; here at most 4 lines.
std::vector<std::string> gap_list(const Texts& texts, const View& view, std::size_t width) {
  std::vector<std::string> reasons;
  std::map<std::string, std::vector<std::string>> places;
  for (const DispatchView& d : view.dispatches) {
    for (const MeasureView& m : d.addressed) {
      for (const Gap& gap : gaps_of(texts, view, m)) {
        auto& list = places[gap.reason];
        if (list.empty()) reasons.push_back(gap.reason);
        list.push_back(fmt::format("{} ({})", gap.title, cite(texts, *m.measure)));
      }
    }
  }
  std::vector<std::string> lines;
  for (const std::string& reason : reasons) {
    const auto& list = places[reason];
    if (list.size() == 1) {
      lines.push_back(excerpt(list[0] + ": " + reason, width * 4));
      continue;
    }
    lines.push_back(excerpt(fmt::format("{} [{}]: {}", capital(reason), list.size(),
                                        fmt::join(list, "; ")),
                            width * 4));
  }
  return lines;
}

}  // namespace

Pieces full_summary(const View& view, const Texts& texts, std::size_t columns) {
  const Assessment& assessment = *view.assessment;
  Pieces orders;
  for (const DispatchView& d : view.dispatches) {
    dispatch_part(orders, texts, view, d, columns);
  }
  std::string out = unknown_keys(texts, assessment, columns);
  const std::vector<std::string> gaps = gap_list(texts, view, columns);
  out += texts("report.summary.gaps");
  out += gaps.empty() ? " " + texts("report.summary.none") + "\n" : "\n" + listed(gaps, columns);
  std::vector<std::string> tasks;
  for (const RunRecord* run : priorities(view)) {
    if (tasks.size() == kTasks) break;
    tasks.push_back(excerpt(
        texts("report.summary.task", {{"control", control_words(texts, run->control)},
                                      {"n", run->failed},
                                      {"unit", table_words(texts, run->table)},
                                      {"task", sentence(fix_words(texts, *run))}}),
        columns * 3));
  }
  out += texts("report.summary.priorities");
  out += tasks.empty() ? " " + nothing_failed(texts, view) + "\n"
                       : "\n" + listed(tasks, columns);
  std::vector<std::string> stricter;
  for (const RunRecord* run : view.extra) {
    if (run->outcome != Outcome::fail) continue;
    const std::string by = run->required_by.empty()
                               ? texts("report.stricter.unnamed")
                               : norm_words(texts, assessment, run->required_by);
    stricter.push_back(by + ": " + run_line(texts, view, *run, false));
  }
  if (!stricter.empty()) out += texts("report.summary.stricter") + "\n" + listed(stricter, columns);
  orders.push_back({std::move(out)});
  return orders;
}

}  // namespace khien::report
