// Head lines are read piece by piece: two columns printed on one line are split at wide gaps.
#include "dispatch/head.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dispatch/scan.h"

namespace khien {
namespace {

struct Form {
  std::u32string_view folded;
  const char* name;
  const char* letters;  // in the symbol
};
constexpr std::array<Form, 13> kForms = {{{U"công điện", "công điện", "CĐ"},
                                          {U"chỉ thị", "chỉ thị", "CT"},
                                          {U"thông báo", "thông báo", "TB"},
                                          {U"kế hoạch", "kế hoạch", "KH"},
                                          {U"quyết định", "quyết định", "QĐ"},
                                          {U"hướng dẫn", "hướng dẫn", "HD"},
                                          {U"báo cáo", "báo cáo", "BC"},
                                          {U"tờ trình", "tờ trình", "TTr"},
                                          {U"nghị quyết", "nghị quyết", "NQ"},
                                          {U"quy chế", "quy chế", "QC"},
                                          {U"phương án", "phương án", "PA"},
                                          {U"giấy mời", "giấy mời", "GM"},
                                          {U"công văn", "công văn", "CV"}}};

constexpr std::u32string_view kAgencyWords[] = {
    U"bộ ",       U"sở ",        U"ubnd",        U"ủy ban",   U"cục ",     U"tổng cục",
    U"trường ",   U"trung tâm",  U"văn phòng",   U"công an",  U"ban ",     U"hội đồng",
    U"hđnd",      U"đảng",       U"tỉnh ủy",     U"thủ tướng", U"chính phủ", U"đội ",
    U"phòng ",    U"chi cục",    U"hội ",        U"tập đoàn", U"tổng công ty", U"bệnh viện",
    U"học viện",  U"viện ",      U"thành ủy",    U"huyện ủy", U"kho bạc",  U"bảo hiểm",
    U"tòa án",    U"thanh tra",  U"ngân hàng",   U"đài ",     U"báo "};

constexpr std::u32string_view kCapacities[] = {U"kt.", U"tm.", U"tl.", U"tuq.", U"q.",
                                               U"kt ", U"tm ", U"tl ", U"tuq "};
constexpr std::u32string_view kTitles[] = {
    U"giám đốc", U"chủ tịch", U"bộ trưởng", U"thủ tướng", U"hiệu trưởng", U"cục trưởng",
    U"chánh văn phòng", U"trưởng ban", U"tổng giám đốc", U"phó giám đốc", U"trưởng phòng"};

bool starts_with_any(std::u32string_view text, std::span<const std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto w) { return begins(text, w); });
}

std::u32string_view trimmed(std::u32string_view text) {
  const std::size_t a = text.find_first_not_of(U" \n\t");
  if (a == std::u32string_view::npos) return {};
  return text.substr(a, text.find_last_not_of(U" \n\t") - a + 1);
}

std::string tidy(std::u32string_view text) {
  std::string out = squeeze(to_utf8(text));
  while (!out.empty() && (out.back() == ';' || out.back() == ',' || out.back() == '.' ||
                          out.back() == ':' || out.back() == '/')) {
    out.pop_back();
  }
  return std::string(trim(out));
}

// A piece is a line, or one column of it.
struct Piece {
  std::u32string_view text;
  bool blank_before = false;
};

std::vector<Piece> pieces_of(std::u32string_view clean, const Line& line) {
  std::vector<Piece> out;
  std::u32string_view rest = cut(clean, line.begin, line.end);
  while (!rest.empty()) {
    std::size_t gap = rest.find(U"   ");
    // blanks left open for a day or a number are no columns
    while (gap != std::u32string_view::npos) {
      const std::u32string before = fold(trimmed(rest.substr(0, gap)));
      if (!ends(before, U"ngày") && !ends(before, U"tháng") && !ends(before, U"số:") &&
          !ends(before, U"số") && !ends(before, U"năm") && trimmed(rest.substr(gap))[0] != U'/' &&
          !begins(fold(trimmed(rest.substr(gap))), U"tháng")) {
        break;
      }
      gap = rest.find_first_not_of(U' ', gap);
      gap = rest.find(U"   ", gap);
    }
    out.push_back({trimmed(rest.substr(0, gap)), line.blank_before && out.empty()});
    if (gap == std::u32string_view::npos) break;
    rest = trimmed(rest.substr(gap));
  }
  return out;
}

