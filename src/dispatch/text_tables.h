// Tables in plain text: cells between "|" or tabs, or columns of aligned spaces.
#pragma once

#include <string_view>

#include "dispatch/reading.h"

namespace khien {

// The text with a line "cell | cell" for each row; a text without tables as it came.
[[nodiscard]] Reading read_text_tables(std::string_view text);

}  // namespace khien
