// Where the body of a dispatch ends and what comes after it: signature, annexes, and documents
// issued with it.
#pragma once

#include <string_view>
#include <vector>

#include "dispatch/head.h"

namespace khien {

// "KT. GIÁM ĐỐC", "PHÓ CHỦ TỊCH" in capitals.
[[nodiscard]] bool is_signature(std::u32string_view line, const HeadWords& words);

// Sets frame.tail and frame.parts from frame.body on; names the annexes in the head.
void find_parts(Anatomy& out, const HeadWords& words, const std::vector<Line>& lines,
                Frame& frame);

}  // namespace khien
