// Numbers and truth as directories write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace khien::directory {

[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);
[[nodiscard]] std::optional<bool> true_or_false(std::string_view text);

}  // namespace khien::directory
