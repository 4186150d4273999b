// NT hashes (MD4 of UTF-16LE, RFC 1320), sixteen words at a time. Vector code by the compiler's own
// vectors, with a copy for AVX2 chosen when the program runs; the scalar twin is in the test.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

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
  static constexpr std::size_t kLanes = 16;
  void one_long(std::u16string_view text, NtHash& out);
  void flush(std::span<NtHash> out);

  alignas(64) std::uint32_t blocks_[16][kLanes];
  alignas(64) std::uint32_t state_[4][kLanes];
  std::array<std::size_t, kLanes> used_{};   // 32-bit words of a lane that hold text
  std::array<std::size_t, kLanes> index_{};  // whose hash a lane is
  std::size_t filled_ = 0;
  bool wide_ = false;
};

}  // namespace khien::password
