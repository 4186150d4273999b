#include "report/annexes.h"

#include <algorithm>
#include <array>

#include "report/words.h"

namespace khien::report {
namespace {

constexpr std::array kInOrder = {Annex::lists, Annex::gaps, Annex::scope, Annex::changes};

bool any_gaps(const Texts& texts, const View& view) {
  return std::any_of(view.dispatches.begin(), view.dispatches.end(), [&](const auto& d) {
    return std::any_of(d.addressed.begin(), d.addressed.end(), [&](const MeasureView& m) {
      return !gaps_of(texts, view, m).empty();
    });
  });
}

}  // namespace

std::string to_string(Annex annex) {
  static constexpr std::array<const char*, 4> kNames = {"lists", "gaps", "scope", "changes"};
  return kNames[static_cast<std::size_t>(annex)];
}

bool has_annex(const Texts& texts, const View& view, Annex annex) {
  switch (annex) {
    case Annex::lists: return !priorities(view).empty();
    case Annex::gaps: return any_gaps(texts, view);
    case Annex::scope: return true;
    case Annex::changes: break;
  }
  return !view.assessment->comparison.before_sha256.empty();
}

std::string annex_label(const Texts& texts, const View& view, Annex annex) {
  int number = 0;
  int all = 0;
  for (const Annex one : kInOrder) {
    if (!has_annex(texts, view, one)) continue;
    ++all;
    if (one == annex) number = all;
  }
  if (all == 1) return texts("report.annex.alone");
  return texts("report.annex.label", {{"number", roman(number)}});
}

std::string roman(int n) {
  static constexpr std::array<const char*, 7> kRoman = {"0", "I", "II", "III", "IV", "V", "VI"};
  return kRoman[static_cast<std::size_t>(std::clamp(n, 0, 6))];
}

}  // namespace khien::report
