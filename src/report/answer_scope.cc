// Annex III: what was looked at, how it was judged, which limits were taken where the order states
// none, what other rules ask for more, who else was ordered, and one line on where the figures are.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "report/answer.h"
#include "report/sentences.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kMissing = 12;  // sources that could not be read, named on paper

class Scope {
 public:
  Scope(Document& doc, const View& view, const Texts& texts, const Seal& seal,
        const Particulars& particulars)
      : doc_(doc), view_(view), a_(*view.assessment), texts_(texts), seal_(seal),
        p_(particulars) {}

  void write() {
    add_annex_title(doc_, a_, texts_, Annex::scope, annex_label(texts_, view_, Annex::scope));
    looked_at();
    item(texts_("report.scope.verdicts"));
    difficulties();
    defaults();
    stricter();
    elsewhere();
    provenance();
  }

 private:
  void item(const std::string& text, bool keep_next = false, Align align = Align::justify) {
    doc_.blocks.push_back(Paragraph{.runs = {{fmt::format("{}. {}", ++number_, text)}},
                                    .align = align, .size = kAnnexPt, .before = 4,
                                    .keep_next = keep_next});
  }
  void line(std::string text) {
    doc_.blocks.push_back(
        Paragraph{.runs = {{"- " + text}}, .size = kAnnexPt, .before = 2});
  }
  std::string col(const char* id) const { return texts_(std::string("report.column.") + id); }

  void looked_at();
  void difficulties();
  void defaults();
  void stricter();
  void elsewhere();
  void provenance();

  Document& doc_;
  const View& view_;
  const Assessment& a_;
  const Texts& texts_;
  const Seal& seal_;
  const Particulars& p_;
  int number_ = 0;
};

void Scope::looked_at() {
  for (const DispatchView& d : view_.dispatches) {
    item(texts_("report.scope.measures",
                {{"dispatch", told_apart(texts_, view_, *d.dispatch)},
                 {"measures", counted(texts_, d.coverage.measures)},
                 {"controls", counted(texts_, d.controls)},
                 {"percent", std::int64_t{d.coverage.percent()}}}));
    if (d.coverage.attested > 0) {
      line(texts_("report.scope.attested", {{"n", counted(texts_, d.coverage.attested)}}));
    }
  }
  item(texts_("report.scope.as_of", {{"date", day_words(a_.as_of)}}));
  const std::int64_t sources = std::count_if(  // a blank register is none
      a_.collections.begin(), a_.collections.end(), [](const CollectionRecord& c) {
        return std::any_of(c.tables.begin(), c.tables.end(),
                           [](const auto& t) { return t.rows > 0; });
      });
  std::string seen;
  if (p_.accounts > 0) {
    seen += "; " + texts_("report.scope.accounts", {{"n", counted(texts_, p_.accounts)}});
  }
  if (p_.machines > 0) {
    seen += "; " + texts_("report.scope.collected", {{"n", counted(texts_, p_.machines)}});
  }
  if (sources == 0) item(texts_("report.scope.no_sources"));
  else item(texts_("report.scope.sources", {{"n", counted(texts_, sources)}, {"seen", seen}}));
  if (p_.machines_listed > 0) {
    line(texts_("report.scope.machines", {{"n", counted(texts_, p_.machines)},
                                          {"listed", counted(texts_, p_.machines_listed)}}));
  }
}

