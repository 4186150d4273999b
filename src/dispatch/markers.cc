// Markers of Vietnamese office documents: "1.", "1-", "1/", "1.2.", "I-", "a)", "(i)", "Điều 3.",
// "Phần II.", "Nhiệm vụ 1:", "Một là", bullets.
#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr int kLongList = 900;     // from here on an item of four digits may follow
constexpr int kMostLeftOut = 100;  // items that a scan may have lost in between

bool marker_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool marker_gap(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == U'\f'; }
bool marker_dash(char32_t c) {
  return std::u32string_view(U"-–—").find(c) != std::u32string_view::npos;
}

constexpr std::u32string_view kBulletSigns =
    U"-–—+•▪●○◦■□✓✔✅☑➢➤➔→⇒►▸▶‣⁃∙∘⦁◆◇♦★☆❖※√»·\uF0B7\uF02D\uF0A7\uF0FC\uF0D8\uF076\uF0A8";

struct NamedMarker {
  std::u32string_view word;
  const char* style;
};
// "Nhiệm vụ 1:", "Nội dung 2." : the word is the style.
constexpr NamedMarker kNamed[] = {{U"nhiệm vụ", "nhiệm vụ"}, {U"nội dung", "nội dung"},
                            {U"giải pháp", "giải pháp"}, {U"yêu cầu", "yêu cầu"},
                            {U"biện pháp", "biện pháp"}, {U"công việc", "công việc"},
                            {U"việc", "việc"},           {U"bước", "bước"},
                            {U"khoản", "khoản"},         {U"mục", "mục"}};

struct MarkerReader {
  std::u32string_view text;  // one line
  std::uint32_t base = 0;    // offset of the line
  int last = 0;              // the number of the item before it

  [[nodiscard]] char32_t at(std::size_t i) const { return i < text.size() ? text[i] : U'\0'; }
  Marker make(ClauseForm form, std::string label, std::string style, std::size_t used) const {
    while (used < text.size() && marker_gap(text[used])) ++used;
    return {form, std::move(label), std::move(style), base + static_cast<std::uint32_t>(used)};
  }
  [[nodiscard]] bool opens_text(std::size_t i) const {
    return marker_gap(at(i)) || is_letter(at(i));
  }
  [[nodiscard]] bool upper_word(std::size_t i) const {
    while (marker_gap(at(i))) ++i;
    return is_letter(at(i)) && is_upper(at(i));
  }
  // "Rà soát", not "UBND-VP" or "x".
  [[nodiscard]] bool capital_word(std::size_t i) const {
    return is_letter(at(i)) && is_upper(at(i)) && is_letter(at(i + 1)) && !is_upper(at(i + 1));
  }

  // "1004" goes on with a long list; "2026" at the start of a line is a year.
  [[nodiscard]] bool goes_on(std::string_view digits) const {
    const int number = std::atoi(std::string(digits).c_str());
    return last >= kLongList && number > last && number <= last + kMostLeftOut;
  }

  // "1", "1.2", "12.3.1": at most 3 digits, then parts of at most 2; 4 where a list of hundreds
  // goes on. False when none stands here.
  bool numbers(std::size_t& i, std::string& label, int& dots) const {
    for (int part = 0; part < 4; ++part) {
      const std::size_t most = part == 0 ? 3 : 2;
      std::size_t n = 0;
      while (n < 4 && marker_digit(at(i + n))) label += static_cast<char>(at(i + n++));
      if (n == 0 || (n > most && !(part == 0 && goes_on(label)))) return false;
      i += n;
      if (at(i) != U'.' || !marker_digit(at(i + 1))) return true;
      label += '.';
      ++dots;
      ++i;
    }
    return false;
  }

