// What an order states about passwords, in words a member of staff reads.
#pragma once

#include <string>

#include "report/draft.h"

namespace khien::report {

[[nodiscard]] std::int64_t stated_length(const Ordered& ordered);  // characters; 0: not stated
// "chữ hoa, chữ thường, chữ số và ký tự đặc biệt"; "" when not stated
[[nodiscard]] std::string classes_words(const Ordered& ordered, const Texts& texts);
[[nodiscard]] std::string rotation_words(const Ordered& ordered, const Texts& texts);  // "3 tháng"

}  // namespace khien::report
