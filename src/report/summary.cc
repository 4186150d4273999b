// One screen: rows shrink to a line, then the least grave are left out, before it grows longer.
#include "report/summary.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "report/changes.h"
#include "report/one_order.h"
#include "report/sentences.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::size_t kTasks = 5;
constexpr std::size_t kAround = 6;  // lines said around it: marks, where it was saved

std::size_t lines_of(const Pieces& pieces) {
  std::size_t n = 0;
  for (const Toned& p : pieces) {
    n += static_cast<std::size_t>(std::count(p.text.begin(), p.text.end(), '\n'));
  }
  return n;
}

// What is open in one line each: gaps, stricter demands; how to see it all.
std::string rest_of(const View& view, const Texts& texts, std::size_t width) {
  std::string out;
  std::int64_t gaps = 0;
  for (const DispatchView& d : view.dispatches) {
    for (const MeasureView& m : d.addressed) {
      gaps += static_cast<std::int64_t>(gaps_of(texts, view, m).size());
    }
  }
  const auto stricter = std::count_if(view.extra.begin(), view.extra.end(), [](const auto* run) {
    return run->outcome == Outcome::fail;
  });
  if (gaps > 0) out += wrapped_line(texts("report.screen.gaps", {{"n", counted(texts, gaps)}}),
                                    width);
  if (stricter > 0) {
    out += wrapped_line(
        texts("report.screen.stricter", {{"n", counted(texts, std::int64_t{stricter})}}),
        width);
  }
  return out + wrapped_line(texts("report.screen.more"), width);
}

void tasks_of(Pieces& out, const View& view, const Texts& texts, std::size_t width,
              std::size_t height) {
  const auto tasks = priorities(view);
  const std::string first = texts("report.screen.first");
  if (tasks.empty()) {
    return out.push_back({wrapped_line(first + " " + nothing_failed(texts, view), width)});
  }
  out.push_back({first, Tone::strong});
  out.push_back({"\n"});
  const Grid grid{{2, width - 4}, height};
  for (std::size_t i = 0; i < std::min(tasks.size(), kTasks); ++i) {
    const std::string severity = severity_of(view, *tasks[i]);
    std::string task = sentence_of(texts, view, *tasks[i], "task");
    if (severity == "critical") {
      task = texts("report.screen.grave", {{"severity", capital(severity_word(texts, severity))},
                                           {"task", task}});
    }
    grid.row(out, {fmt::format("{}.", i + 1), task}, severity == "critical" ? 1 : 2, Tone::bad);
  }
}

std::string short_verdict(const Texts& texts, const MeasureView& m) {
  return caps(texts(fmt::format("report.verdict.{}", to_string(m.measure->verdict))));
}

// The demands of one order, the worst first to stay when there is no room for all.
void rows_of(Pieces& out, const View& view, const Texts& texts, const DispatchView& d,
             std::size_t width, std::size_t height, std::size_t room) {
  Grid grid = demand_grid(texts, d, width);
  grid.height = height;
  std::vector<const MeasureView*> rows;
  for (const MeasureView& m : d.addressed) rows.push_back(&m);
  if (rows.size() > room) {
    const auto rank = [](const MeasureView* m) {
      return m->measure->verdict == Verdict::not_met ? 0 : m->measure->verdict == Verdict::met;
    };
    std::vector<const MeasureView*> kept = rows;
    std::stable_sort(kept.begin(), kept.end(),
                     [&](const auto* a, const auto* b) { return rank(a) < rank(b); });
    kept.resize(room);
    std::erase_if(rows, [&](const MeasureView* m) {
      return std::find(kept.begin(), kept.end(), m) == kept.end();
    });
  }
  for (const MeasureView* m : rows) demand_row(out, grid, texts, view, *m);
  if (const std::size_t left = d.addressed.size() - rows.size(); left > 0) {
    const auto n = static_cast<std::int64_t>(left);
    out.push_back({wrapped_line(texts("report.screen.rows", {{"n", counted(texts, n)}}),
                                width)});
  }
}

// height: lines of a row; room: demands of the first order.
Pieces screen(const View& view, const Texts& texts, std::size_t width, const Particulars& p,
              std::size_t height, std::size_t room) {
  const Assessment& a = *view.assessment;
  Pieces out;
  for (std::size_t i = 0; i < view.dispatches.size(); ++i) {
    const DispatchView& d = view.dispatches[i];
    out.push_back({wrapped_line(order_line(texts, view, d), width),
                   i == 0 ? Tone::strong : Tone::plain});
    if (i == 0) rows_of(out, view, texts, d, width, height, room);
  }
  if (p.machines_listed > 0) {
    out.push_back({wrapped_line(
        texts("report.screen.machines", {{"n", counted(texts, p.machines)},
                                         {"listed", counted(texts, p.machines_listed)}}),
        width)});
  }
  if (!a.comparison.before_sha256.empty()) {
    out.push_back({wrapped_line(changes_sentence(texts, a.comparison), width)});
  }
  out.push_back({unknown_keys(texts, a, width)});
  tasks_of(out, view, texts, width, height);
  out.push_back({rest_of(view, texts, width)});
  return out;
}

}  // namespace

