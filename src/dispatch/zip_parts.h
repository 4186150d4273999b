// Parts of an OOXML container within limits. One owner; the bytes must outlive the object.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace khien {

class ZipParts {
 public:
  // Checks every entry before anything is unpacked: count, sizes, ratio, encryption.
  // K0303, K0307, K0308.
  [[nodiscard]] static Result<ZipParts> open(std::string_view bytes, const std::string& place);
  ZipParts(ZipParts&&) noexcept;
  ZipParts& operator=(ZipParts&&) = delete;
  ~ZipParts();

  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] Result<std::string> read(const std::string& name) const;  // K0307 when absent

 private:
  struct Impl;
  explicit ZipParts(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace khien