// Reads the lines before the body.
class HeadReader {
 public:
  explicit HeadReader(Dispatch& out) : out_(out) {}

  // False when the piece does not look like part of a head.
  bool take(const Piece& piece) {
    const std::u32string folded = fold(piece.text);
    const std::u32string_view f = folded;
    if (begins(f, U"cộng hòa xã hội") || begins(f, U"độc lập") || begins(f, U"tự do")) {
      in_subject_ = false;
      return true;
    }
    if (stamp(f)) return true;
    if (begins(f, U"số:") || begins(f, U"số ") || begins(f, U"số.")) {
      if (number(piece.text, f)) return true;
    }
    if (begins(f, U"v/v") || begins(f, U"về việc") || begins(f, U"v.v")) {
      return begin_subject(piece.text, f);
    }
    if (place_date(piece.text, f)) return true;
    if (in_subject_ && (!piece.blank_before || out_.subject_line.empty())) {
      return more_subject(piece.text);
    }
    if (form(f)) return true;
    if (begins(f, U"hỏa tốc") || begins(f, U"khẩn") || begins(f, U"thượng khẩn")) return true;
    if (is_upper_line(piece.text)) {
      const bool past_subject = has_form() && piece.blank_before && !out_.subject_line.empty();
      return past_subject || agency(piece.text, f);
    }
    return trimmed(piece.text).find_first_not_of(U"-–—=./ ") == std::u32string_view::npos;
  }

  void finish() {
    if (agencies_.empty()) return;
    out_.issuer = agencies_.back();
    if (agencies_.size() > 1) out_.parent = agencies_[agencies_.size() - 2];
  }
  [[nodiscard]] bool has_form() const { return !out_.form.empty(); }

 private:
  Dispatch& out_;
  std::vector<std::string> agencies_;
  bool in_subject_ = false;
  int stamp_left_ = 0;

