// Lists of leaked passwords: one file of sorted lines HASH:count (SHA-1: 40, NT: 32 hexadecimal
// digits), or the compact filter of `khien account index` (filter.h). Read where a hash may lie,
// never whole: such files have 40 GB.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace khien::password {

// Reads up to `size` bytes at `offset`; fewer at the end, 0 past it or on an error.
struct ByteSource {
  std::uint64_t size = 0;
  std::function<std::size_t(std::uint64_t offset, char* into, std::size_t size)> read;
};
[[nodiscard]] ByteSource source_of(std::string_view bytes);

enum class Digest { nt, sha1 };
enum class Found { no, probable, yes };

class LeakedList {
 public:
  virtual ~LeakedList() = default;
  [[nodiscard]] virtual Digest digest() const = 0;
  // `hash`: raw bytes, 16 or 20.
  [[nodiscard]] virtual Found find(std::string_view hash) = 0;

  // K0982, K0983. Tells the two forms apart by content.
  [[nodiscard]] static Result<std::unique_ptr<LeakedList>> open(ByteSource source,
                                                                std::string_view place);
};

}  // namespace khien::password
