#include "report/overview.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "report/answer.h"
#include "report/changes.h"
#include "report/one_order.h"
#include "report/sentences.h"
#include "report/summary.h"
#include "report/words.h"
#include "report/xml.h"

namespace khien::report {
namespace {

constexpr std::size_t kTasks = 5;
constexpr std::array kVerdicts = {Verdict::met, Verdict::partly_met, Verdict::not_met,
                                  Verdict::undetermined};

class Overview {
 public:
  Overview(const View& view, const Texts& texts, const Particulars& p)
      : view_(view), a_(*view.assessment), texts_(texts), p_(p), tasks_(priorities(view)) {
    for (std::size_t i = 0; i < tasks_.size(); ++i) number_[tasks_[i]->control] = i + 1;
  }

  std::string write() {
    head();
    out_ += "<main>\n";
    orders();
    cards();
    first();
    faults();
    changes();
    filter();
    demands();
    lists();
    gaps();
    out_ += "</main>\n";
    return overview_page(texts_.lang(), title(), out_);
  }

 private:
  [[nodiscard]] std::string say(const char* id, const Args& args = {}) const {
    return escaped(texts_(std::string("report.overview.") + id, args));
  }
  [[nodiscard]] std::string col(const char* id) const {
    return escaped(texts_(std::string("report.column.") + id));
  }
  [[nodiscard]] std::string word(Verdict v) const {
    return escaped(texts_(fmt::format("report.verdict.{}", to_string(v))));
  }
  [[nodiscard]] std::string n(std::int64_t count) const {
    return texts_("report.paper.number", {{"n", count}});
  }
  [[nodiscard]] std::string title() const {
    return texts_("report.overview.title", {{"agency", capital(agency_words(texts_, a_))}});
  }
  // The failing subjects of a run, the gravest first.
  [[nodiscard]] std::vector<const FindingRecord*> rows_of(const RunRecord& run) const {
    std::vector<const FindingRecord*> out;
    const auto it = view_.findings_of_run.find(run.id);
    if (it == view_.findings_of_run.end()) return out;
    for (const FindingRecord* f : it->second) {
      if (f->result == Outcome::fail && !f->subject.empty()) out.push_back(f);
    }
    std::stable_sort(out.begin(), out.end(), [](const auto* x, const auto* y) {
      return severity_rank(x->severity) > severity_rank(y->severity);
    });
    return out;
  }
  [[nodiscard]] std::string unit_of(const FindingRecord& f) const {
    const auto at = p_.holders.find(f.id);
    return at == p_.holders.end() ? "" : clean(at->second.unit);
  }
  [[nodiscard]] static std::string joined(const std::set<std::string>& words) {
    return escaped(fmt::format("{}", fmt::join(words, "|")));
  }

  void head();
  void orders();
  void cards();
  void first();
  void faults();
  void changes();
  void filter();
  void demands();
  void demand(const DispatchView& d, const MeasureView& m, std::set<std::string>& anchored);
  void lists();
  void list(const RunRecord& run, std::size_t number);
  void gaps();

