// Words are read backwards from the date; letters may have lost their marks.
#include "dispatch/date_cues.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/errors.h"
#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kCueBack = 60;         // how far before a date its cue may stand
constexpr std::size_t kCueWords = 12;
constexpr std::size_t kSubjectWords = 9;  // "các cơ quan, đơn vị thuộc Sở đã ..."
constexpr std::size_t kThingWords = 6;    // from "được", "đã" to the word right before the cue
constexpr std::size_t kQuoteLetters = 30;
constexpr std::u32string_view kQuoteMarks = U":\"“”«";
constexpr std::size_t kQuoteNear = 60;    // "Tại điểm b mục 2, đã ghi: ..."

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

// Words of the phrases of a list that end at `i`, the last of them; 0 when none does.
std::size_t phrase_at(const CueWords& back, std::size_t i, const DateWords::List& list) {
  for (const std::u32string& phrase : list) {
    std::size_t words = 0;
    std::size_t end = phrase.size();
    bool same = true;
    while (same && end > 0) {
      const std::size_t gap = phrase.rfind(U' ', end - 1);
      const std::size_t begin = gap == std::u32string::npos ? 0 : gap + 1;
      same = is_one_of(cue_word(back, i + words),
                       {std::u32string_view(phrase).substr(begin, end - begin)});
      ++words;
      end = begin == 0 ? 0 : begin - 1;
    }
    if (same && words > 0) return words;
  }
  return 0;
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

bool ends_word(std::u32string_view text, std::size_t at) {
  return at >= text.size() || !(is_letter(text[at]) || cue_digit(text[at]));
}

// Where the first whole phrase of the list stands in folded text.
std::size_t find_any(std::u32string_view text, const DateWords::List& list) {
  std::size_t first = std::u32string_view::npos;
  for (const std::u32string& phrase : list) {
    std::size_t at = find_like(text, phrase);
    while (at != std::u32string_view::npos &&
           !((at == 0 || ends_word(text, at - 1)) && ends_word(text, at + phrase.size())))
      at = find_like(text, phrase, at + 1);
    first = std::min(first, at);
  }
  return first;
}

bool begins_with_any(std::u32string_view text, const DateWords::List& list) {
  return std::any_of(list.begin(), list.end(), [&](const std::u32string& phrase) {
    return begins(text, phrase) && ends_word(text, phrase.size());
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

Result<DateWords> DateWords::load(const Content& content) {
  constexpr const char* kFile = "words/date_cues.yaml";
  if (!content.has(kFile)) return DateWords{};
  KHIEN_TRY(const Node file, content.yaml(kFile));
  const Node& all = file["date_cues"];
  DateWords out;
  const std::pair<const char*, List*> lists[] = {
      {"makes", &out.makes},   {"issues", &out.issues}, {"was", &out.was},
      {"past", &out.past},     {"has_to", &out.has_to}, {"who", &out.who},
      {"quotes", &out.quotes}, {"corrects", &out.corrects}, {"ours", &out.ours},
      {"papers", &out.papers}, {"sends", &out.sends},   {"orders", &out.orders}};
  for (const auto& [name, list] : lists) {
    const std::vector<std::string> phrases = all[name].texts();
    if (phrases.empty()) return fail(err::field_missing, kFile, {{"field", name}});
    for (const std::string& phrase : phrases) list->push_back(fold(to_u32(phrase)));
  }
  return out;
}

bool tells_of_a_thing(const DateWords& words, std::u32string_view text, std::size_t from,
                      std::size_t at) {
  const CueWords back = words_before(text, from, at);
  std::size_t i = 0;  // to the word right before the cue
  while (i < back.size() && filler_at(back, i) > 0) i += filler_at(back, i);
  if (i < back.size() && is_one_of(back[i], {U"trước"})) ++i;
  if (i >= back.size()) return false;
  bool was = phrase_at(back, i, words.issues) > 0;
  bool has_to = false;
  std::size_t past = back.size();
  for (std::size_t k = i + 1; k < back.size(); ++k) {
    if (k < i + kThingWords) was = was || phrase_at(back, k, words.was) > 0;
    if (k <= i + 4 && phrase_at(back, k, words.past) > 0) past = std::min(past, k);
    has_to = has_to || phrase_at(back, k, words.has_to) > 0;
  }
  if (was && phrase_at(back, i, words.makes) > 0 && !has_to) return true;
  if (past == back.size()) return false;
  // "Các đơn vị đã báo cáo trước ngày ...": somebody did it
  const std::size_t start = sentence_start(text, from, at);
  const CueWords all = words_before(text, start, at);
  return all.size() <= kCueWords - 1 && past < all.size() && all.size() - past <= kSubjectWords &&
         phrase_at(all, all.size() - 1, words.who) > 0;
}

bool ordered_elsewhere(const DateWords& words, std::u32string_view text, std::size_t from,
                       std::size_t at) {
  const std::u32string_view clause = text.substr(from, at - from);
  if (clause.size() > 2 && clause[0] == U'[' && cue_digit(clause[1])) return true;
  if (const auto [begin, end] = old_wording(words, text, from, at); begin < at && end == at)
    return true;
  const std::size_t start = sentence_start(text, from, at);
  const std::u32string_view piece = text.substr(start, at - start);
  if (begins_with_any(piece, words.ours)) return false;
  const std::size_t paper = find_any(piece, words.papers);
  if (paper == std::u32string_view::npos) return false;
  const bool issued = paper == 0 || find_any(piece.substr(0, paper), words.sends) < paper;
  if (!issued) return false;
  const std::u32string_view rest = piece.substr(paper);
  const std::size_t says = find_any(rest, words.orders);
  // "Công văn số .., Sở đề nghị": a new subject stands between, it is our order
  return says != std::u32string_view::npos &&
         rest.substr(0, says).find(U',') == std::u32string_view::npos;
}

std::pair<std::size_t, std::size_t> old_wording(const DateWords& words, std::u32string_view text,
                                                std::size_t from, std::size_t to) {
  const std::u32string_view clause = text.substr(from, to - from);
  const std::u32string_view start = clause.substr(0, kQuoteNear + kQuoteLetters);
  std::size_t open = std::u32string_view::npos;  // the colon or mark that opens the quotation
  for (const std::u32string& phrase : words.quotes) {
    const std::size_t at = find_any(start, {phrase});
    if (at == std::u32string_view::npos || at > kQuoteNear) continue;
    const std::size_t next = clause.find_first_not_of(U' ', at + phrase.size());
    if (next != std::u32string_view::npos && kQuoteMarks.find(clause[next]) != kQuoteMarks.npos)
      open = std::min(open, next);
  }
  if (open == std::u32string_view::npos) return {to, to};
  const std::size_t now = find_any(clause.substr(open), words.corrects);
  return {from + open, now == std::u32string_view::npos ? to : from + open + now};
}

}  // namespace khien
