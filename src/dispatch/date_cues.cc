// Words are read backwards from the date; letters may have lost their marks.
#include "dispatch/date_cues.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kCueBack = 60;         // how far before a date its cue may stand
constexpr std::size_t kCueWords = 12;
constexpr std::size_t kSubjectWords = 9;  // "các cơ quan, đơn vị thuộc Sở đã ..."
constexpr std::size_t kThingWords = 6;    // from "được", "đã" to the word right before the cue

using CueWords = std::vector<std::u32string_view>;
using CueList = std::initializer_list<std::u32string_view>;

bool cue_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool is_one_of(std::u32string_view word, CueList words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view w) {
    return word.size() == w.size() && begins(word, w);
  });
}

std::u32string_view cue_word(const CueWords& back, std::size_t i) {
  return i < back.size() ? back[i] : std::u32string_view();
}

// "vào lúc 17g00 thứ Tư ngày", "cuối giờ làm việc ngày": how many words at i say no more than when.
std::size_t filler_at(const CueWords& back, std::size_t i) {
  const std::u32string_view w = cue_word(back, i);
  const std::u32string_view next = cue_word(back, i + 1);
  if (cue_digit(w[0])) return 1;
  if (is_one_of(next, {U"thứ"}) && is_one_of(w, {U"hai", U"ba", U"tư", U"năm", U"sáu", U"bảy"}))
    return 2;
  if ((is_one_of(w, {U"nhật"}) && is_one_of(next, {U"chủ"})) ||
      (is_one_of(w, {U"việc"}) && is_one_of(next, {U"làm"})) ||
      (is_one_of(w, {U"chính"}) && is_one_of(next, {U"hành"})))
    return 2;
  return is_one_of(w, {U"ngày", U"giờ", U"phút", U"là", U"vào", U"lúc", U"điểm", U"thời", U"thứ",
                       U"tháng", U"quý", U"cuối", U"h", U"g"})
             ? 1
             : 0;
}

// "đến", "hết" and what stands before it.
DateCue until_of(const CueWords& back, std::size_t i) {
  if (is_one_of(cue_word(back, i + 1), {U"tính", U"lực", U"trị"})) return DateCue::none;
  for (std::size_t k = i + 1; k < back.size(); ++k) {  // "từ ngày 10 đến 12/11"
    const std::u32string_view w = back[k];
    if (is_one_of(w, {U"từ"})) return k > i + 1 ? DateCue::none : DateCue::until;
    if (!cue_digit(w[0]) && !is_one_of(w, {U"ngày", U"hết", U"đến"})) break;
  }
  return DateCue::until;
}

DateCue on_of(const CueWords& back, std::size_t i) {
  for (std::size_t k = i; k < std::min(back.size(), i + 6); ++k) {
    if (is_one_of(back[k], {U"ra", U"họp", U"mạc", U"cử", U"hạn", U"lực", U"hành", U"bố", U"sinh",
                            U"đã", U"lễ"}))
      return DateCue::none;
  }
  return DateCue::on;
}

// A verb that makes a thing rather than does a task: "cấp", "phát hành".
bool makes(const CueWords& back, std::size_t i) {
  const std::u32string_view w = cue_word(back, i);
  const std::u32string_view before = cue_word(back, i + 1);
  if (is_one_of(w, {U"hành"})) return is_one_of(before, {U"ban", U"phát"});
  if (is_one_of(w, {U"lập"})) return is_one_of(before, {U"tạo", U"thành"});
  if (is_one_of(w, {U"bố"})) return is_one_of(before, {U"công"});
  if (is_one_of(w, {U"phát"})) return is_one_of(before, {U"cấp"});
  if (is_one_of(w, {U"đặt"})) return is_one_of(before, {U"cài"});
  if (is_one_of(w, {U"bị"})) return is_one_of(before, {U"trang"});
  if (is_one_of(w, {U"dụng"})) return is_one_of(before, {U"sử", U"tuyển"});
  if (is_one_of(w, {U"xuất"})) return is_one_of(before, {U"sản"});
  if (is_one_of(w, {U"ký"})) return true;
  return is_one_of(w, {U"cấp", U"tạo", U"mua", U"mở", U"sắm"});
}

std::size_t sentence_start(std::u32string_view text, std::size_t from, std::size_t at) {
  std::size_t start = from;
  for (const std::u32string_view stop : {U";", U"\n", U". "}) {
    const std::size_t p = text.substr(0, at).rfind(stop);
    if (p != std::u32string_view::npos) start = std::max(start, p + 1);
  }
  while (start < at && text[start] == U' ') ++start;
  return start;
}

bool says_any(std::u32string_view text, CueList words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view w) {
    return find_like(text, w) != std::u32string_view::npos;
  });
}

}  // namespace

CueWords words_before(std::u32string_view text, std::size_t from, std::size_t at) {
  CueWords out;
  const std::size_t least = std::max(from, at > kCueBack ? at - kCueBack : 0);
  const auto letter = [&](std::size_t i) { return is_letter(text[i]) || cue_digit(text[i]); };
  for (std::size_t i = at; i > least && out.size() < kCueWords;) {
    while (i > least && !letter(i - 1)) {
      if (text[i - 1] == U';' || (text[i - 1] == U'.' && i < at && text[i] == U' ')) return out;
      --i;
    }
    const std::size_t end = i;
    while (i > least && letter(i - 1)) --i;
    if (end > i) out.push_back(text.substr(i, end - i));
  }
  return out;
}

