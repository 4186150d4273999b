#include "report/draft_rollup.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/errors.h"
#include "report/head.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kNamedLate = 15;  // more stand in the annex alone

Cell cell_of(std::string text) { return {{Runs{{std::move(text)}}}}; }
Cell cell_of(std::int64_t n) { return cell_of(n == 0 ? "-" : std::to_string(n)); }

RollupRow row_from(const Node& n) {
  RollupRow out;
  out.name = n["name"].text(), out.as_of = n["as_of"].text();
  out.ordered = n["ordered"].integer(), out.met = n["met"].integer();
  out.partly_met = n["partly_met"].integer(), out.not_met = n["not_met"].integer();
  out.undetermined = n["undetermined"].integer(), out.late = n["late"].integer();
  out.days = n["days"].integer();
  if (!n["coverage"].is_null()) out.coverage = n["coverage"].real();
  return out;
}

std::string share_words(double coverage, const Texts& texts) {
  constexpr double kWhole = 100;
  if (coverage < 0) return "-";
  return texts("draft.rollup.percent",
               {{"n", static_cast<std::int64_t>(coverage * kWhole + 0.5)}});
}

std::string column(const Texts& texts, const char* id) {
  return texts(std::string("draft.rollup.column.") + id);
}

Table counts_table(const Texts& texts, const char* first, const char* last, double size) {
  return {{{12, Align::center, column(texts, "order")}, {50, Align::left, column(texts, first)},
           {15, Align::center, column(texts, "met")},
           {17, Align::center, column(texts, "partly_met")},
           {15, Align::center, column(texts, "not_met")},
           {18, Align::center, column(texts, "undetermined")},
           {15, Align::center, column(texts, "late")}, {23, Align::center, column(texts, last)}},
          {}, "", size};
}

std::vector<Cell> counts_row(const RollupRow& r, int n, const std::string& last) {
  return {cell_of(std::to_string(n)), cell_of(clean(r.name)), cell_of(r.met),
          cell_of(r.partly_met), cell_of(r.not_met), cell_of(r.undetermined), cell_of(r.late),
          cell_of(last)};
}

void add_dispatches(Document& doc, const RollupPaper& p, const Texts& texts) {
  Table table = counts_table(texts, "dispatch", "coverage", kTablePt);
  table.about = texts("draft.rollup.by_dispatch");
  int n = 0;
  for (const RollupRow& r : p.dispatches) {
    table.rows.push_back(counts_row(r, ++n, share_words(r.coverage, texts)));
  }
  doc.blocks.push_back(std::move(table));
}

std::vector<const RollupRow*> late_agencies(const RollupPaper& p) {
  std::vector<const RollupRow*> out;
  for (const RollupRow& r : p.agencies) {
    if (r.late > 0) out.push_back(&r);
  }
  std::stable_sort(out.begin(), out.end(), [](const RollupRow* a, const RollupRow* b) {
    return a->days > b->days;
  });
  return out;
}

void add_late(Draft& out, const std::vector<const RollupRow*>& late, const Texts& texts) {
  Table table{{{12, Align::center, column(texts, "order")},
               {93, Align::left, column(texts, "agency")},
               {30, Align::center, column(texts, "late_dispatches")},
               {30, Align::center, column(texts, "days")}},
              {}, texts("draft.rollup.late_title")};
  int n = 0;
  for (const RollupRow* r : late) {
    out.fields["late_units"].push_back(fmt::format("{}. {}", ++n, clean(r->name)));
    if (table.rows.size() == kNamedLate) continue;
    table.rows.push_back({cell_of(std::to_string(n)), cell_of(clean(r->name)), cell_of(r->late),
                          cell_of(r->days)});
  }
  out.document.blocks.push_back(std::move(table));
  if (late.size() > kNamedLate) {
    add_paragraph(out.document, texts("draft.rollup.more_late",
                                      {{"n", static_cast<std::int64_t>(late.size() -
                                                                       kNamedLate)}}));
  }
}

void add_agencies(Document& doc, const RollupPaper& p, const Texts& texts) {
  constexpr double kNotePt = 13;
  doc.blocks.push_back(
      AnnexTitle{texts("draft.rollup.annex"), texts("draft.rollup.by_agency")});
  const std::string own = letters_of(p.sender.agency);
  const std::string kind = texts("draft.rollup.letters");
  doc.blocks.push_back(Paragraph{
      .runs = {{texts("draft.rollup.note",
                      {{"letters", own.empty() ? kind : kind + "-" + own},
                       {"year", std::to_string(local_date(p.sender.at_ms).year)},
                       {"agency", clean(p.sender.agency.name)}}),
                false, true}},
      .align = Align::center, .first_line = 0, .size = kNotePt});
  Table table = counts_table(texts, "agency", "as_of", kListPt);
  table.about = texts("draft.rollup.by_agency");
  int n = 0;
  for (const RollupRow& r : p.agencies) {
    table.rows.push_back(counts_row(r, ++n, r.as_of.empty() ? texts("draft.rollup.no_result")
                                                            : texts.date(r.as_of)));
  }
  doc.blocks.push_back(std::move(table));
}

