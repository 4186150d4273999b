#include "report/changes.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/calendar.h"
#include "report/answer.h"
#include "report/sentences.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kNamed = 10;  // new cases named on paper and on a terminal
constexpr std::array kOrder = {Change::better, Change::worse, Change::same, Change::unclear,
                               Change::added, Change::gone};

std::string verdict_of(const Texts& texts, const std::string& verdict) {
  return verdict.empty() ? texts("report.changes.not_asked") : texts("report.verdict." + verdict);
}

Tone tone_of(Change change) {
  if (change == Change::better) return Tone::good;
  if (change == Change::worse) return Tone::bad;
  return change == Change::unclear ? Tone::open : Tone::plain;
}

int weight(CaseState state) {  // one subject under several demands: what still fails counts
  static constexpr std::array kWeights = {3, 2, 0, 1};  // open, added, closed, unclear
  return kWeights[static_cast<std::size_t>(state)];
}

std::string cases_line(const Texts& texts, const CaseCounts& c) {
  std::vector<std::string> parts;
  const auto add = [&](const char* id, std::int64_t n) {
    if (n > 0) parts.push_back(texts(id, {{"n", counted(texts, n)}}));
  };
  add("report.changes.closed", c.closed);
  if (c.open > 0) {
    parts.push_back(texts("report.changes.open", {{"n", counted(texts, c.open)},
                                                  {"date", day_words(c.since)}}));
  }
  add("report.changes.added", c.added);
  add("report.changes.unclear", c.unclear);
  std::string out = sentence(fmt::format("{}", fmt::join(parts, "; ")));
  if (c.added_subjects.empty()) return out;
  std::vector<std::string> names;
  for (const std::string& s : c.added_subjects) {
    if (names.size() == kNamed) break;
    names.push_back(subject_words(texts, s));
  }
  if (names.size() < c.added_subjects.size()) names.emplace_back("...");
  return out + " " + texts("report.changes.added_names",
                           {{"names", fmt::format("{}", fmt::join(names, "; "))}});
}

}  // namespace

std::string change_place(const Texts& texts, const ChangeRecord& c) {
  MeasureRecord m;
  m.doc_id = c.doc_id;
  m.cite_vi = c.cite_vi;
  return cite(texts, m);
}

std::string change_figures(const Texts& texts, const ChangeRecord& c) {
  std::vector<std::string> parts;
  const auto add = [&](const char* id, std::int64_t n) {
    if (n > 0) parts.push_back(texts(id, {{"n", counted(texts, n)}}));
  };
  if (c.failing_before + c.failing_after > 0) {
    parts.push_back(texts("report.changes.failing",
                          {{"before", counted(texts, c.failing_before)},
                           {"after", counted(texts, c.failing_after)}}));
  }
  add("report.changes.closed", c.closed);
  add("report.changes.added", c.added);
  add("report.changes.unclear", c.unclear);
  if (c.since > 0) {
    parts.push_back(texts("report.changes.since", {{"date", day_words(c.since)}}));
  }
  return parts.empty() ? "" : sentence(fmt::format("{}", fmt::join(parts, "; ")));
}

std::vector<CaseCounts> case_counts(const Comparison& comparison) {
  std::map<std::pair<std::string, std::string>, const CaseRecord*> heaviest;
  std::vector<std::string> controls;
  for (const CaseRecord& c : comparison.cases) {
    const CaseRecord*& at = heaviest[{c.control, c.subject}];
    if (at == nullptr || weight(c.state) > weight(at->state)) at = &c;
    if (std::find(controls.begin(), controls.end(), c.control) == controls.end()) {
      controls.push_back(c.control);
    }
  }
  std::vector<CaseCounts> out;
  for (const std::string& control : controls) out.push_back({.control = control});
  for (const auto& [key, c] : heaviest) {
    CaseCounts& n = *std::find_if(out.begin(), out.end(),
                                  [&](const CaseCounts& x) { return x.control == c->control; });
    switch (c->state) {
      case CaseState::open: ++n.open; break;
      case CaseState::added: ++n.added; n.added_subjects.push_back(c->subject); break;
      case CaseState::closed: ++n.closed; break;
      case CaseState::unclear: ++n.unclear; break;
    }
    if (c->state == CaseState::open && (n.since == 0 || c->since < n.since)) n.since = c->since;
  }
  return out;
}

ChangeTotals totals_of(const Comparison& comparison) {
  ChangeTotals out;
  for (const ChangeRecord& c : comparison.changes) ++out.demands[c.change];
  for (const CaseCounts& c : case_counts(comparison)) {
    out.open += c.open;
    out.added += c.added;
    out.closed += c.closed;
    out.unclear += c.unclear;
  }
  return out;
}

std::string change_word(const Texts& texts, Change change) {
  return texts(fmt::format("report.change.{}", to_string(change)));
}

std::string changes_sentence(const Texts& texts, const Comparison& comparison) {
  ChangeTotals totals = totals_of(comparison);
  std::vector<std::string> parts;
  for (const Change change : kOrder) {
    if (totals.demands[change] == 0) continue;
    parts.push_back(texts(fmt::format("report.changes.n_{}", to_string(change)),
                          {{"n", counted(texts, totals.demands[change])}}));
  }
  const auto n = [&](std::int64_t count) { return counted(texts, count); };
  return texts("report.changes.sentence",
               {{"date", day_words(comparison.before_as_of)},
                {"parts", fmt::format("{}", fmt::join(parts, ", "))}, {"closed", n(totals.closed)},
                {"open", n(totals.open)}, {"added", n(totals.added)}}) +
         (totals.unclear == 0
              ? ""
              : " " + texts("report.changes.sentence_unclear", {{"n", n(totals.unclear)}}));
}

