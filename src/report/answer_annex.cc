// The annexes of lists and of gaps: who or what did not pass and what is done about it (bounded on
// paper), what lacks evidence and why.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/answer.h"
#include "report/head.h"
#include "report/sentences.h"
#include "report/words.h"

namespace khien::report {
namespace {

std::string col(const Texts& texts, const char* id) {
  return texts(std::string("report.column.") + id);
}

void para(Document& doc, std::string text, bool keep_next = false) {
  doc.blocks.push_back(Paragraph{
      .runs = {{std::move(text)}}, .size = kAnnexPt, .before = 3, .keep_next = keep_next});
}

struct Person {  // of one row; empty where nobody is known
  const Holder* holder = nullptr;
  const FindingRecord* finding = nullptr;
};

bool of_account(const Person& p) { return p.holder != nullptr && !p.holder->login.empty(); }

Table accounts_table(const Texts& texts, const std::vector<Person>& rows) {
  Table table{{{8, Align::center, col(texts, "order")}, {32, Align::left, col(texts, "person")},
               {38, Align::left, col(texts, "unit")}, {46, Align::left, col(texts, "login")},
               {41, Align::left, col(texts, "wrong")}}, {}, {}, kListPt};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Holder& h = *rows[i].holder;
    const std::string name = excerpt(h.name, 60);
    table.rows.push_back({cell_of(std::to_string(i + 1)),
                          cell_of(name.empty() ? texts("report.annex.nobody") : name),
                          cell_of(excerpt(h.unit, 60)),
                          cell_of(excerpt(h.app.empty() ? h.login : h.login + ", " + h.app, 80)),
                          cell_of(noted(texts, *rows[i].finding))});
  }
  return table;
}

// By unit, so that each gets its part, then by name.
std::vector<Person> rows_of(const View& view, const RunRecord& run, const Particulars& p) {
  std::vector<Person> out;
  const auto it = view.findings_of_run.find(run.id);
  if (it == view.findings_of_run.end()) return out;
  for (const FindingRecord* f : it->second) {
    if (f->result != Outcome::fail || f->subject.empty()) continue;
    const auto holder = p.holders.find(f->id);
    out.push_back({holder == p.holders.end() ? nullptr : &holder->second, f});
  }
  std::stable_sort(out.begin(), out.end(), [](const Person& a, const Person& b) {
    const std::string& x = a.holder == nullptr ? a.finding->subject : a.holder->unit;
    const std::string& y = b.holder == nullptr ? b.finding->subject : b.holder->unit;
    return x != y ? x < y : a.finding->subject < b.finding->subject;
  });
  return out;
}

void add_more(Document& doc, const Texts& texts, std::size_t all) {
  if (all <= kAnnexRows) return;
  para(doc, texts("report.annex.more", {{"n", static_cast<std::int64_t>(all - kAnnexRows)}}));
}

// A list of accounts: what it is, what is done about it, a row an account.
void add_accounts(Document& doc, const View& view, const Texts& texts, const RunRecord& run,
                  int number, const Particulars& p) {
  std::vector<Person> rows = rows_of(view, run, p);
  const std::size_t all = rows.size();
  if (all > kAnnexRows) rows.resize(kAnnexRows);
  doc.blocks.push_back(Paragraph{
      .runs = {{fmt::format("{}. {}. ", number, noun_of(texts, run.control)), true, false},
               {sentence_of(texts, view, run, "not_met") + " " +
                texts("report.annex.task", {{"task", order_to_act(texts, view, run, p)}})}},
      .size = 12, .before = 6, .keep_next = true});
  Table table = accounts_table(texts, rows);
  table.about = noun_of(texts, run.control);
  doc.blocks.push_back(std::move(table));
  add_more(doc, texts, all);
}

// One row a fault of machines, systems, papers: each subject a line of its own.
void add_thing(Table& table, const View& view, const Texts& texts, const RunRecord& run,
               const Particulars& p) {
  Cell what;
  const std::vector<Person> rows = rows_of(view, run, p);
  for (std::size_t i = 0; i < std::min(rows.size(), kAnnexRows); ++i) {
    const Holder* h = rows[i].holder;
    const std::string unit =
        h == nullptr || h->unit.empty() ? "" : fmt::format(" ({})", excerpt(h->unit, 60));
    what.paragraphs.push_back(Runs{{subject_words(texts, rows[i].finding->subject) + unit + ": " +
                                    noted(texts, *rows[i].finding)}});
  }
  if (rows.size() > kAnnexRows) {
    what.paragraphs.push_back(Runs{{texts(
        "report.annex.more", {{"n", static_cast<std::int64_t>(rows.size() - kAnnexRows)}})}});
  }
  if (rows.empty()) what = cell_of(sentence_of(texts, view, run, "not_met"));
  table.rows.push_back({cell_of(std::to_string(table.rows.size() + 1)),
                        cell_of(noun_of(texts, run.control)), std::move(what),
                        cell_of(order_to_act(texts, view, run, p))});
}

}  // namespace