  // The receiver's stamp: "ĐẾN", "Số: 123", "Ngày: 02/5/2023", "Chuyển: ...".
  bool stamp(std::u32string_view f) {
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

  bool number(std::u32string_view text, std::u32string_view f) {
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
    const bool dash = !slash && at < text.size() && text[at] == U'-' && !digits.empty();
    if (!slash && !dash) return false;
    const char mark = slash ? '/' : '-';
    ++at;
    if (at + 4 < text.size() && text[at + 4] == U'/' && text[at] == U'2') {
      digits += "/" + to_utf8(text.substr(at, 4));
      at += 5;
    }
    std::size_t end = at;
    const std::string symbol = symbol_at(text, at, end);
    if (symbol.empty()) return false;
    out_.symbol = symbol;
    if (!digits.empty()) out_.number = digits + mark + symbol;
    const std::u32string_view rest = trimmed(text.substr(end));
    if (!rest.empty()) place_date(rest, f.substr(f.size() - rest.size()));
    return true;
  }

  bool place_date(std::u32string_view text, std::u32string_view f) {
    const std::size_t day = find_like(f, U"ngày");
    if (day == std::u32string_view::npos || day > 60) return false;
    const auto dates = find_dates(f, day, f.size());
    const bool open = find_like(f, U"tháng", day) != std::u32string_view::npos &&
                      find_like(f, U"năm", day) != std::u32string_view::npos;
    const bool near = !dates.empty() && dates.front().begin <= day + 1 && dates.front().has_year;
    if ((!near && !open) || text.size() > 90) return false;
    std::u32string_view place = trimmed(text.substr(0, day));
    if (!place.empty() && place.back() == U',') place = trimmed(place.substr(0, place.size() - 1));
    if (!place.empty() && place.front() == U',') place = trimmed(place.substr(1));
    if (place.size() > 40) return false;
    in_subject_ = false;
    if (near && out_.issued_on.empty()) out_.issued_on = dates.front().iso;
    if (out_.place.empty()) out_.place = tidy(place);
    return true;
  }

  bool begin_subject(std::u32string_view text, std::u32string_view f) {
    in_subject_ = true;
    out_.subject_line = tidy(text.substr(std::min(text.size(), about_length(f))));
    return true;
  }
  // "V/v", "Về việc", "Về" before a subject.
  static std::size_t about_length(std::u32string_view f) {
    if (begins(f, U"về việc")) return 7;
    if (begins(f, U"v/v") || begins(f, U"v.v")) return 3;
    return begins(f, U"về ") ? 3 : 0;
  }
  bool more_subject(std::u32string_view text) {
    if (out_.subject_line.size() > 800) return false;
    if (out_.subject_line.empty()) {
      out_.subject_line = tidy(text.substr(about_length(fold(text))));
    } else {
      out_.subject_line += " " + tidy(text);
    }
    return true;
  }

  bool form(std::u32string_view f) {
    for (const Form& known : kForms) {
      if (f.size() != known.folded.size() || !begins(f, known.folded)) continue;
      out_.form = known.name;
      in_subject_ = true;
      return true;
    }
    return false;
  }

  bool agency(std::u32string_view text, std::u32string_view f) {
    if (text.size() > 90 || agencies_.size() > 4) return text.size() <= 90;
    if (has_form()) return more_subject(text);
    if (!agencies_.empty() && !starts_with_any(f, kAgencyWords)) {
      agencies_.back() += " " + tidy(text);
    } else {
      agencies_.push_back(tidy(text));
    }
    return true;
  }
};

std::size_t find_recipients(const std::u32string_view clean, const std::vector<Line>& lines) {
  const std::size_t most = std::min<std::size_t>(lines.size(), 60);
  for (std::size_t i = 0; i < most; ++i) {
    const std::u32string f = fold(cut(clean, lines[i].begin, std::min(lines[i].end, lines[i].begin + 12)));
    if (begins(f, U"kính gửi") || begins(f, U"kính gởi")) return i;
  }
  return lines.size();
}

// Lines after "Kính gửi" that are recipients; returns the first line of the body.
std::size_t read_recipients(Anatomy& out, const std::vector<Line>& lines, std::size_t at) {
  std::u32string_view first = cut(out.clean, lines[at].begin, lines[at].end);
  const std::size_t colon = first.find(U':');
  first = colon == std::u32string_view::npos ? first.substr(8) : first.substr(colon + 1);
  std::u32string all(trimmed(first));
  bool bullets = false;
  std::size_t i = at + 1;
  for (; i < lines.size(); ++i) {
    const std::u32string_view line = cut(out.clean, lines[i].begin, lines[i].end);
    const auto marker = read_marker(out.clean, out.text, lines[i]);
    const bool bullet = marker && marker->form == ClauseForm::bullet;
    const char32_t last = all.empty() ? U':' : all.back();
    const bool open = all.empty() || last == U';' || last == U',' ||
                      (!lines[i].blank_before && last != U'.' && last != U':' && !bullets) ||
                      (!is_upper(line[0]) && is_letter(line[0]) && last != U'.');
    if (!bullet && (!open || marker)) break;
    if (bullet && !all.empty() && !bullets) break;
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
    const std::string one = tidy(rest.substr(0, end));
    if (!one.empty()) out.head.recipients.push_back(one);
    if (end == std::u32string_view::npos) break;
    rest = rest.substr(end + 1);
  }
  return i;
}

bool is_signature(std::u32string_view text) {
  const std::u32string f = fold(text);
  if (!is_upper_line(text)) return false;
  if (starts_with_any(f, kCapacities)) return true;
  return std::any_of(std::begin(kTitles), std::end(kTitles), [&](auto t) { return f == t; });
}

bool is_annex_title(std::u32string_view text) {
  const std::u32string f = fold(text);
  return begins(f, U"phụ lục") && text.size() < 100 &&
         (is_upper_line(text.substr(0, 7)) || f == U"phụ lục" || text.size() < 14);
}

void read_tail(Anatomy& out, const std::vector<Line>& lines, const Frame& frame) {
  bool copies = false;
  for (std::size_t i = frame.tail; i < std::min(frame.annex, lines.size()); ++i) {
    for (const Piece& piece : pieces_of(out.clean, lines[i])) {
      const std::u32string f = fold(piece.text);
      if (begins(f, U"nơi nhận")) {
        copies = true;
      } else if (is_signature(piece.text)) {
        if (!out.head.signing_capacity.empty()) out.head.signing_capacity += ' ';
        if (out.head.signing_capacity.size() < 100) out.head.signing_capacity += tidy(piece.text);
      } else if (copies && (piece.text[0] == U'-' || piece.text[0] == U'–' || piece.text[0] == U'+')) {
        out.head.copies_to.push_back(tidy(piece.text.substr(1)));
      }
    }
  }
}

std::size_t skip_meta(const Anatomy& out, const std::vector<Line>& lines) {
  std::size_t i = 0;
  while (i < lines.size() && out.clean[lines[i].begin] == U'#' && lines[i].begin + 1 < lines[i].end &&
         out.clean[lines[i].begin + 1] == U' ' &&
         cut(out.clean, lines[i].begin, lines[i].end).find(U": ") < 20) {
    ++i;
  }
  return i;
}

// Without "Kính gửi": head-like lines, then perhaps a title.
std::size_t read_bare_head(Anatomy& out, const std::vector<Line>& lines, std::size_t i,
                           HeadReader& reader) {
  const std::size_t begin = i;
  for (; i < lines.size(); ++i) {
    bool all = true;
    if (reader.has_form() && lines[i].blank_before && !out.head.subject_line.empty() &&
        !is_upper_line(cut(out.clean, lines[i].begin, lines[i].end)) &&
        fold(cut(out.clean, lines[i].begin, lines[i].end)).find(U"ngày") == std::u32string::npos) {
      break;
    }
    if (read_marker(out.clean, out.text, lines[i])) break;
    for (const Piece& piece : pieces_of(out.clean, lines[i])) all = reader.take(piece) && all;
    if (!all) break;
  }
  const bool titled = i == begin && i < lines.size() && i + 1 < lines.size();
  if (!titled) return i;
  const Line& line = lines[i];
  const char32_t last = out.clean[line.end - 1];
  if (last == U'.' || last == U':' || last == U';' || line.end - line.begin > 300) return i;
  if (read_marker(out.clean, out.text, line) || !lines[i + 1].blank_before) return i;
  out.head.subject_line = tidy(cut(out.clean, line.begin, line.end));
  return i + 1;
}

void form_from_symbol(Dispatch& head) {
  if (!head.form.empty()) return;
  const std::string letters = head.symbol.substr(0, head.symbol.find('-'));
  for (const Form& f : kForms) {
    if (letters == f.letters) head.form = f.name;
  }
  if (head.form.empty() && !head.symbol.empty()) head.form = "công văn";
}

}  // namespace