  // 1. 1) 1/ 1- 1.1. (1) "1 | ..." of a table row.
  [[nodiscard]] std::optional<Marker> number() const {
    const bool round = at(0) == U'(';
    std::size_t i = round ? 1 : 0;
    std::string label;
    int dots = 0;
    if (!numbers(i, label, dots)) return std::nullopt;
    if (round) {
      if (at(i) != U')' || dots > 0 || !opens_text(i + 1)) return std::nullopt;
      return make(ClauseForm::number, label, "(1)", i + 1);
    }
    const std::string style =
        dots == 0 ? "1" : dots == 1 ? "1.1" : dots == 2 ? "1.1.1" : "1.1.1.1";
    const char32_t c = at(i);
    const bool gap = marker_gap(at(i + 1));
    if (c == U'.' && (opens_text(i + 1) || at(i + 1) == 0)) {
      return make(ClauseForm::number, label, dots == 0 ? "1." : style, i + 1);
    }
    if (c == U')' && opens_text(i + 1)) return make(ClauseForm::number, label, style + ")", i + 1);
    if (c == U'/' && (gap || capital_word(i + 1))) {
      return make(ClauseForm::number, label, style + "/", i + 1);
    }
    const bool dash = marker_dash(c) && (gap || capital_word(i + 1));
    if (dash && upper_word(i + 1)) return make(ClauseForm::number, label, style + "-", i + 1);
    if (c == U' ' && marker_dash(at(i + 1)) && marker_gap(at(i + 2)) && upper_word(i + 2)) {
      return make(ClauseForm::number, label, style + "-", i + 2);
    }
    if (c == U':' && gap && upper_word(i + 1)) {
      return make(ClauseForm::number, label, style + ":", i + 1);
    }
    if (c == U' ' && at(i + 1) == U'|') return make(ClauseForm::number, label, "row", i + 2);
    if (c == U' ' && dots > 0 && upper_word(i)) return make(ClauseForm::number, label, style, i);
    return std::nullopt;
  }

  // I. I- I/ II: (capital); (i) ii) (small)
  [[nodiscard]] std::optional<Marker> roman() const {
    const bool round = at(0) == U'(';
    const std::size_t from = round ? 1 : 0;
    const auto run = [&](std::u32string_view letters) {
      std::size_t n = from;
      while (n < from + 6 && at(n) != 0 && letters.find(at(n)) != std::u32string_view::npos) ++n;
      return n;
    };
    if (const std::size_t n = run(U"ivx"); n > from) {
      const bool closed = at(n) == U')' && opens_text(n + 1) && (round || n > from + 1);
      if (!closed) return std::nullopt;
      const std::string label = to_utf8(text.substr(from, n - from));
      return make(ClauseForm::letter, label, round ? "(i)" : "i)", n + 1);
    }
    const std::size_t n = run(U"IVX");
    if (n == from || round) return std::nullopt;
    const char32_t mark = at(n);
    const bool tight = is_letter(at(n + 1)) && is_upper(at(n + 1)) && is_letter(at(n + 2));
    const bool spaced = marker_gap(at(n + 1));
    const bool known = mark == U'.' || mark == U')' || mark == U'/' || mark == U':';
    const bool dash = marker_dash(mark) && (spaced || (tight && is_upper(at(n + 2))));
    if (!(known && (spaced || tight)) && !dash) return std::nullopt;
    return make(ClauseForm::roman, to_utf8(text.substr(0, n)), "I", n + 1);
  }

  // a) b) đ) a. A. a/ (a) a-
  [[nodiscard]] std::optional<Marker> letter() const {
    const std::size_t i = at(0) == U'(' ? 1 : 0;
    const char32_t c = at(i);
    const bool low = (c >= U'a' && c <= U'z') || c == U'đ';
    const bool high = (c >= U'A' && c <= U'H') || c == U'Đ';
    if (!low && !high) return std::nullopt;
    const std::string base_style(high ? "A" : "a");
    const std::string label = to_utf8(text.substr(i, 1));
    if (i == 1) {
      if (at(2) != U')' || !opens_text(3)) return std::nullopt;
      return make(ClauseForm::letter, label, "(" + base_style + ")", 3);
    }
    if (high && marker_digit(at(1))) {  // A1. B12)
      const std::size_t n = marker_digit(at(2)) ? 3 : 2;
      const bool closed = (at(n) == U'.' || at(n) == U')' || at(n) == U':') && opens_text(n + 1);
      if (!closed) return std::nullopt;
      return make(ClauseForm::letter, to_utf8(text.substr(0, n)), "A1", n + 1);
    }
    const char32_t mark = at(1);
    const bool tight = capital_word(2);
    const bool apart = marker_gap(at(2)) || tight;
    const bool ok = (mark == U')' && opens_text(2)) || (mark == U'.' && apart) ||
                    ((mark == U'/' || marker_dash(mark)) && apart && upper_word(2));
    if (!ok) return std::nullopt;
    return make(ClauseForm::letter, label, base_style + to_utf8(text.substr(1, 1)), 2);
  }

