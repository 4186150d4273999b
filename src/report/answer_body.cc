// The numbered sections of the answer, each saying only what the assessment holds.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "report/answer.h"
#include "report/head.h"
#include "report/words.h"

namespace khien::report {
namespace {

std::string roman(int n) {
  static constexpr std::array<const char*, 12> kRoman = {"0",  "I",   "II",   "III", "IV", "V",
                                                         "VI", "VII", "VIII", "IX",  "X",  "XI"};
  return kRoman[static_cast<std::size_t>(std::clamp(n, 0, 11))];
}

Cell cell(std::string text, bool bold = false) { return {{Runs{{std::move(text), bold, false}}}}; }

Cell cell_of(const std::vector<std::string>& lines) {
  Cell out;
  for (const std::string& line : lines) out.paragraphs.push_back(Runs{{line}});
  if (out.paragraphs.empty()) out.paragraphs.push_back(Runs{{""}});
  return out;
}

// One writer of one document: counts sections as they come.
class Body {
 public:
  Body(Document& doc, const View& view, const Texts& texts)
      : doc_(doc), view_(view), a_(*view.assessment), texts_(texts) {}

  void write() {
    leading();
    results();
    gaps();
    shortcomings();
    difficulties();
    priority_tasks();
    stricter();
    elsewhere();
    proposals();
    signature();
  }

 private:
  std::string section(const char* id) {
    const std::string number = roman(++sections_);
    doc_.blocks.push_back(Heading{1, number + ". " + texts_(std::string("report.section.") + id)});
    return number;
  }
  void para(std::string text, bool italic = false, bool keep_next = false) {
    doc_.blocks.push_back(
        Paragraph{.runs = {{std::move(text), false, italic}}, .keep_next = keep_next});
  }
  std::string col(const char* id) const { return texts_(std::string("report.column.") + id); }
  bool many() const { return view_.dispatches.size() > 1; }
  std::string place(const MeasureView& m) const {  // "Mục 2" or "Mục 2 Công văn số ..."
    const std::string where = cite(texts_, *m.measure);
    if (!many()) return where;
    return texts_("report.priorities.cite_in",
                  {{"cite", where}, {"dispatch", number_of(texts_, *m.dispatch)}});
  }
  const MeasureView* measure_of(const RunRecord& run) const {
    for (const DispatchView& d : view_.dispatches) {
      for (const MeasureView& m : d.addressed) {
        if (m.measure->id == run.measure) return &m;
      }
    }
    return nullptr;
  }

  void leading();
  void results();
  void result_table(const DispatchView& d);
  void gaps();
  void shortcomings();
  void difficulties();
  void priority_tasks();
  void stricter();
  void elsewhere();
  void proposals();
  void signature();
  Cell causes_of(const MeasureView& m) const;

