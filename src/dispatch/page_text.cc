// Where a printed line ends a paragraph is told by geometry: space above the next, an indent, a
// marker, or room that the next word would have filled.
#include "dispatch/page_text.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "dispatch/page_rows.h"
#include "dispatch/page_zones.h"
#include "dispatch/scan_mend.h"

namespace khien {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// "1.", "2.1", "a)", "đ)", "-", "+", "IV.", "(1)", "Điều 3."
bool is_marker(const std::string& word, const std::string& next) {
  const std::string key = skeleton(word);
  if (key.size() <= 1) return key == "-" || key == "+" || key == "*" || word == "–";
  if (word == "•" || word == "–" || word == "●" || word == "▪" || word == "○") return true;
  if (key == "dieu" && !next.empty() && digit(next[0])) return true;
  const char last = key.back();
  const bool closed = last == '.' || last == ')' || last == '/';
  const std::string body = key.substr(key[0] == '(' ? 1 : 0, key.size() - 1 - (key[0] == '('));
  if (closed && !body.empty() && body.size() <= 2 &&
      std::all_of(body.begin(), body.end(), digit))
    return true;
  if (closed && body.size() == 1 && body[0] >= 'a' && body[0] <= 'z') return true;
  if (closed && body.size() <= 5 && body.find_first_not_of("ivx") == std::string::npos) return true;
  const bool dotted = digit(key[0]) && key.size() <= 8 &&
                      key.find_first_not_of("0123456789.") == std::string::npos;
  return dotted && key.find('.') != std::string::npos &&
         std::count(key.begin(), key.end(), '.') < 4;
}

// "1.Nội dung", "a)Đổi": a list that left no room behind its number.
std::string spaced_marker(std::string text) {
  std::size_t i = 0;
  while (i < text.size() && i < 9 && (digit(text[i]) || (text[i] == '.' && i > 0))) ++i;
  if (i == 0 && text.size() > 2 && text[0] >= 'a' && text[0] <= 'z' && text[1] == ')') i = 2;
  else if (text.starts_with("đ)")) i = 3;
  else if (i > 0 && i < text.size() && text[i] == ')') ++i;
  const bool closed = i > 1 && (text[i - 1] == '.' || text[i - 1] == ')');
  if (!closed || i >= text.size()) return text;
  const std::u32string next = to_u32(std::string_view(text).substr(i, 4));
  if (!next.empty() && is_letter(next[0])) text.insert(i, 1, ' ');
  return text;
}

bool starts_marker(const PrintedLine& line) {
  return is_marker(line.words[0].text, line.words.size() > 1 ? line.words[1].text : "");
}

bool is_part_of_nation(std::string_view text) {
  constexpr std::string_view kNation = "cong hoa xa hoi chu nghia viet nam";
  const std::string key = squeeze(skeleton(text));
  return key.size() < kNation.size() && key.size() > 4 && kNation.starts_with(key);
}

struct Margins {
  float left = 0;
  float right = 0;
};

Margins margins_of(const std::vector<PrintedLine>& lines) {
  std::vector<float> right;
  std::vector<float> left;
  for (const PrintedLine& l : lines) {
    right.push_back(l.x1);
    left.push_back(l.x0);
  }
  if (lines.empty()) return {};
  std::sort(right.begin(), right.end());
  std::sort(left.begin(), left.end());
  return {left[left.size() / 20], right[right.size() - 1 - right.size() / 20]};
}

class Writer {
 public:
  Writer(LineWriter& out, bool recognised) : out_(out), recognised_(recognised) {}

  void page(const std::vector<PrintedLine>& lines) {
    const Margins own = margins_of(lines);  // a page of short lines has those of the pages before
    margins_ = {margins_.right == 0 ? own.left : std::min(margins_.left, own.left),
                std::max(margins_.right, own.right)};
    const std::vector<Zone> zones = find_zones(lines, !seen_full_);
    std::size_t zone = 0;
    fresh_page_ = true;
    for (std::size_t i = 0; i < lines.size();) {
      if (zone < zones.size() && zones[zone].from == i) {
        const Zone& z = zones[zone++];
        z.is_table() ? table(lines, z) : halves(lines, z);
        i = z.to;
      } else {
        text(lines[i++]);
      }
      fresh_page_ = false;
    }
  }

  void notes(const std::vector<std::vector<PrintedLine>>& notes) {
    end_paragraph();
    end_table();
    for (const auto& lines : notes) {
      std::string all;
      for (const PrintedLine& l : lines) all += l.text() + " ";
      std::size_t n = 0;
      while (n < all.size() && digit(all[n])) ++n;
      const std::string number = n == 0 ? "¹" : to_superscript(all.substr(0, n));
      out_.gap();
      out_.line(number + " " + squeeze(std::string_view(all).substr(n)));
    }
  }

  void finish() {
    end_paragraph();
    end_table();
  }

 private:
  LineWriter& out_;
  bool recognised_;
  ScanMender mender_;
  Margins margins_;
  std::string paragraph_;
  std::optional<PrintedLine> last_;   // of the paragraph
  bool seen_full_ = false;
  bool fresh_page_ = false;
  std::vector<std::vector<std::string>> rows_;  // of the open table
  std::vector<Strip> gutters_;

  static std::string to_superscript(const std::string& digits) {
    std::string out;
    static constexpr const char* kDigits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    for (const char c : digits) out += kDigits[c - '0'];
    return out;
  }

