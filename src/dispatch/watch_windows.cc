// Days to watch: those the document states ("từ ngày 04/02 đến hết ngày 12/02"), else those of the
// holidays it names. Words are content (measures/windows.yaml), dates too (calendar/).
#include "dispatch/watch_windows.h"

#include <algorithm>

#include "base/calendar.h"
#include "base/text.h"
#include "dispatch/deadlines.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

// The days of `entry` in `year`; false when the calendar does not know them.
bool days_of(const CalendarEntry& entry, int year, WatchWindow& out) {
  const auto days = entry.days(year);
  if (!days) return false;
  out.from = to_iso(days->first);
  out.to = to_iso(days->second);
  return true;
}

// A window of at most 60 days in a clause that speaks of duty, watching or a holiday.
std::vector<WatchWindow> stated_windows(const Anatomy& anatomy) {
  static constexpr std::u32string_view kAbout[] = {
      U"trực",    U"giám sát", U"theo dõi", U"nghỉ lễ", U"nghỉ tết", U"dịp lễ", U"dịp tết",
      U"đại hội", U"bầu cử",   U"sự kiện",  U"cao điểm"};
  std::vector<WatchWindow> out;
  const std::u32string folded = fold(std::u32string_view(anatomy.clean));
  const auto about = [&](std::size_t begin, std::size_t end) {
    const std::u32string_view piece = cut(folded, begin, end);
    return std::any_of(std::begin(kAbout), std::end(kAbout),
                       [&](auto w) { return find_like(piece, w) != piece.npos; });
  };
  for (const Clause& c : anatomy.clauses) {
    for (const DateWindow& d :
         find_date_windows(folded, c.begin, c.end, anatomy.head.issued_on)) {
      const auto from = parse_date(d.from);
      const auto to = parse_date(d.to);
      if (!from || !to || to_days(*to) - to_days(*from) > 60 || !about(c.begin, c.end)) continue;
      const bool known = std::any_of(out.begin(), out.end(), [&](const WatchWindow& w) {
        return w.from == d.from && w.to == d.to;
      });
      if (!known && out.size() < 20) out.push_back({d.from, d.to, "window.stated"});
    }
  }
  return out;
}

}  // namespace

std::vector<WatchWindow> find_windows(const Anatomy& anatomy, const Vocabulary& vocabulary,
                                      const std::vector<Hit>& hits) {
  std::vector<WatchWindow> out;
  const std::string& issued = anatomy.head.issued_on;
  if (issued.size() < 4) return stated_windows(anatomy);
  const int year = std::atoi(issued.substr(0, 4).c_str());
  for (const Hit& hit : hits) {
    const auto& owner = vocabulary.owner(hit.owner);
    if (owner.role != Vocabulary::Role::window) continue;
    const auto& window = vocabulary.calendar().entries()[static_cast<std::size_t>(owner.index)];
    WatchWindow w;
    w.why = "window." + window.id;
    const bool same =
        std::any_of(out.begin(), out.end(), [&](const WatchWindow& o) { return o.why == w.why; });
    if (same) continue;
    bool found = false;
    for (int y = year; y <= year + 1 && !found; ++y) {
      // a window that is over when the document is issued is the next year's only in winter
      found = days_of(window, y, w) && w.to.substr(0, issued.size()) >= issued &&
              (y == year || (issued.size() >= 7 && issued.substr(5, 2) >= "10"));
    }
    if (found) out.push_back(w);
  }
  // A stated window wins over the calendar's days that it meets.
  const std::vector<WatchWindow> stated = stated_windows(anatomy);
  std::erase_if(out, [&](const WatchWindow& w) {
    return std::any_of(stated.begin(), stated.end(), [&](const WatchWindow& s) {
      return s.from <= w.to && w.from <= s.to;
    });
  });
  out.insert(out.end(), stated.begin(), stated.end());
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  return out;
}

}  // namespace khien
