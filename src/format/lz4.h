// LZ4 frames (lz4_Frame_format 1.6.x), the way apt keeps its lists on small machines: a pull reader
// of bounded memory (two blocks). Checksums are skipped, not verified: a damaged list shows as a
// format error or as unknown packages, never as more trust.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace khien::host {

class Lz4Reader {
 public:
  // `read(n)` gives the next n bytes of the file, fewer only at its end.
  using Source = std::function<std::string(std::size_t)>;
  explicit Lz4Reader(Source read) : read_(std::move(read)) {}

  // The next block unpacked (at most 4 MiB); empty at the end. K0411 when malformed.
  [[nodiscard]] Result<std::string_view> next();

 private:
  Done start();
  Done unpack(std::string_view packed);
  Source read_;
  std::string window_;       // up to 64 KiB of history, then the current block
  std::size_t fresh_ = 0;    // where the current block starts
  std::size_t block_limit_ = 0;
  bool started_ = false;
  bool done_ = false;
  bool block_checksum_ = false;
  bool linked_ = false;
};

}  // namespace khien::host
