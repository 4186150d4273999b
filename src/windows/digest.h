// SHA-256 and SHA-512 (FIPS 180-4) for the program on Windows, where base/hash has no OpenSSL.
// Compiled and tested on Linux too, against OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace khien::windows {

// Word: std::uint32_t (SHA-256) or std::uint64_t (SHA-512).
template <class Word>
class Sha2 {
 public:
  Sha2();
  void add(std::string_view bytes);
  [[nodiscard]] std::string finish();  // 32 or 64 raw bytes; call once

 private:
  static constexpr std::size_t kBlock = sizeof(Word) * 16;
  void block(const unsigned char* at);
  std::array<Word, 8> state_;
  std::array<unsigned char, kBlock> pending_{};
  std::size_t filled_ = 0;
  std::uint64_t total_ = 0;
};

[[nodiscard]] std::string sha512(std::string_view bytes);

}  // namespace khien::windows
