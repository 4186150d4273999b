// pdftotext tells nothing of ruled lines, so a table is where strips free of words go through
// several lines, however narrow: cells may touch.
#include "dispatch/page_zones.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "dispatch/page_rows.h"

namespace khien {
namespace {

constexpr float kTouch = 0.04F;     // what cells without padding leave between them
constexpr float kColumnGap = 9;     // a table shows two of these in one line
constexpr float kCellGap = 6;
constexpr float kHalfGap = 8;
constexpr float kAligned = 0.6F;
constexpr std::size_t kHeadingLines = 4;
constexpr std::size_t kSpanLines = 2;

// "Kính gửi" ends the head.
bool is_address(const PrintedLine& line) {
  return line.words.size() > 1 && skeleton(line.words[0].text) == "kinh" &&
         skeleton(line.words[1].text).starts_with("gui");
}

float centre(const PageWord& w) { return (w.x0 + w.x1) / 2; }

// A space between two words of the zone's first line, and what of it stays free below: a sentence
// leaves many pieces, a column edge the one that every line leaves.
using Pieces = std::vector<Strip>;

std::vector<Pieces> left_free(const std::vector<Pieces>& gaps, const PrintedLine& line,
                              float least) {
  std::vector<Pieces> out;
  for (const Pieces& gap : gaps) {
    Pieces left;
    for (const Strip& piece : gap) {
      for (const Strip& now : free_pieces(piece, line, least)) left.push_back(now);
    }
    if (!left.empty()) out.push_back(std::move(left));
  }
  return out;
}

// A sentence below a table may leave its spaces where the columns part; its words stand close all
// the same, over two edges and more, and begin where they come to stand, not where columns begin.
bool is_sentence(const PrintedLine& line, const std::vector<Pieces>& gaps) {
  float from = line.x0;
  float right = line.x0;
  const auto edges = [&] {
    return std::count_if(gaps.begin(), gaps.end(), [&](const Pieces& gap) {
      const Strip& edge = gap.back();
      const bool aligned = std::any_of(line.words.begin(), line.words.end(), [&](const auto& w) {
        return std::abs(w.x0 - edge.to) < kAligned;
      });
      return edge.from >= from && edge.to <= right && !aligned;
    });
  };
  for (const PageWord& w : line.words) {
    if (w.x0 - right >= kCellGap) {
      if (edges() >= 2) return true;
      from = w.x0;
    }
    right = std::max(right, w.x1);
  }
  return edges() >= 2;
}

// A row's number stands in the first column. Headings in the middle leave more free beside it than
// the rows will, and the first piece of that is the edge.
bool is_counted(const PrintedLine& line, const std::vector<Pieces>& gaps) {
  const PageWord& first = line.words.front();
  const Strip& edge = gaps.front().front();
  return is_row_number(first.text) && first.x0 < edge.from && first.x1 <= edge.to;
}

// A word stands where the rows above have their numbers.
bool is_foreign(const PrintedLine& line, const std::vector<Pieces>& gaps) {
  const PageWord& first = line.words.front();
  return first.x0 < gaps.front().front().from && !is_counted(line, gaps) &&
         code_points(first.text) > 2;
}

// The line shows all columns: no word over a gap, and it begins with a row's number, or more than
// half of its columns hold cells that stand apart.
bool shows_columns(const PrintedLine& line, const std::vector<Pieces>& gaps) {
  if (left_free(gaps, line, kTouch).size() < gaps.size() || is_sentence(line, gaps)) return false;
  if (is_counted(line, gaps)) return true;
  std::size_t cells = 1;
  float right = line.words.front().x1;
  for (const PageWord& w : line.words) {
    const bool edge = std::any_of(gaps.begin(), gaps.end(), [&](const Pieces& gap) {
      return gap.back().from >= right - 0.5F && gap.back().to <= w.x0 + 0.5F;
    });
    cells += edge && w.x0 - right >= kCellGap ? 1 : 0;
    right = std::max(right, w.x1);
  }
  return cells * 2 > gaps.size() + 1;
}

// Words without a space between them that parts cells, over an edge.
bool is_one_run(const PrintedLine& line, const std::vector<Pieces>& gaps) {
  return gaps_of(line, kCellGap).empty() &&
         std::any_of(gaps.begin(), gaps.end(), [&](const Pieces& gap) {
           return gap.back().from >= line.x0 && gap.back().to <= line.x1;
         });
}

// "I. GIẢI PHÁP KỸ THUẬT" set over the columns: the rows go on right below it, in the same ones.
bool is_span(const std::vector<PrintedLine>& lines, std::size_t at,
             const std::vector<Pieces>& gaps) {
  const std::u32string first = to_u32(lines[at].words.front().text);
  if (is_letter(first[0]) && !is_upper(first[0])) return false;  // goes on with a cell
  const float room = 1.2F * lines[at].height();
  for (std::size_t i = at; i < std::min(lines.size(), at + 1 + kSpanLines); ++i) {
    if (i > 0 && lines[i].y0 - lines[i - 1].y1 > room) return false;
    if (i > at && shows_columns(lines[i], gaps)) return true;
  }
  return false;
}

// The zone grown downwards from its first line.
Zone grow(const std::vector<PrintedLine>& lines, std::size_t from, const std::vector<Strip>& seeds,
          float least) {
  std::vector<Pieces> gaps;
  for (const Strip& s : seeds) gaps.push_back({s});
  Zone zone{from, from + 1, {}, {}};
  const bool table = gaps.size() > 1;
  bool counted = false;  // rows have begun
  for (std::size_t i = from + 1; i < lines.size(); ++i) {
    std::vector<Pieces> left = left_free(gaps, lines[i], least);
    const std::size_t crossed = gaps.size() - left.size();
    // a wide space of a justified heading is no column; later lines show all columns there are
    const std::size_t most =
        i - from < kHeadingLines ? std::max<std::size_t>(1, gaps.size() / 3) : 0;
    const bool parts = left.size() < (table ? 2 : 1) || crossed > most;
    const bool sentence = table ? is_sentence(lines[i], gaps) : is_address(lines[i]);
    if (table && (crossed > 0 || sentence || is_one_run(lines[i], gaps)) &&
        is_span(lines, i, gaps)) {
      zone.spans.push_back(i);
      continue;
    }
    if (parts || sentence || (counted && is_foreign(lines[i], gaps))) break;
    if (table && lines[i].y0 - lines[i - 1].y1 > 4 * lines[i].height()) break;
    gaps = std::move(left);
    counted = counted || (table && is_counted(lines[i], gaps));
    zone.to = i + 1;
  }
  std::erase_if(zone.spans, [&](std::size_t i) { return i >= zone.to; });
  // the piece beside the next column: its words begin at one edge
  for (const Pieces& gap : gaps) zone.gutters.push_back(gap.back());
  return zone;
}

// Words on both sides of a gutter stand as far apart as cells do, not as words of a sentence.
bool keeps_apart(const PrintedLine& line, const Strip& gutter) {
  const float middle = (gutter.from + gutter.to) / 2;
  float left = -1;
  for (const PageWord& w : line.words) {
    if (centre(w) < middle) left = std::max(left, w.x1);
    else return left < 0 || w.x0 - left >= kCellGap;
  }
  return true;
}

// Headings of a table that stand above its first full line.
void grow_up(const std::vector<PrintedLine>& lines, Zone& zone, std::size_t stop) {
  while (zone.from > stop) {
    const PrintedLine& above = lines[zone.from - 1];
    const PrintedLine& first = lines[zone.from];
    if (first.y0 - above.y1 > 0.6F * above.height()) return;
    std::vector<Strip> left;
    for (const Strip& g : zone.gutters) {
      const auto pieces = free_pieces(g, above, kTouch);
      if (!pieces.empty() && keeps_apart(above, g)) left.push_back(pieces.back());
    }
    const bool inside = above.x1 > zone.gutters.front().to;  // not the short end of a paragraph
    if (left.size() < zone.gutters.size() || !inside) return;
    zone.gutters = std::move(left);
    --zone.from;
  }
}

// What stands below the last numbered row, apart from it and in one column alone, is text that
// happens to keep within that column.
void trim_foot(const std::vector<PrintedLine>& lines, Zone& zone) {
  std::size_t last = zone.to;
  for (std::size_t i = zone.from; i < zone.to; ++i) {
    const PageWord& first = lines[i].words.front();
    if (centre(first) < zone.gutters.front().to && is_row_number(first.text)) last = i;
  }
  for (std::size_t i = last + 1; i < zone.to; ++i) {
    const float space = lines[i].y0 - lines[i - 1].y1;
    Zone one{i, i + 1, zone.gutters, {}};
    const auto columns = columns_of(lines, one);
    const auto filled = std::count_if(columns.begin(), columns.end(),
                                      [](const auto& c) { return !c.empty(); });
    if (filled == 1 && columns.front().empty() && space > 0.3F * lines[i].height()) {
      zone.to = i;
      return;
    }
  }
}

bool has_sides(const std::vector<PrintedLine>& lines, const Zone& zone) {
  const auto columns = columns_of(lines, zone);
  return std::none_of(columns.begin(), columns.end(), [](const auto& c) { return c.empty(); });
}

}  // namespace

std::vector<std::vector<PageWord>> columns_of(const std::vector<PrintedLine>& lines,
                                              const Zone& zone) {
  std::vector<std::vector<PageWord>> out(zone.gutters.size() + 1);
  for (std::size_t i = zone.from; i < zone.to; ++i) {
    for (const PageWord& w : lines[i].words) {
      std::size_t column = 0;
      while (column < zone.gutters.size() &&
             centre(w) > (zone.gutters[column].from + zone.gutters[column].to) / 2) {
        ++column;
      }
      out[column].push_back(w);
    }
  }
  return out;
}

std::vector<Zone> find_zones(const std::vector<PrintedLine>& lines, bool opening) {
  std::vector<Zone> out;
  float left = 1e6F;
  float right = 0;
  for (const PrintedLine& line : lines) {
    left = std::min(left, line.x0);
    right = std::max(right, line.x1);
  }
  for (std::size_t i = 0; i < lines.size();) {
    const PrintedLine& line = lines[i];
    const float h = line.height();
    const std::vector<Strip> wide = gaps_of(line, kColumnGap);
    const std::size_t stop = out.empty() ? 0 : out.back().to;
    if (!opening && wide.size() >= 2) {
      Zone zone = grow(lines, i, gaps_of(line, kCellGap), kTouch);
      if (zone.to - zone.from >= 3 && zone.is_table() && has_sides(lines, zone)) {
        grow_up(lines, zone, stop);
        trim_foot(lines, zone);
        i = zone.to;
        out.push_back(std::move(zone));
        continue;
      }
    }
    const std::vector<Strip> halves = gaps_of(line, opening ? 0.8F * h : 1.5F * h);
    if (!halves.empty()) {
      const Strip widest = *std::max_element(
          halves.begin(), halves.end(),
          [](const Strip& a, const Strip& b) { return a.width() < b.width(); });
      Zone zone = grow(lines, i, {widest}, std::min(kHalfGap, widest.width()));
      const bool one = zone.to - zone.from == 1;
      if ((!one || widest.width() >= 3 * h) && has_sides(lines, zone)) {
        i = zone.to;
        out.push_back(std::move(zone));
        continue;
      }
    }
    if (line.x1 - line.x0 > 0.75F * (right - left) && gaps_of(line, 2 * h).empty()) opening = false;
    ++i;
  }
  return out;
}

}  // namespace khien