void add_annex_title(Document& doc, const Assessment& a, const Texts& texts, Annex which,
                     const std::string& label) {
  const std::string title = texts(fmt::format("report.annex.{}.title", to_string(which)));
  doc.blocks.push_back(AnnexTitle{label.empty() ? texts("report.annex.alone") : label, title});
  const std::string symbol = letters_of(a.agency);
  const std::string letters =
      symbol.empty() ? std::string("BC") : texts("report.letters", {{"symbol", symbol}});
  const std::string attached = texts(
      "report.annex.attached",
      {{"agency", agency_words(texts, a)}, {"letters", letters},
       {"year", std::to_string(local_date(a.created_at).year)}});
  doc.blocks.push_back(Paragraph{
      .runs = {{attached, false, true}},
      .align = Align::center, .first_line = 0, .size = kAnnexPt, .before = 0});
}

void add_lists(Document& doc, const View& view, const Texts& texts,
               const Particulars& particulars) {
  add_annex_title(doc, *view.assessment, texts, Annex::lists,
                  annex_label(texts, view, Annex::lists));
  if (view.assessment->shared) return para(doc, texts("report.annex.shared"));
  const auto tasks = priorities(view);
  int number = 0;
  Table things{{{8, Align::center, col(texts, "order")}, {29, Align::left, col(texts, "content")},
                {58, Align::left, col(texts, "things")}, {70, Align::left, col(texts, "task")}},
               {}, texts("report.annex.things"), kListPt};
  for (const RunRecord* run : tasks) {
    const auto rows = rows_of(view, *run, particulars);
    const bool accounts = !rows.empty() && std::all_of(rows.begin(), rows.end(), of_account);
    if (!accounts) {
      add_thing(things, view, texts, *run, particulars);
      continue;
    }
    if (number == 0) doc.blocks.push_back(Heading{2, "A. " + texts("report.annex.accounts")});
    add_accounts(doc, view, texts, *run, ++number, particulars);
  }
  if (things.rows.empty()) return;
  doc.blocks.push_back(Heading{2, (number == 0 ? "" : "B. ") + texts("report.annex.things")});
  doc.blocks.push_back(std::move(things));
}

void add_gaps(Document& doc, const View& view, const Texts& texts) {
  add_annex_title(doc, *view.assessment, texts, Annex::gaps,
                  annex_label(texts, view, Annex::gaps));
  struct Row {
    std::string places;
    std::string what;
    std::string why;
  };
  std::vector<Row> rows;
  for (const DispatchView& d : view.dispatches) {
    for (const MeasureView& m : d.addressed) {
      const std::string place = place_of(texts, view, m);
      for (const Gap& gap : gaps_of(texts, view, m)) {
        std::string what = texts("report.paper.no_paper", {{"kind", gap.title}});
        const std::string why = gap.control.empty() ? texts("report.gaps.no_paper") : gap.reason;
        for (const RunRecord* run : m.runs) {
          if (!gap.control.empty() && run->control == gap.control) {
            what = sentence_of(texts, view, *run, "undecided");
          }
        }
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const Row& r) {
          return r.what == what && r.why == why;
        });
        if (same == rows.end()) rows.push_back({place, what, why});
        else if (same->places.find(place) == std::string::npos) same->places += "; " + place;
      }
    }
  }
  para(doc, texts("report.gaps.intro"), true);
  Table table{{{10, Align::center, col(texts, "order")}, {28, Align::left, col(texts, "item")},
               {72, Align::left, col(texts, "gap")}, {55, Align::left, col(texts, "reason")}},
              {}, texts("report.annex.gaps.title"), kListPt};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.rows.push_back({cell_of(std::to_string(i + 1)), cell_of(rows[i].places),
                          cell_of(rows[i].what), cell_of(sentence(rows[i].why))});
  }
  doc.blocks.push_back(std::move(table));
}

}  // namespace khien::report
