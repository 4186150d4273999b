#include "report/lines.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "base/text.h"

namespace khien::report {
namespace {

constexpr double kPoorBreak = 60;     // of a line that begins in the middle of a phrase
constexpr double kTooLong = 1'000'000;  // only where one word is longer than a line

std::vector<std::string> parts_of(std::string_view text, char at) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find(at);
    if (end != 0) out.emplace_back(text.substr(0, end));
    text = end == text.npos ? std::string_view{} : text.substr(end + 1);
  }
  return out;
}

// "TIN," as "tin"
std::string bare(std::string_view word) {
  while (!word.empty() && std::string_view(",;.:)").find(word.back()) != word.npos) {
    word.remove_suffix(1);
  }
  return fold(word);
}

bool has(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool starts_number(std::string_view word) {
  return !word.empty() && (word.starts_with("…") || (word[0] >= '0' && word[0] <= '9'));
}

bool is_number(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == word.npos;
}

struct Unit {  // words that stay together
  std::string text;
  std::size_t letters = 0;
  bool opens = false;
};

std::vector<Unit> units_of(const std::vector<std::string>& words, std::size_t most,
                           const Breaks& breaks) {
  std::vector<std::string> folded;
  for (const std::string& word : words) folded.push_back(bare(word));
  std::vector<bool> joined(words.size(), false);  // to the word before
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const auto& phrase : breaks.together) {
      if (i + phrase.size() > words.size() ||
          !std::equal(phrase.begin(), phrase.end(), folded.begin() + static_cast<long>(i)) ||
          code_points(fmt::format("{}", fmt::join(phrase, " "))) > most) {
        continue;
      }
      for (std::size_t k = 1; k < phrase.size(); ++k) joined[i + k] = true;
    }
    if (i == 0) continue;
    const bool number = has(breaks.before_numbers, folded[i - 1]) && starts_number(words[i]);
    const bool of_number = has(breaks.before_numbers, folded[i]) && is_number(words[i - 1]);
    if (number || of_number || has(breaks.leads, folded[i - 1])) joined[i] = true;
  }
  std::vector<Unit> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t letters = code_points(words[i]);
    if (i > 0 && joined[i] && out.back().letters + 1 + letters <= most) {
      out.back().text += " " + words[i];
      out.back().letters += 1 + letters;
    } else {
      out.push_back({words[i], letters, has(breaks.opens, folded[i])});
    }
  }
  return out;
}

// The best parting of all units into `count` lines: where each line begins; empty when there is
// none.
std::vector<std::size_t> parted(const std::vector<Unit>& units, std::size_t count,
                                std::size_t most) {
  constexpr double kNever = std::numeric_limits<double>::max();
  const std::size_t n = units.size();
  std::size_t all = n - 1;
  for (const Unit& unit : units) all += unit.letters;
  const double target = static_cast<double>(all) / static_cast<double>(count);
  std::vector best(count + 1, std::vector<double>(n + 1, kNever));
  std::vector from(count + 1, std::vector<std::size_t>(n + 1, 0));
  best[0][0] = 0;
  for (std::size_t line = 1; line <= count; ++line) {
    for (std::size_t end = line; end <= n; ++end) {
      std::size_t letters = 0;
      for (std::size_t start = end; start-- > 0;) {
        letters += units[start].letters + (letters == 0 ? 0 : 1);
        if (letters > most && start + 1 < end) break;
        if (best[line - 1][start] == kNever) continue;
        const double off = static_cast<double>(letters) - target;
        const double cost = best[line - 1][start] + off * off +
                            (start > 0 && !units[start].opens ? kPoorBreak : 0) +
                            (letters > most ? kTooLong : 0);
        if (cost >= best[line][end]) continue;
        best[line][end] = cost;
        from[line][end] = start;
      }
    }
  }
  if (best[count][n] == kNever) return {};
  std::vector<std::size_t> out(count);
  for (std::size_t line = count, end = n; line > 0; --line) {
    end = from[line][end];
    out[line - 1] = end;
  }
  return out;
}

}  // namespace

Breaks breaks_of(const Texts& texts) {
  Breaks out;
  for (const std::string& phrase : parts_of(fold(texts("report.break.together")), '|')) {
    out.together.push_back(parts_of(phrase, ' '));
  }
  out.before_numbers = parts_of(fold(texts("report.break.before_numbers")), '|');
  out.leads = parts_of(fold(texts("report.break.leads")), '|');
  out.opens = parts_of(fold(texts("report.break.opens")), '|');
  return out;
}

std::vector<std::string> balanced(const std::string& text, std::size_t most,
                                  const Breaks& breaks) {
  const std::vector<Unit> units = units_of(parts_of(text, ' '), most, breaks);
  if (units.empty()) return {};
  std::size_t letters = units.size() - 1;  // one word alone may be longer than a line
  for (const Unit& unit : units) letters += std::min(unit.letters, most);
  std::vector<std::size_t> starts;
  for (std::size_t count = (letters + most - 1) / most; starts.empty(); ++count) {
    starts = parted(units, std::clamp<std::size_t>(count, 1, units.size()), most);
  }
  std::vector<std::string> lines;
  for (std::size_t line = 0; line < starts.size(); ++line) {
    const std::size_t end = line + 1 < starts.size() ? starts[line + 1] : units.size();
    std::string words;
    for (std::size_t i = starts[line]; i < end; ++i) {
      words += (words.empty() ? "" : " ") + units[i].text;
    }
    lines.push_back(std::move(words));
  }
  return lines;
}

double rule_under(const std::string& line, double letter) {
  constexpr double kShare = 0.46;  // a third to a half
  return std::clamp(static_cast<double>(code_points(line)) * letter * kShare, 8.0, 60.0);
}

}  // namespace khien::report