void Scope::difficulties() {
  std::vector<std::string> lines;
  std::set<std::string> unknown;  // sources whose sender nobody here has confirmed
  const auto add = [&](std::string text) {
    const bool known = std::find(lines.begin(), lines.end(), text) != lines.end();
    if (!known) lines.push_back(std::move(text));
  };
  for (const DispatchRecord& d : a_.dispatches) {
    for (const std::string& w : d.warnings) {
      // A warning is kept by its id alone: one that wants words of its own says nothing here.
      const auto pattern = texts_.patterns().find(w);
      if (pattern != texts_.patterns().end() && pattern->second.find('{') != std::string::npos) {
        continue;
      }
      add(texts_("report.difficulties.warning", {{"text", sentence(reason_words(texts_, w))}}));
    }
  }
  for (const CollectionRecord& c : a_.collections) {
    for (const auto& t : c.tables) {
      if (t.status == "complete") continue;
      add(texts_("report.difficulties.missing",
                 {{"source", facts_words(texts_, t.table)},
                  {"reason", reason_words(texts_, t.reason)}}));
    }
    if (!c.sealed_by.empty() && !c.key_known) unknown.insert(c.source);
  }
  if (!unknown.empty()) {
    const auto n = static_cast<std::int64_t>(unknown.size());
    add(texts_("report.difficulties.unknown_key", {{"n", counted(texts_, n)}}));
  }
  if (lines.empty()) return item(texts_("report.difficulties.none"));
  item(texts_("report.difficulties.intro"), true);
  const std::size_t shown = std::min(lines.size(), kMissing);
  for (std::size_t i = 0; i < shown; ++i) line(lines[i]);
  if (shown < lines.size()) {
    line(texts_("report.annex.more", {{"n", static_cast<std::int64_t>(lines.size() - shown)}}));
  }
}

void Scope::defaults() {
  std::vector<std::string> limits;
  for (const RunRecord& run : a_.runs) {
    if (run.measure == 0) continue;
    const std::string words = limits_words(texts_, run.parameters, run.defaulted);
    if (words.empty()) continue;
    std::string limit = fmt::format("{}: {}", inside(noun_of(texts_, run.control)), words);
    const bool known = std::find(limits.begin(), limits.end(), limit) != limits.end();
    if (!known) limits.push_back(std::move(limit));
  }
  if (limits.empty()) return;
  const std::string list = fmt::format("{}", fmt::join(limits, "; "));
  item(texts_("report.scope.defaults", {{"list", list}}));
}

void Scope::stricter() {
  if (view_.extra.empty()) return;
  Table table{{{60, Align::left, col("required_by")}, {105, Align::left, col("figures")}},
              {}, texts_("report.stricter.intro"), kListPt};
  for (const RunRecord* run : view_.extra) {
    const std::string by = run->required_by.empty() ? texts_("report.stricter.unnamed")
                                                    : norm_words(texts_, a_, run->required_by);
    std::vector<std::string> names;
    for (const auto& [name, value] : run->parameters.pairs()) names.push_back(name);
    Cell rule = cell_of(by);
    if (const std::string words = limits_words(texts_, run->parameters, names); !words.empty()) {
      rule.paragraphs.push_back(Runs{{texts_("report.stricter.limits", {{"values", words}})}});
    }
    const char* part = run->outcome == Outcome::fail   ? "not_met"
                       : run->outcome == Outcome::pass ? "met"
                                                       : "undecided";
    table.rows.push_back({std::move(rule), cell_of(sentence_of(texts_, view_, *run, part))});
  }
  item(texts_("report.stricter.intro"), true);
  doc_.blocks.push_back(std::move(table));
}

void Scope::elsewhere() {
  Table table{{{30, Align::left, col("item")}, {90, Align::left, col("content")},
               {45, Align::left, col("actor")}},
              {}, texts_("report.elsewhere.intro"), kListPt};
  for (const DispatchView& d : view_.dispatches) {
    for (const MeasureView& m : d.elsewhere) {
      table.rows.push_back({cell_of(place_of(texts_, view_, m)),
                            cell_of(measure_words(texts_, *m.measure, 220)),
                            cell_of(m.measure->actor.empty()
                                        ? texts_("report.elsewhere.recipients")
                                        : capital(clean(m.measure->actor)))});
    }
  }
  if (table.rows.empty()) return;
  item(texts_("report.elsewhere.intro"), true);
  doc_.blocks.push_back(std::move(table));
}

void Scope::provenance() {
  item(texts_(a_.shared ? "report.scope.shared" : "report.scope.kept",
              {{"version", clean(a_.program_version)},
               {"seal", seal_.sha256.empty() ? texts_("report.cover.unsealed")
                                             : clean(seal_.sha256)}}),
       false, Align::left);  // a digest cannot be broken
}

}  // namespace

void add_scope(Document& doc, const View& view, const Texts& texts, const Seal& seal,
               const Particulars& particulars) {
  Scope(doc, view, texts, seal, particulars).write();
}

}  // namespace khien::report
