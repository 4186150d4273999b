// Lịch trực: one table a window, days down and shifts across. A shift the duty register covers
// names its people; one it leaves open stays a blank line to write on.
#include <algorithm>

#include <fmt/format.h>

#include "report/draft.h"
#include "report/errors.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kMostDays = 62;
constexpr double kDayWidth = 42;  // mm

std::string hour_words(int hour) { return fmt::format("{:02}:00", hour % 24); }

std::string clock_words(std::int64_t at_ms) { return instant_words(at_ms).substr(11); }

struct Span {
  std::int64_t from = 0, to = 0;  // ms UTC
};

Span span_of(const Date& day, const ShiftHours& s) {
  const std::int64_t start = start_of_day_ms(day);
  const int to = s.to <= s.from ? s.to + 24 : s.to;
  return {start + s.from * kHourMs, start + to * kHourMs};
}

// Its end lies in the next day, and so the one of the evening before in the first day of a window.
bool through_midnight(const ShiftHours& s) { return s.to <= s.from && s.to > 0; }

class Sheet {
 public:
  Sheet(const Roster& p, const Texts& texts) : p_(p), texts_(texts) {}

  Table table(const Window& w) const {
    const double each = (165.0 - kDayWidth) / static_cast<double>(p_.shifts.size());
    Table out{{{kDayWidth, Align::left, texts_("draft.roster.column.day")}},
              {},
              texts_("draft.roster.table",
                     {{"from", texts_.date(w.from)}, {"to", texts_.date(w.to)}})};
    std::int64_t n = 0;
    for (const ShiftHours& s : p_.shifts) {
      const std::string to = s.to <= s.from
                                 ? texts_("draft.roster.next_day", {{"hour", hour_words(s.to)}})
                                 : hour_words(s.to);
      out.columns.push_back({each, Align::center,
                             texts_("draft.roster.shift",
                                    {{"n", ++n}, {"from", hour_words(s.from)}, {"to", to}})});
    }
    const auto from = parse_date(w.from);
    const auto to = parse_date(w.to);
    if (!from || !to) return out;
    const std::int64_t last = std::min(to_days(*to), to_days(*from) + kMostDays - 1);
    if (std::any_of(p_.shifts.begin(), p_.shifts.end(), through_midnight)) {
      out.rows.push_back(row(from_days(to_days(*from) - 1), true));
    }
    for (std::int64_t d = to_days(*from); d <= last; ++d) {
      out.rows.push_back(row(from_days(d), false));
    }
    return out;
  }

 private:
  // eve: the day before the window, of which only a shift through midnight belongs to it.
  std::vector<Cell> row(const Date& day, bool eve) const {
    const std::int64_t weekday = ((to_days(day) + 3) % 7 + 7) % 7 + 1;  // 1970-01-01: Thursday
    std::vector<Cell> cells;
    const std::string name = texts_(fmt::format("draft.roster.weekday_{}", weekday));
    cells.push_back({{Runs{{texts_("draft.roster.day", {{"weekday", name},
                                                        {"date", texts_.date(to_iso(day))}})}}}});
    for (const ShiftHours& s : p_.shifts) {
      cells.push_back(eve && !through_midnight(s) ? Cell{{Runs{{""}}}} : on_duty(span_of(day, s)));
    }
    return cells;
  }

  Cell on_duty(const Span& span) const {
    Cell out;
    for (const DutyShift& d : p_.duty) {
      if (d.from_at >= span.to || d.to_at <= span.from || clean(d.person).empty()) continue;
      const std::string phone = clean(d.phone);
      std::string words = clean(d.person);
      if (!phone.empty()) {
        words = texts_("draft.roster.person_phone", {{"person", words}, {"phone", phone}});
      }
      if (d.from_at > span.from || d.to_at < span.to) {  // only a part of the shift
        words = texts_("draft.roster.partial",
                       {{"person", words},
                        {"from", clock_words(std::max(d.from_at, span.from))},
                        {"to", clock_words(std::min(d.to_at, span.to))}});
      }
      out.paragraphs.push_back(Runs{{words}});
      if (const std::string backup = clean(d.backup); !backup.empty()) {
        out.paragraphs.push_back(
            Runs{{texts_("draft.roster.backup", {{"person", backup}}), false, true}});
      }
    }
    if (out.paragraphs.empty()) out.paragraphs.push_back(Runs{{texts_("draft.roster.blank")}});
    return out;
  }

  const Roster& p_;
  const Texts& texts_;
};

std::vector<std::string> day_lines(const Table& table) {  // for templates, which have no table
  std::vector<std::string> out;
  for (const auto& row : table.rows) {
    std::string line = row[0].paragraphs[0][0].text;
    for (std::size_t i = 1; i < row.size(); ++i) {
      if (row[i].paragraphs[0][0].text.empty()) continue;  // not of the window
      line += "; " + table.columns[i].title + ":";
      for (const Runs& runs : row[i].paragraphs) line += " " + runs[0].text;
    }
    out.push_back(std::move(line));
  }
  return out;
}

bool covered(const Roster& p, Span left) {  // by shifts of the register, whatever their order
  for (bool moved = true; moved && left.from < left.to;) {
    moved = false;
    for (const DutyShift& d : p.duty) {
      if (clean(d.person).empty() || d.from_at > left.from || d.to_at <= left.from) continue;
      left.from = d.to_at;
      moved = true;
    }
  }
  return left.from >= left.to;
}

