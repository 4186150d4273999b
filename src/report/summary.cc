// Aligned columns by display width: Vietnamese letters are one column each, however many bytes.
#include "report/summary.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kTasks = 5;

// The part of `word` that fits into `columns`, at least one code point.
std::string_view head_of(std::string_view word, std::size_t columns) {
  std::size_t end = 0;
  while (end < word.size()) {
    std::size_t next = end + 1;
    while (next < word.size() && (static_cast<unsigned char>(word[next]) & 0xc0) == 0x80) ++next;
    if (end > 0 && display_width(word.substr(0, next)) > columns) break;
    end = next;
  }
  return word.substr(0, end);
}

std::string padded(const std::string& text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return width >= columns ? text : text + std::string(columns - width, ' ');
}

struct Grid {
  std::vector<std::size_t> widths;

  // One row of cells, each wrapped in its column.
  [[nodiscard]] std::string row(const std::vector<std::string>& cells) const {
    std::vector<std::vector<std::string>> wrapped;
    std::size_t height = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      wrapped.push_back(wrap(cells[i], widths[i]));
      height = std::max(height, wrapped.back().size());
    }
    std::string out;
    for (std::size_t line = 0; line < height; ++line) {
      std::string text;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string part = line < wrapped[i].size() ? wrapped[i][line] : "";
        text += padded(part, widths[i]) + std::string(i + 1 < cells.size() ? kGap : 0, ' ');
      }
      while (!text.empty() && text.back() == ' ') text.pop_back();
      out += text + "\n";
    }
    return out;
  }
};

std::string listed(const std::vector<std::string>& lines, std::size_t width) {
  std::string out;
  for (const std::string& line : lines) {
    bool first = true;
    for (const std::string& part : wrap(line, width - 4)) {
      out += (first ? "  - " : "    ") + part + "\n";
      first = false;
    }
  }
  return out;
}

std::string wrapped_line(const std::string& text, std::size_t width) {
  return fmt::format("{}\n", fmt::join(wrap(text, width), "\n"));
}

Grid grid_of(const Texts& texts, const DispatchView& d, std::size_t width) {
  std::size_t place = 6;
  std::size_t verdict = 6;
  for (const MeasureView& m : d.addressed) {
    place = std::max(place, display_width(cite(texts, *m.measure)));
    verdict = std::max(verdict, display_width(verdict_word(texts, m.measure->verdict)));
  }
  place = std::min<std::size_t>(place, width >= 120 ? 33 : 15);
  verdict = std::min<std::size_t>(verdict, width >= 110 ? 24 : 13);
  const std::size_t rest = width - place - verdict - 3 * kGap;
  const std::size_t text = rest * 45 / 100;
  return {{place, text, verdict, rest - text}};
}

std::string measures_of(const Texts& texts, const View& view, const DispatchView& d,
                        std::size_t width) {
  const Grid grid = grid_of(texts, d, width);
  std::string out;
  for (const MeasureView& m : d.addressed) {
    const std::string basis =
        fmt::format("{}", fmt::join(brief_lines(texts, view, m), "; "));
    out += grid.row({cite(texts, *m.measure), measure_words(texts, *m.measure, grid.widths[1] * 2),
                     verdict_word(texts, m.measure->verdict),
                     excerpt(basis, grid.widths[3] * 4)});
  }
  return out;
}

std::string dispatch_part(const Texts& texts, const View& view, const DispatchView& d,
                          std::size_t width) {
  std::string name = number_of(texts, *d.dispatch);
  const std::string place = clean(d.dispatch->place);
  const std::string when = squeeze(dated(texts, d.dispatch->issued_on));
  for (const std::string& part : {place, when}) {
    if (!part.empty()) name += ", " + part;
  }
  std::string out = wrapped_line(
      texts("report.summary.head", {{"dispatch", name}, {"measures", d.coverage.measures},
                                    {"controls", std::int64_t{d.controls}},
                                    {"percent", std::int64_t{d.coverage.percent()}}}),
      width);
  out += measures_of(texts, view, d, width);
  out += wrapped_line(
      texts("report.summary.totals",
            {{"met", std::int64_t{d.by_verdict(Verdict::met)}},
             {"partly", std::int64_t{d.by_verdict(Verdict::partly_met)}},
             {"not_met", std::int64_t{d.by_verdict(Verdict::not_met)}},
             {"undetermined", std::int64_t{d.by_verdict(Verdict::undetermined)}}}),
      width);
  if (!d.elsewhere.empty()) {
    out += wrapped_line(texts("report.summary.elsewhere",
                              {{"n", static_cast<std::int64_t>(d.elsewhere.size())}}),
                        width);
  }
  return out + "\n";
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

// Without a failure there is praise only where something was asked and nothing is open.
std::string nothing_failed(const Texts& texts, const View& view) {
  if (asks_nothing(view)) return texts("report.priorities.not_asked");
  std::int64_t open = 0;
  for (const DispatchView& d : view.dispatches) {
    open += d.by_verdict(Verdict::undetermined) + d.by_verdict(Verdict::partly_met);
  }
  return open == 0 ? texts("report.priorities.none") : texts("report.summary.open", {{"n", open}});
}

// Facts that anybody could have sealed: said before anything is believed of them.
std::string unknown_keys(const Texts& texts, const Assessment& a, std::size_t width) {
  std::set<std::string> bundles;
  for (const CollectionRecord& c : a.collections) {
    if (!c.sealed_by.empty() && !c.key_known) bundles.insert(excerpt(c.source, 60));
  }
  if (bundles.empty()) return "";
  return wrapped_line(
      texts("report.summary.unknown_keys",
            {{"n", static_cast<std::int64_t>(bundles.size())},
             {"sources", excerpt(fmt::format("{}", fmt::join(bundles, ", ")), width * 2)}}),
      width);
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  columns = std::max<std::size_t>(columns, 1);
  std::vector<std::string> lines;
  std::string line;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    std::string_view word = text.substr(0, space);
    text = space == text.npos ? std::string_view{} : text.substr(space + 1);
    while (!word.empty()) {
      const std::size_t width = display_width(word);
      const std::size_t lead = line.empty() ? 0 : 1;
      if (used + lead + width <= columns) {
        line += std::string(lead, ' ') + std::string(word);
        used += lead + width;
        break;
      }
      if (!line.empty()) {
        lines.push_back(std::move(line));
        line.clear();
        used = 0;
        continue;
      }
      const std::string_view part = head_of(word, columns);
      lines.emplace_back(part);
      word.remove_prefix(part.size());
    }
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string summary(const Assessment& assessment, const Texts& texts, int width) {
  const auto columns = static_cast<std::size_t>(std::clamp(width, 60, 200));
  View view = view_of(assessment);
  view.for_officer = true;
  std::string out;
  if (assessment.agency.sample) out += texts("report.sample_mark") + "\n";
  for (const DispatchView& d : view.dispatches) out += dispatch_part(texts, view, d, columns);
  out += unknown_keys(texts, assessment, columns);
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
  return out;
}

}  // namespace khien::report