  Document& doc_;
  const View& view_;
  const Assessment& a_;
  const Texts& texts_;
  int sections_ = 0;
  std::string results_number_;
  std::string gaps_number_;
  std::int64_t undetermined_ = 0;
  bool any_gap_ = false;
};

void Body::leading() {
  section("leading");
  if (a_.shared) return para(texts_("report.leading.shared"));  // names were taken out
  if (a_.agency.officer_name.empty()) {
    para(texts_("report.leading.officer_unknown"));
  } else {
    const std::string title = clean(a_.agency.officer_title);
    para(texts_("report.leading.officer", {{"name", clean(a_.agency.officer_name)},
                                           {"title", title.empty() ? "" : ", " + title}}));
  }
  bool any = false;
  for (const AttestationRecord& t : a_.attestations) {
    const bool directs = t.kind.starts_with("leader.") || t.kind.starts_with("directive.") ||
                         t.kind.starts_with("awareness.");
    if (!directs || !t.accepted) continue;
    any = true;
    para("- " + texts_("report.leading.document",
                       {{"kind", capital(kind_words(texts_, t.kind))},
                        {"statement", clean(t.statement)}, {"by", clean(t.signed_by)},
                        {"on", texts_.date(t.signed_on)}}));
  }
  if (!any) para(texts_("report.leading.nothing"));
  para(texts_("report.leading.sources", {{"n", static_cast<std::int64_t>(a_.collections.size())},
                                         {"version", clean(a_.program_version)}}));
}

void Body::result_table(const DispatchView& d) {
  Table table{{{24, Align::left, col("item")}, {48, Align::left, col("content")},
               {28, Align::center, col("result")}, {65, Align::left, col("basis")}},
              {}, texts_("report.results.table")};
  for (const MeasureView& m : d.addressed) {
    table.rows.push_back({cell(cite(texts_, *m.measure)),
                          cell(measure_words(texts_, *m.measure, 220)),
                          cell(verdict_word(texts_, m.measure->verdict), true),
                          cell_of(basis_lines(texts_, view_, m, true))});
  }
  doc_.blocks.push_back(std::move(table));
}

void Body::results() {
  results_number_ = section("results");
  int number = 0;
  for (const DispatchView& d : view_.dispatches) {
    const std::string name = number_of(texts_, *d.dispatch);
    if (many()) {
      const std::string heading = texts_("report.results.heading",
          {{"dispatch", name + dated(texts_, d.dispatch->issued_on)}});
      doc_.blocks.push_back(Heading{2, fmt::format("{}. {}", ++number, heading)});
    }
    undetermined_ += d.by_verdict(Verdict::undetermined);
    if (d.addressed.empty()) {
      para(texts_("report.results.none"));
      continue;
    }
    para(texts_("report.results.counts",
                {{"dispatch", name}, {"measures", d.coverage.measures},
                 {"controls", std::int64_t{d.controls}},
                 {"met", std::int64_t{d.by_verdict(Verdict::met)}},
                 {"partly", std::int64_t{d.by_verdict(Verdict::partly_met)}},
                 {"not_met", std::int64_t{d.by_verdict(Verdict::not_met)}},
                 {"undetermined", std::int64_t{d.by_verdict(Verdict::undetermined)}},
                 {"percent", std::int64_t{d.coverage.percent()}}}),
         false, d.coverage.attested == 0);
    if (d.coverage.attested > 0) {
      para(texts_("report.results.attested", {{"n", d.coverage.attested}}), false, true);
    }
    result_table(d);
  }
}

void Body::gaps() {
  gaps_number_ = section("gaps");
  Table table{{{24, Align::left, col("item")}, {141, Align::left, col("gap")}},
              {}, texts_("report.section.gaps")};
  for (const DispatchView& d : view_.dispatches) {
    for (const MeasureView& m : d.addressed) {
      const auto lines = gap_lines(texts_, view_, m);
      if (!lines.empty()) table.rows.push_back({cell(place(m)), cell_of(lines)});
    }
  }
  any_gap_ = !table.rows.empty();
  if (!any_gap_) return para(texts_("report.gaps.none"));
  if (many()) table.columns = {{45, Align::left, col("item")}, {120, Align::left, col("gap")}};
  para(texts_("report.gaps.intro"), false, true);
  doc_.blocks.push_back(std::move(table));
}

Cell Body::causes_of(const MeasureView& m) const {
  std::map<std::string, std::int64_t> causes;
  for (const RunRecord* run : m.runs) {
    const auto it = view_.findings_of_run.find(run->id);
    if (it == view_.findings_of_run.end()) continue;
    for (const FindingRecord* f : it->second) {
      if (f->result == Outcome::fail && !f->reason.empty()) ++causes[f->reason];
    }
  }
  std::vector<std::string> lines;
  for (const auto& [reason, n] : causes) {
    lines.push_back(texts_("report.shortcomings.cause",
                           {{"reason", capital(reason_words(texts_, reason))}, {"n", n}}));
  }
  if (lines.empty()) lines.push_back(texts_("report.shortcomings.cause_unknown"));
  return cell_of(lines);
}

void Body::shortcomings() {
  section("shortcomings");
  Table table{{{30, Align::left, col("item")}, {75, Align::left, col("shortcoming")},
               {60, Align::left, col("cause")}},
              {}, texts_("report.section.shortcomings")};
  for (const DispatchView& d : view_.dispatches) {
    for (const MeasureView& m : d.addressed) {
      std::vector<std::string> lines;
      for (const RunRecord* run : m.runs) {
        if (run->outcome == Outcome::fail) lines.push_back(shortcoming_line(texts_, view_, *run));
      }
      if (!lines.empty()) table.rows.push_back({cell(place(m)), cell_of(lines), causes_of(m)});
    }
  }
  if (table.rows.empty()) return para(texts_("report.shortcomings.none"));
  para(texts_("report.shortcomings.intro"), false, true);
  doc_.blocks.push_back(std::move(table));
  para(texts_("report.shortcomings.note"));
}

void Body::difficulties() {
  section("difficulties");
  std::vector<std::string> lines;
  for (const CollectionRecord& c : a_.collections) {
    for (const auto& t : c.tables) {
      if (t.status == "complete") continue;
      const std::string line = texts_("report.difficulties.missing",
          {{"source", fmt::format("{} - {}", facts_words(texts_, t.table), excerpt(c.source, 80))},
           {"reason", reason_words(texts_, t.reason)}});
      if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
    }
  }
  if (lines.empty()) {
    para(any_gap_ ? texts_("report.difficulties.gaps", {{"section", gaps_number_}})
                  : texts_("report.difficulties.none"));
  } else {
    para(texts_("report.difficulties.intro"), false, true);
    for (const std::string& line : lines) para("- " + line);
  }
  for (const DispatchRecord& d : a_.dispatches) {
    for (const std::string& w : d.warnings) {
      para("- " + texts_("report.difficulties.warning",
                         {{"text", sentence(reason_words(texts_, w))}}));
    }
  }
}

void Body::priority_tasks() {
  section("priorities");
  const auto tasks = priorities(view_);
  constexpr std::size_t kMost = 10;
  int n = 0;
  for (std::size_t i = 0; i < std::min(tasks.size(), kMost); ++i) {
    const RunRecord& run = *tasks[i];
    const MeasureView* m = measure_of(run);
    para(fmt::format("{}. ", ++n) +
         texts_("report.priorities.item",
                {{"control", control_words(texts_, run.control)},
                 {"place", m ? place(*m) : std::string()},
                 {"severity", severity_word(texts_, severity_of(view_, run))},
                 {"n", run.failed}, {"unit", table_words(texts_, run.table)},
                 {"task", sentence(fix_words(texts_, run))}}));
  }
  if (tasks.size() > kMost) {
    const auto more = static_cast<std::int64_t>(tasks.size() - kMost);
    para(texts_("report.priorities.more", {{"n", more}}));
  }
  if (undetermined_ > 0) {
    para(fmt::format("{}. ", ++n) + texts_("report.priorities.gap",
                                           {{"n", undetermined_}, {"section", gaps_number_}}));
  }
  if (n == 0) {
    para(texts_(asks_nothing(view_) ? "report.priorities.not_asked" : "report.priorities.none"));
  }
}

void Body::stricter() {
  if (view_.extra.empty()) return;
  section("stricter");
  Table table{{{60, Align::left, col("required_by")}, {105, Align::left, col("basis")}},
              {}, texts_("report.section.stricter")};
  for (const RunRecord* run : view_.extra) {
    const std::string by = run->required_by.empty() ? texts_("report.stricter.unnamed")
                                                    : norm_words(texts_, a_, run->required_by);
    std::vector<std::string> names;
    for (const auto& [name, value] : run->parameters.pairs()) names.push_back(name);
    std::vector<std::string> lines = {by};
    if (const std::string words = limits_words(texts_, run->parameters, names); !words.empty()) {
      lines.push_back(texts_("report.stricter.limits", {{"values", words}}));
    }
    table.rows.push_back({cell_of(lines), cell(run_line(texts_, view_, *run, true))});
  }
  para(texts_("report.stricter.intro", {{"section", results_number_}}), false, true);
  doc_.blocks.push_back(std::move(table));
}

void Body::elsewhere() {
  Table table{{{30, Align::left, col("item")}, {90, Align::left, col("content")},
               {45, Align::left, col("actor")}},
              {}, texts_("report.section.elsewhere")};
  for (const DispatchView& d : view_.dispatches) {
    for (const MeasureView& m : d.elsewhere) {
      table.rows.push_back({cell(place(m)), cell(measure_words(texts_, *m.measure, 220)),
                            cell(capital(clean(m.measure->actor)))});
    }
  }
  if (table.rows.empty()) return;
  section("elsewhere");
  para(texts_("report.elsewhere.intro"), false, true);
  doc_.blocks.push_back(std::move(table));
}

void Body::proposals() {
  section("proposals");
  bool any = false;
  for (const DispatchView& d : view_.dispatches) {
    const std::string issuer = d.dispatch->issuer.empty() ? texts_("report.proposals.authority")
                                                          : clean(d.dispatch->issuer);
    if (const int n = d.by_verdict(Verdict::undetermined); n > 0) {
      para("- " + texts_("report.proposals.gaps", {{"issuer", issuer}, {"n", std::int64_t{n}}}));
      any = true;
    }
    if (d.dispatch->number.empty() || d.dispatch->issued_on.size() < 10) {
      para("- " + texts_("report.proposals.number", {{"issuer", issuer}}));
      any = true;
    }
  }
  if (!any) para(texts_("report.proposals.none"));
}

void Body::signature() {
  para(texts_("report.closing", {{"agency", agency_words(texts_, a_)}}), false, true);
  SignatureBlock block = signature_of(a_.agency, texts_);
  if (!a_.dispatches.empty()) block.recipients.push_back("- " + texts_("report.recipients.above"));
  const std::string parent = clean(a_.agency.parent);
  const bool named = std::any_of(a_.dispatches.begin(), a_.dispatches.end(), [&](const auto& d) {
    return caps(clean(d.issuer)) == caps(parent);
  });
  if (!parent.empty() && !named) {
    block.recipients.push_back(
        "- " + texts_("report.recipients.superior", {{"name", parent}}));
  }
  block.recipients.push_back(filed_line(a_.agency, texts_));
  doc_.blocks.push_back(std::move(block));
}

}  // namespace

void add_body(Document& doc, const View& view, const Texts& texts) {
  Body(doc, view, texts).write();
}

}  // namespace khien::report
