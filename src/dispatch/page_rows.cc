// Lines of one cell stand as close as lines do, so a row ends where no column goes on. A cell
// merged over several rows hides that end; then the numbers of the first column say that one must
// be there.
#include "dispatch/page_rows.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace khien {
namespace {

constexpr float kSameLeading = 0.1F;   // of a line's height: what rounding makes of one leading
constexpr float kMostLeading = 1.3F;   // lines of one cell are set no wider
constexpr float kMiddle = 2;           // a cell's text stands this near its middle
constexpr std::size_t kMergedRows = 20;
constexpr float kInk = 0.45F;          // of a leading, either side of a line's middle

struct Block {                         // lines of one cell
  float top = 0, bottom = 0;
  std::vector<float> middles;          // of its lines
  std::string text;
};
using Column = std::vector<Block>;

float middle_of(const PrintedLine& line) { return (line.y0 + line.y1) / 2; }

std::string joined(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a + b;
  return a + ' ' + b;
}

// A part of a zone between two names of groups.
class Rows {
 public:
  explicit Rows(std::vector<std::vector<PrintedLine>> columns) : lines_(std::move(columns)) {
    for (const PrintedLine& line : lines_.front()) {
      if (is_row_number(line.text())) numbers_.push_back(middle_of(line));
    }
    measure();
    for (const auto& lines : lines_) columns_.push_back(blocks_of(lines));
    std::size_t most = 0;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      std::size_t letters = 0;
      for (const Block& b : columns_[c]) letters += b.text.size();
      if (letters > most) longest_ = c;
      most = std::max(most, letters);
    }
  }

  [[nodiscard]] std::vector<ZoneRow> read() {
    find_ends();
    std::vector<ZoneRow> out;
    float top = -1e6F;
    for (const float end : ends_) {
      ZoneRow row;
      for (const Column& column : columns_) row.cells.push_back(cell(column, top, end));
      row.opens = numbers_.empty() || has_number(top, end);
      top = end;
      out.push_back(std::move(row));
    }
    if (!numbers_.empty()) repeat_merged(out);
    return out;
  }

 private:
  std::vector<std::vector<PrintedLine>> lines_;
  std::vector<Column> columns_;
  std::vector<float> numbers_;
  std::vector<float> ends_;
  float height_ = 12;
  float leading_ = 14;
  std::size_t longest_ = 0;

  void measure() {
    std::vector<float> heights;
    std::vector<float> steps;
    for (const auto& lines : lines_) {
      for (std::size_t i = 0; i < lines.size(); ++i) {
        heights.push_back(lines[i].height());
        if (i > 0) steps.push_back(middle_of(lines[i]) - middle_of(lines[i - 1]));
      }
    }
    if (heights.empty()) return;
    std::nth_element(heights.begin(), heights.begin() + heights.size() / 2, heights.end());
    height_ = heights[heights.size() / 2];
    std::erase_if(steps, [&](float s) { return s < 0.5F * height_; });
    leading_ = steps.empty() ? height_ : *std::min_element(steps.begin(), steps.end());
    float most = kMostLeading * height_;
    for (std::size_t i = 0; i + 1 < numbers_.size(); ++i)
      most = std::min(most, numbers_[i + 1] - numbers_[i] - 2 * kSameLeading * height_);
    leading_ = std::min(leading_, most);
  }

  [[nodiscard]] Column blocks_of(const std::vector<PrintedLine>& lines) const {
    Column out;
    for (const PrintedLine& line : lines) {
      const float at = middle_of(line);
      const bool on = !out.empty() &&
                      at - out.back().middles.back() <= leading_ + kSameLeading * height_;
      if (!on) out.push_back({at - kInk * leading_, 0, {}, ""});
      Block& b = out.back();
      b.bottom = at + kInk * leading_;
      b.middles.push_back(at);
      b.text = joined(b.text, line.text());
    }
    return out;
  }

  [[nodiscard]] bool has_number(float top, float end) const {
    return std::any_of(numbers_.begin(), numbers_.end(),
                       [&](float n) { return n > top && n <= end; });
  }