Frame read_head(Anatomy& out, const std::vector<Line>& lines) {
  Frame frame{0, lines.size(), lines.size()};
  HeadReader reader(out.head);
  const std::size_t begin = skip_meta(out, lines);
  const std::size_t kg = find_recipients(out.clean, lines);
  if (kg < lines.size()) {
    for (std::size_t i = begin; i < kg; ++i) {
      for (const Piece& piece : pieces_of(out.clean, lines[i])) (void)reader.take(piece);
    }
    frame.body = read_recipients(out, lines, kg);
  } else {
    frame.body = read_bare_head(out, lines, begin, reader);
  }
  reader.finish();
  form_from_symbol(out.head);
  if (out.head.form.empty() && kg < lines.size()) out.head.form = "công văn";
  for (std::size_t i = frame.body; i < lines.size(); ++i) {
    const std::u32string_view line = cut(out.clean, lines[i].begin, lines[i].end);
    if (is_annex_title(line)) {
      frame.annex = std::min(frame.annex, i);
      out.head.annexes.push_back(tidy(line));
      frame.tail = std::min(frame.tail, i);
    } else if (frame.tail == lines.size() && frame.annex == lines.size() &&
               (begins(fold(line.substr(0, 9)), U"nơi nhận") || is_signature(line))) {
      frame.tail = i;
    }
  }
  read_tail(out, lines, frame);
  return frame;
}

}  // namespace khien
