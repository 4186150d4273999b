// The pages to sign, each sentence saying only what the assessment holds.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "report/annexes.h"
#include "report/answer.h"
#include "report/changes.h"
#include "report/head.h"
#include "report/sentences.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kTasks = 20;    // first steps on the pages to sign; every one is in Annex I
constexpr std::size_t kSteps = 5;     // in one sentence
constexpr std::size_t kCauses = 4;
constexpr std::size_t kAtOnce = 3;
constexpr std::size_t kPeople = 5;
constexpr std::size_t kContent = 240;  // code points of a demand in the table
constexpr double kSignedTablePt = 11;

// Up to the first semicolon: the rest is in Annex I.
std::string first_step(std::string task) {
  task.resize(std::min(task.find(';'), task.size()));
  while (!task.empty() && task.back() == '.') task.pop_back();
  return task;
}

// "Khóa ngay ...; giao đồng chí ..., xong trước ngày ...". Nobody named, no day: the bare order.
std::string charged(const Texts& texts, const std::string& task, const std::string& person,
                    const std::string& due) {
  if (person.empty() && due.empty()) return task + ".";
  const char* id = person.empty() ? "report.priorities.item_due"
                   : due.empty()  ? "report.priorities.item_person"
                                  : "report.priorities.item";
  return texts(id, {{"task", task}, {"person", person}, {"due", due}});
}

class Body {
 public:
  Body(Document& doc, const View& view, const Texts& texts, const Particulars& particulars)
      : doc_(doc), view_(view), a_(*view.assessment), texts_(texts), p_(particulars),
        tasks_(priorities(view)) {}

  void write() {
    opening();
    leading();
    results();
    shortcomings();
    remedies();
    proposals();
    signature();
  }

 private:
  void section(const char* id) {
    const std::string title = texts_(std::string("report.section.") + id);
    doc_.blocks.push_back(Heading{1, roman(++sections_) + ". " + title});
  }
  void para(std::string text, bool keep_next = false) {
    doc_.blocks.push_back(Paragraph{.runs = {{std::move(text)}}, .size = kSignedPt, .before = 2,
                                    .keep_next = keep_next});
  }
  std::string col(const char* id) const { return texts_(std::string("report.column.") + id); }
  std::string agency() const { return agency_words(texts_, a_); }

  void opening();
  void leading();
  bool assigned();
  void results();
  void result_table(const DispatchView& d);
  [[nodiscard]] bool of_machines(const MeasureView& m) const;
  void shortcomings();
  [[nodiscard]] std::string worst() const;
  [[nodiscard]] bool any_gaps() const { return has_annex(texts_, view_, Annex::gaps); }
  [[nodiscard]] std::string annex(Annex which) const { return annex_label(texts_, view_, which); }
  void remedies();
  void proposals();
  void signature();

  Document& doc_;
  const View& view_;
  const Assessment& a_;
  const Texts& texts_;
  const Particulars& p_;
  const std::vector<const RunRecord*> tasks_;
  int sections_ = 0;
};

void Body::opening() {
  std::array<std::int64_t, 4> verdicts{};
  std::int64_t measures = 0;
  for (const DispatchView& d : view_.dispatches) {
    measures += d.coverage.measures;
    for (std::size_t v = 0; v < verdicts.size(); ++v) verdicts[v] += d.verdicts[v];
  }
  std::vector<std::string> parts;
  for (const Verdict v : {Verdict::met, Verdict::partly_met, Verdict::not_met,
                          Verdict::undetermined}) {
    const std::int64_t n = verdicts[static_cast<std::size_t>(v)];
    const std::string id = fmt::format("report.opening.{}", to_string(v));
    if (n > 0) parts.push_back(texts_(id, {{"n", counted(texts_, n)}}));
  }
  std::string text =
      measures == 0
          ? texts_("report.opening.none", {{"agency", capital(agency())},
                                           {"date", day_words(a_.as_of)}})
          : texts_("report.opening.counts", {{"agency", capital(agency())},
                                             {"date", day_words(a_.as_of)},
                                             {"measures", counted(texts_, measures)},
                                             {"parts", fmt::format("{}", fmt::join(parts, ", "))}});
  std::vector<std::string> first;
  for (std::size_t i = 0; i < std::min(tasks_.size(), kAtOnce); ++i) {
    first.push_back(inside(noun_of(texts_, tasks_[i]->control)));
  }
  if (!first.empty()) {
    const std::string list = fmt::format("{}", fmt::join(first, "; "));
    const auto n = static_cast<std::int64_t>(first.size());
    text += " " + texts_("report.opening.first", {{"n", n}, {"list", list}});
  }
  para(std::move(text));
}

