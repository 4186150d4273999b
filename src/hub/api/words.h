// Words and values that several resources answer with.
#pragma once

#include <string>

#include "hub/data/assessment.h"
#include "hub/server/call.h"

namespace khien::hub {

[[nodiscard]] Node node_of_text(const std::string& text);  // null for ""
// A problem kept as {code, place, args} in the asked language, a sentence or two; null for null.
[[nodiscard]] Node problem_words(const Texts& texts, const Node& problem);
[[nodiscard]] std::string today_of(const Hub& hub);  // ISO, here
// Days until an ISO date, negative when it is past; null for none or for a month or year alone.
[[nodiscard]] Node days_left(const std::string& due_on, const std::string& today);
// A public id of a query or body; 0 when it is none.
[[nodiscard]] std::int64_t id_of(const Node& value);
// "YYYY-MM-DD", or with `partly` its beginning, or "". K1349.
[[nodiscard]] Done check_day(const std::string& value, const char* field, bool partly = false);

// Findings, files and papers of a result name machines and people: for the agency's own users, and
// for those above when it came without them or its giver opened it. K1388.
[[nodiscard]] Done check_particulars(const AssessmentRow& row, const Actor& actor);

// khien ARGUMENTS... that writes one file; its bytes. `name` is the file's in a private folder that
// is gone afterwards; "{out}" among the arguments stands for its path. K1322.
[[nodiscard]] Result<std::string> made_by_child(const Hub& hub, std::vector<std::string> arguments,
                                                const std::string& name);

}  // namespace khien::hub
