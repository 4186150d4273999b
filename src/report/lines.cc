#include "report/lines.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace khien::report {

std::vector<std::string> balanced(const std::string& text, std::size_t most) {
  std::vector<std::string> words;
  std::string_view rest = text;
  constexpr std::string_view kCouncil = "ỦY BAN NHÂN DÂN";  // never broken
  while (!rest.empty()) {
    const std::size_t from = rest.starts_with(kCouncil) ? kCouncil.size() : 0;
    const std::size_t space = rest.find(' ', from);
    words.emplace_back(rest.substr(0, space));
    rest = space == rest.npos ? std::string_view{} : rest.substr(space + 1);
  }
  const std::size_t length = code_points(text);
  const std::size_t count = std::max<std::size_t>(1, (length + most - 1) / most);
  const std::size_t target = (length + count - 1) / count;
  std::vector<std::string> lines;
  for (const std::string& word : words) {
    const std::size_t used = lines.empty() ? 0 : code_points(lines.back());
    const std::size_t with = used + 1 + code_points(word);
    // A word joins the line when that ends nearer to the target than without it.
    const bool joins = !lines.empty() && with <= most &&
                       (with <= target || with - target <= target - std::min(used, target));
    if (joins) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

double rule_under(const std::string& line, double letter) {
  constexpr double kShare = 0.46;  // a third to a half
  return std::clamp(static_cast<double>(code_points(line)) * letter * kShare, 8.0, 60.0);
}

}  // namespace khien::report
