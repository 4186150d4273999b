#include "report/terminal.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace khien::report {
namespace {

constexpr std::size_t kGap = 2;

// The part of `word` that fits into `columns`, at least one code point.
std::string_view head_of(std::string_view word, std::size_t columns) {
  std::size_t end = 0;
  while (end < word.size()) {
    std::size_t next = end + 1;
    while (next < word.size() && (static_cast<unsigned char>(word[next]) & 0xc0) == 0x80) ++next;
    if (end > 0 && display_width(word.substr(0, next)) > columns) break;
    end = next;
  }
  return word.substr(0, end);
}

const char* colour_of(Tone tone) {  // the terminal's own colours: they suit its background
  static constexpr std::array<const char*, 6> kColours = {"", "\x1b[1m", "\x1b[32m", "\x1b[33m",
                                                          "\x1b[31m", "\x1b[36m"};
  return kColours[static_cast<std::size_t>(tone)];
}

}  // namespace

std::string plain(const Pieces& pieces) {
  std::string out;
  for (const Toned& p : pieces) out += p.text;
  return out;
}

Tone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::met: return Tone::good;
    case Verdict::partly_met: return Tone::part;
    case Verdict::not_met: return Tone::bad;
    case Verdict::undetermined: break;
  }
  return Tone::open;
}

std::string coloured(const Pieces& pieces) {
  std::string out;
  for (const Toned& p : pieces) {
    const std::string text = visible(p.text, Lines::kept);
    out += p.tone == Tone::plain ? text : colour_of(p.tone) + text + "\x1b[0m";
  }
  return out;
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  columns = std::max<std::size_t>(columns, 1);
  std::vector<std::string> lines;
  std::string line;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    std::string_view word = text.substr(0, space);
    text = space == text.npos ? std::string_view{} : text.substr(space + 1);
    while (!word.empty()) {
      const std::size_t width = display_width(word);
      const std::size_t lead = line.empty() ? 0 : 1;
      if (used + lead + width <= columns) {
        line += std::string(lead, ' ') + std::string(word);
        used += lead + width;
        break;
      }
      if (!line.empty()) {
        lines.push_back(std::move(line));
        line.clear();
        used = 0;
        continue;
      }
      const std::string_view part = head_of(word, columns);
      lines.emplace_back(part);
      word.remove_prefix(part.size());
    }
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns, std::size_t lines) {
  std::vector<std::string> out = wrap(text, columns);
  if (lines == 0 || out.size() <= lines) return out;
  constexpr std::size_t kDots = 3;
  out.resize(lines);
  std::string& last = out.back();
  while (!last.empty() && display_width(last) + kDots > columns) {
    last.resize(last.rfind(' ') == last.npos ? 0 : last.rfind(' '));
  }
  last += "...";
  return out;
}

void Grid::row(Pieces& out, const std::vector<std::string>& cells, std::size_t toned,
               Tone tone) const {
  std::vector<std::vector<std::string>> wrapped;
  std::size_t high = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    wrapped.push_back(wrap(cells[i], widths[i], height));
    high = std::max(high, wrapped.back().size());
  }
  for (std::size_t line = 0; line < high; ++line) {
    std::size_t blank = 0;  // columns owed before the next text
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string part = line < wrapped[i].size() ? wrapped[i][line] : "";
      if (!part.empty()) {
        if (blank > 0) out.push_back({std::string(blank, ' ')});
        out.push_back({part, i == toned ? tone : Tone::plain});
        blank = 0;
      }
      const std::size_t used = display_width(part);
      blank += widths[i] - std::min(used, widths[i]) + kGap;
    }
    out.push_back({"\n"});
  }
}

std::string listed(const std::vector<std::string>& lines, std::size_t width) {
  std::string out;
  for (const std::string& line : lines) {
    bool first = true;
    for (const std::string& part : wrap(line, width - 4)) {
      out += (first ? "  - " : "    ") + part + "\n";
      first = false;
    }
  }
  return out;
}

std::string wrapped_line(const std::string& text, std::size_t width) {
  return fmt::format("{}\n", fmt::join(wrap(text, width), "\n"));
}

}  // namespace khien::report
