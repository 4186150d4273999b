// The calendar of days to watch as the commands show it, and as facts of an assessment.
#pragma once

#include <optional>

#include "app/context.h"
#include "dispatch/watch_calendar.h"
#include "store/facts.h"

namespace khien::app {

// "24/11/2026 · why · 3 days left".
[[nodiscard]] std::string window_line(const Context& context, const CalendarWindow& window,
                                      const Date& today);
[[nodiscard]] bool opens_roster(const CalendarWindow& window);

// Windows with a roster that run on `today` or begin within the calendar's ahead_days, as rows of
// watch_window with dispatch = 0: an early look, no order asks for it. None: no collection.
// Each is also told on standard error unless the output is JSON.
[[nodiscard]] Result<std::optional<Collection>> watch_windows_ahead(Context& context,
                                                                    const Date& today,
                                                                    std::int64_t at_ms);

// Says who is on duty for longer than anybody can be (collect/register/long_duty.h).
void tell_long_duties(const Context& context, const std::vector<Collection>& collections);

}  // namespace khien::app
