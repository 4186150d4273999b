// Reminders are made, put into messages (one a person, however many there are) and sent.
#pragma once

#include "base/texts.h"
#include "hub/data/reminder.h"
#include "hub/jobs/runner.h"

namespace khien::hub {

inline constexpr std::size_t kPhoneChars = 500;

// For a phone: what, until when, nobody's name. At most kPhoneChars code points.
[[nodiscard]] std::string phone_text(const ReminderRow& row, const Texts& texts);

// result: {made, sent, failed, waiting}. Nothing goes out in the quiet hours; what could not be
// sent is tried again later.
[[nodiscard]] Result<Node> remind_job(JobContext& context);

}  // namespace khien::hub
