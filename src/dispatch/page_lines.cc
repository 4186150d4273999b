// Lines by vertical overlap; heads and feet of pages by what repeats and by the size of letters.
#include "dispatch/page_lines.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "dispatch/letters.h"

namespace khien {
namespace {

constexpr std::size_t kPageWords = 10'000;  // a page of print has some hundreds

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
}

float middle(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

float height_of(const std::vector<PageWord>& words) {
  std::vector<float> heights;
  for (const PageWord& w : words) heights.push_back(w.y1 - w.y0);
  return middle(std::move(heights));
}

// "-2-", "Trang 2/5", "2".
bool is_page_number(const PrintedLine& line) {
  std::string key = skeleton(line.text());
  if (key.size() > 14) return false;
  if (key.starts_with("trang")) key.erase(0, 5);
  const bool digits =
      std::any_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= '0' && c <= '9') || c == '-' || c == ' ' || c == '/' || c == '|';
         });
}

std::string running_key(const PrintedLine& line) {
  std::string key = skeleton(squeeze(line.text()));
  for (char& c : key) {
    if (c >= '0' && c <= '9') c = '#';
  }
  return key;
}

void mark_raised(PrintedLine& line) {
  const float usual = height_of(line.words);
  for (std::size_t i = 1; i < line.words.size(); ++i) {
    PageWord& w = line.words[i];
    const bool small = w.y1 - w.y0 < usual * 0.75F && w.y1 < line.words[i - 1].y1 - usual * 0.15F;
    const bool close = w.x0 - line.words[i - 1].x1 < usual * 0.25F;
    if (!small || !close || !all_digits(w.text) || w.text.size() > 2) continue;
    line.words[i - 1].text += superscript(std::atoi(w.text.c_str()));
    line.words[i - 1].x1 = w.x1;
    line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(i--));
  }
}

// The lines of a page's foot that are set smaller than the text and begin with a number.
std::size_t notes_begin(const std::vector<PrintedLine>& lines, float usual) {
  std::size_t from = lines.size();
  while (from > 0 && height_of(lines[from - 1].words) < usual * 0.88F) --from;
  while (from < lines.size()) {
    std::string first = lines[from].words.front().text;
    while (!first.empty() && (first.back() == '.' || first.back() == ')')) first.pop_back();
    const bool number = (all_digits(first) && first.size() < 3) || first.starts_with("*");
    if (number) return from;
    ++from;
  }
  return from;
}

}  // namespace

std::string PrintedLine::text() const {
  std::string out;
  float right = x0;
  for (const PageWord& w : words) {
    const bool sign = std::string_view(",.;:)!?").find(w.text[0]) != std::string_view::npos;
    if (!out.empty() && !(sign && w.x0 - right < 0.2F * height())) out += ' ';
    out += w.text;
    right = w.x1;
  }
  return out;
}

std::vector<PrintedLine> printed_lines(std::vector<PageWord> words) {
  std::erase_if(words, [](const PageWord& w) { return w.text.empty() || w.y1 <= w.y0; });
  std::stable_sort(words.begin(), words.end(), [](const PageWord& a, const PageWord& b) {
    return a.y0 + a.y1 < b.y0 + b.y1;
  });
  std::vector<PrintedLine> out;
  const float usual = height_of(words);
  for (PageWord& w : words) {
    PrintedLine* home = nullptr;
    for (std::size_t i = out.size(); i-- > 0 && i + 4 > out.size();) {
      const float shared = std::min(out[i].y1, w.y1) - std::max(out[i].y0, w.y0);
      if (shared > 0.5F * std::min(out[i].height(), w.y1 - w.y0)) {
        home = &out[i];
        break;
      }
    }
    if (home == nullptr) {
      out.push_back({{}, w.x0, w.y0, w.x1, w.y1});
      home = &out.back();
    }
    // a tall word (a big sign, a stamp) must not swallow the next line
    if (w.y1 - w.y0 < 1.6F * std::max(usual, home->height())) {
      home->y0 = std::min(home->y0, w.y0);
      home->y1 = std::max(home->y1, w.y1);
    }
    home->words.push_back(std::move(w));
  }
  for (PrintedLine& line : out) {
    std::stable_sort(line.words.begin(), line.words.end(),
                     [](const PageWord& a, const PageWord& b) { return a.x0 < b.x0; });
    mark_raised(line);
    line.x0 = line.words.front().x0;
    line.x1 = line.words.front().x1;
    for (const PageWord& w : line.words) line.x1 = std::max(line.x1, w.x1);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const PrintedLine& a, const PrintedLine& b) { return a.y0 < b.y0; });
  return out;
}

std::vector<Strip> gaps_of(const PrintedLine& line, float least) {
  std::vector<Strip> out;
  float right = line.x0;
  for (const PageWord& w : line.words) {
    if (w.x0 - right >= least) out.push_back({right, w.x0});
    right = std::max(right, w.x1);
  }
  return out;
}

std::vector<Strip> free_pieces(const Strip& strip, const PrintedLine& line, float least) {
  std::vector<Strip> out;
  float from = strip.from;
  for (const PageWord& w : line.words) {
    if (w.x1 <= from) continue;
    if (w.x0 >= strip.to) break;
    if (w.x0 - from >= least) out.push_back({from, w.x0});
    from = std::max(from, w.x1);
  }
  if (strip.to - from >= least) out.push_back({from, strip.to});
  return out;
}

TidyPages tidy_pages(std::vector<PageWords> pages) {
  TidyPages out;
  std::vector<PageWord> all;
  std::map<std::string, int> running;
  for (PageWords& page : pages) {
    if (page.words.size() > kPageWords) page.words.resize(kPageWords);
    all.insert(all.end(), page.words.begin(), page.words.end());
    out.pages.push_back(printed_lines(std::move(page.words)));
    const auto& lines = out.pages.back();
    if (!lines.empty()) ++running["^" + running_key(lines.front())];
    if (lines.size() > 1) ++running["$" + running_key(lines.back())];
  }
  const float usual = height_of(all);
  for (auto& lines : out.pages) {
    const auto repeats = [&](const char* end, const PrintedLine& line) {
      const int n = running[end + running_key(line)];
      return n >= 3 && n * 2 > static_cast<int>(out.pages.size());
    };
    while (!lines.empty() && (is_page_number(lines.front()) || repeats("^", lines.front())))
      lines.erase(lines.begin());
    while (!lines.empty() && (is_page_number(lines.back()) || repeats("$", lines.back())))
      lines.pop_back();
    for (std::size_t i = notes_begin(lines, usual), from = i; i < lines.size(); ++i) {
      std::string first = lines[i].words.front().text;
      const bool opens = i == from || all_digits(first);
      if (opens) out.notes.emplace_back();
      out.notes.back().push_back(lines[i]);
    }
    lines.resize(std::min(lines.size(), notes_begin(lines, usual)));
  }
  return out;
}

}  // namespace khien
