// A date is a deadline when the words right before it say so.
#include "dispatch/deadlines.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/date_cues.h"
#include "dispatch/finders.h"
#include "dispatch/lines.h"
#include "dispatch/open_dates.h"
#include "dispatch/periods.h"

namespace khien {
namespace {

constexpr std::size_t kDatedHeading = 300;  // a heading's deadline goes to the items under it
constexpr std::size_t kClosingAhead = 500;    // clauses to the sentence that closes a list

// "trước ngày 15 hằng tháng", "hằng năm báo cáo trước ngày 11/12".
bool comes_again(std::u32string_view text, std::size_t from, const FoundDate& date) {
  const std::u32string_view rest = text.substr(std::min(date.end, text.size()), 14);
  std::size_t start = from;
  for (const std::u32string_view stop : {U";", U"\n", U". "}) {
    const std::size_t p = text.substr(0, date.begin).rfind(stop);
    if (p != std::u32string_view::npos) start = std::max(start, p);
  }
  const std::u32string_view before =
      date.has_year ? std::u32string_view() : text.substr(start, date.begin - start);
  for (const std::u32string_view each : {U"hằng ", U"hàng ", U"mỗi "}) {
    for (const std::u32string_view unit : {U"tháng", U"quý", U"năm"}) {
      const std::u32string again = std::u32string(each) + std::u32string(unit);
      if (find_like(rest, again) < 3) return true;
      if (find_like(before, again) != std::u32string_view::npos) return true;
    }
  }
  return false;
}

// "báo cáo", "gửi" stand nearer before the date than another clause's verb.
bool of_report(std::u32string_view text, std::size_t from, std::size_t at) {
  std::size_t start = from;
  for (const char32_t stop : {U';', U'\n'}) {
    const std::size_t p = text.substr(0, at).rfind(stop);
    if (p != std::u32string_view::npos) start = std::max(start, p);
  }
  const std::size_t dot = text.substr(0, at).rfind(U". ");
  if (dot != std::u32string_view::npos) start = std::max(start, dot);
  const std::u32string_view piece = text.substr(start, at - start);
  return find_like(piece, U"báo cáo") != std::u32string_view::npos ||
         find_like(piece, U"gửi ") != std::u32string_view::npos ||
         find_like(piece, U"thông báo kết quả") != std::u32string_view::npos;
}

// "trước quý IV/2026", "trước tháng 12/2026": the period before; other dates as they are.
std::string end_of_period_before(const std::string& iso, std::u32string_view text) {
  int back = 0;
  if (begins(text, U"quý")) back = 3;
  if (begins(text, U"tháng")) back = 1;
  if (begins(text, U"năm")) back = 12;
  const int months = std::atoi(iso.substr(0, 4).c_str()) * 12 +
                     std::atoi(iso.substr(5, 2).c_str()) - 1 - back;
  return fmt::format("{:04}-{:02}", months / 12, months % 12 + 1);
}

// A paper sets no day that was over when it was issued.
bool is_past(const std::string& iso, const std::string& issued) {
  const std::size_t n = std::min(iso.size(), issued.size());
  return n >= 7 && iso.compare(0, n, issued, 0, n) < 0;
}

bool only_dates(std::u32string_view cell) {
  std::size_t at = 0;
  const auto in_word = [](char32_t c) { return is_letter(c) || (c >= U'0' && c <= U'9'); };
  while (at < cell.size()) {
    if (!in_word(cell[at])) {
      ++at;
      continue;
    }
    const std::size_t from = at;
    while (at < cell.size() && in_word(cell[at])) ++at;
    const std::u32string_view word = cell.substr(from, at - from);
    if (word[0] >= U'0' && word[0] <= U'9') continue;
    const auto same = [&](std::u32string_view w) {
      return w.size() == word.size() && begins(word, w);
    };
    static constexpr std::u32string_view kBesideDates[] = {
        U"từ", U"đến", U"tới", U"hết", U"ngày", U"trong", U"vào", U"và", U"các"};
    if (std::none_of(std::begin(kBesideDates), std::end(kBesideDates), same)) return false;
  }
  return true;
}

// The cell of a row of a table that holds nothing but a date, or the last day of a range.
std::string date_cell(std::u32string_view text, std::size_t from, const std::string& issued) {
  for (std::size_t at = text.find(U" | ", from); at != std::u32string_view::npos;
       at = text.find(U" | ", at + 1)) {
    const std::size_t begin = at + 3;
    const std::size_t end = std::min(text.find(U" |", begin), text.size());
    const auto raw = raw_dates(text, begin, end, issued);
    if (raw.empty() || raw.back().date.end != end ||
        !only_dates(text.substr(begin, raw.back().date.begin - begin)))
      continue;
    const std::string iso = complete_date(raw.back().date, issued);
    if (!is_past(iso, issued)) return iso;
  }
  return "";
}

// The last day of a piece that stands under "Thời hạn" and needs no word to say so; none where it
// only begins something or comes again.
std::string last_day_named(std::u32string_view text, std::size_t from, std::size_t to,
                           const std::string& issued) {
  const auto raw = raw_dates(text.substr(0, to), from, to, issued);
  if (raw.empty() || comes_again(text, from, raw.back().date)) return "";
  const auto back = words_before(text, from, raw.back().date.begin);
  const bool begins_only = !back.empty() && (begins(back[0], U"từ") || begins(back[0], U"sau"));
  const std::string iso = complete_date(raw.back().date, issued);
  return begins_only || is_past(iso, issued) ? "" : iso;
}

// The day that a date with its cue sets; "" when it is no deadline.
std::string due_by(const ClauseText& clause, std::u32string_view text, const RawDate& raw,
                   DateCue cue, const std::vector<std::u32string_view>& back) {
  const DateWords& words = clause.vocabulary->date_words();
  const std::string& issued = clause.anatomy->head.issued_on;
  const std::size_t from = clause.begin;
  const FoundDate& d = raw.date;
  const bool day_of = !back.empty() && (begins(back[0], U"trong") || begins(back[0], U"thành"));
  const bool due = cue == DateCue::by || cue == DateCue::before || cue == DateCue::until ||
                   (cue == DateCue::within && (raw.open || day_of)) ||
                   (cue == DateCue::on && !raw.open);
  if (!due || comes_again(text, from, d)) return "";
  if (cue == DateCue::before && tells_of_a_thing(words, text, from, d.begin)) return "";
  if (ordered_elsewhere(words, text, from, d.begin)) return "";
  std::string iso = complete_date(d, issued);
  if (iso.size() < 7) return "";
  if (cue == DateCue::before && raw.open)
    return end_of_period_before(iso, text.substr(d.begin));  // strict, also where it is over
  return is_past(iso, issued) ? "" : iso;
}

// A month counts to its last day.
bool sooner(const std::string& a, const std::string& b) {
  return (a.size() == 7 ? a + "-31" : a) < (b.size() == 7 ? b + "-31" : b);
}

ClauseText own_words(const Clause& c, const ClauseText& like) {
  return {like.anatomy, like.vocabulary, like.folded, c.text_begin, c.end, 0, 0, nullptr};
}

// "Các nội dung trên hoàn thành trước ngày ...".
bool closes_list(std::u32string_view text) {
  for (const std::u32string_view all : {U"toàn bộ ", U"tất cả "}) {
    if (begins(text, all)) text.remove_prefix(all.size());
  }
  if (!begins(text, U"các ") && !begins(text, U"những ")) return false;
  const std::u32string_view start = text.substr(0, 45);
  const auto says = [&](std::u32string_view piece, std::u32string_view w) {
    return find_like(piece, w) != std::u32string_view::npos;
  };
  return (says(start, U"nội dung") || says(start, U"nhiệm vụ") || says(start, U"công việc") ||
          says(start, U"yêu cầu")) &&
         says(start, U" trên") && (says(text, U"hoàn thành") || says(text, U"xong"));
}

// What a heading above, or the sentence that closes the list, says of the items that say nothing.
std::string due_of_list(const ClauseText& clause) {
  const auto& clauses = clause.anatomy->clauses;
  const auto here = std::lower_bound(
      clauses.begin(), clauses.end(), clause.begin,
      [](const Clause& c, std::uint32_t begin) { return c.text_begin < begin; });
  if (here == clauses.end() || here->text_begin != clause.begin) return "";
  const auto of = [&](const Clause& c) {
    std::string due;
    for (const Deadline& d : find_deadlines(own_words(c, clause))) {
      if (!d.report && (due.empty() || sooner(d.iso, due))) due = d.iso;
    }
    return due;
  };
  for (int up = here->parent; up >= 0; up = clauses[static_cast<std::size_t>(up)].parent) {
    const Clause& above = clauses[static_cast<std::size_t>(up)];
    if (above.end - above.text_begin > kDatedHeading) continue;
    if (std::string due = of(above); !due.empty()) return due;
  }
  const auto last = clauses.end() - here > static_cast<std::ptrdiff_t>(kClosingAhead)
                        ? here + static_cast<std::ptrdiff_t>(kClosingAhead)
                        : clauses.end();
  const auto closing = std::find_if(here + 1, last, [&](const Clause& c) {
    return closes_list(cut(*clause.folded, c.text_begin, c.end));
  });
  return here + 1 < last && closing != last ? of(*closing) : "";
}

}  // namespace

std::vector<Deadline> find_deadlines(const ClauseText& clause) {
  const std::u32string_view text = cut(*clause.folded, 0, clause.end);
  const std::string& issued = clause.anatomy->head.issued_on;
  std::vector<Deadline> out;
  bool window = false;  // the date before began one
  for (const RawDate& raw : raw_dates(text, clause.begin, clause.end, issued)) {
    const FoundDate& d = raw.date;
    const auto back = words_before(text, clause.begin, d.begin);
    const DateCue cue = cue_of(back);
    const bool ends_window = window && cue == DateCue::until;
    window = cue == DateCue::from;
    if (ends_window) continue;
    std::string iso = due_by(clause, text, raw, cue, back);
    if (iso.empty()) continue;
    out.push_back({std::move(iso), d.begin, d.end, of_report(text, clause.begin, d.begin)});
  }
  if (out.empty()) {
    const std::string cell = date_cell(text, clause.begin, issued);
    if (!cell.empty()) out.push_back({cell, clause.begin, clause.end, false});
  }
  return out;
}

std::string earliest(const std::vector<Deadline>& deadlines) {
  const auto first = std::min_element(
      deadlines.begin(), deadlines.end(),
      [](const Deadline& a, const Deadline& b) { return sooner(a.iso, b.iso); });
  return first == deadlines.end() ? "" : first->iso;
}

std::string due_of_cell(const Vocabulary& vocabulary, std::string_view cell,
                        const std::string& issued_on) {
  Anatomy anatomy;
  anatomy.head.issued_on = issued_on;
  anatomy.clean = to_u32(nfc(cell));
  const std::u32string folded = fold(std::u32string_view(anatomy.clean));
  std::vector<Deadline> found;
  for (std::size_t from = 0; from < folded.size();) {
    const std::size_t to = std::min(folded.find(U';', from), folded.size());
    const ClauseText part{&anatomy,
                          &vocabulary,
                          &folded,
                          static_cast<std::uint32_t>(from),
                          static_cast<std::uint32_t>(to),
                          0,
                          0,
                          nullptr};
    const auto stated = find_deadlines(part);
    found.insert(found.end(), stated.begin(), stated.end());
    if (stated.empty()) {
      if (std::string bare = last_day_named(folded, from, to, issued_on); !bare.empty())
        found.push_back({std::move(bare), from, to, false});
    }
    from = to + 1;
  }
  return earliest(found);
}

std::string read_due_date(const ClauseText& clause) {
  std::string own = earliest(find_deadlines(clause));
  if (!own.empty()) return own;
  const auto periods = find_periods(clause);
  const bool timed = std::any_of(periods.begin(), periods.end(), [](const FoundPeriod& p) {
    return p.use == FoundPeriod::Use::within || p.use == FoundPeriod::Use::every;
  });
  return timed ? "" : due_of_list(clause);
}

}  // namespace khien
