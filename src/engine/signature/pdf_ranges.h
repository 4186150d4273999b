// Where a PDF holds its signatures (ISO 32000-2, 12.8): found by their /ByteRange, which the
// standard keeps out of object streams and encryption. The object tree is not read: a signature
// that a later change took out of its form is still listed, and so is one whose range is damaged.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien::signature {

inline constexpr std::size_t kSignatures = 200;  // of one document

struct Range {
  std::size_t first = 0, first_bytes = 0, second = 0, second_bytes = 0;
  bool damaged = false;          // a signature whose range cannot be made out
  bool inside = false;           // both parts lie in the file, in order
  int docmdp = 0;                // what a certifying signature allows afterwards: 1, 2, 3; 0: none
  bool gap_is_contents =
      false;  // from byte 0 on, nothing but the signature's own value is left out
  bool to_end = false;           // the second part ends at the end of the file
  std::string contents;          // the value, decoded; DER and zeros after it
  std::string sub_filter;        // "adbe.pkcs7.detached"
  std::string claimed;           // /M as written, without "D:"
};

// K0936 not a PDF, K0940 more than kSignatures.
[[nodiscard]] Result<std::vector<Range>> find_ranges(std::string_view pdf,
                                                     const std::string& place);

}  // namespace khien::signature
