#include "format/gzip.h"

#include <zlib.h>

#include <vector>

#include "format/errors.h"

namespace khien {

Result<std::string> gunzip(std::string_view bytes, std::size_t limit, const std::string& place) {
  z_stream z{};
  if (inflateInit2(&z, 15 + 16) != Z_OK) return fail(err::gzip_broken, place, {{"detail", "zlib"}});
  struct End {
    z_stream* z;
    ~End() { inflateEnd(z); }
  } end{&z};
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  constexpr std::size_t kBlock = std::size_t{256} << 10;
  std::vector<char> block(kBlock);
  for (int state = Z_OK;;) {
    z.next_out = reinterpret_cast<Bytef*>(block.data());
    z.avail_out = static_cast<uInt>(block.size());
    state = inflate(&z, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) {
      return fail(err::gzip_broken, place, {{"detail", z.msg != nullptr ? z.msg : "cut short"}});
    }
    const std::size_t made = block.size() - z.avail_out;
    if (out.size() + made > limit) {
      return fail(err::gzip_large, place, {{"limit", std::to_string(limit)}});
    }
    out.append(block.data(), made);
    if (state != Z_STREAM_END) continue;
    if (z.avail_in == 0) return out;
    if (inflateReset(&z) != Z_OK) return fail(err::gzip_broken, place, {{"detail", "member"}});
  }
}

}  // namespace khien