std::string nothing_failed(const Texts& texts, const View& view) {
  if (asks_nothing(view)) return texts("report.priorities.not_asked");
  std::int64_t open = 0;
  for (const DispatchView& d : view.dispatches) {
    open += d.by_verdict(Verdict::undetermined) + d.by_verdict(Verdict::partly_met);
  }
  return open == 0 ? texts("report.priorities.none") : texts("report.summary.open", {{"n", open}});
}

std::string unknown_keys(const Texts& texts, const Assessment& a, std::size_t width) {
  std::set<std::string> bundles;
  for (const CollectionRecord& c : a.collections) {
    if (!c.sealed_by.empty() && !c.key_known) bundles.insert(excerpt(c.source, 60));
  }
  if (bundles.empty()) return "";
  return wrapped_line(
      texts("report.summary.unknown_keys",
            {{"n", static_cast<std::int64_t>(bundles.size())},
             {"sources", excerpt(fmt::format("{}", fmt::join(bundles, ", ")), width * 2)}}),
      width);
}

std::string order_name(const Texts& texts, const View& view, const DispatchView& d) {
  std::string name = told_apart(texts, view, *d.dispatch);
  const std::string place = clean(d.dispatch->place);
  const std::string when = squeeze(dated(texts, d.dispatch->issued_on));
  for (const std::string& part : {place, when}) {
    if (!part.empty()) name += ", " + part;
  }
  return name;
}

std::string order_line(const Texts& texts, const View& view, const DispatchView& d) {
  std::vector<std::string> parts;
  for (const Verdict v : {Verdict::met, Verdict::partly_met, Verdict::not_met,
                          Verdict::undetermined}) {
    if (d.by_verdict(v) == 0) continue;
    parts.push_back(texts(fmt::format("report.opening.{}", to_string(v)),
                          {{"n", counted(texts, d.by_verdict(v))}}));
  }
  const std::string name = order_name(texts, view, d);
  if (parts.empty()) return texts("report.screen.order_empty", {{"dispatch", name}});
  return texts("report.screen.order",
               {{"dispatch", name}, {"n", counted(texts, d.coverage.measures)},
                {"parts", fmt::format("{}", fmt::join(parts, ", "))}});
}

Grid demand_grid(const Texts& texts, const DispatchView& d, std::size_t width) {
  std::size_t place = 6;
  std::size_t verdict = 6;
  for (const MeasureView& m : d.addressed) {
    place = std::max(place, display_width(cite(texts, *m.measure)));
    verdict = std::max(verdict, display_width(short_verdict(texts, m)));
  }
  place = std::min<std::size_t>(place, width >= 120 ? 30 : 16);
  verdict = std::min<std::size_t>(verdict, 14);
  return {{verdict, place, width - verdict - place - 4}};  // two gaps
}

void demand_row(Pieces& out, const Grid& grid, const Texts& texts, const View& view,
                const MeasureView& m) {
  grid.row(out,
           {short_verdict(texts, m),
            cite(texts, *m.measure),
            fmt::format("{}", fmt::join(figures(texts, view, m), " "))},
           0, tone_of(m.measure->verdict));
}

Pieces summary(const Assessment& assessment, const Texts& texts, int width,
               const SummaryWish& wish, const Particulars& particulars) {
  const auto columns = static_cast<std::size_t>(std::clamp(width, 60, 200));
  View view = view_of(assessment);
  view.for_officer = true;
  put_own_first(view);
  Pieces out;
  if (assessment.agency.sample) out.push_back({texts("report.sample_mark") + "\n"});
  Pieces body;
  if (wish.filters()) {
    body = filtered_summary(view, texts, columns, wish, particulars);
  } else if (wish.full) {
    body = full_summary(view, texts, columns);
  } else {
    std::size_t room = view.dispatches.empty() ? 0 : view.dispatches[0].addressed.size();
    std::size_t height = 2;
    body = screen(view, texts, columns, particulars, height, room);
    for (std::size_t n = lines_of(body) + kAround; n > kScreen; n = lines_of(body) + kAround) {
      if (height > 1) height = 1;
      else if (room > 1) room -= std::min(room - 1, n - kScreen);
      else break;
      body = screen(view, texts, columns, particulars, height, room);
    }
  }
  out.insert(out.end(), body.begin(), body.end());
  return out;
}

}  // namespace khien::report
