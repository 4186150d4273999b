// assess --only, --severity, --unit: the demands that fit, and the cases behind them with the
// person and unit each belongs to.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "report/errors.h"
#include "report/sentences.h"
#include "report/summary.h"
#include "report/words.h"

namespace khien::report {
namespace {

class Filter {
 public:
  Filter(const View& view, const SummaryWish& wish, const Particulars& p)
      : view_(view), wish_(wish), p_(p), unit_(skeleton(wish.unit)) {}

  [[nodiscard]] bool fits(const FindingRecord& f) const {
    if (f.result != Outcome::fail || f.subject.empty()) return false;
    if (!wish_.severity.empty() && severity_rank(f.severity) < severity_rank(wish_.severity)) {
      return false;
    }
    if (unit_.empty()) return true;
    const auto holder = p_.holders.find(f.id);
    return holder != p_.holders.end() &&
           skeleton(holder->second.unit).find(unit_) != std::string::npos;
  }
  [[nodiscard]] std::vector<const FindingRecord*> rows(const RunRecord& run) const {
    std::vector<const FindingRecord*> out;
    const auto all = view_.findings_of_run.find(run.id);
    if (all == view_.findings_of_run.end()) return out;
    for (const FindingRecord* f : all->second) {
      if (fits(*f)) out.push_back(f);
    }
    return out;
  }
  [[nodiscard]] bool fits(const MeasureView& m) const {
    const auto& only = wish_.only;
    if (!only.empty() && std::find(only.begin(), only.end(), m.measure->verdict) == only.end()) {
      return false;
    }
    return !wish_.of_cases() || std::any_of(m.runs.begin(), m.runs.end(), [&](const auto* run) {
      return !rows(*run).empty();
    });
  }

 private:
  const View& view_;
  const SummaryWish& wish_;
  const Particulars& p_;
  std::string unit_;
};

// "Nguyễn Văn A, Phòng Kế toán; TDOffice: nva" where somebody is known, else the subject.
std::string who(const Texts& texts, const FindingRecord& f, const Particulars& p) {
  const auto at = p.holders.find(f.id);
  if (at == p.holders.end()) return subject_words(texts, f.subject);
  const Holder& h = at->second;
  std::string out = clean(h.name);
  if (out.empty()) out = subject_words(texts, f.subject);
  if (!h.unit.empty()) out += ", " + clean(h.unit);
  if (!h.name.empty() && !h.login.empty()) {
    out += "; " + (h.app.empty() ? "" : clean(h.app) + ": ") + clean(h.login);
  }
  return out;
}

}  // namespace

Result<Verdict> verdict_named(const Texts& texts, std::string_view name) {
  std::string wanted(name);
  std::replace(wanted.begin(), wanted.end(), '-', ' ');
  std::string allowed;
  for (const Verdict v : {Verdict::met, Verdict::partly_met, Verdict::not_met,
                          Verdict::undetermined}) {
    const std::string word = skeleton(texts(fmt::format("report.verdict.{}", to_string(v))));
    if (name == to_string(v) || skeleton(wanted) == word) return v;
    std::string shown = word;
    std::replace(shown.begin(), shown.end(), ' ', '-');
    allowed += (allowed.empty() ? "" : ", ") + shown;
  }
  return fail(err::filter_unknown, "--only",
              {{"value", std::string(name)}, {"allowed", allowed}});
}

Result<std::string> severity_named(const Texts& texts, std::string_view name) {
  std::string wanted(name);
  std::replace(wanted.begin(), wanted.end(), '-', ' ');
  std::string allowed;
  for (const char* s : {"info", "low", "medium", "high", "critical"}) {
    const std::string word = skeleton(severity_word(texts, s));
    if (name == s || skeleton(wanted) == word) return std::string(s);
    std::string shown = word;
    std::replace(shown.begin(), shown.end(), ' ', '-');
    allowed += (allowed.empty() ? "" : ", ") + shown;
  }
  return fail(err::filter_unknown, "--severity",
              {{"value", std::string(name)}, {"allowed", allowed}});
}

Pieces filtered_summary(const View& view, const Texts& texts, std::size_t columns,
                        const SummaryWish& wish, const Particulars& p) {
  const Filter filter(view, wish, p);
  Pieces out;
  bool any = false;
  for (const DispatchView& d : view.dispatches) {
    const Grid grid = demand_grid(texts, d, columns);
    bool first = true;
    for (const MeasureView& m : d.addressed) {
      if (!filter.fits(m)) continue;
      if (first) out.push_back({wrapped_line(order_line(texts, view, d), columns), Tone::strong});
      first = false;
      any = true;
      demand_row(out, grid, texts, view, m);
    }
  }
  if (!any) out.push_back({wrapped_line(texts("report.screen.nothing_fits"), columns)});
  if (!wish.of_cases()) return out;
  for (const RunRecord* run : priorities(view)) {
    const auto rows = filter.rows(*run);
    if (rows.empty()) continue;
    const auto n = static_cast<std::int64_t>(rows.size());
    out.push_back({wrapped_line(
                       texts("report.screen.cases",
                             {{"noun", noun_of(texts, run->control)},
                              {"n", counted(texts, n)}}),
                       columns),
                   Tone::strong});
    std::vector<std::string> lines;
    for (const FindingRecord* f : rows) {
      lines.push_back(texts("report.screen.case",
                            {{"who", who(texts, *f, p)}, {"what", noted(texts, *f)},
                             {"severity", severity_word(texts, f->severity)}}));
    }
    out.push_back({listed(lines, columns)});
  }
  return out;
}

}  // namespace khien::report
