// Places in a text counted in code points, as this program counts, and in UTF-16 units, as a
// browser does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace khien::hub {

class Utf16Index {
 public:
  explicit Utf16Index(const std::u32string& text) {
    starts_.reserve(text.size() + 1);
    std::int64_t at = 0;
    for (const char32_t c : text) {
      starts_.push_back(at);
      at += c > 0xFFFF ? 2 : 1;
    }
    starts_.push_back(at);
  }
  // Places beyond the end are the end.
  [[nodiscard]] std::int64_t units(std::int64_t point) const {
    const auto last = static_cast<std::int64_t>(starts_.size()) - 1;
    return starts_[static_cast<std::size_t>(std::clamp<std::int64_t>(point, 0, last))];
  }
  [[nodiscard]] std::int64_t point(std::int64_t units) const {
    const auto it = std::lower_bound(starts_.begin(), starts_.end(), units);
    const auto last = static_cast<std::int64_t>(starts_.size()) - 1;
    return std::min(static_cast<std::int64_t>(it - starts_.begin()), last);
  }

 private:
  std::vector<std::int64_t> starts_;
};

}  // namespace khien::hub
