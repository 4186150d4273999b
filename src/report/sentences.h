// What a person would write about a control in a paper to be signed. The sentences are texts,
// paper.<control>.<part>: noun, met, not_met, undecided, task, cause; for one subject that
// failed row, or rows.<last part of its reason>; not_met_of.<reason> and task_of.<reason> are said
// of the rows of that reason instead of not_met and task. A control without its own gets general
// ones made of its title.
#pragma once

#include <string>

#include "base/texts.h"
#include "report/view.h"

namespace khien::report {

// 5 -> "05" as offices write it, 1234 -> "1.234"; English: 5, 1,234.
[[nodiscard]] std::string count_words(const Texts& texts, std::int64_t n);
// The same as the argument of a text: a number where the language has plural forms, which its texts
// choose by {n, plural, ...}; Vietnamese has none and gets the words.
[[nodiscard]] Arg counted(const Texts& texts, std::int64_t n);
// Subjects the run speaks of: a row that only says what is missing altogether is none.
[[nodiscard]] std::int64_t subjects_of(const View& view, const RunRecord& run);
// part: noun, met, not_met, undecided, task, cause. cause may be "".
[[nodiscard]] std::string sentence_of(const Texts& texts, const View& view, const RunRecord& run,
                                      const std::string& part);
[[nodiscard]] std::string noun_of(const Texts& texts, const std::string& control);
// "Khóa tài khoản ..." -> "khóa tài khoản ...": inside a sentence; "Windows", "DMARC" stay.
[[nodiscard]] std::string inside(std::string_view noun);
// A subject as people write it: its days as 04/02/2027.
[[nodiscard]] std::string subject_words(const Texts& texts, std::string_view subject);
// What is wrong with one subject, in words: never a bare number, a login or "none".
[[nodiscard]] std::string noted(const Texts& texts, const FindingRecord& finding);
// The one sentence or two of a row of the table of results: what failed, the gravest first; else
// what is met or lacks evidence.
[[nodiscard]] std::vector<std::string> figures(const Texts& texts, const View& view,
                                               const MeasureView& measure);

}  // namespace khien::report
