// Words are dropped and hours rewritten as "7:30" until only a day and a clock are left.
#include "collect/register/office_time.h"

#include <string>
#include <vector>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kMomentBytes = 120;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// "ngày 5 tháng 1 năm 2027" -> "5/1/2027"; the word alone is dropped.
void join_date_words(std::string& text) {
  replace_all(text, " tháng ", "/");
  replace_all(text, " năm ", "/");
  for (const char* word : {"ngày ", "lúc ", "vào ", "từ ", "đến ", "hết ", "sáng ", "đêm "}) {
    replace_all(text, word, " ");
  }
  for (const char* day : {"thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy",
                          "chủ nhật", "thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7"}) {
    replace_all(text, day, " ");
  }
}

// "7 giờ 30 phút", "7h30", "7h", "7g30" -> "7:30", "7:00".
std::string with_clock(std::string text) {
  for (const char* word : {" giờ", "giờ", " h"}) replace_all(text, word, "h");
  for (const char* word : {" phút", "phút"}) replace_all(text, word, "");
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hour = (text[i] == 'h' || text[i] == 'g') && i > 0 && is_digit(text[i - 1]);
    if (!hour) {
      out.push_back(text[i]);
      continue;
    }
    std::size_t next = i + 1;
    if (next + 2 < text.size() && text[next] == ' ' && is_digit(text[next + 1]) &&
        is_digit(text[next + 2]) && (next + 3 == text.size() || text[next + 3] == ' ')) {
      ++next;  // "19 giờ 30"
    }
    const bool minutes = next < text.size() && is_digit(text[next]);
    out += minutes ? ":" : ":00";
    i = next - 1;
  }
  return out;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == ' ' || c == ',' || c == ';') out.emplace_back();
    else out.back().push_back(c);
  }
  std::erase_if(out, [](const std::string& w) { return w.empty() || w == "-"; });
  return out;
}

}  // namespace

std::optional<Moment> parse_office_moment(std::string_view text, bool ends) {
  if (text.size() > kMomentBytes) return std::nullopt;
  auto plain = parse_moment(text);
  bool end_of_day = false;
  if (!plain) {
    std::string rest = fold(text);
    join_date_words(rest);
    std::string day;
    std::string clock;
    for (const std::string& word : words_of(with_clock(squeeze(rest)))) {
      const bool time = word.find(':') != std::string::npos || !is_digit(word[0]);
      std::string& to = time ? clock : day;
      to += (to.empty() ? "" : " ") + word;
    }
    end_of_day = clock == "24:00" || clock == "24:00:00";
    if (end_of_day) clock = "00:00";
    plain = parse_moment(day + (clock.empty() ? "" : " " + clock));
    if (!plain || (end_of_day && plain->day_only)) return std::nullopt;
  }
  const std::int64_t within = (plain->at_ms + kVietnamOffsetMs) % kDayMs;
  const bool last_minute = ends && !plain->day_only && within >= kDayMs - 60'000;
  if (last_minute) plain->at_ms += kDayMs - within;
  if (end_of_day) plain->at_ms += kDayMs;
  if (end_of_day || last_minute) plain->day = local_date(plain->at_ms);
  return plain;
}

}  // namespace khien
