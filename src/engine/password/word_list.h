// Lists of any size, a piece at a time: the lines of a text file, without their ends.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/password/leaked.h"

namespace khien::password {

class WordReader {
 public:
  static constexpr std::size_t kPiece = std::size_t{1} << 20;
  explicit WordReader(const ByteSource& source, std::size_t piece_bytes = kPiece);
  ~WordReader();
  WordReader(const WordReader&) = delete;
  WordReader& operator=(const WordReader&) = delete;
  // The words of the next piece; empty at the end. They live until the next call.
  [[nodiscard]] std::span<const std::string_view> next();
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  const ByteSource& source_;
  std::string buffer_;
  std::vector<std::string_view> words_;
  std::size_t rest_ = 0;       // bytes of a line the last piece cut, at rest_from_
  std::size_t rest_from_ = 0;
  std::uint64_t offset_ = 0;
  bool ended_ = false;
};

}  // namespace khien::password