void add_duties(Draft& out, const Roster& p, const Texts& texts) {
  Document& doc = out.document;
  doc.blocks.push_back(Heading{2, texts("draft.roster.duties")});
  const std::string contact = contact_words(p.sender, texts);
  std::vector<std::string> lines = {
      texts("draft.roster.duty_one"),
      contact.empty() ? texts("draft.roster.duty_two_plain")
                      : texts("draft.roster.duty_two", {{"contact", contact}}),
      texts("draft.roster.duty_three")};
  for (const std::string& line : lines) add_paragraph(doc, line);
  out.fields["duties"] = std::move(lines);
}

}  // namespace

std::int64_t open_shifts(const Roster& p) {
  std::int64_t open = 0;
  for (const Window& w : p.ordered.watch_windows) {
    const auto from = parse_date(w.from);
    const auto to = parse_date(w.to);
    if (!from || !to) continue;
    const std::int64_t last = std::min(to_days(*to), to_days(*from) + kMostDays - 1);
    for (const ShiftHours& s : p.shifts) {
      if (!through_midnight(s)) continue;
      const Span evening = span_of(from_days(to_days(*from) - 1), s);
      open += !covered(p, {start_of_day_ms(*from), evening.to});
    }
    for (std::int64_t d = to_days(*from); d <= last; ++d) {
      for (const ShiftHours& s : p.shifts) open += !covered(p, span_of(from_days(d), s));
    }
  }
  return open;
}

Done choose_watch_window(const std::string& from_on, const std::string& until_on,
                         Ordered& ordered) {
  if (!from_on.empty() || !until_on.empty()) {
    KHIEN_TRY(const Date from, parse_date(from_on));
    KHIEN_TRY(const Date until, parse_date(until_on.empty() ? from_on : until_on));
    if (until < from || to_days(until) - to_days(from) >= kMostDays) {
      return fail(err::draft_window_invalid, "--from",
                  {{"value", to_iso(from) + " - " + to_iso(until)}});
    }
    std::string why;
    if (ordered.watch_windows.size() == 1) why = ordered.watch_windows[0].why;
    ordered.watch_windows = {{to_iso(from), to_iso(until), why}};
  }
  if (ordered.watch_windows.empty()) return fail(err::draft_window_missing, "");
  return {};
}

std::vector<DutyShift> duty_shifts(const std::vector<Row>& rows) {
  std::vector<DutyShift> out;
  for (const Row& row : rows) {
    out.push_back({number_of(row, "from_at"), number_of(row, "to_at"), text_of(row, "person"),
                   text_of(row, "phone"), text_of(row, "place"), text_of(row, "backup_person")});
  }
  return out;
}

Draft draft_roster(const Roster& p, const Texts& texts) {
  const auto& watch_windows = p.ordered.watch_windows;
  const std::string why = watch_windows.size() == 1 ? clean(watch_windows[0].why) : std::string();
  const std::string about =
      why.empty() ? texts("draft.roster.about") : texts("draft.roster.about_why", {{"why", why}});
  Draft out = start_draft(p.sender, {texts("draft.roster.letters"), ""}, about, texts);
  Document& doc = out.document;
  doc.blocks.push_back(Title{texts("draft.roster.kind"), about});
  const std::string agency = capital(p.sender.agency.name.empty()
                                         ? texts("report.agency_unnamed")
                                         : clean(p.sender.agency.name));
  const bool order = has_order(p.ordered);
  const std::string basis =
      order ? texts("draft.roster.basis", {{"dispatch", full_name(texts, p.ordered.dispatch)},
                                           {"agency", agency}})
            : texts("draft.roster.basis_plain", {{"agency", agency}});
  add_paragraph(doc, basis, true);
  const Sheet sheet(p, texts);
  int n = 0;
  for (const Window& w : watch_windows) {
    const std::string number = watch_windows.size() > 1 ? fmt::format("{}. ", ++n) : std::string();
    const Args args = {{"number", number}, {"from", texts.date(w.from)},
                       {"to", texts.date(w.to)}, {"why", clean(w.why)}};
    const std::string line =
        texts(w.why.empty() ? "draft.roster.window_plain" : "draft.roster.window", args);
    add_paragraph(doc, line, true);
    out.fields["windows"].push_back(line);
    Table table = sheet.table(w);
    for (const std::string& day : day_lines(table)) out.fields["roster"].push_back(day);
    doc.blocks.push_back(std::move(table));
  }
  add_duties(out, p, texts);
  const std::string closing = texts("draft.roster.closing");
  add_paragraph(doc, closing, true);
  out.fields["order"] = {order ? full_name(texts, p.ordered.dispatch) : ""};
  out.fields["basis"] = {basis};
  out.fields["closing"] = {closing};
  add_signature(out, p.sender, p.ordered, false, texts);
  auto& block = std::get<SignatureBlock>(doc.blocks.back());
  block.recipients.insert(block.recipients.begin(), "- " + texts("draft.roster.recipients"));
  out.fields["copies"] = block.recipients;
  return out;
}

}  // namespace khien::report