  // "Điều 3.", "Nhiệm vụ 1:", "Một là,", "Thứ hai:".
  [[nodiscard]] std::optional<Marker> words() const {
    const std::u32string f = fold(text.substr(0, 24));
    const std::u32string_view v = f;
    if (begins(v, U"điều ") && marker_digit(at(5))) return article();
    if (begins(v, U"phần ")) return part();
    for (const NamedMarker& named : kNamed) {
      if (!begins(v, named.word) || at(named.word.size()) != U' ') continue;
      std::size_t i = named.word.size() + 1;
      const std::size_t from = i;
      while (i < from + 2 && marker_digit(at(i))) ++i;
      const bool dash = marker_gap(at(i)) && marker_dash(at(i + 1));
      const bool mark = at(i) == U':' || at(i) == U'.' || dash;
      if (i == from || !mark || marker_digit(at(i + 1))) continue;
      return make(ClauseForm::ordinal, to_utf8(text.substr(from, i - from)), named.style,
                  at(i) == U' ' ? i + 2 : i + 1);
    }
    return ordinal(v);
  }

  // "Phần II. NHIỆM VỤ", "PHẦN A: ..." with its title on the same line.
  [[nodiscard]] std::optional<Marker> part() const {
    constexpr std::size_t kFrom = 5;
    std::size_t i = kFrom;
    while (i < kFrom + 5 && (at(i) == U'I' || at(i) == U'V' || at(i) == U'X')) ++i;
    if (i == kFrom && at(i) >= U'A' && at(i) <= U'H') ++i;
    const bool marked = at(i) == U'.' || at(i) == U':';
    if (i == kFrom || !marked || !marker_gap(at(i + 1)) || !upper_word(i + 1)) return std::nullopt;
    return make(ClauseForm::roman, to_utf8(text.substr(kFrom, i - kFrom)), "phần", i + 1);
  }

  [[nodiscard]] std::optional<Marker> article() const {
    std::size_t i = 5;
    while (i < 8 && marker_digit(at(i))) ++i;
    const std::string label = to_utf8(text.substr(5, i - 5));
    const bool dash = marker_gap(at(i)) && marker_dash(at(i + 1));
    if (at(i) == U'.' || at(i) == U':') return make(ClauseForm::article, label, "điều", i + 1);
    if (dash) return make(ClauseForm::article, label, "điều", i + 2);
    if (i == text.size()) return make(ClauseForm::article, label, "điều", i);
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Marker> ordinal(std::u32string_view v) const {
    static constexpr std::u32string_view kNames[] = {U"một", U"hai", U"ba",  U"bốn",  U"năm",
                                                     U"sáu", U"bảy", U"tám", U"chín", U"mười"};
    const bool rank = v.starts_with(U"thứ ");
    for (std::size_t n = 0; n < std::size(kNames); ++n) {
      std::u32string_view name = rank && n == 0 ? U"nhất" : rank && n == 3 ? U"tư" : kNames[n];
      const std::size_t i = (rank ? 4 : 0);
      if (v.substr(i, name.size()) != name) continue;
      std::size_t end = i + name.size();
      if (!rank && v.substr(end, 3) != U" là") continue;
      if (!rank) end += 3;
      if (at(end) != U',' && at(end) != U':' && at(end) != U'.' && (rank || at(end) != U' '))
        continue;
      return make(ClauseForm::ordinal, std::to_string(n + 1), rank ? "thứ" : "là", end + 1);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Marker> bullet(bool starred) const {
    if (starred) return make(ClauseForm::bullet, "", "*", 0);
    const char32_t c = at(0);
    const bool known = c != 0 && kBulletSigns.find(c) != std::u32string_view::npos;
    const bool opens = opens_text(1) || at(1) == U'"' || at(1) == U'“' || at(1) == U'(';
    if (known && opens) return make(ClauseForm::bullet, "", to_utf8(text.substr(0, 1)), 1);
    if (c == U'o' && at(1) == U' ' && is_upper(at(2))) {
      return make(ClauseForm::bullet, "", "o", 1);
    }
    return std::nullopt;
  }
};

}  // namespace

std::optional<Marker> read_marker(std::u32string_view clean, std::u32string_view raw,
                                  const Line& line, int last) {
  const MarkerReader r{cut(clean, line.begin, line.end), line.begin, last};
  if (line.begin >= 2 && raw[line.begin - 2] == U'*' && raw[line.begin - 1] == U' ' &&
      (line.begin == 2 || marker_gap(raw[line.begin - 3]))) {
    return r.bullet(true);
  }
  if (auto m = r.bullet(false)) return m;
  if (auto m = r.number()) return m;
  if (auto m = r.roman()) return m;
  if (auto m = r.letter()) return m;
  return r.words();
}

}  // namespace khien
