// What a line announces by its form and first words, before any phrase is matched.
#pragma once

#include <string_view>

#include "dispatch/head_words.h"
#include "dispatch/lines.h"

namespace khien {

// A line that leads to demands: it ends with ':' and orders (strong), or only says "như sau"
// (weak). "Các lỗ hổng sau:" leads to data.
enum class Lead { none, weak, strong };
[[nodiscard]] Lead lead_of(const HeadWords& words, std::u32string_view clean,
                           const Paragraph& paragraph);
// "NHIỆM VỤ", "Sao lưu, phục hồi dữ liệu": some words without an end of a sentence.
[[nodiscard]] bool is_heading(std::u32string_view clean, std::size_t begin, std::size_t end);
// "Mục đích, yêu cầu", "Tình hình chung", "Quan điểm chỉ đạo": what stands under it orders nothing.
[[nodiscard]] bool is_purpose_heading(const HeadWords& words, std::u32string_view clean,
                                      std::size_t begin, std::size_t end);

}  // namespace khien
