// Dates are data, checked here as they are read, so that an officer can add a year or an event.
#include "dispatch/watch_calendar.h"

#include <algorithm>
#include <tuple>

#include "base/node.h"

namespace khien {
namespace {

constexpr int kMostSpan = 60;  // days

Result<Date> date_at(const std::string& text, const std::string& place) {
  auto date = parse_date(text);
  if (!date) date.error().place = place;
  return date;
}

Result<int> year_of(const std::string& text, const std::string& place) {
  KHIEN_TRY(const Date first, date_at(text + "-01-01", place));
  return first.year;
}

Done read_span(const Node& node, CalendarEntry& e, const std::string& place) {
  if (node.is_null()) return {};
  const auto& both = node.items();
  const bool right = both.size() == 2 && both[0].integer(1) <= 0 && both[1].integer(-1) >= 0 &&
                     both[0].integer() >= -kMostSpan && both[1].integer() <= kMostSpan;
  if (!right) KHIEN_DO(need_one_of("", {"[-2, 4]", "[0, 1]"}, "span", place));
  e.before = static_cast<int>(both[0].integer());
  e.after = static_cast<int>(both[1].integer());
  return {};
}

Done read_days_off(const Node& node, CalendarEntry& e, const std::string& file) {
  for (const auto& [text, value] : node.pairs()) {
    const std::string place = at_line(file, value);
    KHIEN_DO(allow_keys(value, {"from", "to", "verified", "source"}, place));
    KHIEN_TRY(const int year, year_of(text, place));
    DaysOff off;
    KHIEN_TRY(off.from, date_at(value["from"].text(), place));
    KHIEN_TRY(off.to, date_at(value["to"].text(), place));
    if (off.to < off.from) KHIEN_DO(need_one_of(to_iso(off.to), {to_iso(off.from)}, "to", place));
    off.verified = value["verified"].boolean();
    off.source = value["source"].text();
    e.days_off[year] = off;
  }
  return {};
}

Result<CalendarEntry> read_entry(const std::string& id, const Node& node, const std::string& file) {
  const std::string place = at_line(file, node);
  KHIEN_DO(allow_keys(node, {"every_year", "years", "span", "since", "verified", "source", "opens",
                             "days_off"}, place));
  CalendarEntry e;
  e.id = id;
  if (node["every_year"].is_null() == node["years"].is_null()) {
    KHIEN_DO(need_one_of("", {"every_year", "years"}, id, place));
  }
  if (!node["every_year"].is_null()) {
    KHIEN_TRY(const Date day, date_at("2023-" + node["every_year"].text(), place));
    e.month = day.month;
    e.day = day.day;
  }
  for (const auto& [text, value] : node["years"].pairs()) {
    KHIEN_TRY(const int year, year_of(text, place));
    KHIEN_TRY(e.years[year], date_at(value.text(), at_line(file, value)));
  }
  KHIEN_DO(read_span(node["span"], e, place));
  e.since = static_cast<int>(node["since"].integer());
  e.verified = node["verified"].boolean();
  e.source = node["source"].text();
  e.opens = node["opens"].texts();
  if (e.opens.empty()) e.opens = {"duty.roster_24x7", "log.monitoring"};
  KHIEN_DO(read_days_off(node["days_off"], e, file));
  return e;
}

CalendarWindow with_break(const CalendarEntry& e, int year, const std::pair<Date, Date>& days) {
  CalendarWindow w{&e, days.first, days.second, false, e.verified, e.source};
  const auto off = e.days_off.find(year);
  if (off == e.days_off.end()) return w;
  w.from = std::min(w.from, off->second.from);
  w.to = std::max(w.to, off->second.to);
  w.break_known = true;
  w.verified = w.verified && off->second.verified;
  if (!off->second.source.empty()) w.source += "; " + off->second.source;
  return w;
}

}  // namespace

std::optional<std::pair<Date, Date>> CalendarEntry::days(int year) const {
  if (year < since) return std::nullopt;
  Date middle{year, month, day};
  if (month == 0) {
    const auto found = years.find(year);
    if (found == years.end()) return std::nullopt;
    middle = found->second;
  }
  const std::int64_t at = to_days(middle);
  return std::pair{from_days(at + before), from_days(at + after)};
}

Result<WatchCalendar> WatchCalendar::load(const Content& content) {
  WatchCalendar out;
  for (const std::string& file : content.list("calendar/", ".yaml")) {
    KHIEN_TRY(const Node root, content.yaml(file));
    KHIEN_DO(allow_keys(root, {kWatchWindows, kOldWatchWindows, "ahead_days"}, file));
    if (root.has("ahead_days")) out.ahead_days_ = static_cast<int>(root["ahead_days"].integer());
    for (const char* key : {kWatchWindows, kOldWatchWindows}) {
      for (const auto& [id, node] : root[key].pairs()) {
        if (out.find(id) != nullptr) KHIEN_DO(need_one_of(id, {}, key, at_line(file, node)));
        KHIEN_TRY(CalendarEntry entry, read_entry(id, node, file));
        out.entries_.push_back(std::move(entry));
      }
    }
  }
  return out;
}

const CalendarEntry* WatchCalendar::find(std::string_view id) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const CalendarEntry& e) { return e.id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

std::vector<CalendarWindow> WatchCalendar::between(const Date& from, const Date& to) const {
  std::vector<CalendarWindow> out;
  for (const CalendarEntry& e : entries_) {
    for (int year = from.year - 1; year <= to.year + 1; ++year) {  // a break may begin last year
      const auto days = e.days(year);
      if (!days) continue;
      CalendarWindow w = with_break(e, year, *days);
      if (w.from <= to && w.to >= from) out.push_back(std::move(w));
    }
  }
  std::sort(out.begin(), out.end(), [](const CalendarWindow& a, const CalendarWindow& b) {
    return std::tie(a.from, a.to, a.entry->id) < std::tie(b.from, b.to, b.entry->id);
  });
  return out;
}

}  // namespace khien
