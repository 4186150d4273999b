// Holidays the document names, as days to watch. Words are content (measures/windows.yaml), dates
// too (calendar/).
#include "dispatch/windows.h"

#include <algorithm>

#include "base/calendar.h"

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

}  // namespace

std::vector<WatchWindow> find_windows(const Anatomy& anatomy, const Vocabulary& vocabulary,
                                      const std::vector<Hit>& hits) {
  std::vector<WatchWindow> out;
  const std::string& issued = anatomy.head.issued_on;
  if (issued.size() < 4) return out;
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
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  return out;
}

}  // namespace khien
