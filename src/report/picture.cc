#include "report/picture.h"

#include <charconv>

namespace khien::report {

std::vector<Step> steps_of(std::string_view path) {
  std::vector<Step> out;
  const char* at = path.data();
  const char* const end = at + path.size();
  const auto blank = [&] { while (at < end && *at == ' ') ++at; };
  for (blank(); at < end; blank()) {
    Step step{*at++, {}};
    const std::size_t wanted = step.kind == 'C' ? 6 : step.kind == 'Z' ? 0 : 2;
    if (step.kind != 'M' && step.kind != 'L' && step.kind != 'C' && step.kind != 'Z') return out;
    while (step.at.size() < wanted) {
      blank();
      double number = 0;
      const auto [next, error] = std::from_chars(at, end, number);
      if (error != std::errc()) return out;
      step.at.push_back(number);
      at = next;
    }
    out.push_back(std::move(step));
  }
  return out;
}

}  // namespace khien::report
