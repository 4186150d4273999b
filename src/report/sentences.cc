// Texts with {fail} and {total}; and which of a measure's sentences stand in its row.
#include "report/sentences.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "report/account_lines.h"
#include "report/annexes.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kRowFailures = 3;  // sentences of one row; the rest is in Annex I
constexpr std::size_t kRowOthers = 2;

std::string id_of(const std::string& control, const std::string& part) {
  return fmt::format("paper.{}.{}", control, part);
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789., ") == text.npos;
}

// Rows whose verdict is that something is missing altogether stand for no subject.
std::int64_t absent_rows(const View& view, const RunRecord& run) {
  const auto it = view.findings_of_run.find(run.id);
  if (it == view.findings_of_run.end()) return 0;
  return std::count_if(it->second.begin(), it->second.end(), [](const FindingRecord* f) {
    return f->result == Outcome::unknown && f->fact == 0;
  });
}

// Rows that failed for a reason which has a sentence of its own for this part: its id and how many.
std::map<std::string, std::int64_t> own_sentences(const Texts& texts, const View& view,
                                                  const RunRecord& run, const std::string& part) {
  std::map<std::string, std::int64_t> out;
  const auto it = view.findings_of_run.find(run.id);
  if (it == view.findings_of_run.end()) return out;
  for (const FindingRecord* f : it->second) {
    if (f->result != Outcome::fail || f->reason.empty()) continue;
    const std::string last = f->reason.substr(f->reason.rfind('.') + 1);
    const std::string id = id_of(run.control, part + "_of." + last);
    if (texts.has(id)) ++out[id];
  }
  return out;
}

void add_new(std::vector<std::string>& lines, std::string line) {
  if (line.empty()) return;
  if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
}

std::vector<const RunRecord*> failures(const View& view, const MeasureView& m) {
  std::vector<const RunRecord*> out;
  for (const RunRecord* run : m.runs) {
    if (run->outcome == Outcome::fail) out.push_back(run);
  }
  std::stable_sort(out.begin(), out.end(), [&](const RunRecord* a, const RunRecord* b) {
    const int x = severity_rank(severity_of(view, *a));
    const int y = severity_rank(severity_of(view, *b));
    return x != y ? x > y : a->failed > b->failed;
  });
  return out;
}

std::vector<std::string> failed_figures(const Texts& texts, const View& view,
                                        const MeasureView& m,
                                        const std::vector<const RunRecord*>& failed) {
  std::vector<std::string> lines;
  for (const RunRecord* run : failed) add_new(lines, sentence_of(texts, view, *run, "not_met"));
  if (lines.size() > kRowFailures) {
    const auto more = static_cast<std::int64_t>(lines.size() - kRowFailures + 1);
    lines.resize(kRowFailures - 1);
    lines.push_back(texts("report.paper.more", {{"n", counted(texts, more)},
                           {"lists", annex_label(texts, view, Annex::lists)}}));
  }
  if (const auto gaps = gaps_of(texts, view, m); !gaps.empty()) {
    const auto n = static_cast<std::int64_t>(gaps.size());
    lines.push_back(texts("report.paper.some_open", {{"n", counted(texts, n)}}));
  }
  return lines;
}

std::string own_word(const Texts& texts, const Assessment& a, const KindRecord& kind) {
  for (const AttestationRecord& t : a.attestations) {
    if (t.kind != kind.kind || !t.accepted) continue;
    return texts("report.paper.attested", {{"statement", clean(t.statement)},
                                           {"by", clean(t.signed_by)},
                                           {"on", texts.date(t.signed_on)}});
  }
  return "";
}

}  // namespace

std::string count_words(const Texts& texts, std::int64_t n) {
  if (texts.lang() == "vi" && n > 0 && n < 10) return fmt::format("{:02}", n);
  return texts("report.paper.number", {{"n", n}});
}

Arg counted(const Texts& texts, std::int64_t n) {
  if (texts.lang() == "vi") return count_words(texts, n);
  return n;
}

std::int64_t subjects_of(const View& view, const RunRecord& run) {
  return std::max(run.failed, run.total() - absent_rows(view, run));
}

std::string noun_of(const Texts& texts, const std::string& control) {
  const std::string id = id_of(control, "noun");
  return texts.has(id) ? texts(id) : control_words(texts, control);
}

