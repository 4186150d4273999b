// Head lines are read piece by piece: two columns printed on one line are split at wide gaps.
#include "dispatch/head.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dispatch/head_lines.h"
#include "dispatch/parts.h"

namespace khien {
namespace {

constexpr std::size_t kWiringLine = 120;

// "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM GIANG điện:" before those a telegram is sent to.
bool wires(std::u32string_view line) {
  if (line.size() > kWiringLine || line.back() != U':') return false;
  const std::u32string f = fold(trim_blanks(line.substr(0, line.size() - 1)));
  return ends(f, U" điện") || ends(f, U" gửi công điện") || ends(f, U" điện gửi");
}

std::size_t find_recipients(const std::u32string_view clean, const std::vector<Line>& lines) {
  const std::size_t most = std::min<std::size_t>(lines.size(), 60);
  for (std::size_t i = 0; i < most; ++i) {
    const std::u32string f =
        fold(cut(clean, lines[i].begin, std::min(lines[i].end, lines[i].begin + 12)));
    if (begins(f, U"kính gửi") || begins(f, U"kính gởi")) return i;
  }
  for (std::size_t i = 0; i < most; ++i) {
    if (wires(cut(clean, lines[i].begin, lines[i].end))) return i;
  }
  return lines.size();
}

// A line that begins in capitals and orders, or tells why: the text itself, no recipient and no
// line of a subject.
struct BodyLine {
  const Anatomy& a;
  const Vocabulary& v;

