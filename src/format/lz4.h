// LZ4 frames, the way apt keeps its lists on small machines: a pull reader of bounded memory around
// liblz4, which checks lengths and checksums. One frame a file.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

struct LZ4F_dctx_s;

namespace khien {

class Lz4Reader {
 public:
  // `read(n)` gives the next n bytes of the file, fewer only at its end.
  using Source = std::function<std::string(std::size_t)>;
  explicit Lz4Reader(Source read);

  // The next piece unpacked (at most 64 KiB); empty at the end. K0411 when malformed.
  [[nodiscard]] Result<std::string_view> next();

 private:
  struct Free {
    void operator()(LZ4F_dctx_s* context) const;
  };
  Source read_;
  std::unique_ptr<LZ4F_dctx_s, Free> context_;
  std::string packed_;       // what is still to be unpacked, from at_
  std::size_t at_ = 0;
  std::string piece_;
  bool done_ = false;
};

}  // namespace khien