  const View& view_;
  const Assessment& a_;
  const Texts& texts_;
  const Particulars& p_;
  const std::vector<const RunRecord*> tasks_;
  std::map<std::string, std::size_t> number_;  // control -> its list
  std::string out_;
};

void Overview::head() {
  out_ += "<header>";
  if (a_.agency.sample) {
    out_ += fmt::format("<div><span class=\"mark\">{}</span></div>",
                        escaped(texts_("report.sample_mark")));
  }
  out_ += fmt::format("<h1>{}</h1><p>{}</p></header>\n", escaped(title()),
                      say("as_of", {{"date", day_words(a_.as_of)}}));
}

void Overview::orders() {
  out_ += fmt::format("<section><h2>{}</h2>\n", say("orders"));
  for (const DispatchView& d : view_.dispatches) {
    out_ += fmt::format("<div class=\"order\"><p>{}</p><div class=\"bar\">",
                        escaped(order_line(texts_, view_, d)));
    std::string legend;
    for (const Verdict v : kVerdicts) {
      const int count = d.by_verdict(v);
      if (count == 0) continue;
      out_ += fmt::format("<a class=\"{0}\" style=\"flex:{1}\" href=\"#v-{2}-{0}\" "
                          "data-verdict=\"{0}\" title=\"{3}: {1}\">{1}</a>",
                          to_string(v), count, d.dispatch->id, word(v));
      legend += fmt::format("<li><span class=\"dot {}\"></span>{}: {}</li>", to_string(v),
                            word(v), count);
    }
    out_ += fmt::format("</div><ul class=\"legend\">{}</ul></div>\n", legend);
  }
  out_ += "</section>\n";
}

void Overview::cards() {
  const auto card = [&](const std::string& name, const std::string& big, std::int64_t part,
                        std::int64_t whole, const std::string& more) {
    out_ += fmt::format("<section><h2>{}</h2><div class=\"big\">{}</div>", name, escaped(big));
    if (whole > 0) {
      out_ += fmt::format("<div class=\"thin\"><i style=\"width:{}%\"></i></div>",
                          std::min<std::int64_t>(100, part * 100 / whole));
    }
    out_ += fmt::format("<p>{}</p></section>\n", more);
  };
  out_ += "<div class=\"cards\">";
  const bool listed = p_.machines_listed > 0;
  card(say("machines"), listed ? n(p_.machines) + "/" + n(p_.machines_listed) : n(p_.machines),
       p_.machines, p_.machines_listed, say(listed ? "machines_of" : "machines_seen"));
  card(say("accounts"), n(p_.accounts), 0, 0, say("accounts_seen"));
  std::int64_t cases = 0;
  std::int64_t grave = 0;
  for (const RunRecord* run : tasks_) {
    for (const FindingRecord* f : rows_of(*run)) {
      ++cases;
      grave += severity_rank(f->severity) >= severity_rank("high");
    }
  }
  card(say("cases"), n(cases), 0, 0, say("cases_grave", {{"n", n(grave)}}));
  out_ += "</div>\n";
}

void Overview::first() {
  out_ += fmt::format("<section><h2>{}</h2>", escaped(texts_("report.screen.first")));
  if (tasks_.empty()) out_ += fmt::format("<p>{}</p>", escaped(nothing_failed(texts_, view_)));
  out_ += "<ol>";
  for (std::size_t i = 0; i < std::min(tasks_.size(), kTasks); ++i) {
    out_ += fmt::format("<li><a data-show href=\"#c{}\">{}</a></li>", i + 1,
                        escaped(sentence_of(texts_, view_, *tasks_[i], "task")));
  }
  out_ += "</ol></section>\n";
}

// Bars of the faults of accounts, longest first.
void Overview::faults() {
  std::vector<std::pair<std::int64_t, std::string>> bars;
  std::int64_t most = 1;
  for (const RunRecord* run : tasks_) {
    if (run->table != "account" && run->table != "password_test") continue;
    bars.emplace_back(run->failed, run->control);
    most = std::max(most, run->failed);
  }
  if (bars.empty()) return;
  std::stable_sort(bars.begin(), bars.end(),
                   [](const auto& x, const auto& y) { return x.first > y.first; });
  out_ += fmt::format("<section><h2>{}</h2><ul class=\"faults\">\n", say("faults"));
  for (const auto& [count, control] : bars) {
    out_ += fmt::format("<li><a data-show href=\"#c{}\"><span>{}</span><b>"
                        "<i style=\"width:{}%\"></i>{}</b></a></li>\n",
                        number_[control], escaped(noun_of(texts_, control)),
                        std::max<std::int64_t>(1, count * 85 / most), n(count));
  }
  out_ += "</ul></section>\n";
}

void Overview::changes() {
  if (a_.comparison.before_sha256.empty()) return;
  out_ += fmt::format("<section><h2>{}</h2><p>{}</p>", say("changes"),
                      escaped(changes_sentence(texts_, a_.comparison)));
  out_ += fmt::format("<table><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>",
                      col("item"), col("change"), col("figures"));
  const auto cell = [](const std::string& name, const std::string& text) {
    return fmt::format("<td data-k=\"{}\">{}</td>", name, escaped(text));
  };
  for (const ChangeRecord& c : a_.comparison.changes) {
    out_ += "<tr>" + cell(col("item"), change_place(texts_, c) + ", " + clean(c.dispatch)) +
            cell(col("change"), change_word(texts_, c.change)) +
            cell(col("figures"), change_figures(texts_, c)) + "</tr>\n";
  }
  out_ += "</tbody></table></section>\n";
}

void Overview::filter() {
  std::set<std::string> units;
  for (const auto& [id, holder] : p_.holders) {
    if (!holder.unit.empty()) units.insert(clean(holder.unit));
  }
  const auto option = [](const std::string& value, const std::string& name) {
    return fmt::format("<option value=\"{}\">{}</option>", value, name);
  };
  const std::string any = option("", say("any"));
  out_ += fmt::format("<form id=\"filter\" hidden autocomplete=\"off\"><label>{}"
                      "<select name=\"v\">{}", col("result"), any);
  for (const Verdict v : kVerdicts) out_ += option(to_string(v), word(v));
  out_ += fmt::format("</select></label><label>{}<select name=\"s\">{}", say("severity_from"), any);
  for (const char* s : {"critical", "high", "medium", "low"}) {
    out_ += option(std::to_string(severity_rank(s)), escaped(capital(severity_word(texts_, s))));
  }
  out_ += fmt::format("</select></label><label>{}<select name=\"u\">{}", col("unit"), any);
  for (const std::string& unit : units) out_ += option(escaped(unit), escaped(unit));
  out_ += fmt::format("</select></label><button type=\"button\" name=\"all\">{}</button>"
                      "<span>{}: <output name=\"n\"></output></span></form>\n",
                      say("reset"), say("cases"));
}

void Overview::demands() {
  out_ += fmt::format("<section><table class=\"demands\"><caption>{}</caption><thead><tr>"
                      "<th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>\n",
                      say("demands"), col("item"), col("content"), col("result"), col("figures"));
  for (const DispatchView& d : view_.dispatches) {
    std::set<std::string> anchored;
    for (const MeasureView& m : d.addressed) demand(d, m, anchored);
  }
  out_ += "</tbody></table></section>\n";
}

void Overview::demand(const DispatchView& d, const MeasureView& m,
                      std::set<std::string>& anchored) {
  std::set<std::string> units;
  int worst = 0;
  std::string figure;
  std::set<std::string> said;
  for (const RunRecord* run : m.runs) {
    if (run->outcome != Outcome::fail || !said.insert(run->control).second) continue;
    for (const FindingRecord* f : rows_of(*run)) {
      worst = std::max(worst, severity_rank(f->severity));
      if (std::string unit = unit_of(*f); !unit.empty()) units.insert(std::move(unit));
    }
    figure += fmt::format("<p><a data-show href=\"#c{}\">{}</a></p>", number_[run->control],
                          escaped(sentence_of(texts_, view_, *run, "not_met")));
  }
  if (figure.empty()) {
    for (const std::string& line : figures(texts_, view_, m)) {
      figure += "<p>" + escaped(line) + "</p>";
    }
  }
  const char* verdict = to_string(m.measure->verdict);
  const std::string anchor =
      anchored.insert(verdict).second
          ? fmt::format(" id=\"v-{}-{}\"", d.dispatch->id, verdict) : "";
  out_ += fmt::format(
      "<tr data-demand data-v=\"{0}\" data-s=\"{1}\" data-u=\"{2}\"{3}>"
      "<td>{4}</td><td>{5}</td><td><span class=\"tag {0}\">{6}</span></td><td>{7}</td></tr>\n",
      verdict, worst, joined(units), anchor, escaped(place_of(texts_, view_, m)),
      escaped(measure_words(texts_, *m.measure, 300)), word(m.measure->verdict), figure);
}

void Overview::lists() {
  if (tasks_.empty()) return;
  out_ += fmt::format("<section><h2>{}</h2>\n", say("lists"));
  if (a_.shared) out_ += fmt::format("<p>{}</p>", escaped(texts_("report.annex.shared")));
  for (std::size_t i = 0; i < tasks_.size(); ++i) list(*tasks_[i], i + 1);
  out_ += "</section>\n";
}

void Overview::list(const RunRecord& run, std::size_t number) {
  std::set<std::string> verdicts;
  for (const DispatchView& d : view_.dispatches) {
    for (const MeasureView& m : d.addressed) {
      if (std::any_of(m.runs.begin(), m.runs.end(), [&](const RunRecord* r) {
            return r->control == run.control && r->outcome == Outcome::fail;
          })) {
        verdicts.insert(to_string(m.measure->verdict));
      }
    }
  }
  out_ += fmt::format("<article id=\"c{0}\" data-list data-v=\"{1}\"><h3>{0}. {2}</h3><p>{3} {4}"
                      "</p>\n",
                      number, joined(verdicts), escaped(noun_of(texts_, run.control)),
                      escaped(sentence_of(texts_, view_, run, "not_met")),
                      escaped(sentence_of(texts_, view_, run, "task")));
  const auto rows = rows_of(run);
  if (!rows.empty()) {
    out_ += fmt::format("<table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th>"
                        "</tr></thead><tbody>\n",
                        col("order"), col("subject"), col("unit"), col("wrong"), col("severity"));
  }
  for (std::size_t i = 0; i < std::min(rows.size(), kOverviewRows); ++i) {
    const FindingRecord& f = *rows[i];
    const auto holder = p_.holders.find(f.id);
    std::string who = subject_words(texts_, f.subject);
    if (holder != p_.holders.end() && !holder->second.login.empty()) {
      const Holder& h = holder->second;
      who = h.app.empty() ? clean(h.login) : clean(h.login) + ", " + clean(h.app);
      if (!h.name.empty()) who = clean(h.name) + "; " + who;
    }
    out_ += fmt::format("<tr data-s=\"{}\" data-u=\"{}\"><td>{}</td><td>{}</td>"
                        "<td data-k=\"{}\">{}</td><td>{}</td><td data-k=\"{}\">{}</td></tr>\n",
                        severity_rank(f.severity), escaped(unit_of(f)), i + 1, escaped(who),
                        col("unit"), escaped(unit_of(f)), escaped(noted(texts_, f)),
                        col("severity"), escaped(capital(severity_word(texts_, f.severity))));
  }
  if (!rows.empty()) out_ += "</tbody></table>\n";
  if (rows.size() > kOverviewRows) {
    const auto more = static_cast<std::int64_t>(rows.size() - kOverviewRows);
    out_ += fmt::format("<p>{}</p>", escaped(texts_("report.annex.more", {{"n", more}})));
  }
  out_ += "</article>\n";
}

void Overview::gaps() {
  std::set<std::string> seen;
  std::string rows;
  for (const DispatchView& d : view_.dispatches) {
    for (const MeasureView& m : d.addressed) {
      for (const Gap& gap : gaps_of(texts_, view_, m)) {
        if (!seen.insert(gap.title + gap.reason).second) continue;
        rows += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", escaped(gap.title),
                            escaped(sentence(gap.reason)));
      }
    }
  }
  if (rows.empty()) return;
  out_ += fmt::format("<section><table><caption>{}</caption><thead><tr><th>{}</th><th>{}</th></tr>"
                      "</thead><tbody>{}</tbody></table></section>\n",
                      say("gaps"), col("content"), col("reason"), rows);
}

}  // namespace

std::string overview(const View& view, const Texts& texts, const Particulars& particulars) {
  View sorted = view;
  put_own_first(sorted);
  return Overview(sorted, texts, particulars).write();
}

}  // namespace khien::report
