// The calendar of days to watch: content/calendar/*.yaml (fields in holidays.yaml), the one source
// of the dates of holidays and events. Read-only after load().
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/content.h"
#include "base/error.h"

namespace khien {

// The key of the days to watch in calendars, programmes and corrections, and what files written
// before call it: both are read.
inline constexpr const char* kWatchWindows = "watch_windows";
inline constexpr const char* kOldWatchWindows = "windows";

struct DaysOff {           // the break of public offices, both ends included
  Date from, to;
  bool verified = false;
  std::string source;
};

struct CalendarEntry {
  std::string id;          // "tet": text "window.tet"
  int month = 0, day = 0;  // of every year; 0 when `years` says
  std::map<int, Date> years;
  int before = 0;          // days the window begins before its day (<= 0)
  int after = 0;
  int since = 0;
  bool verified = false;
  std::string source;
  std::vector<std::string> opens;  // kinds to prepare
  std::map<int, DaysOff> days_off;
  // First and last day of the window itself in a year, as an order that names it means it.
  [[nodiscard]] std::optional<std::pair<Date, Date>> days(int year) const;
};

struct CalendarWindow {    // the window together with the days off around it
  const CalendarEntry* entry = nullptr;
  Date from, to;
  bool break_known = false;
  bool verified = false;   // the day, and the days off where they are known
  std::string source;
};

class WatchCalendar {
 public:
  // K0012-K0016 and K0041 with the line.
  [[nodiscard]] static Result<WatchCalendar> load(const Content& content);
  [[nodiscard]] const std::vector<CalendarEntry>& entries() const { return entries_; }
  [[nodiscard]] const CalendarEntry* find(std::string_view id) const;
  // Windows with a day in [from, to], by first day. They point into this calendar.
  [[nodiscard]] std::vector<CalendarWindow> between(const Date& from, const Date& to) const;
  [[nodiscard]] int ahead_days() const { return ahead_days_; }

 private:
  std::vector<CalendarEntry> entries_;
  int ahead_days_ = 0;
};

}  // namespace khien
