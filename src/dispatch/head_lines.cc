// Head lines in any order and any damage: each piece is tried against what a head may hold.
#include "dispatch/head_lines.h"

#include <algorithm>

#include "base/text.h"
#include "dispatch/finders.h"

namespace khien {
namespace {

constexpr std::size_t kSubjectBytes = 800;


bool starts_with_any(std::u32string_view text, const HeadWords::List& words) {
  return std::any_of(words.begin(), words.end(), [&](auto w) { return begins(text, w); });
}

// "V/v", "Về việc", "Về" before a subject.
std::size_t about_length(std::u32string_view f) {
  if (begins(f, U"về việc")) return 7;
  if (begins(f, U"v/v") || begins(f, U"v.v")) return 3;
  return begins(f, U"về ") ? 3 : 0;
}

}  // namespace

std::u32string_view trim_blanks(std::u32string_view text) {
  const std::size_t a = text.find_first_not_of(U" \n\t");
  if (a == std::u32string_view::npos) return {};
  return text.substr(a, text.find_last_not_of(U" \n\t") - a + 1);
}

std::string tidy_piece(std::u32string_view text) {
  std::string out = squeeze(to_utf8(text));
  while (!out.empty() && (out.back() == ';' || out.back() == ',' || out.back() == '.' ||
                          out.back() == ':' || out.back() == '/')) {
    out.pop_back();
  }
  return std::string(trim(out));
}

namespace {

// Where a motto that shares its line begins and ends; npos when there is none or nothing else.
std::pair<std::size_t, std::size_t> find_motto(std::u32string_view text,
                                               const HeadWords& words) {
  const std::u32string f = fold(text);
  std::pair<std::size_t, std::size_t> best{std::u32string_view::npos, 0};
  for (const std::u32string& motto : words.mottos) {
    const std::size_t at = find_like(f, motto);
    if (at < best.first) best = {at, at + motto.size()};
  }
  return best;
}

void add_column(std::vector<Piece>& out, std::u32string_view text, bool blank_before,
                const HeadWords& words) {
  text = trim_blanks(text);
  while (!text.empty()) {
    auto [at, end] = find_motto(text, words);
    if (at == 0) at = end;
    const std::u32string_view piece = trim_blanks(text.substr(0, std::min(at, text.size())));
    if (!piece.empty()) out.push_back({piece, blank_before && out.empty(), !out.empty()});
    if (at >= text.size()) break;
    text = trim_blanks(text.substr(at));
  }
}

}  // namespace

std::vector<Piece> pieces_of(std::u32string_view clean, const Line& line,
                             const HeadWords& words) {
  std::vector<Piece> out;
  std::u32string_view rest = cut(clean, line.begin, line.end);
  while (!rest.empty()) {
    std::size_t gap = rest.find(U"   ");
    // blanks left open for a day or a number are no columns
    while (gap != std::u32string_view::npos) {
      const std::u32string before = fold(trim_blanks(rest.substr(0, gap)));
      if (!ends(before, U"ngày") && !ends(before, U"tháng") && !ends(before, U"số:") &&
          !ends(before, U"số") && !ends(before, U"năm") &&
          trim_blanks(rest.substr(gap))[0] != U'/' &&
          !begins(fold(trim_blanks(rest.substr(gap))), U"tháng")) {
        break;
      }
      gap = rest.find_first_not_of(U' ', gap);
      gap = rest.find(U"   ", gap);
    }
    add_column(out, rest.substr(0, gap), line.blank_before, words);
    if (gap == std::u32string_view::npos) break;
    rest = trim_blanks(rest.substr(gap));
  }
  return out;
}

namespace {

// A column that says only "năm 2011" or "tháng 4 năm 2022".
std::size_t only_month_or_year(std::u32string_view f) {
  const bool says = begins(f, U"năm ") || begins(f, U"tháng ");
  return says && f.size() <= 20 ? 0 : std::u32string_view::npos;
}

// "Hải Sơn, 05/10/2026" without "ngày": where its date begins.
std::size_t short_date(std::u32string_view f) {
  const std::size_t comma = f.rfind(U", ");
  if (comma == std::u32string_view::npos) return comma;
  const auto dates = find_dates(f, comma + 2, f.size());
  const bool whole = dates.size() == 1 && dates[0].begin == comma + 2 &&
                     dates[0].end == f.size() && dates[0].iso.size() == 10;
  return whole ? comma + 2 : std::u32string_view::npos;
}

// The four digits that follow, "" when none.
std::string digits_after(std::u32string_view f, std::size_t at) {
  while (at < f.size() && f[at] == U' ') ++at;
  std::string out;
  while (at < f.size() && f[at] >= U'0' && f[at] <= U'9') out += static_cast<char>(f[at++]);
  return out.size() == 4 ? out : "";
}

}  // namespace

// False when the piece does not look like part of a head.
bool HeadReader::take(const Piece& piece) {
  const std::u32string folded = fold(piece.text);
  const std::u32string_view f = folded;
  if (begins(f, U"cộng hòa xã hội") || begins(f, U"cộng hoà xã hội") || begins(f, U"độc lập") ||
      begins(f, U"tự do")) {
    if (!piece.column) in_subject_ = false;
    return true;
  }
  if (f == U"đảng cộng sản việt nam" || f == U"đảng bộ") {
    party_ = true;
    return true;
  }
  if (stamp(f)) return true;
  if (begins(f, U"số:") || begins(f, U"số ") || begins(f, U"số.")) {
    if (number(piece.text, f)) return true;
  }
  if (begins(f, U"v/v") || begins(f, U"về việc") || begins(f, U"v.v")) {
    return begin_subject(piece.text, f);
  }
  // a letter of the party names its subject so, under its number
  if (begins(f, U"về ") && out_.subject_line.empty() && !out_.symbol.empty() && !has_form())
    return begin_subject(piece.text, f);
  if (begins(f, U"(")) return bracket(piece.text, f);
  if (has_form() && out_.subject_line.empty() && begins(f, U"của ") && is_upper_line(piece.text)) {
    own_issuer_ = tidy_piece(piece.text.substr(4));
    return true;
  }
  const bool was_in_subject = in_subject_;
  if (place_date(piece.text, f)) {
    in_subject_ = was_in_subject && piece.column;
    return true;
  }
  if (in_subject_ && (!piece.blank_before || out_.subject_line.empty())) {
    return more_subject(piece.text);
  }
  if (form(f)) return true;
  if (begins(f, U"hỏa tốc") || begins(f, U"khẩn") || begins(f, U"thượng khẩn")) return true;
  if (is_upper_line(piece.text)) {
    if (is_title(piece, f)) return begin_title(piece.text);
    past_subject_ = has_form() && !out_.subject_line.empty() &&
                    (piece.blank_before || past_subject_);
    in_subject_ = in_subject_ && !past_subject_;
    return past_subject_ || agency(piece.text, f);
  }
  return trim_blanks(piece.text).find_first_not_of(U"-–—=./ ") == std::u32string_view::npos;
}

void HeadReader::finish() {
  out_.subject_line = tidy_piece(to_u32(out_.subject_line));
  if (!own_issuer_.empty()) agencies_.push_back(own_issuer_);
  if (agencies_.empty()) return;
  out_.issuer = agencies_.back();
  if (agencies_.size() > 1) out_.parent = agencies_[agencies_.size() - 2];
  if (party_ && out_.parent.empty()) out_.parent = "Đảng Cộng sản Việt Nam";
}


// The receiver's stamp: "ĐẾN", "Số: 123", "Ngày: 02/5/2023", "Chuyển: ...".
bool HeadReader::stamp(std::u32string_view f) {
  if (f == U"đến" || begins(f, U"công văn đến") || begins(f, U"văn bản đến") ||
      begins(f, U"đến số") || begins(f, U"đến ")) {
    stamp_left_ = 4;
    return true;
  }
  if (stamp_left_ <= 0) return false;
  --stamp_left_;
  if (begins(f, U"chuyển") || begins(f, U"lưu hồ sơ") || begins(f, U"giờ")) return true;
  if (begins(f, U"ngày")) return find_like(f, U"tháng") == std::u32string_view::npos;
  return begins(f, U"số") && f.find(U'/') == std::u32string_view::npos;
}

// "(ngày 16/11/2017)", "(Ban hành kèm theo Quyết định số .../QĐ-UBND ngày ...)" under a title.
bool HeadReader::bracket(std::u32string_view text, std::u32string_view f) {
  in_subject_ = false;
  if (out_.subject_line.empty() && (begins(f, U"(v/v") || begins(f, U"(về việc"))) {
    const std::size_t close = text.find(U')');
    text = text.substr(1, close == std::u32string_view::npos ? close : close - 1);
    return begin_subject(text, fold(text));
  }
  const std::size_t at = find_like(f, U"số");
  const bool issued_with = find_like(f, U"theo ") < 20 && find_like(f, U"quyết định") < 40;
  if (issued_with && at < 60) (void)number(text.substr(at), f.substr(at));
  if (!out_.issued_on.empty() || (!issued_with && !begins(f, U"(ngày"))) return true;
  for (const FoundDate& d : find_dates(f, 0, f.size())) {
    if (!d.has_year) continue;
    out_.issued_on = d.iso;
    break;
  }
  return true;
}

bool HeadReader::number(std::u32string_view text, std::u32string_view f) {
  if (!out_.symbol.empty()) return false;
  std::size_t at = 2;
  while (at < text.size() && (text[at] == U':' || text[at] == U' ' || text[at] == U'.' ||
                              text[at] == U'…')) {
    ++at;
  }
  std::string digits;
  while (at < text.size() && text[at] >= U'0' && text[at] <= U'9') {
    digits += static_cast<char>(text[at++]);
  }
  if (at + 2 < text.size() && text[at] == U'(' && text[at + 2] == U')') {
    digits += to_utf8(text.substr(at, 3));
    at += 3;
  }
  while (at < text.size() && (text[at] == U' ' || text[at] == U'.' || text[at] == U'…')) ++at;
  const bool slash = at < text.size() && text[at] == U'/';
  const bool line = at < text.size() && (text[at] == U'-' || text[at] == U'–');
  const bool dash = line && at + 1 < text.size() && (!digits.empty() || is_upper(text[at + 1]));
  if (!slash && !dash) return false;
  const char mark = slash ? '/' : '-';
  ++at;
  const std::string groups = number_groups(text, at);
  if (!digits.empty()) digits += groups;
  std::size_t end = at;
  std::string symbol = symbol_at(text, at, end);
  if (symbol.empty()) return false;
  if (dash && end < text.size() && text[end] == U'/') {  // a party paper: 57-CT/TU
    std::size_t after = end + 1;
    const std::string body = symbol_at(text, end + 1, after);
    if (!body.empty()) {
      symbol += "/" + body;
      end = after;
    }
  }
  out_.symbol = symbol;
  if (!digits.empty()) out_.number = digits + mark + symbol;
  const std::u32string_view rest = trim_blanks(text.substr(end));
  if (!rest.empty()) place_date(rest, f.substr(f.size() - rest.size()));
  in_subject_ = false;
  return true;
}

bool HeadReader::place_date(std::u32string_view text, std::u32string_view f) {
  std::size_t day = find_like(f, U"ngày");
  if (day == std::u32string_view::npos) day = only_month_or_year(f);
  if (day == std::u32string_view::npos) day = short_date(f);
  if (day == std::u32string_view::npos || day > 60) return false;
  const auto dates = find_dates(f, day, f.size());
  const std::size_t year_word = find_like(f, U"năm", day);
  const bool open = year_word != std::u32string_view::npos &&
                    (find_like(f, U"tháng", day) != std::u32string_view::npos || day == year_word);
  const bool near = !dates.empty() && dates.front().begin <= day + 1 && dates.front().has_year;
  if ((!near && !open) || text.size() > 90) return false;
  std::u32string_view place = trim_blanks(text.substr(0, day));
  if (!place.empty() && place.back() == U',')
    place = trim_blanks(place.substr(0, place.size() - 1));
  if (!place.empty() && place.front() == U',') place = trim_blanks(place.substr(1));
  for (const std::u32string& act : words_.signed_at) {
    if (begins(fold(place), act)) place = trim_blanks(place.substr(act.size()));
  }
  if (place.size() > 40) return false;
  in_subject_ = false;
  if (near && out_.issued_on.empty()) out_.issued_on = dates.front().iso;
  if (open && out_.issued_on.empty()) out_.issued_on = digits_after(f, year_word + 3);
  if (out_.place.empty()) out_.place = tidy_piece(place);
  return true;
}

bool HeadReader::begin_subject(std::u32string_view text, std::u32string_view f) {
  in_subject_ = true;
  text.remove_prefix(std::min(text.size(), about_length(f)));
  const std::size_t first = text.find_first_not_of(U" :.-–");
  if (first != std::u32string_view::npos) out_.subject_line = squeeze(to_utf8(text.substr(first)));
  return true;
}
bool HeadReader::more_subject(std::u32string_view text) {
  if (out_.subject_line.size() > kSubjectBytes) return false;
  if (out_.subject_line.empty()) {
    out_.subject_line = squeeze(to_utf8(text.substr(about_length(fold(text)))));
  } else {
    out_.subject_line += " " + squeeze(to_utf8(text));
  }
  return true;
}

bool HeadReader::form(std::u32string_view f) {
  for (const HeadWords::Named& known : words_.forms) {
    if (f.size() != known.folded.size() || !begins(f, known.folded)) continue;
    out_.form = known.name;
    in_subject_ = true;
    return true;
  }
  return false;
}

// Capitals under number and date that name no body: "LỆNH ĐIỀU PHỐI", "BIÊN BẢN".
bool HeadReader::is_title(const Piece& piece, std::u32string_view f) const {
  return !has_form() && piece.blank_before && !out_.symbol.empty() && !out_.issued_on.empty() &&
         out_.subject_line.empty() && !starts_with_any(f, words_.agencies);
}
// The name of a form alone says nothing of the subject, which stands under it.
bool HeadReader::begin_title(std::u32string_view text) {
  constexpr std::size_t kFormLetters = 25;
  in_subject_ = true;
  return text.size() <= kFormLetters || more_subject(text);
}

bool HeadReader::agency(std::u32string_view text, std::u32string_view f) {
  if (text.size() > 160 || agencies_.size() > 4) return text.size() <= 160;
  if (has_form()) return more_subject(text);
  // a title without a form of its own: "CHÍNH SÁCH AN TOÀN THÔNG TIN", or "CHÍNH SÁCH" over it
  if (!agencies_.empty() && out_.subject_line.empty() &&
      starts_with_any(std::u32string(f) + U' ', words_.titled)) {
    in_subject_ = true;
    return !starts_with_any(f, words_.titled) || more_subject(text);
  }
  if (!agencies_.empty() && !starts_with_any(f, words_.agencies)) {
    if (!out_.symbol.empty()) return true;  // no name goes on there: "LỆNH ĐIỀU PHỐI - KHẨN", "MẬT"
    agencies_.back() += " " + tidy_piece(text);
  } else {
    agencies_.push_back(tidy_piece(text));
  }
  return true;
}

void form_from_symbol(Dispatch& head, const HeadWords& words) {
  if (!head.form.empty()) return;
  const std::string letters = head.symbol.substr(0, head.symbol.find('-'));
  for (const HeadWords::Named& f : words.forms) {
    if (letters == f.mark) head.form = f.name;
  }
  if (head.form.empty() && !head.symbol.empty()) head.form = "công văn";
}

}  // namespace khien