  // The whole text of a block that reaches over the row's end too: a merged cell.
  [[nodiscard]] static std::string cell(const Column& column, float top, float end) {
    std::string out;
    for (const Block& b : column) {
      const bool here = b.bottom > top && b.top < end;
      if (here) out = joined(out, b.text);
    }
    return squeeze(out);
  }

  // Cells set in the middle of several rows: text far from the middle of its own row and in that of
  // the rows around whose cells are empty belongs to all of them.
  void repeat_merged(std::vector<ZoneRow>& rows) const {
    const std::vector<Strip> high = heights();
    for (std::size_t c = 1; c < columns_.size(); ++c) {
      std::vector<std::string> cells;
      for (const ZoneRow& row : rows) cells.push_back(row.cells[c]);
      for (const Block& b : columns_[c]) {
        const float at = (b.top + b.bottom) / 2;
        const std::size_t own = row_at(at);
        if (own >= rows.size() || cells[own] != b.text) continue;
        const auto [from, to] = merged_rows(cells, high, own, at);
        for (std::size_t i = from; i <= to; ++i) rows[i].cells[c] = cells[own];
      }
    }
  }

  // The rows around `own`, empty but for it, in whose middle the text stands; else `own` alone.
  static std::pair<std::size_t, std::size_t> merged_rows(const std::vector<std::string>& cells,
                                                         const std::vector<Strip>& high,
                                                         std::size_t own, float at) {
    const auto off = [&](std::size_t i, std::size_t j) {
      return std::abs(at - (high[i].from + high[j].to) / 2);
    };
    std::pair<std::size_t, std::size_t> out{own, own};
    float least = std::min(off(own, own) - kMiddle, kMiddle);
    for (std::size_t i = own + 1; i-- > 0 && i + kMergedRows > own;) {
      if (i < own && !cells[i].empty()) break;
      for (std::size_t j = own; j < std::min(cells.size(), own + kMergedRows); ++j) {
        if (j > own && !cells[j].empty()) break;
        if (i == j || off(i, j) >= least) continue;
        least = off(i, j);
        out = {i, j};
      }
    }
    return out;
  }

  // What the cells of each row take, from top to bottom, without those that reach over its ends.
  [[nodiscard]] std::vector<Strip> heights() const {
    std::vector<Strip> out(ends_.size(), {1e6F, -1e6F});
    for (const Column& column : columns_) {
      for (const Block& b : column) {
        const std::size_t row = row_at(b.top);
        if (row >= out.size() || b.bottom > ends_[row]) continue;
        out[row].from = std::min(out[row].from, b.top);
        out[row].to = std::max(out[row].to, b.bottom);
      }
    }
    return out;
  }

  [[nodiscard]] std::size_t row_at(float at) const {
    return static_cast<std::size_t>(std::lower_bound(ends_.begin(), ends_.end(), at) -
                                    ends_.begin());
  }

  // Where no column goes on; then a band for each row.
  void find_ends() {
    std::vector<std::pair<float, float>> bands;
    std::vector<std::pair<float, float>> all;
    for (const Column& column : columns_) {
      for (const Block& b : column) all.emplace_back(b.top, b.bottom);
    }
    std::sort(all.begin(), all.end());
    for (const auto& [top, bottom] : all) {
      if (bands.empty() || top >= bands.back().second) bands.emplace_back(top, bottom);
      else bands.back().second = std::max(bands.back().second, bottom);
    }
    for (std::size_t i = 0; i < bands.size(); ++i) {
      const auto [top, bottom] = bands[i];
      for (std::size_t n = 0; n + 1 < numbers_.size(); ++n) {
        if (numbers_[n] > top && numbers_[n + 1] < bottom)
          ends_.push_back(end_between(numbers_[n], numbers_[n + 1]));
      }
      if (i + 1 == bands.size()) ends_.push_back(1e6F);
      else ends_.push_back((bottom + bands[i + 1].first) / 2);
    }
    join_parts(bands);
  }

