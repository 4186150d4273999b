// Lines, and the joining of wrapped ones (PDF, mail, scans).
#include "dispatch/lines.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace khien {
namespace {

bool line_blank(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == U'\f'; }

constexpr std::u32string_view kSuperscripts = U"¹²³⁴⁵⁶⁷⁸⁹⁰";

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

  // A number of a page may have stood between the two.
  [[nodiscard]] bool joins(const Line& before, const Line& line, bool page_break) const {
    const char32_t last = clean[before.end - 1];
    const char32_t first = clean[line.begin];
    const bool lower_start = is_letter(first) && !is_upper(first);
    if (page_break) {
      return !ends_sentence(last) && (lower_start || before.end - before.begin >= 45) &&
             !is_upper_line(cut(clean, line.begin, line.end));
    }
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
    while (a < b && line_blank(clean[a])) ++a;
    while (b > a && line_blank(clean[b - 1])) --b;
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

namespace {

// "2", "- 2 -", "Trang 2/5": the digits of a line that holds nothing else; -1 when it does.
int lone_number(std::u32string_view line) {
  const std::u32string f = fold(line);
  std::u32string_view v = f;
  if (begins(v, U"trang ")) v.remove_prefix(6);
  int number = 0;
  int digits = 0;
  for (const char32_t c : v) {
    if (c >= U'0' && c <= U'9') {
      number = number * 10 + static_cast<int>(c - U'0');
      if (++digits > 4) return -1;
    } else if (c != U' ' && c != U'-' && c != U'–' && c != U'/') {
      return -1;
    }
  }
  return digits > 0 ? number : -1;
}

// What a line with nothing but a number is: the first cell of a row of a table whose text follows,
// or the number of a page.
enum class Lone { no, row, page };
struct LoneLines {
  std::u32string_view clean;
  const std::vector<Line>& lines;
  std::size_t from;
  std::size_t to;
  int last_row = 0;

  [[nodiscard]] std::u32string_view text(std::size_t i) const {
    return cut(clean, lines[i].begin, lines[i].end);
  }
  Lone kind(std::size_t i) {
    const int n = lone_number(text(i));
    if (n < 0) return Lone::no;
    const bool alone_below = i + 1 >= to || lines[i + 1].blank_before;
    const bool digits_only = text(i).find_first_not_of(U"0123456789") == std::u32string_view::npos;
    if (!alone_below && digits_only && n == last_row + 1 && lone_number(text(i + 1)) < 0) {
      last_row = n;
      return Lone::row;
    }
    const bool alone_above = i == from || lines[i].blank_before;
    return (alone_above && alone_below) || !digits_only ? Lone::page : Lone::no;
  }
};

}  // namespace

std::vector<Paragraph> join_lines(std::u32string_view clean, std::u32string_view raw,
                                  const std::vector<Line>& lines, std::size_t from,
                                  std::size_t to) {
  Joiner joiner{clean};
  joiner.measure(lines, from, to);
  LoneLines lone{clean, lines, from, to};
  std::vector<Paragraph> out;
  bool page_break = false;
  bool row = false;  // the line before was the number of a row
  int last_item = 0;
  std::size_t before = from;
  for (std::size_t i = from; i < to; ++i) {
    const Line& line = lines[i];
    const Lone kind = lone.kind(i);
    if (kind == Lone::page) {
      page_break = true;
      continue;
    }
    std::optional<Marker> marker = read_marker(clean, raw, line, last_item);
    if (marker && marker->form == ClauseForm::number &&
        marker->label.find('.') == std::string::npos)
      last_item = std::atoi(marker->label.c_str());
    if (kind == Lone::row) {
      const std::string label = plain(clean, line.begin, line.end);
      marker = Marker{ClauseForm::number, label, "row", line.end};
    }
    const bool footnote = kSuperscripts.find(clean[line.begin]) != std::u32string_view::npos;
    const bool may_join = !out.empty() && !footnote && kind != Lone::row;
    const bool empty_marker =
        may_join && out.back().marker && out.back().marker->text_begin >= out.back().end;
    if (empty_marker && (row || !marker)) {
      out.back().end = line.end;
      out.back().marker->text_begin = marker && row ? marker->text_begin : line.begin;
    } else if (may_join && !marker && joiner.joins(lines[before], line, page_break)) {
      out.back().end = line.end;
    } else {
      out.push_back({line.begin, line.end, std::move(marker), footnote});
    }
    row = kind == Lone::row;
    page_break = false;
    before = i;
  }
  return out;
}

}  // namespace khien
