// ECMA-376 17.9 as Word computes it; the same serves DOC and ODT.
#include "dispatch/list_numbering.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace khien {
namespace {

std::string roman(int n) {
  static constexpr std::array<std::pair<int, const char*>, 9> kParts = {{{100, "C"},
                                                                         {90, "XC"},
                                                                         {50, "L"},
                                                                         {40, "XL"},
                                                                         {10, "X"},
                                                                         {9, "IX"},
                                                                         {5, "V"},
                                                                         {4, "IV"},
                                                                         {1, "I"}}};
  std::string out;
  n = std::min(n, 399);
  for (const auto& [value, letters] : kParts) {
    for (; n >= value; n -= value) out += letters;
  }
  return out;
}

std::string letter(int n, char first) {
  return std::string(static_cast<std::size_t>((n - 1) / 26 + 1) % 10,
                     static_cast<char>(first + (n - 1) % 26));
}

std::string print_number(const std::string& format, int n) {
  if (n < 1) return std::to_string(n);
  if (format == "upperRoman") return roman(n);
  if (format == "lowerRoman") {
    std::string out = roman(n);
    for (char& c : out) c = static_cast<char>(c + ('a' - 'A'));
    return out;
  }
  if (format == "lowerLetter") return letter(n, 'a');
  if (format == "upperLetter") return letter(n, 'A');
  if (format == "decimalZero") return (n < 10 ? "0" : "") + std::to_string(n);
  return std::to_string(n);
}

// Letters of symbol fonts to the signs they show; lists of one sign are siblings.
std::string bullet(const std::string& text) {
  static constexpr std::array<std::pair<char32_t, const char*>, 12> kSigns = {{{U'-', "-"},
                                                                               {U'–', "-"},
                                                                               {U'−', "-"},
                                                                               {0xF02D, "-"},
                                                                               {U'+', "+"},
                                                                               {0xF0B7, "•"},
                                                                               {U'•', "•"},
                                                                               {0xF0A7, "▪"},
                                                                               {0xF0D8, "➢"},
                                                                               {0xF0FC, "✓"},
                                                                               {U'o', "○"},
                                                                               {U'*', "•"}}};
  const std::u32string letters = to_u32(text);
  for (const auto& [sign, shown] : kSigns) {
    if (letters.size() == 1 && letters[0] == sign) return shown;
  }
  return "-";
}

}  // namespace

const ListLevel* ListNumbering::level(const List& list, std::size_t index) const {
  const auto own = list.own.find(static_cast<int>(index));
  if (own != list.own.end()) return &own->second;
  const auto found = abstracts_.find(list.abstract);
  if (found == abstracts_.end()) return nullptr;
  const auto at = found->second.find(static_cast<int>(index));
  return at == found->second.end() ? nullptr : &at->second;
}

std::optional<int> ListNumbering::level_of_style(int id, const std::string& style) const {
  const auto list = lists_.find(id);
  if (list == lists_.end() || style.empty()) return std::nullopt;
  for (std::size_t i = 0; i < std::size_t{kLevels}; ++i) {
    const ListLevel* l = level(list->second, i);
    if (l != nullptr && l->style == style) return static_cast<int>(i);
  }
  return std::nullopt;
}

void ListNumbering::restart(int id) {
  const auto list = lists_.find(id);
  if (list != lists_.end()) counters_.erase(list->second.abstract);
}

std::string ListNumbering::next(int id, int wanted) {
  const auto found = lists_.find(id);
  if (found == lists_.end() || wanted < 0 || wanted >= kLevels) return "";
  List& list = found->second;
  const auto index = static_cast<std::size_t>(wanted);
  const ListLevel* own = level(list, index);
  if (own == nullptr) return "";
  auto& counters = counters_[list.abstract];
  const auto restart = list.starts.find(wanted);
  if (restart != list.starts.end()) {  // once, at the first paragraph of this list
    counters[index] = {restart->second - 1, true};
    list.starts.erase(restart);
  }
  Counter& counter = counters[index];
  counter.value = counter.begun ? counter.value + 1 : own->start;
  counter.begun = true;
  for (std::size_t deeper = index + 1; deeper < std::size_t{kLevels}; ++deeper) {
    const ListLevel* l = level(list, deeper);
    const int after = l == nullptr ? -1 : l->restart;
    if (after < 0 || wanted + 1 <= after) counters[deeper].begun = false;
  }
  return print(list, counters, index);
}

std::string ListNumbering::print(const List& list, const Counters& counters,
                                 std::size_t index) const {
  const ListLevel& own = *level(list, index);
  if (own.format == "none") return "";
  if (own.format == "bullet") return bullet(own.text) + " ";
  std::string out;
  for (std::size_t i = 0; i < own.text.size(); ++i) {
    const bool place = own.text[i] == '%' && i + 1 < own.text.size() &&
                       own.text[i + 1] >= '1' && own.text[i + 1] <= '9';
    if (!place) {
      out += own.text[i];
      continue;
    }
    const auto which = static_cast<std::size_t>(own.text[++i] - '1');
    const ListLevel* l = level(list, which);
    if (l == nullptr || which > index) continue;
    const Counter& counter = counters[which];  // a level that was skipped shows its start
    const int shown = counter.begun ? counter.value : l->start;
    out += print_number(own.legal ? "decimal" : l->format, shown);
  }
  return out.empty() ? "" : out + " ";
}

}  // namespace khien
