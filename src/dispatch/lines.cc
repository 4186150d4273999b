// Markers of Vietnamese office documents, and the joining of wrapped lines (PDF, mail, scans).
#include "dispatch/lines.h"

#include <algorithm>

#include "base/text.h"

namespace khien {
namespace {

bool digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool blank(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == U'\f'; }

constexpr std::u32string_view kBullets = U"-–—+•▪●○◦■□✓✔➢➤·\uF0B7\uF02D\uF0A7\uF0FC\uF0D8";
constexpr std::u32string_view kSuperscripts = U"¹²³⁴⁵⁶⁷⁸⁹⁰";

struct Reader {
  std::u32string_view text;  // one line
  std::uint32_t base = 0;    // offset of the line

  [[nodiscard]] char32_t at(std::size_t i) const { return i < text.size() ? text[i] : U'\0'; }
  Marker make(ClauseForm form, std::string label, std::string style, std::size_t used) const {
    while (used < text.size() && blank(text[used])) ++used;
    return {form, std::move(label), std::move(style), base + static_cast<std::uint32_t>(used)};
  }
  [[nodiscard]] bool opens_text(std::size_t i) const { return blank(at(i)) || is_letter(at(i)); }

  // 1. 1) 1/ 1.1. (1) "1 | ..." of a table row.
  [[nodiscard]] std::optional<Marker> number() const {
    std::size_t i = at(0) == U'(' ? 1 : 0;
    std::string label;
    int dots = 0;
    for (int part = 0; part < 4; ++part) {
      std::size_t n = 0;
      while (n < 3 && digit(at(i + n))) label += static_cast<char>(at(i + n++));
      if (n == 0 || n > 2) return std::nullopt;
      i += n;
      if (at(i) != U'.' || !digit(at(i + 1))) break;
      label += '.';
      ++dots;
      ++i;
    }
    if (at(0) == U'(') {
      if (at(i) != U')' || dots > 0) return std::nullopt;
      return make(ClauseForm::number, label, "(1)", i + 1);
    }
    const std::string style =
        dots == 0 ? "1" : "1" + std::string(static_cast<std::size_t>(dots), '.');
    const char32_t c = at(i);
    if (c == U'.' && (opens_text(i + 1) || at(i + 1) == 0)) {
      return make(ClauseForm::number, label, dots == 0 ? "1." : style, i + 1);
    }
    if (c == U')' && opens_text(i + 1)) return make(ClauseForm::number, label, style + ")", i + 1);
    if (c == U'/' && blank(at(i + 1))) return make(ClauseForm::number, label, style + "/", i + 1);
    if (c == U' ' && at(i + 1) == U'|') return make(ClauseForm::number, label, "row", i + 2);
    if (c == U' ' && dots > 0) return make(ClauseForm::number, label, style, i);
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Marker> roman() const {
    std::size_t n = 0;
    while (n < 6 && (at(n) == U'I' || at(n) == U'V' || at(n) == U'X')) ++n;
    const bool mark = at(n) == U'.' || at(n) == U')' || at(n) == U'/';
    if (n == 0 || !mark || !blank(at(n + 1))) return std::nullopt;
    return make(ClauseForm::roman, to_utf8(text.substr(0, n)), "I", n + 1);
  }

  // a) b) đ) a. A.
  [[nodiscard]] std::optional<Marker> letter() const {
    const char32_t c = at(0);
    const bool low = (c >= U'a' && c <= U'z') || c == U'đ';
    const bool high = (c >= U'A' && c <= U'H') || c == U'Đ';
    if (!low && !high) return std::nullopt;
    const bool round = at(1) == U')' && (opens_text(2));
    const bool dot = at(1) == U'.' && blank(at(2));
    if (!round && !dot) return std::nullopt;
    const std::string style = std::string(high ? "A" : "a") + (round ? ")" : ".");
    return make(ClauseForm::letter, to_utf8(text.substr(0, 1)), style, 2);
  }

  // "Điều 3.", "Một là,", "Thứ hai:".
  [[nodiscard]] std::optional<Marker> words() const {
    const std::u32string f = fold(text.substr(0, 24));
    const std::u32string_view v = f;
    if (v.starts_with(U"điều ") && digit(at(5))) {
      std::size_t i = 5;
      while (digit(at(i))) ++i;
      if (at(i) != U'.' && at(i) != U':') return std::nullopt;
      return make(ClauseForm::article, to_utf8(text.substr(5, i - 5)), "điều", i + 1);
    }
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
    const bool known = kBullets.find(c) != std::u32string_view::npos && c != 0;
    if (known && (blank(at(1)) || is_letter(at(1)) || at(1) == U'"' || at(1) == U'“')) {
      return make(ClauseForm::bullet, "", to_utf8(text.substr(0, 1)), 1);
    }
    if (c == U'o' && at(1) == U' ' && is_upper(at(2))) {
      return make(ClauseForm::bullet, "", "o", 1);
    }
    return std::nullopt;
  }
};

bool ends_sentence(char32_t c) {
  return c == U'.' || c == U';' || c == U':' || c == U'!' || c == U'?' || c == U'…';
}

struct Joiner {
  std::u32string_view clean;
  std::size_t width = 0;   // of a full line
  bool wrapped = false;

