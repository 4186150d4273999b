// Annexes: who or what did not pass (bounded on paper), where the figures come from, how far the
// checks reach, and the seal.
#include <algorithm>

#include <fmt/format.h>

#include "report/answer.h"
#include "report/words.h"

namespace khien::report {
namespace {

Cell cell(std::string text) { return {{Runs{{std::move(text)}}}}; }

std::string col(const Texts& texts, const char* id) {
  return texts(std::string("report.column.") + id);
}

void add_annex_title(Document& doc, const Assessment& a, const Texts& texts, const char* which) {
  const std::string id = std::string("report.annex.") + which;
  doc.blocks.push_back(AnnexTitle{texts(id + ".label"), texts(id + ".title")});
  doc.blocks.push_back(
      Paragraph{.runs = {{texts("report.annex.attached", {{"agency", agency_words(texts, a)}}),
                          false, true}},
                .align = Align::center, .first_line = 0, .before = 0});
}

// What is the same for every row is said once above the table, not in a column.
struct Shared {
  bool result = true;
  bool reason = true;
};

Shared shared_of(const FindingList& list) {
  Shared out;
  for (const FindingRecord* f : list.rows) {
    out.result = out.result && f->result == list.rows.front()->result;
    out.reason = out.reason && f->reason == list.rows.front()->reason;
  }
  return out;
}

Table list_table(const Texts& texts, const FindingList& list, const Shared& shared) {
  const double result = shared.result ? 0 : 28;
  const double reason = shared.reason ? 0 : 48;
  const double subject = 165 - 12 - result - reason > 130 ? 88 : 50;
  Table table;
  table.about = control_words(texts, list.run->control);
  table.columns = {{12, Align::center, col(texts, "order")},
                   {subject, Align::left, col(texts, "subject")}};
  if (result > 0) table.columns.push_back({result, Align::center, col(texts, "result")});
  table.columns.push_back(
      {165 - 12 - subject - result - reason, Align::left, col(texts, "observed")});
  if (reason > 0) table.columns.push_back({reason, Align::left, col(texts, "reason")});
  for (std::size_t i = 0; i < std::min(list.rows.size(), kAnnexRows); ++i) {
    const FindingRecord& f = *list.rows[i];
    std::vector<Cell> row = {cell(std::to_string(i + 1)), cell(excerpt(f.subject, 160))};
    if (result > 0) row.push_back(cell(capital(outcome_word(texts, f.result))));
    row.push_back(cell(excerpt(observed_words(texts, f.observed), 160)));
    if (reason > 0) {
      row.push_back(cell(f.reason.empty() ? "" : capital(reason_words(texts, f.reason))));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_list(Document& doc, const View& view, const Texts& texts, const FindingList& list) {
  doc.blocks.push_back(Heading{
      2, texts("report.annex.list", {{"n", std::int64_t{list.number}},
                                     {"control", control_words(texts, list.run->control)}})});
  const Shared shared = shared_of(list);
  std::string counts = texts("report.annex.list_counts",
                             {{"line", run_line(texts, view, *list.run, false)}});
  if (shared.reason && !list.rows.front()->reason.empty()) {
    counts += " " + texts("report.annex.list_reason",
                          {{"reason", reason_words(texts, list.rows.front()->reason)}});
  }
  doc.blocks.push_back(
      Paragraph{.runs = {{std::move(counts)}}, .size = 13, .keep_next = true});
  doc.blocks.push_back(list_table(texts, list, shared));
  const std::size_t shown = std::min(list.rows.size(), kAnnexRows);
  if (shown < list.rows.size()) {
    doc.blocks.push_back(Paragraph{
        .runs = {{texts("report.annex.more",
                        {{"n", static_cast<std::int64_t>(list.rows.size() - shown)}}),
                  false, true}},
        .size = 12});
  }
}

void add_findings(Document& doc, const View& view, const Texts& texts) {
  add_annex_title(doc, *view.assessment, texts, "one");
  if (view.assessment->shared) {
    doc.blocks.push_back(Paragraph{.runs = {{texts("report.annex.shared")}}});
    return;
  }
  if (view.lists.empty()) {
    doc.blocks.push_back(Paragraph{.runs = {{texts("report.annex.no_lists")}}});
  }
  for (const FindingList& list : view.lists) add_list(doc, view, texts, list);
}

// One paragraph of all complete tables, then one for each that is not.
Cell state_cell(const Texts& texts, const CollectionRecord& c) {
  std::vector<std::string> complete;
  std::vector<std::string> lines;
  for (const auto& t : c.tables) {
    const std::string name = facts_words(texts, t.table);
    const std::string rows = texts("report.annex.state_rows", {{"table", name}, {"n", t.rows}});
    if (t.status == "complete") {
      complete.push_back(rows);
      continue;
    }
    const std::string id = "report.status." + t.status;
    lines.push_back(texts("report.annex.state",
                          {{"table", t.status == "missing" ? name : rows},
                           {"status", texts.has(id) ? texts(id) : clean(t.status)},
                           {"reason", reason_words(texts, t.reason)}}));
  }
  Cell out;
  if (!complete.empty()) {
    const std::string tables = fmt::format("{}", fmt::join(complete, "; "));
    out.paragraphs.push_back(Runs{{texts("report.annex.state_complete", {{"tables", tables}})}});
  }
  for (std::string& line : lines) out.paragraphs.push_back(Runs{{std::move(line)}});
  if (out.paragraphs.empty()) out.paragraphs.push_back(Runs{{""}});
  return out;
}

void add_sources(Document& doc, const View& view, const Texts& texts) {
  add_annex_title(doc, *view.assessment, texts, "two");
  const auto& collections = view.assessment->collections;
  if (collections.empty()) {
    doc.blocks.push_back(Paragraph{.runs = {{texts("report.annex.no_sources")}}});
    return;
  }
  Table table{{{10, Align::center, col(texts, "order")}, {45, Align::left, col(texts, "source")},
               {24, Align::center, col(texts, "when")}, {46, Align::left, col(texts, "tables")},
               {40, Align::left, col(texts, "digest")}},
              {}, texts("report.annex.two.title")};
  const std::size_t shown = std::min(collections.size(), kAnnexRows);
  for (std::size_t i = 0; i < shown; ++i) {
    const CollectionRecord& c = collections[i];
    std::string source = excerpt(c.source, 160);
    if (!c.host.empty() && clean(c.host) != source) source += " (" + excerpt(c.host, 80) + ")";
    if (const std::string key = unknown_key_words(texts, c); !key.empty()) source += "; " + key;
    table.rows.push_back(
        {cell(std::to_string(i + 1)), cell(source), cell(instant_words(c.finished_at)),
         state_cell(texts, c),
         cell(c.source_sha256.empty() ? texts("report.annex.live") : clean(c.source_sha256))});
  }
  doc.blocks.push_back(std::move(table));
  if (shown < collections.size()) {
    doc.blocks.push_back(Paragraph{.runs = {{texts(
        "report.annex.more", {{"n", static_cast<std::int64_t>(collections.size() - shown)}})}}});
  }
}

void add_cover(Document& doc, const View& view, const Texts& texts, const Seal& seal) {
  const Assessment& a = *view.assessment;
  add_annex_title(doc, a, texts, "three");
  Table table{{{75, Align::left, col(texts, "name")}, {90, Align::left, col(texts, "value")}},
              {}, texts("report.annex.three.title")};
  const auto row = [&](const char* id, std::string value) {
    if (value.empty()) return;
    table.rows.push_back({cell(texts(std::string("report.cover.") + id)), cell(std::move(value))});
  };
  row("as_of", day_words(a.as_of));
  row("measures", std::to_string(a.coverage.measures));
  row("by_controls", std::to_string(a.coverage.by_controls));
  row("attested", std::to_string(a.coverage.attested));
  row("percent", fmt::format("{}%", a.coverage.percent()));
  row("program", clean(a.program_version));
  row("content", clean(a.content_version));
  row("id", clean(a.id));
  row(a.shared ? "shared_from" : "supersedes", clean(a.supersedes));
  row("file", clean(seal.file));
  row("seal", seal.sha256.empty() ? texts("report.cover.unsealed") : clean(seal.sha256));
  row("key", clean(seal.fingerprint));
  doc.blocks.push_back(std::move(table));
  if (!seal.file.empty()) {
    doc.blocks.push_back(
        Paragraph{.runs = {{texts("report.cover.verify", {{"file", clean(seal.file)}})}},
                  .size = 13});
  }
}

}  // namespace

void add_annexes(Document& doc, const View& view, const Texts& texts, const Seal& seal) {
  add_findings(doc, view, texts);
  add_sources(doc, view, texts);
  add_cover(doc, view, texts, seal);
}

}  // namespace khien::report