Node changes_node(const Assessment& after) {
  const auto day = [](std::int64_t at) { return at == 0 ? Node() : Node(to_iso(local_date(at))); };
  const Comparison& c = after.comparison;
  Node demands = Node::list();
  for (const ChangeRecord& r : c.changes) {
    const auto verdict = [](const std::string& v) { return v.empty() ? Node() : Node(v); };
    demands.push(Node::map({{"measure", r.measure == 0 ? Node() : Node(r.measure)},
                            {"dispatch", r.dispatch}, {"cite_vi", r.cite_vi},
                            {"before", verdict(r.before)}, {"after", verdict(r.after)},
                            {"change", to_string(r.change)},
                            {"failing_before", r.failing_before},
                            {"failing_after", r.failing_after}, {"closed", r.closed},
                            {"added", r.added}, {"unclear", r.unclear},
                            {"failing_since", day(r.since)}}));
  }
  Node cases = Node::list();
  for (const CaseRecord& r : c.cases) {
    if (after.shared) break;  // subjects name people
    cases.push(Node::map({{"measure", r.measure}, {"control", r.control}, {"subject", r.subject},
                          {"state", to_string(r.state)}, {"failing_since", day(r.since)}}));
  }
  return Node::map({{"before_sha256", c.before_sha256}, {"before_as_of", day(c.before_as_of)},
                    {"as_of", day(after.as_of)}, {"demands", std::move(demands)},
                    {"cases", std::move(cases)}});
}

Pieces changes_text(const Assessment& after, const Texts& texts, int width) {
  const auto columns = static_cast<std::size_t>(std::clamp(width, 60, 200));
  const Comparison& c = after.comparison;
  Pieces out;
  if (after.agency.sample) out.push_back({texts("report.sample_mark") + "\n"});
  out.push_back({wrapped_line(texts("report.changes.head",
                                    {{"agency", capital(agency_words(texts, after))},
                                     {"after", day_words(after.as_of)},
                                     {"before", day_words(c.before_as_of)}}),
                              columns),
                 Tone::strong});
  out.push_back({wrapped_line(changes_sentence(texts, c), columns)});
  const Grid grid{{18, 16, columns - 38}, 0};
  std::string order;
  for (const ChangeRecord& r : c.changes) {
    if (r.dispatch != order) out.push_back({wrapped_line(r.dispatch, columns), Tone::strong});
    order = r.dispatch;
    const std::string moved =
        r.before == r.after
            ? verdict_of(texts, r.after)
            : fmt::format("{} → {}", verdict_of(texts, r.before), verdict_of(texts, r.after));
    grid.row(out, {change_word(texts, r.change), change_place(texts, r),
                   moved + ". " + change_figures(texts, r)},
             0, tone_of(r.change));
  }
  for (const CaseCounts& n : case_counts(c)) {
    out.push_back({wrapped_line(fmt::format("- {}: {}", noun_of(texts, n.control),
                                            inside(cases_line(texts, n))),
                                columns)});
  }
  return out;
}

void add_changes(Document& doc, const Assessment& after, const Texts& texts) {
  const Comparison& c = after.comparison;
  const auto col = [&](const char* id) { return texts(std::string("report.column.") + id); };
  const auto para = [&](std::string text) {
    doc.blocks.push_back(
        Paragraph{.runs = {{std::move(text)}}, .size = kAnnexPt, .before = 4, .keep_next = true});
  };
  para(changes_sentence(texts, c));
  const bool several = std::any_of(c.changes.begin(), c.changes.end(), [&](const auto& r) {
    return r.dispatch != c.changes.front().dispatch;
  });
  Table demands{{{30, Align::left, col("item")}, {25, Align::center, col("before")},
                 {25, Align::center, col("after")}, {25, Align::center, col("change")},
                 {60, Align::left, col("figures")}},
                {}, texts("report.changes.demands"), kListPt};
  for (const ChangeRecord& r : c.changes) {
    std::string place = change_place(texts, r);
    if (several) place += ", " + clean(r.dispatch);
    demands.rows.push_back({cell_of(place), cell_of(verdict_of(texts, r.before)),
                            cell_of(verdict_of(texts, r.after)),
                            cell_of(change_word(texts, r.change), true),
                            cell_of(change_figures(texts, r))});
  }
  doc.blocks.push_back(std::move(demands));
  Table cases{{{60, Align::left, col("content")}, {105, Align::left, col("changed")}},
              {}, texts("report.changes.cases"), kListPt};
  for (const CaseCounts& n : case_counts(c)) {
    cases.rows.push_back({cell_of(noun_of(texts, n.control)), cell_of(cases_line(texts, n))});
  }
  if (cases.rows.empty()) return;
  para(texts("report.changes.cases"));
  doc.blocks.push_back(std::move(cases));
}

Document changes_document(const Assessment& after, const Texts& texts) {
  Document doc;
  doc.lang = texts.lang();
  doc.breaks = breaks_of(texts);
  doc.author = clean(after.agency.name);
  doc.created_at = after.created_at;
  if (after.agency.sample) doc.sample_mark = texts("report.sample_mark");
  add_annex_title(doc, after, texts, Annex::changes);
  doc.title = std::get<AnnexTitle>(doc.blocks.front()).title;
  add_changes(doc, after, texts);
  return doc;
}

}  // namespace khien::report
