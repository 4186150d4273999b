// What a verdict rests on, a line a control run, attestation or undecided kind (words.h).
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/words.h"

namespace khien::report {
namespace {

Args count_args(const Texts& texts, const RunRecord& run) {
  return {{"failed", run.failed},   {"total", run.total()}, {"passed", run.passed},
          {"unknown", run.unknown}, {"unit", table_words(texts, run.table)}};
}

// The officer is told what to supply or do; those the paper goes to are not.
std::string why(const Texts& texts, const View& view, const FindingRecord& f) {
  const std::string how =
      f.reason == "reason.never_collected"
          ? "supply." + f.missing
          : "todo." + f.reason.substr(std::min<std::size_t>(7, f.reason.size()));
  if (!view.for_officer || !texts.has(how)) return texts(f.reason);
  return texts("report.line.supply", {{"reason", texts(f.reason)}, {"how", texts(how)}});
}

// Why rows of a run are unknown, the most frequent reason first: "không có ngày đổi mật khẩu (12
// tài khoản)". A row without a subject says what is missing altogether: its reason stands alone.
// Empty when no row gives a reason that has words.
std::string row_reasons(const Texts& texts, const View& view, const RunRecord& run) {
  std::map<std::string, std::int64_t> counts;  // its words -> subjects, 0 for what is missing
  std::map<std::string, bool> named;           // subjects that are no row: an application, a system
  if (const auto it = view.findings_of_run.find(run.id); it != view.findings_of_run.end()) {
    for (const FindingRecord* f : it->second) {
      if (f->result != Outcome::unknown || !texts.has(f->reason)) continue;
      const std::string reason = why(texts, view, *f);
      counts[reason] += f->subject.empty() ? 0 : 1;
      named[reason] = named[reason] || f->fact == 0;
    }
  }
  std::vector<std::pair<std::int64_t, std::string>> ranked;
  for (const auto& [reason, n] : counts) ranked.emplace_back(-n, reason);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> words;
  for (const auto& [n, reason] : ranked) {
    words.push_back(n == 0 ? reason
                           : texts("report.line.because",
                                   {{"reason", reason}, {"n", -n},
                                    {"unit", table_words(texts, named[reason] ? "" : run.table)}}));
  }
  return fmt::format("{}", fmt::join(words, "; "));
}

std::string unknown_words(const Texts& texts, const View& view, const RunRecord& run) {
  if (std::string words = row_reasons(texts, view, run); !words.empty()) return words;
  return run.unknown > 0 && run.total() > 1 ? texts("report.line.unknown", count_args(texts, run))
                                            : reason_words(texts, run.reason);
}

std::string failure(const Texts& texts, const RunRecord& run) {
  const Args args = count_args(texts, run);
  const std::string id = fmt::format("control.{}.fail", run.control);
  return texts.has(id) ? texts(id, args) : texts("report.line.failed", args);
}

std::string failed_line(const Texts& texts, const RunRecord& run) {
  const Args args = count_args(texts, run);
  const std::string what = failure(texts, run);
  if (run.total() <= 1) return capital(what);
  return texts("report.line.passed", args) + "; " + what;
}

std::string line_of_outcome(const Texts& texts, const View& view, const RunRecord& run) {
  const Args args = count_args(texts, run);
  const std::string title = control_words(texts, run.control);
  switch (run.outcome) {
    case Outcome::fail: return failed_line(texts, run);
    case Outcome::pass: {
      const std::string id = fmt::format("control.{}.pass", run.control);
      const std::string words = texts.has(id) ? texts(id, args) : "";
      const std::string counts = texts("report.line.share", args);  // 312/312
      if (words.find(counts) != words.npos) return capital(words);
      return title + ": " + texts("report.line.passed", args);
    }
    case Outcome::not_applicable: return title + ": " + outcome_word(texts, run.outcome);
    case Outcome::unknown:
    case Outcome::error:
    case Outcome::not_checked: break;
  }
  std::string line = title + ": ";
  if (run.outcome == Outcome::error) line += outcome_word(texts, run.outcome) + "; ";
  if (run.outcome == Outcome::unknown && run.passed > 0) {
    line += texts("report.line.passed", args) + "; ";
  }
  return line + unknown_words(texts, view, run);
}

std::string attested_line(const Texts& texts, const Assessment& a, const KindRecord& kind) {
  for (const AttestationRecord& t : a.attestations) {
    if (t.kind != kind.kind || !t.accepted) continue;
    Args args = {{"statement", clean(t.statement)}, {"by", clean(t.signed_by)},
                 {"on", texts.date(t.signed_on)}, {"until", texts.date(t.valid_until)}};
    return texts(t.valid_until.empty() ? "report.line.attested_open" : "report.line.attested",
                 args);
  }
  return texts("report.line.attested_unnamed", {{"kind", kind_words(texts, kind.kind)}});
}

std::string see_list(const Texts& texts, const View& view, const RunRecord& run) {
  const auto list = view.list_of_run.find(run.id);
  if (list == view.list_of_run.end()) return "";
  return " " + texts("report.line.see_list", {{"n", std::int64_t{list->second}}});
}

bool has_run(const MeasureView& m, const std::string& kind) {
  return std::any_of(m.runs.begin(), m.runs.end(),
                     [&](const RunRecord* r) { return r->kind == kind; });
}

int weight(Outcome outcome) {
  if (outcome == Outcome::fail) return 0;
  return outcome == Outcome::pass ? 1 : 2;
}

bool undecided(const RunRecord& run) {
  return run.outcome == Outcome::unknown || run.outcome == Outcome::error ||
         run.outcome == Outcome::not_checked;
}

// "A; B: the reason they share", in the order of their first.
std::vector<std::string> by_reason(const std::vector<Gap>& gaps) {
  std::vector<std::string> reasons;
  std::map<std::string, std::string> titles;
  for (const Gap& gap : gaps) {
    const auto [it, fresh] = titles.emplace(gap.reason, gap.title);
    if (fresh) {
      reasons.push_back(gap.reason);
    } else {
      it->second += "; " + gap.title;
    }
  }
  std::vector<std::string> lines;
  for (const std::string& reason : reasons) lines.push_back(titles[reason] + ": " + reason);
  return lines;
}

void add_unique(std::vector<std::string>& lines, std::string line) {
  if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
}

}  // namespace

std::string limits_words(const Texts& texts, const Node& parameters,
                         const std::vector<std::string>& names) {
  std::vector<std::string> words;
  for (const std::string& name : names) {
    const Node& value = parameters[name];
    if (!value.is_scalar() || value.text().empty()) continue;
    const std::string id = "parameter." + name;
    const std::string named = "value." + value.text();
    std::string limit = texts.has(id) ? texts(id) : texts("report.line.limit");
    std::string amount =
        texts.has(named) ? texts(named) : observed_words(texts, value.text());
    constexpr std::string_view kPercent = " (%)";  // "tỷ lệ ký nhận (%) 90" -> "... 90%"
    if (limit.ends_with(kPercent)) {
      limit.resize(limit.size() - kPercent.size());
      amount += "%";
    }
    words.push_back(limit + " " + amount);
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string run_line(const Texts& texts, const View& view, const RunRecord& run, bool annex) {
  std::string line = line_of_outcome(texts, view, run);
  const bool counted = run.outcome == Outcome::fail || run.outcome == Outcome::pass;
  if (counted && run.unknown > 0) {
    const std::string reasons = row_reasons(texts, view, run);
    line += "; " + (reasons.empty()
                        ? texts("report.line.unknown", count_args(texts, run))
                        : texts("report.line.unknown_because", {{"reasons", reasons}}));
  }
  if (counted && run.errors > 0) line += "; " + texts("report.line.errors", {{"n", run.errors}});
  if (const std::string words = limits_words(texts, run.parameters, run.defaulted);
      counted && !words.empty()) {
    line += " " + texts("report.line.defaulted", {{"values", words}});
  }
  return annex ? line + see_list(texts, view, run) : line;
}

std::string shortcoming_line(const Texts& texts, const View& view, const RunRecord& run) {
  return capital(failure(texts, run)) + see_list(texts, view, run);
}

std::vector<std::string> basis_lines(const Texts& texts, const View& view, const MeasureView& m,
                                     bool annex) {
  std::vector<const RunRecord*> runs = m.runs;
  std::stable_sort(runs.begin(), runs.end(), [](const RunRecord* a, const RunRecord* b) {
    return weight(a->outcome) < weight(b->outcome);  // what decided comes first
  });
  std::vector<std::string> decided;
  std::vector<std::string> open;
  for (const RunRecord* run : runs) {
    // What does not apply to anything here says nothing beside what does; the annexes keep it.
    if (run->outcome == Outcome::not_applicable && runs.size() > 1) continue;
    add_unique(undecided(*run) ? open : decided, run_line(texts, view, *run, annex));
  }
  std::vector<Gap> gaps;
  for (const KindRecord& kind : m.measure->kinds) {
    if (kind.decided_by == "attestation") {
      add_unique(decided, attested_line(texts, *view.assessment, kind));
    } else if (!has_run(m, kind.kind)) {
      gaps.push_back({kind_words(texts, kind.kind), reason_words(texts, kind.reason), ""});
    }
  }
  for (std::string& line : open) decided.push_back(std::move(line));
  for (std::string& line : by_reason(gaps)) add_unique(decided, std::move(line));
  if (decided.empty() && !runs.empty()) {  // nothing applied
    decided.push_back(run_line(texts, view, *runs.front(), annex));
  }
  return decided;
}

std::vector<std::string> brief_lines(const Texts& texts, const View& view, const MeasureView& m) {
  std::vector<std::string> lines;
  for (const RunRecord* run : m.runs) {
    if (run->outcome == Outcome::fail) add_unique(lines, capital(failure(texts, *run)));
  }
  return lines.empty() ? basis_lines(texts, view, m, false) : lines;
}

std::vector<Gap> gaps_of(const Texts& texts, const View& view, const MeasureView& m) {
  std::vector<Gap> gaps;
  const auto add = [&](Gap gap) {
    const bool known = std::any_of(gaps.begin(), gaps.end(), [&](const Gap& g) {
      return g.title == gap.title && g.reason == gap.reason;
    });
    if (!known) gaps.push_back(std::move(gap));
  };
  for (const KindRecord& kind : m.measure->kinds) {
    if (kind.decided_by == "attestation") continue;
    for (const RunRecord* run : m.runs) {
      if (run->kind != kind.kind) continue;
      if (undecided(*run) || run->unknown > 0) {
        add({control_words(texts, run->control), unknown_words(texts, view, *run), run->control});
      }
    }
    const bool decided = kind.outcome == Outcome::pass || kind.outcome == Outcome::fail ||
                         kind.outcome == Outcome::not_applicable;
    if (!has_run(m, kind.kind) && !decided) {
      add({kind_words(texts, kind.kind), reason_words(texts, kind.reason), ""});
    }
  }
  return gaps;
}

std::vector<std::string> gap_lines(const Texts& texts, const View& view, const MeasureView& m) {
  return by_reason(gaps_of(texts, view, m));
}

}  // namespace khien::report