  [[nodiscard]] bool is(const Line& line) const {
    const std::u32string_view text = cut(a.clean, line.begin, line.end);
    if (!is_upper(text[0]) || is_upper_line(text)) return false;
    const std::vector<Token> tokens = v.phrases().tokenize(text);
    const int speaks = v.list("speaks");
    const int opens = v.list("opens_body");
    for (const Hit& h : v.phrases().find(tokens, 0, tokens.size(), a.bare)) {
      const auto& o = v.owner(h.owner);
      if (o.role != Vocabulary::Role::list) continue;
      const bool name = h.first > 0 && is_upper(text[tokens[h.first].begin]);
      if ((o.index == speaks && !name) || (o.index == opens && h.first == 0)) return true;
    }
    return false;
  }
};

// Lines after "Kính gửi" that are recipients; returns the first line of the body.
std::size_t read_recipients(Anatomy& out, const std::vector<Line>& lines, std::size_t at,
                            const BodyLine& body) {
  std::u32string_view first = cut(out.clean, lines[at].begin, lines[at].end);
  const std::size_t colon = first.find(U':');
  first = colon == std::u32string_view::npos ? first.substr(8) : first.substr(colon + 1);
  first = trim_blanks(first);
  // "Kính gửi: - Các sở;" over " - UBND các xã."
  bool bullets = first.size() > 1 && (first[0] == U'-' || first[0] == U'–') && first[1] == U' ';
  std::u32string all(trim_blanks(bullets ? first.substr(1) : first));
  std::size_t i = at + 1;
  for (; i < lines.size(); ++i) {
    const std::u32string_view line = cut(out.clean, lines[i].begin, lines[i].end);
    const auto marker = read_marker(out.clean, out.text, lines[i]);
    const bool bullet = marker && marker->form == ClauseForm::bullet;
    const char32_t last = all.empty() ? U':' : all.back();
    const bool open = all.empty() || last == U';' || last == U',' ||
                      (!lines[i].blank_before && last != U'.' && last != U':' && !bullets) ||
                      (!is_upper(line[0]) && is_letter(line[0]) && last != U'.');
    const bool apart = lines[i].blank_before && last == U',' && is_upper(line[0]) &&
                       line.back() == U'.';
    if (!bullet && (!open || marker || apart || (!all.empty() && body.is(lines[i])))) break;
    if (bullet && !all.empty() && !bullets) break;
    if (bullet && last == U'.' && lines[i].blank_before) break;  // the first demand
    if (bullet) {
      bullets = true;
      all += U'\n';
      all += cut(out.clean, marker->text_begin, lines[i].end);
    } else {
      all += U' ';
      all += line;
    }
  }
  std::u32string_view rest = all;
  while (!rest.empty()) {
    std::size_t end = rest.find_first_of(U"\n;");
    const std::string one = tidy_piece(rest.substr(0, end));
    if (!one.empty()) out.head.recipients.push_back(one);
    if (end == std::u32string_view::npos) break;
    rest = rest.substr(end + 1);
  }
  return i;
}

void read_tail(Anatomy& out, const HeadWords& words, const std::vector<Line>& lines,
               const Frame& frame) {
  bool copies = false;
  const std::size_t to = frame.parts.empty() ? lines.size() : frame.parts.front().title;
  for (std::size_t i = frame.tail; i < to; ++i) {
    for (const Piece& piece : pieces_of(out.clean, lines[i], words)) {
      const std::u32string f = fold(piece.text);
      if (begins(f, U"nơi nhận")) {
        copies = true;
      } else if (is_signature(piece.text, words)) {
        if (!out.head.signing_capacity.empty()) out.head.signing_capacity += ' ';
        if (out.head.signing_capacity.size() < 100)
          out.head.signing_capacity += tidy_piece(piece.text);
      } else if (copies &&
                 (piece.text[0] == U'-' || piece.text[0] == U'–' || piece.text[0] == U'+')) {
        out.head.copies_to.push_back(tidy_piece(piece.text.substr(1)));
      }
    }
  }
}

std::size_t skip_meta(const Anatomy& out, const std::vector<Line>& lines) {
  std::size_t i = 0;
  while (i < lines.size() && out.clean[lines[i].begin] == U'#' &&
         lines[i].begin + 1 < lines[i].end && out.clean[lines[i].begin + 1] == U' ' &&
         cut(out.clean, lines[i].begin, lines[i].end).find(U": ") < 20) {
    ++i;
  }
  return i;
}

// "Căn cứ Luật ... ngày 19/11/2015;": the head is over.
bool rests_on(const HeadWords::List& rests, std::u32string_view folded, bool titled) {
  // right under "KẾ HOẠCH" it is the title: "Thực hiện Chiến lược an ninh mạng"
  if (titled && begins(folded, U"thực hiện ")) return true;
  return std::any_of(rests.begin(), rests.end(), [&](const auto& w) { return begins(folded, w); });
}

// Without "Kính gửi": head-like lines, then perhaps a title.
std::size_t read_bare_head(Anatomy& out, const std::vector<Line>& lines, std::size_t i,
                           HeadReader& reader, const BodyLine& body) {
  const HeadWords& words = body.v.head_words();
  const std::size_t begin = i;
  for (; i < lines.size(); ++i) {
    bool all = true;
    const bool titled = !reader.has_form() || lines[i].blank_before ||
                        !out.head.subject_line.empty();
    if (rests_on(words.rests, fold(cut(out.clean, lines[i].begin, lines[i].end)), titled)) break;
    if (reader.has_form() && lines[i].blank_before && !out.head.subject_line.empty() &&
        !is_upper_line(cut(out.clean, lines[i].begin, lines[i].end)) &&
        fold(cut(out.clean, lines[i].begin, lines[i].end)).find(U"ngày") == std::u32string::npos) {
      break;
    }
    if (read_marker(out.clean, out.text, lines[i])) break;
    if (!out.head.subject_line.empty() && body.is(lines[i])) break;
    for (const Piece& piece : pieces_of(out.clean, lines[i], words))
      all = reader.take(piece) && all;
    if (!all) break;
  }
  if (i != begin || i + 1 >= lines.size()) return i;
  const Line& line = lines[i];
  const char32_t last = out.clean[line.end - 1];
  if (last == U'.' || last == U':' || last == U';' || line.end - line.begin > 300) return i;
  if (read_marker(out.clean, out.text, line) || !lines[i + 1].blank_before) return i;
  out.head.subject_line = tidy_piece(cut(out.clean, line.begin, line.end));
  return i + 1;
}

// "V/v ..." printed below the recipients; returns the first line after it.
std::size_t late_subject(const Anatomy& out, const std::vector<Line>& lines, std::size_t at,
                         HeadReader& reader, const BodyLine& body) {
  if (at >= lines.size()) return at;
  const std::u32string_view line = cut(out.clean, lines[at].begin, lines[at].end);
  const std::u32string f = fold(line.substr(0, 8));
  if (!begins(f, U"v/v") && !begins(f, U"về việc")) return at;
  if (line.back() == U'.' || line.back() == U':' || line.size() > 300) return at;
  do {
    (void)reader.take({cut(out.clean, lines[at].begin, lines[at].end), false});
    ++at;
  } while (at < lines.size() && !lines[at].blank_before && !body.is(lines[at]));
  return at;
}

}  // namespace

Frame read_head(Anatomy& out, const Vocabulary& vocabulary, const std::vector<Line>& lines) {
  const BodyLine body{out, vocabulary};
  Frame frame{0, lines.size(), {}};
  const HeadWords& words = vocabulary.head_words();
  HeadReader reader(out.head, words);
  const std::size_t begin = skip_meta(out, lines);
  const std::size_t kg = find_recipients(out.clean, lines);
  if (kg < lines.size()) {
    for (std::size_t i = begin; i < kg; ++i) {
      for (const Piece& piece : pieces_of(out.clean, lines[i], words)) (void)reader.take(piece);
    }
    frame.body = read_recipients(out, lines, kg, body);
  } else {
    frame.body = read_bare_head(out, lines, begin, reader, body);
  }
  if (out.head.subject_line.empty())
    frame.body = late_subject(out, lines, frame.body, reader, body);
  reader.finish();
  form_from_symbol(out.head, words);
  if (out.head.form.empty() && kg < lines.size()) out.head.form = "công văn";
  find_parts(out, words, lines, frame);
  read_tail(out, words, lines, frame);
  return frame;
}

}  // namespace khien
