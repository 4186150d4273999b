// The two ways directories write an instant. Exact to the millisecond; nothing is guessed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace khien::directory {

// FILETIME: 100 ns since 1601-01-01 UTC, as decimal text. 0 and 0x7FFFFFFFFFFFFFFF mean never.
struct Filetime {
  enum class Kind { never, instant, invalid };
  Kind kind = Kind::invalid;
  bool zero = false;        // never, written as 0
  std::int64_t at_ms = 0;   // UTC, rounded down
};
[[nodiscard]] Filetime filetime(std::string_view text);

// Generalized time (RFC 4517 3.3.13): YYYYMMDDHH[MM[SS]][(.|,)fraction][Z|+HH[MM]|-HH[MM]]. The
// fraction is of the last unit written. Without a zone: Vietnam's time. ms UTC, rounded down.
[[nodiscard]] std::optional<std::int64_t> generalized_time(std::string_view text);
// The same in a table's cell: only with minutes and a zone, so that no plain number is one.
[[nodiscard]] std::optional<std::int64_t> generalized_time_cell(std::string_view text);

}  // namespace khien::directory
