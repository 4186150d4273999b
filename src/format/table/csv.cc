// RFC 4180 with what offices add: `;`, tab or | as separator, the encodings of decode_text(),
// "sep=;" in the first line, CR alone as line end. A quote inside a plain field is a character like
// any other. Text without separators may be in columns, or one property a line.
#include <array>

#include "base/text.h"
#include "format/errors.h"
#include "format/table/fortios.h"
#include "format/table/table.h"

namespace khien {
namespace {

constexpr std::array<char, 4> kSeparators = {',', ';', '\t', '|'};
constexpr int kSampleLines = 20;

// The separator that occurs on most of the first lines outside quotes; the earlier one wins a tie
// of lines by its count.
char find_separator(std::string_view text) {
  std::array<int, 4> lines{};
  std::array<int, 4> total{};
  std::array<bool, 4> seen{};
  bool quoted = false;
  int line = 0;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    for (std::size_t i = 0; i < kSeparators.size(); ++i) {
      if (c != kSeparators[i]) continue;
      ++total[i];
      seen[i] = true;
    }
    if (c != '\n' && c != '\r') continue;
    for (std::size_t i = 0; i < seen.size(); ++i) lines[i] += seen[i];
    seen = {};
    if (++line >= kSampleLines) break;
  }
  for (std::size_t i = 0; i < seen.size(); ++i) lines[i] += seen[i];
  std::size_t best = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (std::pair(lines[i], total[i]) > std::pair(lines[best], total[best])) best = i;
  }
  return kSeparators[best];
}

// The first line that holds a bar begins with one.
bool is_framed(std::string_view text) {
  const std::size_t bar = text.find('|');
  if (bar == std::string_view::npos) return false;
  const std::size_t line = text.rfind('\n', bar) + 1;  // npos + 1 = 0
  return trim(text.substr(line, bar - line)).empty();
}

// "| a | b |" and "|---|---|" of a pasted text: the outer bars are no separators, rules no rows. In
// a table without a frame a bar at the front stands behind an empty cell.
std::string without_frame(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const bool framed = is_framed(text);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trim(text.substr(0, end));
    const bool rule = line.find_first_not_of("|-=+: ") == std::string_view::npos;
    if (framed && line.starts_with('|')) line.remove_prefix(1);
    if (line.ends_with('|')) line.remove_suffix(1);
    if (!rule) out += line;
    if (end < text.size()) out += '\n';  // keeps line numbers
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool is_drawn(std::string_view text) {
  return text.starts_with("\xE2\x94") || text.starts_with("\xE2\x95");
}

// Tables drawn with lines (U+2500 to U+257F): "│ a │ b │" is "| a | b |".
std::string without_drawn_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_drawn(text.substr(i)) || i + 2 >= text.size()) {
      out += text[i];
      continue;
    }
    const std::string_view sign = text.substr(i, 3);
    out += sign == "│" || sign == "┃" || sign == "║" ? '|' : '-';
    i += 2;
  }
  return out;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, char separator, TableBuilder& out, std::string place)
      : text_(text), separator_(separator), out_(out), place_(std::move(place)) {}

  Done run() {
    while (at_ < text_.size()) {
      const int row = line_;
      for (std::size_t column = 0;; ++column) {
        KHIEN_DO(field(row, column));
        if (at_ < text_.size() && text_[at_] == separator_) {
          ++at_;
          continue;
        }
        break;
      }
      end_of_line();
    }
    return {};
  }

 private:
  Done field(int row, std::size_t column) {
    const std::size_t sign = text_.find_first_not_of(' ', at_);
    if (sign != std::string_view::npos && text_[sign] == '"') {  // "a", "b" of MDaemon
      at_ = sign;
      return quoted(row, column);
    }
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
           text_[at_] != '\r') {
      ++at_;
    }
    return out_.cell(row, column, text_.substr(start, at_ - start));
  }

  Done quoted(int row, std::size_t column) {
    std::string value;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
        ++at_;
      }
      if (c == '\n') ++line_;
      value += c;
    }
    if (at_ >= text_.size()) {
      return fail(err::csv_quote, place_, {{"row", std::to_string(row)}});
    }
    ++at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
           text_[at_] != '\r') {
      value += text_[at_++];  // "a"b: kept as ab
    }
    return out_.cell(row, column, value);
  }

  void end_of_line() {
    if (at_ >= text_.size()) return;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  std::string_view text_;
  char separator_;
  TableBuilder& out_;
  std::string place_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

Result<Table> read_csv(std::string_view bytes, const std::string& place) {
  auto decoded = decode_text(bytes, place);
  if (!decoded) return fail(err::table_unknown, place, {{"detail", decoded.error().code}});
  Table out;
  out.format = "csv";
  out.encoding = decoded->encoding;
  std::string_view text = decoded->text;
  std::string drawn;
  if (is_drawn(trim(text))) {
    drawn = without_drawn_lines(text);
    text = drawn;
  }
  char separator = find_separator(text);
  for (const auto read : {read_fortios, read_records, read_columns}) {
    KHIEN_TRY(auto other, read(text, place));
    if (!other) continue;
    other->encoding = out.encoding;
    return std::move(*other);
  }
  std::string rewritten;
  if (text.size() > 5 && (text.starts_with("sep=") || text.starts_with("SEP=")) &&
      (text[5] == '\r' || text[5] == '\n')) {
    separator = text[4];
    rewritten = std::string(5, ' ') + std::string(text.substr(5));  // keeps line numbers
    text = rewritten;
  }
  if (separator == '|') {
    rewritten = without_frame(text);
    text = rewritten;
  }
  TableBuilder builder(out, place);
  KHIEN_DO(CsvReader(text, separator, builder, place).run());
  builder.finish();
  return out;
}

}  // namespace khien
