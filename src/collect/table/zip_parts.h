// Parts of a zip container held in memory, under the limits of base/limits.h: number of entries,
// size of one and of all unpacked, and the ratio that gives a bomb away. Sizes in the directory are
// not trusted: what is really unpacked counts.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

struct zip;

namespace khien {

class ZipParts {
 public:
  // K0456 when it is no whole zip. `bytes` must outlive the object.
  [[nodiscard]] static Result<ZipParts> open(std::string_view bytes, const std::string& place);
  [[nodiscard]] bool has(const std::string& part) const;
  [[nodiscard]] Result<std::string> read(const std::string& part);  // K0456, K0458

 private:
  ZipParts(zip* raw, std::string place);
  std::unique_ptr<zip, void (*)(zip*)> zip_;
  std::string place_;
  std::size_t unpacked_ = 0;
};

}  // namespace khien