// "Tại Quyết định số 10/QĐ-SM ngày 12/01/2026, Sở giao đồng chí ...": from the register.
bool Body::assigned() {
  std::vector<std::string> people;
  std::vector<std::string> decisions;
  for (const Assigned& p : p_.assigned) {
    if (people.size() == kPeople) break;
    const std::string id = "report.role." + p.role;
    if (!texts_.has(id)) continue;
    const std::string title = clean(p.title);
    people.push_back(texts_(id, {{"person", clean(p.person)},
                                 {"title", title.empty() ? "" : ", " + title},
                                 {"scope", clean(p.scope)}}));
    if (p.decision.empty()) continue;
    std::string decision = clean(p.decision);
    if (skeleton(" " + decision).find(" so ") == std::string::npos) {  // "Quyết định số 10/QĐ"
      decision = texts_("report.leading.decision", {{"number", decision}});
    }
    decision += dated(texts_, p.decided_on);
    if (std::find(decisions.begin(), decisions.end(), decision) == decisions.end()) {
      decisions.push_back(std::move(decision));
    }
  }
  if (people.empty()) return false;
  const std::string list = fmt::format("{}", fmt::join(people, "; "));
  if (decisions.empty()) {
    para(texts_("report.leading.assigned", {{"agency", capital(agency())}, {"people", list}}));
  } else {
    para(texts_("report.leading.assigned_by",
                {{"agency", agency()}, {"people", list},
                 {"n", static_cast<std::int64_t>(decisions.size())},
                 {"decisions", fmt::format("{}", fmt::join(decisions, ", "))}}));
  }
  return true;
}

void Body::leading() {
  section("leading");
  if (a_.shared) return para(texts_("report.leading.shared"));  // names were taken out
  if (!assigned()) {
    const std::string title = clean(a_.agency.officer_title);
    para(a_.agency.officer_name.empty()
             ? texts_("report.leading.officer_unknown")
             : texts_("report.leading.officer", {{"name", clean(a_.agency.officer_name)},
                                                 {"title", title.empty() ? "" : ", " + title}}));
  }
  const auto newest = [&](bool training) {
    return std::find_if(p_.sessions.begin(), p_.sessions.end(), [&](const Session& s) {
      return s.invited > 0 && (!training || s.kind != "warning");
    });
  };
  auto held = newest(true);
  if (held == p_.sessions.end()) held = newest(false);
  if (held != p_.sessions.end()) {
    para(texts_(held->kind == "warning" ? "report.leading.held_warning"
                                        : "report.leading.held_training",
                {{"agency", agency()}, {"date", texts_.date(held->held_on)},
                 {"topic", clean(held->topic)}, {"reached", counted(texts_, held->reached)},
                 {"invited", counted(texts_, held->invited)}}));
  }
  const Args seen = {{"accounts", counted(texts_, p_.accounts)},
                     {"machines", counted(texts_, p_.machines)},
                     {"listed", counted(texts_, p_.machines_listed)}};
  if (p_.machines_listed > 0) para(texts_("report.leading.seen_of", seen));
  else if (p_.machines == 0 && p_.accounts > 0) para(texts_("report.leading.seen_accounts", seen));
  else if (p_.accounts == 0 && p_.machines > 0) para(texts_("report.leading.seen_machines", seen));
  else if (p_.accounts > 0) para(texts_("report.leading.seen", seen));
}

// A control of the demand reads a table that the collectors of machines fill.
bool Body::of_machines(const MeasureView& m) const {
  return std::any_of(m.runs.begin(), m.runs.end(), [&](const RunRecord* run) {
    if (run->table == "account") return false;  // of applications too
    return run->table == "host" ||
           std::any_of(a_.collections.begin(), a_.collections.end(), [&](const auto& c) {
             return !c.host.empty() &&
                    std::any_of(c.tables.begin(), c.tables.end(),
                                [&](const auto& t) { return t.table == run->table; });
           });
  });
}

