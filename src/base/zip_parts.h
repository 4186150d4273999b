// Parts of a zip container held in memory (DOCX, XLSX), under the limits of base/limits.h: number
// of entries, size of one and of all, and the ratio that gives a bomb away. The directory is
// checked before anything is unpacked; because it may lie, what is really unpacked is counted too.
// Nothing is opened by name. The bytes must outlive the object; one owner.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien {

struct ZipErrors {   // the caller's own codes, so that the text names the right kind of file
  Code broken;       // args: detail
  Code bomb;         // args: limit
  Code password;     // an entry is encrypted
};

class ZipParts {
 public:
  [[nodiscard]] static Result<ZipParts> open(std::string_view bytes, const std::string& place,
                                             const ZipErrors& errors);
  ZipParts(ZipParts&&) noexcept;
  ZipParts& operator=(ZipParts&&) = delete;
  ~ZipParts();

  [[nodiscard]] bool has(const std::string& part) const;  // letter case does not matter
  [[nodiscard]] Result<std::string> read(const std::string& part);  // `broken` when absent
  [[nodiscard]] std::vector<std::string> names() const;             // of all parts, in order

 private:
  struct Impl;
  explicit ZipParts(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace khien
