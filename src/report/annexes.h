// Which annexes a paper has and what each is called: numbered in their order, "Phụ lục" alone where
// there is one. An annex without anything in it is no annex.
#pragma once

#include <string>

#include "base/texts.h"
#include "report/view.h"

namespace khien::report {

enum class Annex { lists, gaps, scope, changes };  // in the order of the paper
[[nodiscard]] std::string to_string(Annex annex);

[[nodiscard]] bool has_annex(const Texts& texts, const View& view, Annex annex);
// "Phụ lục II"; of an annex the paper has.
[[nodiscard]] std::string annex_label(const Texts& texts, const View& view, Annex annex);

// I, II, III ...; 1 to 6.
[[nodiscard]] std::string roman(int n);

}  // namespace khien::report