void Body::result_table(const DispatchView& d) {
  Table table{{{25, Align::left, col("item")}, {45, Align::left, col("content")},
               {20, Align::center, col("result")}, {75, Align::left, col("figures")}},
              {}, texts_("report.results.table"), kSignedTablePt};
  for (const MeasureView& m : d.addressed) {
    std::string figure = fmt::format("{}", fmt::join(figures(texts_, view_, m), " "));
    if (of_machines(m) && p_.machines < p_.machines_listed) {
      figure += " " + texts_("report.results.machines",
                             {{"n", counted(texts_, p_.machines)},
                              {"listed", counted(texts_, p_.machines_listed)}});
    }
    const std::string verdict = fmt::format("report.verdict.{}", to_string(m.measure->verdict));
    table.rows.push_back({cell_of(cite(texts_, *m.measure)),
                          cell_of(sentence(measure_words(texts_, *m.measure, kContent))),
                          cell_of(texts_(verdict), true), cell_of(figure)});
  }
  doc_.blocks.push_back(std::move(table));
}

void Body::results() {
  section("results");
  int number = 0;
  for (const DispatchView& d : view_.dispatches) {
    if (view_.dispatches.size() > 1) {
      const std::string name = told_apart(texts_, view_, *d.dispatch) +
                               dated(texts_, d.dispatch->issued_on);
      const std::string heading = texts_("report.results.heading", {{"dispatch", name}});
      doc_.blocks.push_back(Heading{2, fmt::format("{}. {}", ++number, heading)});
    }
    if (d.addressed.empty()) para(texts_("report.results.none"));
    else result_table(d);
  }
  if (a_.comparison.before_sha256.empty()) return;
  para(changes_sentence(texts_, a_.comparison) + " " +
       texts_("report.changes.annex", {{"annex", annex(Annex::changes)}}));
}

void Body::shortcomings() {
  section("shortcomings");
  if (tasks_.empty()) return para(texts_("report.shortcomings.none"));
  std::string first = texts_("report.shortcomings.worst", {{"sentence", worst()}});
  const auto n = static_cast<std::int64_t>(tasks_.size());
  Args where = {{"n", counted(texts_, n)}, {"lists", annex(Annex::lists)}};
  if (any_gaps()) where["gaps"] = annex(Annex::gaps);
  const char* id = any_gaps() ? "report.shortcomings.lists" : "report.shortcomings.cases";
  para(first + " " + texts_(id, where));
  std::vector<std::string> own;
  std::vector<std::string> usual;
  const auto add = [](std::vector<std::string>& list, const std::string& cause) {
    const bool known = std::find(list.begin(), list.end(), cause) != list.end();
    if (!cause.empty() && !known) list.push_back(cause);
  };
  for (const RunRecord* run : tasks_) {
    const Remedy* remedy = remedy_for(p_, run->control);
    if (remedy != nullptr) add(own, clean(remedy->cause));
    if (usual.size() < kCauses) add(usual, sentence_of(texts_, view_, *run, "cause"));
  }
  if (own.empty() && usual.empty()) return;
  const std::string causes = fmt::format("{}", fmt::join(own.empty() ? usual : own, "; "));
  para(texts_(own.empty() ? "report.shortcomings.usual_causes" : "report.shortcomings.own_causes",
              {{"causes", causes}}));
}

// The first of the tasks, and what makes it the gravest where that is not true of all its rows.
std::string Body::worst() const {
  const RunRecord& run = *tasks_.front();
  std::string out = inside(sentence_of(texts_, view_, run, "not_met"));
  const auto rows = view_.findings_of_run.find(run.id);
  if (rows == view_.findings_of_run.end()) return out;
  const int rank = severity_rank(severity_of(view_, run));
  std::string reason;
  std::int64_t n = 0;
  for (const FindingRecord* f : rows->second) {
    if (f->result != Outcome::fail || severity_rank(f->severity) != rank) continue;
    if (n++ == 0) reason = f->reason;
    else if (f->reason != reason) reason.clear();
  }
  if (n == 0 || n >= run.failed || reason.empty()) return out;
  const std::string why = reason_words(texts_, reason);
  return out + " " + texts_("report.shortcomings.among",
                            {{"n", counted(texts_, n)}, {"reason", why}});
}

