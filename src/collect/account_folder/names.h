// What names of files and folders may tell: words that name an application or an agency.
#pragma once

#include <string>
#include <vector>

namespace khien {

// "sm_canbo-2026" -> sm, canbo, 2026: without marks, lower case.
[[nodiscard]] std::vector<std::string> words_of(const std::string& name);
// Those that are no number and no word every office uses (danh sach, tai khoan, export ...).
[[nodiscard]] std::vector<std::string> telling(const std::string& name);

}  // namespace khien
