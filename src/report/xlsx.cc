// libxlsxwriter writes to a file only, so a private folder holds it for a moment. Texts go through
// worksheet_write_string alone: "=cmd" stays four letters.
#include "report/xlsx.h"

#include <ctime>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "base/limits.h"
#include "report/errors.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kCellPoints = 8000;  // Excel's own limit is 32,767 UTF-16 units

struct Formats {
  lxw_format* title = nullptr;   // row of titles
  lxw_format* cell = nullptr;
  lxw_format* number = nullptr;
  lxw_format* big = nullptr;
  lxw_format* mark = nullptr;
};

class Sheet {
 public:
  Sheet(lxw_workbook* book, const std::string& name, const Formats& formats,
        const std::string& mark)
      : sheet_(workbook_add_worksheet(book, name.c_str())), f_(formats) {
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_set_landscape(sheet_);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_footer(sheet_, "&C&P/&N");
    if (!mark.empty()) {
      worksheet_set_header(sheet_, ("&R&B" + mark).c_str());
      put(0, mark, f_.mark);
      ++row_;
    }
  }
  void put(int column, const std::string& text, lxw_format* format = nullptr) {
    worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column),
                           excerpt(text, kCellPoints).c_str(), format ? format : f_.cell);
  }
  void put(int column, std::int64_t number) {
    worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column),
                           static_cast<double>(number), f_.number);
  }
  void next() { ++row_; }
  void wide(int column, double width) {
    const auto c = static_cast<lxw_col_t>(column);
    worksheet_set_column(sheet_, c, c, width, nullptr);
  }
  void titles(const std::vector<std::pair<std::string, double>>& columns) {
    int i = 0;
    for (const auto& [title, width] : columns) {
      wide(i, width);
      put(i++, title, f_.title);
    }
    first_ = row_;
    columns_ = i;
    worksheet_freeze_panes(sheet_, row_ + 1, 0);
    worksheet_repeat_rows(sheet_, row_, row_);
    next();
  }
  void finish() {  // the filter, once all rows are there
    const lxw_row_t last = row_ > first_ + 1 ? row_ - 1 : first_ + 1;
    worksheet_autofilter(sheet_, first_, 0, last, static_cast<lxw_col_t>(columns_ - 1));
  }
  const Formats& formats() const { return f_; }

 private:
  lxw_worksheet* sheet_;
  const Formats& f_;
  lxw_row_t row_ = 0;
  lxw_row_t first_ = 0;
  int columns_ = 1;
};

Formats formats_of(lxw_workbook* book) {
  Formats f;
  for (lxw_format** one : {&f.title, &f.cell, &f.number, &f.big, &f.mark}) {
    *one = workbook_add_format(book);
    format_set_font_name(*one, "Times New Roman");
    format_set_font_size(*one, 12);
    format_set_align(*one, LXW_ALIGN_VERTICAL_TOP);
  }
  for (lxw_format* one : {f.title, f.cell}) {
    format_set_text_wrap(one);
    format_set_border(one, LXW_BORDER_THIN);
  }
  format_set_border(f.number, LXW_BORDER_THIN);
  format_set_num_format(f.number, "#,##0");
  format_set_bold(f.title);
  format_set_align(f.title, LXW_ALIGN_CENTER);
  format_set_bg_color(f.title, 0xE7E6E6);
  format_set_bold(f.big);
  format_set_font_size(f.big, 14);
  format_set_bold(f.mark);
  return f;
}

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
            {col("digest"), 70}});
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
      s.next();
    }
  }
  s.finish();
}

}  // namespace

Result<std::string> xlsx(const View& view, const Texts& texts, const Seal& seal) {
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  const std::string path = folder.path() / "report.xlsx";
  std::string tmp = folder.path();
  lxw_workbook_options options{};
  options.tmpdir = tmp.data();
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  if (book == nullptr) return fail(err::report_xlsx, "", {{"detail", "workbook"}});
  std::string author = clean(view.assessment->agency.name);
  lxw_doc_properties properties{};
  properties.author = author.data();
  properties.created = static_cast<time_t>(view.assessment->created_at / 1000);
  workbook_set_properties(book, &properties);
  Book(book, view, texts, seal).write();
  const lxw_error status = workbook_close(book);
  if (status != LXW_NO_ERROR) {
    return fail(err::report_xlsx, "", {{"detail", lxw_strerror(status)}});
  }
  return read_file(path, limits::zip_total_bytes);
}

}  // namespace khien::report
