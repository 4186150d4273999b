// The tail begins at "Nơi nhận" or at the signature. A title in capitals after it ("QUY CHẾ", "KẾ
// HOẠCH") begins a document that was issued with the dispatch; so does one that says "kèm theo".
#include "dispatch/parts.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "dispatch/head_lines.h"

namespace khien {
namespace {


std::u32string_view text_of(const Anatomy& out, const Line& line) {
  return cut(out.clean, line.begin, line.end);
}

bool is_annex_title(std::u32string_view text) {
  const std::u32string f = fold(text);
  return begins(f, U"phụ lục") && text.size() < 100 &&
         (is_upper_line(text.substr(0, 7)) || f == U"phụ lục" || text.size() < 14);
}

// The document a line of capitals names; nullptr when none.
const HeadWords::Named* attached_title(std::u32string_view text, const HeadWords& words) {
  const std::size_t bracket = text.find(U'(');
  const std::u32string_view name = trim_blanks(text.substr(0, bracket));
  if (name.size() > 120 || !is_upper_line(name)) return nullptr;
  const std::u32string f = fold(name);
  for (const HeadWords::Named& a : words.attached) {
    if (!begins(f, a.folded)) continue;
    if (f.size() == a.folded.size() || !is_letter(f[a.folded.size()])) return &a;
  }
  return nullptr;
}

// "(Kèm theo Quyết định số ...)" within the lines after a title.
bool says_attached(const Anatomy& out, const std::vector<Line>& lines, std::size_t i) {
  for (std::size_t k = i; k < std::min(lines.size(), i + 7); ++k) {
    const std::u32string f = fold(text_of(out, lines[k]));
    if (find_like(f, U"kèm theo") != std::u32string::npos && f.find(U'(') != std::u32string::npos)
      return true;
  }
  return false;
}

// The first line after a title, its second line in capitals and the bracket under it.
std::size_t after_title(const Anatomy& out, const std::vector<Line>& lines, std::size_t i) {
  bool bracket = false;
  std::size_t k = i + 1;
  for (; k < std::min(lines.size(), i + 8); ++k) {
    const std::u32string_view text = text_of(out, lines[k]);
    if (!bracket && text.front() == U'(' && !read_marker(out.clean, out.text, lines[k])) {
      bracket = text.find(U')') == std::u32string_view::npos;
      continue;
    }
    if (bracket) {
      bracket = text.find(U')') == std::u32string_view::npos;
      continue;
    }
    const bool title = is_upper_line(text) && !read_marker(out.clean, out.text, lines[k]) &&
                       !begins(fold(text), U"chương");
    if (!title && text.find_first_not_of(U"-–—=. ") != std::u32string_view::npos) break;
  }
  return k;
}

// A signature of two letters' capacity, or a title under which no reasons follow.
bool signs(const Anatomy& out, const HeadWords& words, const std::vector<Line>& lines,
           std::size_t i) {
  if (!is_signature(text_of(out, lines[i]), words)) return false;
  if (i + 1 >= lines.size()) return true;
  const std::u32string next = fold(text_of(out, lines[i + 1]));
  for (const std::u32string& reason : words.reasons) {
    if (begins(next, reason)) return false;
  }
  return true;
}

}  // namespace

bool is_signature(std::u32string_view line, const HeadWords& words) {
  const std::u32string_view head = line.substr(0, line.find(U'['));
  if (head.size() < 3 || head.size() > 120 || !is_upper_line(head)) return false;
  std::u32string f = fold(trim_blanks(head));
  for (const std::u32string& c : words.capacities) {
    if (begins(f, c)) return true;
  }
  for (const std::u32string& deputy : words.deputies) {
    if (begins(f, deputy)) f.erase(0, deputy.size());
  }
  const bool deputy = fold(head).size() != f.size();
  return std::any_of(words.titles.begin(), words.titles.end(), [&](const auto& t) {
    return f == t || (deputy && begins(f, t) && f.size() < 60);
  });
}

void find_parts(Anatomy& out, const HeadWords& words, const std::vector<Line>& lines,
                Frame& frame) {
  for (std::size_t i = frame.body; i < lines.size(); ++i) {
    const std::u32string_view line = text_of(out, lines[i]);
    const bool ended = frame.tail < lines.size() || !frame.parts.empty() ||
                       (i > frame.body && text_of(out, lines[i - 1]).ends_with(U"./."));
    if (is_annex_title(line)) {
      if (frame.parts.empty()) frame.tail = std::min(frame.tail, i);
      frame.parts.push_back({i, i + 1, false, "PL."});
      out.head.annexes.push_back(tidy_piece(line));
      continue;
    }
    const HeadWords::Named* attached = attached_title(line, words);
    if (attached != nullptr && i > frame.body && (ended || says_attached(out, lines, i))) {
      if (frame.parts.empty()) frame.tail = std::min(frame.tail, i);
      frame.parts.push_back({i, after_title(out, lines, i), true, attached->mark});
      i = frame.parts.back().begin - 1;
      continue;
    }
    const bool in_body = frame.tail == lines.size() && frame.parts.empty();
    const bool closes = begins(fold(line.substr(0, 9)), U"nơi nhận") || signs(out, words, lines, i);
    if (in_body && closes) frame.tail = i;
  }
}

}  // namespace khien