  void measure(const std::vector<Line>& lines, std::size_t from, std::size_t to) {
    std::vector<std::size_t> lengths;
    for (std::size_t i = from; i < to; ++i) lengths.push_back(lines[i].end - lines[i].begin);
    if (lengths.size() < 4) return;
    std::sort(lengths.begin(), lengths.end());
    width = lengths[lengths.size() * 9 / 10];
    std::size_t open = 0;
    for (std::size_t i = from; i + 1 < to; ++i) {
      open += !lines[i + 1].blank_before && !ends_sentence(clean[lines[i].end - 1]);
    }
    wrapped = width < 140 && open * 3 > lengths.size();
  }

  [[nodiscard]] bool joins(const Line& before, const Line& line) const {
    const char32_t last = clean[before.end - 1];
    const char32_t first = clean[line.begin];
    const bool lower_start = is_letter(first) && !is_upper(first);
    if (line.blank_before) return lower_start && !ends_sentence(last);
    if (last == U':') return false;
    const std::size_t length = before.end - before.begin;
    if (ends_sentence(last)) {
      return wrapped && last != U';' && length * 10 >= width * 8 &&
             !is_upper_line(cut(clean, line.begin, line.end));
    }
    if (!is_upper(first)) return true;
    return length >= 45 && !is_upper_line(cut(clean, line.begin, line.end));
  }
};

}  // namespace

std::u32string clean_marks(std::u32string_view text) {
  std::u32string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char32_t c = out[i];
    const bool rule = c == U'_' && i + 1 < out.size() && out[i + 1] == U'_';
    if (c == U'*' || c == U'<' || c == U'>' || c == U'\t' || c == U'\f' || rule) out[i] = U' ';
    if (c == U'_' && i > 0 && text[i - 1] == U'_') out[i] = U' ';
  }
  return out;
}

std::u32string_view cut(std::u32string_view text, std::size_t begin, std::size_t end) {
  begin = std::min(begin, text.size());
  return text.substr(begin, std::min(end, text.size()) - std::min(begin, end));
}

std::string plain(std::u32string_view text, std::size_t begin, std::size_t end) {
  return squeeze(to_utf8(cut(text, begin, end)));
}

std::vector<Line> split_lines(std::u32string_view clean) {
  std::vector<Line> out;
  bool gap = false;
  for (std::size_t i = 0; i < clean.size();) {
    std::size_t end = clean.find(U'\n', i);
    if (end == std::u32string_view::npos) end = clean.size();
    std::size_t a = i;
    std::size_t b = end;
    while (a < b && blank(clean[a])) ++a;
    while (b > a && blank(clean[b - 1])) --b;
    if (a == b) {
      gap = true;
    } else {
      out.push_back({static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b), gap});
      gap = false;
    }
    i = end + 1;
  }
  return out;
}

std::optional<Marker> read_marker(std::u32string_view clean, std::u32string_view raw,
                                  const Line& line) {
  const Reader r{cut(clean, line.begin, line.end), line.begin};
  if (line.begin >= 2 && raw[line.begin - 2] == U'*' && raw[line.begin - 1] == U' ' &&
      (line.begin == 2 || blank(raw[line.begin - 3]))) {
    return r.bullet(true);
  }
  if (auto m = r.bullet(false)) return m;
  if (auto m = r.number()) return m;
  if (auto m = r.roman()) return m;
  if (auto m = r.letter()) return m;
  return r.words();
}

bool begins(std::u32string_view folded, std::u32string_view word) {
  if (folded.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (folded[i] != word[i] && folded[i] != skeleton(word[i])) return false;
  }
  return true;
}

bool ends(std::u32string_view folded, std::u32string_view word) {
  return folded.size() >= word.size() && begins(folded.substr(folded.size() - word.size()), word);
}

std::size_t find_like(std::u32string_view folded, std::u32string_view word, std::size_t from) {
  for (std::size_t i = from; i + word.size() <= folded.size(); ++i) {
    if (begins(folded.substr(i), word)) return i;
  }
  return std::u32string_view::npos;
}

bool is_upper_line(std::u32string_view text) {
  std::size_t letters = 0;
  std::size_t upper = 0;
  for (const char32_t c : text) {
    if (!is_letter(c)) continue;
    ++letters;
    upper += is_upper(c);
  }
  return letters >= 3 && upper * 10 >= letters * 9;
}

std::vector<Paragraph> join_lines(std::u32string_view clean, std::u32string_view raw,
                                  const std::vector<Line>& lines, std::size_t from,
                                  std::size_t to) {
  Joiner joiner{clean};
  joiner.measure(lines, from, to);
  std::vector<Paragraph> out;
  for (std::size_t i = from; i < to; ++i) {
    const Line& line = lines[i];
    std::optional<Marker> marker = read_marker(clean, raw, line);
    const bool footnote = kSuperscripts.find(clean[line.begin]) != std::u32string_view::npos;
    const bool may_join = !out.empty() && i > from && !marker && !footnote;
    if (may_join && joiner.joins(lines[i - 1], line)) {
      out.back().end = line.end;
      continue;
    }
    out.push_back({line.begin, line.end, std::move(marker), footnote});
  }
  return out;
}

}  // namespace khien