std::string sentence_of(const Texts& texts, const View& view, const RunRecord& run,
                        const std::string& part) {
  const auto args = [&](std::int64_t fail) -> Args {
    return {{"fail", counted(texts, fail)},
            {"total", counted(texts, subjects_of(view, run))},
            {"noun", noun_of(texts, run.control)}};
  };
  std::int64_t others = run.failed;
  std::string own;
  for (const auto& [id, n] : own_sentences(texts, view, run, part)) {
    others -= n;
    own += (own.empty() ? "" : " ") + texts(id, args(n));
  }
  if (!own.empty() && others <= 0) return own;
  if (!own.empty()) own.insert(0, " ");
  if (const std::string id = id_of(run.control, part); texts.has(id)) {
    return texts(id, args(others)) + own;
  }
  return part == "cause" ? "" : texts("report.paper." + part, args(others)) + own;
}

std::string inside(std::string_view noun) {
  const std::size_t space = noun.find(' ');
  const std::string_view first = noun.substr(0, space);
  const bool name = first.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1) != first.npos ||
                    first == "Windows" || first == "Internet";
  if (name || noun.empty()) return std::string(noun);
  std::u32string points = to_u32(noun);
  points[0] = to_u32(fold(to_utf8(points.substr(0, 1))))[0];
  return to_utf8(points);
}

std::string subject_words(const Texts& texts, std::string_view subject) {
  constexpr std::size_t kDay = 10;  // 2027-02-04
  std::string out;
  for (std::size_t i = 0; i < subject.size(); ++i) {
    const std::string_view day = subject.substr(i, kDay);
    if (day.size() == kDay && day[4] == '-' && parse_date(day)) {
      out += texts.date(day);
      i += kDay - 1;
    } else {
      out += subject[i];
    }
  }
  return excerpt(out, 120);
}

std::string noted(const Texts& texts, const FindingRecord& f) {
  std::string seen = excerpt(observed_words(texts, f.observed), 120);
  const bool is_login =
      !seen.empty() && (f.subject == seen || f.subject.ends_with(":" + seen));
  if (seen == "none" || is_login) seen.clear();
  std::string shown = seen;  // "7" -> "07" inside a sentence of its own
  if (seen.size() == 1 && seen != "0" && is_number(seen)) {
    shown = count_words(texts, std::atoi(seen.c_str()));
  }
  const std::string last = f.reason.substr(f.reason.rfind('.') + 1);
  const std::string own = id_of(f.control, f.reason.empty() ? "row" : "rows." + last);
  if (const auto at = texts.patterns().find(own); at != texts.patterns().end()) {
    const bool wants = at->second.find('{') != std::string::npos;
    if (!seen.empty() || !wants) return texts(own, {{"observed", shown}});
  }
  if (!f.reason.empty()) {
    const std::string why = reason_words(texts, f.reason);
    const bool bare = seen.empty() || is_number(seen) || why.find(seen) != why.npos;
    return sentence(bare ? why : fmt::format("{} ({})", why, seen));
  }
  if (seen.empty() || is_number(seen)) return sentence(problem_words(texts, f.control));
  return sentence(seen);
}

std::vector<std::string> figures(const Texts& texts, const View& view, const MeasureView& m) {
  const auto failed = failures(view, m);
  if (!failed.empty()) return failed_figures(texts, view, m, failed);
  std::vector<std::string> met;
  std::vector<std::string> open;
  std::vector<const RunRecord*> runs = m.runs;  // what would be gravest is said first
  std::stable_sort(runs.begin(), runs.end(), [&](const RunRecord* a, const RunRecord* b) {
    return severity_rank(severity_of(view, *a)) > severity_rank(severity_of(view, *b));
  });
  for (const RunRecord* run : runs) {
    if (run->outcome == Outcome::pass && run->unknown == 0) {
      add_new(met, sentence_of(texts, view, *run, "met"));
    } else if (run->outcome != Outcome::not_applicable) {
      add_new(open, sentence_of(texts, view, *run, "undecided"));
    }
  }
  for (const KindRecord& kind : m.measure->kinds) {
    if (kind.decided_by == "attestation") add_new(met, own_word(texts, *view.assessment, kind));
  }
  if (open.empty() && !met.empty() && m.measure->verdict != Verdict::met) {
    open.push_back(texts("report.paper.part_checked"));
  }
  const bool more = open.size() > kRowOthers;
  if (met.size() > kRowOthers) met.resize(kRowOthers);
  if (more) open.resize(kRowOthers);
  if (open.empty() && met.empty()) open.push_back(texts("report.paper.no_evidence"));
  met.insert(met.end(), open.begin(), open.end());
  if (more) met.push_back(texts("report.paper.open_more",
                              {{"gaps", annex_label(texts, view, Annex::gaps)}}));
  return met;
}

}  // namespace khien::report
