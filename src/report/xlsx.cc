// The annex of a report; how a sheet is drawn is in sheet.h.
#include "report/xlsx.h"

#include <ctime>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "base/limits.h"
#include "report/errors.h"
#include "report/sheet.h"
#include "report/words.h"

namespace khien::report {
namespace {

class Book {
 public:
  Book(lxw_workbook* book, const View& view, const Texts& texts, const Seal& seal)
      : book_(book), view_(view), a_(*view.assessment), texts_(texts), seal_(seal),
        formats_(formats_of(book)),
        mark_(a_.agency.sample ? texts("report.sample_mark") : std::string()) {}

  void write() {
    overview();
    results();
    findings();
    sources();
  }

 private:
  std::string col(const char* id) const { return texts_(std::string("report.column.") + id); }
  Sheet sheet(const char* id) {
    return {book_, texts_(std::string("report.sheet.") + id), formats_, mark_};
  }
  void overview();
  void results();
  void findings();
  void sources();

  lxw_workbook* book_;
  const View& view_;
  const Assessment& a_;
  const Texts& texts_;
  const Seal& seal_;
  Formats formats_;
  std::string mark_;
};

void Book::overview() {
  Sheet s = sheet("overview");
  s.titles({{col("name"), 52}, {col("value"), 60}});
  const auto row = [&](const std::string& name, const std::string& value) {
    s.put(0, name);
    s.put(1, value);
    s.next();
  };
  const auto count = [&](const std::string& name, std::int64_t value) {
    s.put(0, name);
    s.put(1, value);
    s.next();
  };
  row(texts_("report.cover.agency"), a_.agency.name);
  for (const DispatchView& d : view_.dispatches) {
    row(col("dispatch"), full_name(texts_, *d.dispatch));
    for (const Verdict v : {Verdict::met, Verdict::partly_met, Verdict::not_met,
                            Verdict::undetermined}) {
      count(verdict_word(texts_, v), d.by_verdict(v));
    }
  }
  row(texts_("report.cover.as_of"), day_words(a_.as_of));
  count(texts_("report.cover.measures"), a_.coverage.measures);
  count(texts_("report.cover.by_controls"), a_.coverage.by_controls);
  count(texts_("report.cover.attested"), a_.coverage.attested);
  row(texts_("report.cover.percent"), fmt::format("{}%", a_.coverage.percent()));
  row(texts_("report.cover.program"), a_.program_version);
  row(texts_("report.cover.content"), a_.content_version);
  row(texts_("report.cover.id"), a_.id);
  row(texts_("report.cover.seal"),
      seal_.sha256.empty() ? texts_("report.cover.unsealed") : seal_.sha256);
  s.finish();
}

void Book::results() {
  Sheet s = sheet("results");
  s.titles({{col("dispatch"), 28}, {col("item"), 22}, {col("content"), 60}, {col("result"), 22},
            {col("control"), 40}, {col("passed"), 10}, {col("total"), 10}, {col("failed"), 12},
            {col("unknown"), 12}, {col("basis"), 60}});
  for (const DispatchView& d : view_.dispatches) {
    for (const MeasureView& m : d.addressed) {
      const auto head = [&] {
        s.put(0, number_of(texts_, *d.dispatch));
        s.put(1, cite(texts_, *m.measure));
        s.put(2, measure_words(texts_, *m.measure, kCellPoints));
        s.put(3, verdict_word(texts_, m.measure->verdict));
      };
      for (const RunRecord* run : m.runs) {
        head();
        s.put(4, control_words(texts_, run->control));
        s.put(5, run->passed);
        s.put(6, run->total());
        s.put(7, run->failed);
        s.put(8, run->unknown);
        s.put(9, run_line(texts_, view_, *run, false));
        s.next();
      }
      if (!m.runs.empty()) continue;
      head();
      for (int i = 4; i < 9; ++i) s.put(i, "");
      s.put(9, fmt::format("{}", fmt::join(basis_lines(texts_, view_, m, false), "; ")));
      s.next();
    }
  }
  s.finish();
}

void Book::findings() {
  Sheet s = sheet("findings");
  s.titles({{col("order"), 7}, {col("control"), 44}, {col("subject"), 34}, {col("result"), 16},
            {col("severity"), 14}, {col("observed"), 26}, {col("reason"), 44}, {col("item"), 30},
            {col("source"), 34}});
  std::map<std::int64_t, const CollectionRecord*> collections;
  for (const CollectionRecord& c : a_.collections) collections[c.id] = &c;
  std::int64_t n = 0;
  for (const FindingRecord& f : a_.findings) {
    if (a_.shared) break;
    const auto source = collections.find(f.collection);
    s.put(0, ++n);
    s.put(1, control_words(texts_, f.control));
    s.put(2, f.subject);
    s.put(3, capital(outcome_word(texts_, f.result)));
    s.put(4, severity_word(texts_, f.severity));
    s.put(5, observed_words(texts_, f.observed));
    s.put(6, f.reason.empty() ? "" : capital(reason_words(texts_, f.reason)));
    s.put(7, fmt::format("{}", fmt::join(f.clauses, "; ")));
    s.put(8, source == collections.end() ? "" : source->second->source);
    s.next();
  }
  s.finish();
}

void Book::sources() {
  Sheet s = sheet("sources");
  s.titles({{col("order"), 7}, {col("source"), 40}, {col("host"), 24}, {col("when"), 20},
            {col("tables"), 24}, {col("status"), 16}, {col("rows"), 12}, {col("reason"), 44},
            {col("digest"), 70}, {col("key"), 24}, {col("note"), 44}});
  std::int64_t n = 0;
  for (const CollectionRecord& c : a_.collections) {
    for (const auto& t : c.tables) {
      const std::string status = "report.status." + t.status;
      s.put(0, ++n);
      s.put(1, c.source);
      s.put(2, c.host);
      s.put(3, instant_words(c.finished_at));
      s.put(4, facts_words(texts_, t.table));
      s.put(5, texts_.has(status) ? texts_(status) : t.status);
      s.put(6, t.rows);
      s.put(7, t.status == "complete" ? "" : reason_words(texts_, t.reason));
      s.put(8, c.source_sha256);
      s.put(9, c.sealed_by);
      s.put(10, unknown_key_words(texts_, c));
      s.next();
    }
  }
  s.finish();
}

}  // namespace

Result<std::string> xlsx(const View& view, const Texts& texts, const Seal& seal) {
  return write_book(view.assessment->agency.name, view.assessment->created_at,
                    [&](lxw_workbook* book) { Book(book, view, texts, seal).write(); });
}

}  // namespace khien::report