DateCue cue_of(const CueWords& back) {
  std::size_t i = 0;
  bool on = false;
  bool end_of = false;  // "trước cuối tháng 12"
  while (i < back.size()) {
    const std::size_t fill = filler_at(back, i);
    if (fill == 0) break;
    on = on || is_one_of(back[i], {U"vào"});
    end_of = end_of || is_one_of(back[i], {U"cuối"});
    i += fill;
  }
  if (i >= back.size()) return on ? DateCue::on : DateCue::none;
  const std::u32string_view w = back[i];
  const std::u32string_view next = cue_word(back, i + 1);
  if (is_one_of(w, {U"trước"})) return end_of ? DateCue::by : DateCue::before;
  if (is_one_of(w, {U"hạn"})) return is_one_of(next, {U"hết"}) ? DateCue::none : DateCue::by;
  if (is_one_of(w, {U"chót", U"xong"})) return DateCue::by;
  const bool late = is_one_of(next, {U"chậm", U"muộn", U"trễ"});
  if (is_one_of(w, {U"nhất", U"hơn"}) && late) return DateCue::by;
  if (is_one_of(w, {U"quá"}) && is_one_of(next, {U"không"})) return DateCue::by;
  if (is_one_of(w, {U"sang"})) {
    for (std::size_t k = i + 1; k < std::min(back.size(), i + 7); ++k) {
      if (is_one_of(back[k], {U"hạn", U"lùi", U"dời", U"hoãn"})) return DateCue::by;
    }
    return DateCue::none;
  }
  if (is_one_of(w, {U"hết", U"đến", U"tới"})) return until_of(back, i);
  if (is_one_of(w, {U"từ"})) return DateCue::from;
  if (!is_one_of(w, {U"trong", U"thành"})) return on ? on_of(back, i) : DateCue::none;
  // "công bố trong tháng 11" tells when something happened
  for (std::size_t k = i + 1; k < i + 4; ++k) {
    if (is_one_of(cue_word(back, k), {U"bố", U"hành", U"nhận", U"ra", U"hiện"}))
      return DateCue::none;
  }
  return DateCue::within;
}

bool tells_of_a_thing(std::u32string_view text, std::size_t from, std::size_t at) {
  const CueWords back = words_before(text, from, at);
  std::size_t i = 0;  // to the word right before the cue
  while (i < back.size() && filler_at(back, i) > 0) i += filler_at(back, i);
  if (i < back.size() && is_one_of(back[i], {U"trước"})) ++i;
  if (i >= back.size()) return false;
  const bool issued = is_one_of(back[i], {U"hành", U"bố"}) &&
                      is_one_of(cue_word(back, i + 1), {U"phát", U"công"});
  bool was = issued;
  bool has_to = false;
  std::size_t past = back.size();
  for (std::size_t k = i + 1; k < back.size(); ++k) {
    if (k < i + kThingWords) was = was || is_one_of(back[k], {U"được", U"đã", U"do"});
    if (is_one_of(back[k], {U"đã"}) && k <= i + 4) past = std::min(past, k);
    has_to = has_to || is_one_of(back[k], {U"phải", U"cần", U"thành", U"xong", U"trình", U"đề"});
  }
  if (was && makes(back, i) && !has_to) return true;
  if (past == back.size()) return false;
  // "Các đơn vị đã báo cáo trước ngày ...": somebody did it
  const std::size_t start = sentence_start(text, from, at);
  const CueWords all = words_before(text, start, at);
  return all.size() <= kCueWords - 1 && past < all.size() && all.size() - past <= kSubjectWords &&
         is_one_of(all.back(), {U"các", U"những", U"đơn", U"cơ", U"cá", U"sở", U"phòng", U"ubnd",
                                U"xã", U"trường", U"trung"});
}

bool ordered_elsewhere(std::u32string_view text, std::size_t from, std::size_t at) {
  const std::u32string_view clause = text.substr(from, at - from);
  if (clause.size() > 2 && clause[0] == U'[' && cue_digit(clause[1])) return true;
  if (begins(clause, U"đã ghi") || begins(clause, U"đã viết")) {
    return !says_any(clause, {U"sửa lại", U"sửa thành", U"nay sửa", U"đính chính"});
  }
  const std::size_t start = sentence_start(text, from, at);
  const std::u32string_view piece = text.substr(start, at - start);
  for (const std::u32string_view ours :
       {U"thực hiện", U"triển khai", U"căn cứ", U"theo ", U"tiếp theo", U"yêu cầu", U"đề nghị"}) {
    if (begins(piece, ours)) return false;
  }
  std::size_t paper = std::u32string_view::npos;
  for (const std::u32string_view p : {U"công văn số", U"văn bản số", U"kế hoạch số", U"chỉ thị số",
                                      U"quyết định số", U"công điện số", U"thông báo số"}) {
    paper = std::min(paper, find_like(piece, p));
  }
  if (paper == std::u32string_view::npos) return false;
  const bool issued = paper == 0 || says_any(piece.substr(0, paper), {U"có ", U"ban hành", U"gửi"});
  if (!issued) return false;
  const std::u32string_view rest = piece.substr(paper);
  for (const std::u32string_view verb : {U"yêu cầu", U"đề nghị", U"giao ", U"chỉ đạo"}) {
    const std::size_t says = find_like(rest, verb);
    if (says == std::u32string_view::npos) continue;
    // "Công văn số .., Sở đề nghị": a new subject stands between, it is our order
    return rest.substr(0, says).find(U',') == std::u32string_view::npos;
  }
  return false;
}

}  // namespace khien