  // The height between two numbers that the fewest cells reach over, the longest column's least.
  [[nodiscard]] float end_between(float above, float below) const {
    float best = (above + below) / 2;
    float least = 1e6F;
    for (const Column& column : columns_) {
      std::vector<float> middles;
      for (const Block& b : column)
        middles.insert(middles.end(), b.middles.begin(), b.middles.end());
      for (std::size_t i = 0; i + 1 < middles.size(); ++i) {
        const float at = (middles[i] + middles[i + 1]) / 2;
        if (at <= above || at >= below) continue;
        const float cost = crossed(at) - (middles[i + 1] - middles[i]) / (100 * height_);
        if (cost < least) best = at;
        least = std::min(least, cost);
      }
    }
    return best;
  }

  [[nodiscard]] float crossed(float at) const {
    float out = 0;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      for (const Block& b : columns_[c]) {
        if (b.top < at && b.bottom > at) out += c == longest_ ? 3.0F : 1.0F;
      }
    }
    return out;
  }

  // "CÔNG TÁC TUYÊN TRUYỀN" alone: of the rows below it.
  [[nodiscard]] bool is_name(float top, float bottom) const {
    std::string all;
    int filled = 0;
    for (const Column& column : columns_) {
      const std::string text = cell(column, top, bottom);
      filled += text.empty() ? 0 : 1;
      all += text;
    }
    const std::u32string letters = to_u32(all);
    return filled == 1 && std::none_of(letters.begin(), letters.end(), [](char32_t c) {
             return is_letter(c) && !is_upper(c);
           });
  }

  // A band without a number between numbered ones is a further paragraph of the nearer row.
  void join_parts(const std::vector<std::pair<float, float>>& bands) {
    if (numbers_.empty()) return;
    for (std::size_t i = 1; i + 1 < bands.size(); ++i) {
      const auto [top, bottom] = bands[i];
      if (has_number(top, bottom) || !has_number(-1e6F, top) || is_name(top, bottom)) continue;
      const bool up = top - bands[i - 1].second <= bands[i + 1].first - bottom + 0.5F ||
                      !has_number(bottom, 1e6F);
      std::erase_if(ends_, [&](float e) {
        return up ? e >= bands[i - 1].second && e <= top
                  : e >= bottom && e <= bands[i + 1].first;
      });
    }
    const auto [top, bottom] = bands.back();  // below the last number
    if (bands.size() > 1 && !has_number(top, bottom) && has_number(-1e6F, top))
      std::erase_if(ends_,
                    [&](float e) { return e >= bands[bands.size() - 2].second && e <= top; });
  }
};

// The zone's columns between the names of groups, of lines [from, to).
void add_rows(std::vector<ZoneRow>& out, const std::vector<PrintedLine>& lines, const Zone& zone,
              std::size_t from, std::size_t to) {
  if (from >= to) return;
  std::vector<std::vector<PrintedLine>> columns;
  for (auto& words : columns_of(lines, {from, to, zone.gutters, {}}))
    columns.push_back(printed_lines(std::move(words)));
  for (ZoneRow& row : Rows(std::move(columns)).read()) out.push_back(std::move(row));
}

}  // namespace

bool is_row_number(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ')')) text.remove_suffix(1);
  if (text.empty() || text.size() > 5) return false;
  if (text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z') return true;
  return text.find_first_not_of("IVX") == std::string_view::npos ||
         (text[0] != '.' && text.find_first_not_of("0123456789.") == std::string_view::npos);
}

std::vector<ZoneRow> rows_of(const std::vector<PrintedLine>& lines, const Zone& zone) {
  std::vector<ZoneRow> out;
  std::size_t from = zone.from;
  for (const std::size_t span : zone.spans) {
    add_rows(out, lines, zone, from, span);
    const bool same = from == span && !out.empty() && span > zone.from;  // its second line
    if (!same) out.push_back({std::vector<std::string>(zone.gutters.size() + 1), true});
    out.back().cells[0] = joined(out.back().cells[0], lines[span].text());
    from = span + 1;
  }
  add_rows(out, lines, zone, from, zone.to);
  return out;
}

}  // namespace khien
