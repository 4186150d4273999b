// NT hashes (MD4 of UTF-16LE, RFC 1320), many words at a time.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/password/wide_hash.h"

namespace khien::password {

using NtHash = std::array<std::uint32_t, 4>;  // as little-endian words

// UTF-8 words in, one hash each; invalid UTF-8 is read as Latin-1. One owner, one thread; the
// buffers are wiped when it goes.
class NtHasher {
 public:
  NtHasher();
  ~NtHasher();
  NtHasher(const NtHasher&) = delete;
  NtHasher& operator=(const NtHasher&) = delete;
  // `out` has the size of `words`.
  void hash(std::span<const std::string_view> words, std::span<NtHash> out);

 private:
  static constexpr std::size_t kLanes = wide::kLanes;
  void one_long(std::u16string_view text, NtHash& out);
  void flush(std::span<NtHash> out);

  wide::Block<std::uint32_t> block_;
  wide::Lanes<std::uint32_t> start_, state_;
  std::array<std::size_t, kLanes> used_{};   // 32-bit words of a lane that hold text
  std::array<std::size_t, kLanes> index_{};  // whose hash a lane is
  std::size_t filled_ = 0;
};

}  // namespace khien::password