// The first step of each task; those of one person and one day together.
void Body::remedies() {
  section("priorities");
  struct Group {
    std::string person, due;
    std::vector<std::string> steps;
  };
  std::vector<Group> groups;
  for (std::size_t i = 0; i < std::min(tasks_.size(), kTasks); ++i) {
    const RunRecord& run = *tasks_[i];
    const Remedy* remedy = remedy_for(p_, run.control);
    const std::string person = remedy == nullptr ? "" : clean(remedy->person);
    const std::string due = remedy == nullptr || remedy->due_on.empty()
                                ? "" : texts_.date(remedy->due_on);
    std::string step = first_step(sentence_of(texts_, view_, run, "task"));
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
      return g.person == person && g.due == due && g.steps.size() < kSteps;
    });
    if (group == groups.end()) groups.push_back({person, due, {std::move(step)}});
    else group->steps.push_back(inside(step));
  }
  const std::string officer = clean(a_.agency.officer_name);
  int n = 0;
  for (const Group& g : groups) {
    const std::string person =
        !g.person.empty() || officer.empty()
            ? g.person : texts_("report.priorities.officer", {{"name", officer}});
    const std::string steps = fmt::format("{}", fmt::join(g.steps, "; "));
    const std::string order =
        !g.due.empty() ? charged(texts_, steps, person, g.due)
        : person.empty() ? texts_("report.priorities.open", {{"task", steps}})
                         : texts_("report.priorities.open_day",
                                  {{"task", steps}, {"person", person}});
    para(fmt::format("{}. ", ++n) + order);
  }
  if (tasks_.size() > kTasks) {
    const auto more = static_cast<std::int64_t>(tasks_.size() - kTasks);
    para(fmt::format("{}. ", ++n) +
         texts_("report.priorities.more",
                {{"n", counted(texts_, more)}, {"lists", annex(Annex::lists)}}));
  }
  if (any_gaps()) {
    para(fmt::format("{}. ", ++n) +
         texts_("report.priorities.gap", {{"gaps", annex(Annex::gaps)}}));
  }
  if (n == 0) {
    para(texts_(asks_nothing(view_) ? "report.priorities.not_asked" : "report.priorities.none"));
  }
}

void Body::proposals() {  // only the agency's own
  std::vector<std::string> lines;
  for (const Remedy& r : p_.remedies) {
    const std::string line = sentence(clean(r.proposal));
    if (!speaks_here(r, tasks_)) continue;
    if (line.empty() || std::find(lines.begin(), lines.end(), line) != lines.end()) continue;
    lines.push_back(line);
  }
  if (lines.empty()) return;
  section("proposals");
  if (lines.size() == 1) return para(lines.front());
  for (std::size_t i = 0; i < lines.size(); ++i) para(fmt::format("{}. {}", i + 1, lines[i]));
}

void Body::signature() {
  // A page that holds the signature holds some of the paper too.
  if (auto* last = std::get_if<Paragraph>(&doc_.blocks.back())) last->keep_next = true;
  para(texts_("report.closing", {{"agency", agency()}}), true);
  SignatureBlock block = signature_of(a_.agency, texts_);
  if (!a_.dispatches.empty()) block.recipients.push_back("- " + texts_("report.recipients.above"));
  const std::string parent = clean(a_.agency.parent);
  const bool named = std::any_of(a_.dispatches.begin(), a_.dispatches.end(), [&](const auto& d) {
    const std::string issuer = caps(clean(d.issuer));  // "Ủy ban nhân dân tỉnh", of this province
    return !issuer.empty() && (caps(parent) + " ").starts_with(issuer + " ");
  });
  if (!parent.empty() && !named) {
    block.recipients.push_back(
        "- " + texts_("report.recipients.superior", {{"name", in_sentence(texts_, parent)}}));
  }
  block.recipients.push_back(filed_line(a_.agency, texts_));
  doc_.blocks.push_back(std::move(block));
}

}  // namespace

std::string order_to_act(const Texts& texts, const View& view, const RunRecord& run,
                         const Particulars& particulars) {
  std::string task = sentence_of(texts, view, run, "task");
  while (!task.empty() && task.back() == '.') task.pop_back();
  const Remedy* remedy = remedy_for(particulars, run.control);
  const std::string person = remedy == nullptr ? "" : clean(remedy->person);
  const std::string due = remedy == nullptr || remedy->due_on.empty()
                              ? "" : texts.date(remedy->due_on);
  return charged(texts, task, person, due);
}

std::string place_of(const Texts& texts, const View& view, const MeasureView& m) {
  const std::string where = cite(texts, *m.measure);
  if (view.dispatches.size() < 2) return where;
  return texts("report.priorities.cite_in",
               {{"cite", where}, {"dispatch", told_apart(texts, view, *m.dispatch)}});
}

void add_body(Document& doc, const View& view, const Texts& texts,
              const Particulars& particulars) {
  Body(doc, view, texts, particulars).write();
}

}  // namespace khien::report