  [[nodiscard]] bool goes_on(const PrintedLine& line) const {
    if (!last_ || paragraph_.empty() || starts_marker(line)) return false;
    const float h = std::max(line.height(), last_->height());
    const float right = margins_.right;
    const PageWord& first = line.words.front();
    const float room = right - last_->x1 - 0.25F * h;
    if (first.x1 - first.x0 < room - 0.3F * h) return false;  // it would have stood there
    if (!fresh_page_ && line.y0 - last_->y1 > 0.9F * h) return false;
    // the height of recognised lines is that of the letters that happen to stand in them
    if (!recognised_ && std::abs(last_->height() - line.height()) > 0.35F * h) return false;
    const bool indented = line.x0 > last_->x0 + 0.6F * h;
    if (!indented) return true;
    // beyond a marker the text hangs; elsewhere a deeper start is a new paragraph
    return starts_marker(*last_) && last_->words.size() > 1 &&
           std::abs(line.x0 - last_->words[1].x0) < 0.4F * h;
  }

  void text(const PrintedLine& line) {
    if (!rows_.empty() && !fresh_page_) end_table();
    if (line.x1 - line.x0 > 0.75F * (margins_.right - margins_.left)) seen_full_ = true;
    if (goes_on(line)) {
      const bool broken = paragraph_.ends_with("-") && paragraph_.size() > 1 &&
                          digit(line.words[0].text[0]);
      if (!broken) paragraph_ += ' ';
      paragraph_ += line.text();
    } else {
      const bool far = last_ && !fresh_page_ && line.y0 - last_->y1 > 0.8F * line.height();
      end_paragraph();
      end_table();
      if (far) out_.gap();
      paragraph_ = line.text();
    }
    last_ = line;
  }

  void end_paragraph() {
    if (!paragraph_.empty() && recognised_) paragraph_ = mender_.mended(std::move(paragraph_));
    if (!paragraph_.empty()) out_.line(spaced_marker(paragraph_));
    paragraph_.clear();
    last_.reset();
  }

  // Left, then right, line by line: the head reader joins a wrapped subject or issuer.
  void halves(const std::vector<PrintedLine>& lines, const Zone& zone) {
    end_paragraph();
    end_table();
    out_.as_printed(true);
    for (const auto& column : columns_of(lines, zone)) {
      float bottom = 0;
      std::string open;  // the nation's name, wrapped
      for (const PrintedLine& line : printed_lines(column)) {
        if (bottom > 0 && line.y0 - bottom > 1.2F * line.height()) out_.gap();
        bottom = line.y1;
        open += (open.empty() ? "" : " ") + line.text();
        if (is_part_of_nation(open)) continue;
        out_.line(recognised_ ? mender_.mended(open) : open);
        open.clear();
      }
      if (!open.empty()) out_.line(open);
    }
    out_.as_printed(false);
    out_.gap();
    last_.reset();
  }

  [[nodiscard]] bool same_table(const Zone& zone) const {
    if (rows_.empty() || gutters_.size() != zone.gutters.size()) return false;
    for (std::size_t i = 0; i < gutters_.size(); ++i) {
      const float shared = std::min(gutters_[i].to, zone.gutters[i].to) -
                           std::max(gutters_[i].from, zone.gutters[i].from);
      if (shared < -6) return false;
    }
    return true;
  }

  // The rest of a row that the page before began.
  [[nodiscard]] bool goes_on_above(const ZoneRow& row) const {
    if (!row.cells.front().empty() && is_row_number(rows_.back().front())) return false;
    const auto text = std::find_if(row.cells.begin(), row.cells.end(),
                                   [](const std::string& c) { return !c.empty(); });
    if (text == row.cells.end()) return true;
    const std::u32string first = to_u32(std::string_view(*text).substr(0, 8));
    return !first.empty() && is_letter(first[0]) && !is_upper(first[0]);
  }

  void table(const std::vector<PrintedLine>& lines, const Zone& zone) {
    end_paragraph();
    const bool same = same_table(zone);
    if (!same) end_table();
    gutters_ = zone.gutters;
    for (ZoneRow& row : rows_of(lines, zone)) {
      for (std::string& cell : row.cells) {
        if (recognised_) cell = ScanMender::mended_numbers(cell);
      }
      if (same && row.cells == rows_.front()) continue;  // the heading, printed again
      if (same && (!row.opens || goes_on_above(row))) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
          if (!row.cells[i].empty()) rows_.back()[i] += " " + row.cells[i];
        }
      } else {
        rows_.push_back(std::move(row.cells));
      }
    }
    last_.reset();
  }

  void end_table() {
    if (rows_.empty()) return;
    const std::size_t id = out_.new_table();
    for (auto& row : rows_) {
      plain_row_number(row.front());
      auto printed = row;
      out_.row(id, std::move(printed), std::move(row));
    }
    rows_.clear();
  }
};

}  // namespace

void write_pages(std::vector<PageWords> pages, LineWriter& writer, bool recognised) {
  const TidyPages tidy = tidy_pages(std::move(pages));
  Writer out(writer, recognised);
  for (const auto& page : tidy.pages) {
    out.page(page);
    if (writer.full()) return;
  }
  out.finish();
  out.notes(tidy.notes);
}

}  // namespace khien
