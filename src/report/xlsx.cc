// The annex of a report; how a sheet is drawn is in sheet.h.
#include "report/xlsx.h"

#include <array>
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

constexpr std::array kVerdicts = {Verdict::met, Verdict::partly_met, Verdict::not_met,
                                  Verdict::undetermined};

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
  void chart(lxw_row_t first, lxw_row_t last);
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

// A row an order, which the chart draws; then what the file is.
void Book::overview() {
  Sheet s = sheet("overview");
  std::vector<std::pair<std::string, double>> titles = {{col("dispatch"), 64}};
  for (const Verdict v : kVerdicts) {
    titles.emplace_back(texts_(fmt::format("report.verdict.{}", to_string(v))), 15);
  }
  s.titles(titles);
  const lxw_row_t first = s.row();
  for (const DispatchView& d : view_.dispatches) {
    s.put(0, full_name(texts_, *d.dispatch));
    for (const Verdict v : kVerdicts) {
      s.put(1 + static_cast<int>(v), d.by_verdict(v),
            formats_.verdict[static_cast<std::size_t>(v)]);
    }
    s.next();
  }
  if (s.row() > first) chart(first, s.row() - 1);
  s.next();
  const auto row = [&](const std::string& name, const std::string& value) {
    s.put(0, name);
    s.put(1, value, formats_.plain);
    s.next();
  };
  const auto count = [&](const std::string& name, std::int64_t value) {
    s.put(0, name);
    s.put(1, value);
    s.next();
  };
  row(texts_("report.cover.agency"), a_.agency.name);
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
}

// A sheet of its own: a stacked bar an order, by verdict.
void Book::chart(lxw_row_t first, lxw_row_t last) {
  static constexpr std::array<lxw_color_t, 4> kColours = {0x1B7F3B, 0xC98A00, 0xB3261E, 0x7A8592};
  const std::string data = texts_("report.sheet.overview");
  lxw_chart* chart = workbook_add_chart(book_, LXW_CHART_BAR_STACKED_PERCENT);
  for (const Verdict v : kVerdicts) {
    const auto c = static_cast<lxw_col_t>(1 + static_cast<int>(v));
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    chart_series_set_categories(series, data.c_str(), first, 0, last, 0);
    chart_series_set_values(series, data.c_str(), first, c, last, c);
    chart_series_set_name_range(series, data.c_str(), first - 1, c);
    lxw_chart_fill fill{};
    fill.color = kColours[static_cast<std::size_t>(v)];
    chart_series_set_fill(series, &fill);
    chart_series_set_labels(series);
  }
  chart_title_set_name(chart, texts_("report.sheet.chart_title").c_str());
  chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  chart_axis_set_reverse(chart->y_axis);  // the first order on top: the axes of bars change places
  chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_HIGH);
  chart_set_series_gap(chart, 60);
  lxw_chartsheet* sheet =
      workbook_add_chartsheet(book_, texts_("report.sheet.chart").c_str());
  chartsheet_set_landscape(sheet);
  chartsheet_set_paper(sheet, 9);
  if (!mark_.empty()) chartsheet_set_header(sheet, ("&R&B" + mark_).c_str());
  chartsheet_set_chart(sheet, chart);
}

void Book::results() {
  Sheet s = sheet("results");
  s.titles({{col("dispatch"), 22}, {col("item"), 16}, {col("content"), 42}, {col("result"), 18},
            {col("control"), 30}, {col("passed"), 8}, {col("total"), 8}, {col("failed"), 8},
            {col("unknown"), 9}, {col("basis"), 44}});
  for (const DispatchView& d : view_.dispatches) {
    for (const MeasureView& m : d.addressed) {
      const auto head = [&] {
        s.put(0, told_apart(texts_, view_, *d.dispatch));
        s.put(1, cite(texts_, *m.measure));
        s.put(2, measure_words(texts_, *m.measure, kCellPoints));
        s.put(3, verdict_word(texts_, m.measure->verdict),
              formats_.verdict[static_cast<std::size_t>(m.measure->verdict)]);
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
  s.titles({{col("order"), 7}, {col("control"), 34}, {col("subject"), 28}, {col("result"), 13},
            {col("severity"), 13}, {col("observed"), 20}, {col("reason"), 34}, {col("item"), 20},
            {col("source"), 24}});
  std::map<std::int64_t, const CollectionRecord*> collections;
  for (const CollectionRecord& c : a_.collections) collections[c.id] = &c;
  std::int64_t n = 0;
  for (const FindingRecord& f : a_.findings) {
    if (a_.shared) break;
    const auto source = collections.find(f.collection);
    s.put(0, ++n);
    s.put(1, control_words(texts_, f.control));
    s.put(2, f.subject);
    s.put(3, capital(outcome_word(texts_, f.result)),
          formats_.verdict[static_cast<std::size_t>(
              f.result == Outcome::fail ? Verdict::not_met : Verdict::undetermined)]);
    s.put(4, severity_word(texts_, f.severity));
    s.put(5, observed_words(texts_, f.observed));
    s.put(6, f.reason.empty() ? "" : capital(reason_words(texts_, f.reason)));
    std::vector<std::string> places;
    for (const std::string& clause : f.clauses) places.push_back(cite_words(texts_, clause));
    s.put(7, fmt::format("{}", fmt::join(places, "; ")));
    s.put(8, source == collections.end() ? "" : source->second->source);
    s.next();
  }
  s.finish();
}

void Book::sources() {
  Sheet s = sheet("sources");
  s.titles({{col("order"), 7}, {col("source"), 28}, {col("host"), 16}, {col("when"), 17},
            {col("tables"), 22}, {col("status"), 11}, {col("rows"), 9}, {col("reason"), 28},
            {col("digest"), 34}, {col("key"), 16}, {col("note"), 28}});
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
