// The same window is a line for a person and a fact for a control.
#include "app/watch_windows.h"

#include <algorithm>

#include "app/version.h"
#include "collect/register/long_duty.h"

namespace khien::app {
namespace {

std::string days_text(const Context& context, const CalendarWindow& w) {
  const std::string from = context.texts.date(to_iso(w.from));
  if (w.from == w.to) return from;
  return context.say("watch_window.span",
                     {{"from", from}, {"to", context.texts.date(to_iso(w.to))}});
}

std::string left_text(const Context& context, const CalendarWindow& w, const Date& today) {
  if (w.from <= today) return context.say("watch_window.running");
  return context.say("watch_window.left", {{"n", to_days(w.from) - to_days(today)}});
}

}  // namespace

std::string window_line(const Context& context, const CalendarWindow& w, const Date& today) {
  return context.say("watch_window.one", {{"date", days_text(context, w)},
                                          {"why", context.say("window." + w.entry->id)},
                                          {"left", left_text(context, w, today)}});
}

bool opens_roster(const CalendarWindow& w) {
  const auto& opens = w.entry->opens;
  return std::find(opens.begin(), opens.end(), "duty.roster_24x7") != opens.end();
}

Result<std::optional<Collection>> watch_windows_ahead(Context& context, const Date& today,
                                                      std::int64_t at_ms) {
  KHIEN_TRY(const WatchCalendar calendar, WatchCalendar::load(context.content));
  Collection out;
  out.collector = "calendar";
  out.collector_version = kVersion;
  out.source = "content/calendar";
  out.started_at = out.finished_at = at_ms;
  const Date last = from_days(to_days(today) + calendar.ahead_days());
  for (const CalendarWindow& w : calendar.between(today, last)) {
    if (!opens_roster(w)) continue;
    const std::string why = "window." + w.entry->id;
    out.add("watch_window") = {{"dispatch", std::int64_t{0}},
                               {"from_on", to_iso(w.from)},
                               {"to_on", to_iso(w.to)},
                               {"why", why}};
    if (context.json) continue;
    note(context.say("watch_window.ahead", {{"why", context.say(why)},
                                            {"date", days_text(context, w)},
                                            {"left", left_text(context, w, today)}}));
  }
  if (out.tables.empty()) return std::optional<Collection>{};
  return std::optional<Collection>{std::move(out)};
}

void tell_long_duties(const Context& context, const std::vector<Collection>& collections) {
  if (context.json) return;
  for (const Collection& c : collections) {
    const auto table = c.tables.find("duty_shift");
    if (table == c.tables.end()) continue;
    for (const LongDuty& one : long_duties(table->second.rows)) {
      note(context.say("app.register.long_duty",
                       {{"person", one.person},
                        {"hours", one.hours},
                        {"from", context.texts.date(to_iso(local_date(one.from_ms)))}}));
    }
  }
}

}  // namespace khien::app
