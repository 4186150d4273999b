// What the words before a date make of it: "trước", "chậm nhất", "trong" a day to act by, "từ" the
// beginning of a window; and when it is none of ours: it tells of an account's, a patch's, another
// paper's day.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/content.h"
#include "base/error.h"

namespace khien {

// content/words/date_cues.yaml: folded phrases; each list is told there. A content without the file
// knows no such words.
struct DateWords {
  using List = std::vector<std::u32string>;
  List makes, issues, was, past, has_to, who, quotes, corrects, ours, papers, sends, orders;
  [[nodiscard]] static Result<DateWords> load(const Content& content);
};

enum class DateCue { none, before, by, on, within, from, until };

// Words of [from, at) of folded text, last first, back to the end of a sentence or a ';'.
[[nodiscard]] std::vector<std::u32string_view> words_before(std::u32string_view text,
                                                            std::size_t from, std::size_t at);
[[nodiscard]] DateCue cue_of(const std::vector<std::u32string_view>& back);

// "tài khoản được cấp trước ngày", "bản vá phát hành trước ngày", "các đơn vị đã báo cáo trước
// ngày": the date of a thing, not of a task.
[[nodiscard]] bool tells_of_a_thing(const DateWords& words, std::u32string_view text,
                                    std::size_t from, std::size_t at);
// "UBND tỉnh có Công văn số 12/UBND yêu cầu các sở báo cáo trước ngày", "[1] ...", "Đã ghi: ...".
[[nodiscard]] bool ordered_elsewhere(const DateWords& words, std::u32string_view text,
                                     std::size_t from, std::size_t at);
// The old wording of a paper that is corrected, between "Đã ghi:" and the words that bring the new
// one, within [from, to); both are `to` when there is none.
[[nodiscard]] std::pair<std::size_t, std::size_t> old_wording(const DateWords& words,
                                                              std::u32string_view text,
                                                              std::size_t from, std::size_t to);

}  // namespace khien