std::vector<std::string> findings(const RollupPaper& p, std::size_t late, std::int64_t longest,
                                  const Texts& texts) {
  std::vector<std::string> out;
  out.push_back(texts("draft.rollup.due", {{"due", p.due}, {"met", p.all_met}}));
  out.push_back(texts("draft.rollup.late", {{"n", static_cast<std::int64_t>(late)},
                                            {"days", longest}}));
  out.push_back(texts("draft.rollup.undetermined", {{"n", p.undetermined}}));
  out.push_back(texts("draft.rollup.silent", {{"n", p.silent}}));
  out.push_back(texts("draft.rollup.how"));
  return out;
}

void add_heading(Document& doc, const Texts& texts, int n, const char* id) {
  static constexpr const char* kRoman[] = {"I", "II", "III", "IV"};
  doc.blocks.push_back(Heading{1, fmt::format("{}. {}", kRoman[n - 1],
                                              texts(std::string("draft.rollup.") + id))});
}

}  // namespace

Result<RollupPaper> rollup_paper_from(const Node& node, const std::string& place) {
  RollupPaper out;
  KHIEN_TRY(out.as_of, need_text(node, "as_of", place));
  KHIEN_TRY([[maybe_unused]] const Date day, parse_date(out.as_of));
  out.due = node["due"].integer(), out.all_met = node["all_met"].integer();
  out.undetermined = node["undetermined"].integer(), out.silent = node["silent"].integer();
  for (const Node& n : node["dispatches"].items()) out.dispatches.push_back(row_from(n));
  for (const Node& n : node["agencies"].items()) out.agencies.push_back(row_from(n));
  return out;
}

Draft draft_rollup(const RollupPaper& p, const Texts& texts) {
  const std::string day = texts.date(p.as_of);
  const std::string agency =
      p.sender.agency.name.empty() ? texts("report.agency_unnamed") : clean(p.sender.agency.name);
  const std::string about = texts("draft.rollup.about", {{"date", day}});
  Draft out = start_draft(p.sender, {texts("draft.rollup.letters"), ""}, about, texts);
  Document& doc = out.document;
  doc.blocks.push_back(Title{texts("report.kind"), about});
  const auto late = late_agencies(p);
  const std::string basis =
      texts("draft.rollup.basis", {{"agency", capital(agency)},
                                   {"agencies", static_cast<std::int64_t>(p.agencies.size())},
                                   {"dispatches", static_cast<std::int64_t>(p.dispatches.size())},
                                   {"date", day}});
  add_paragraph(doc, basis);
  int part = 0;
  add_heading(doc, texts, ++part, "general");
  const auto lines = findings(p, late.size(), late.empty() ? 0 : late.front()->days, texts);
  for (const std::string& line : lines) add_paragraph(doc, line);
  if (!p.dispatches.empty()) {
    add_heading(doc, texts, ++part, "by_dispatch");
    add_dispatches(doc, p, texts);
  }
  if (!late.empty()) {
    add_heading(doc, texts, ++part, "late_title");
    add_late(out, late, texts);
    add_heading(doc, texts, ++part, "proposal");
    add_paragraph(doc, texts("draft.rollup.ask", {{"n", static_cast<std::int64_t>(late.size())}}));
  }
  const std::string closing = texts("draft.rollup.closing", {{"agency", capital(agency)}});
  add_paragraph(doc, closing, true);
  add_signature(out, p.sender, {}, false, texts);
  if (!p.agencies.empty()) add_agencies(doc, p, texts);
  out.fields["basis"] = {basis};
  out.fields["findings"] = lines;
  out.fields["closing"] = {closing};
  out.fields["date"] = {day};
  for (const RollupRow& r : p.dispatches) {
    out.fields["dispatch_rows"].push_back(
        texts("draft.rollup.dispatch_line",
              {{"name", clean(r.name)}, {"met", r.met}, {"partly_met", r.partly_met},
               {"not_met", r.not_met}, {"undetermined", r.undetermined}, {"late", r.late}}));
  }
  if (!out.fields.contains("late_units")) out.fields["late_units"] = {};
  if (!out.fields.contains("dispatch_rows")) out.fields["dispatch_rows"] = {};
  return out;
}

}  // namespace khien::report
