// Own decoder: the format is forty lines of decisions, and the lists come from outside, so every
// length is checked here rather than trusted.
#include "format/lz4.h"

#include "format/errors.h"

#include <cstring>


namespace khien::host {
namespace {

constexpr std::size_t kHistory = 65536;

tl::unexpected<Error> malformed(const char* detail) {
  return fail(err::list_malformed, "lz4", {{"detail", detail}});
}

std::uint32_t u32(std::string_view s) {
  std::uint32_t v = 0;
  for (std::size_t i = 4; i > 0; --i) v = v << 8 | static_cast<unsigned char>(s[i - 1]);
  return v;
}

// A length with its 255-continued tail; false when the input ends first.
bool take_length(std::string_view in, std::size_t& at, std::size_t& length) {
  if (length != 15) return true;
  for (;;) {
    if (at >= in.size()) return false;
    const auto byte = static_cast<unsigned char>(in[at++]);
    length += byte;
    if (byte != 255) return true;
  }
}

}  // namespace

Done Lz4Reader::start() {
  const std::string head = read_(6);
  if (head.size() != 6 || u32(head) != 0x184D2204) return malformed("no frame");
  const auto flags = static_cast<unsigned char>(head[4]);
  const int size_code = static_cast<unsigned char>(head[5]) >> 4 & 7;
  if (flags >> 6 != 1 || size_code < 4) return malformed("version or block size");
  block_limit_ = std::size_t{1} << (2 * size_code + 8);  // 4: 64 KiB ... 7: 4 MiB
  linked_ = (flags & 0x20) == 0;
  block_checksum_ = (flags & 0x10) != 0;
  const std::size_t rest = ((flags & 0x08) != 0 ? 8U : 0U) + ((flags & 0x01) != 0 ? 4U : 0U) + 1;
  if (read_(rest).size() != rest) return malformed("header cut");
  started_ = true;
  return {};
}

Result<std::string_view> Lz4Reader::next() {
  if (done_) return std::string_view();
  if (!started_) KHIEN_DO(start());
  const std::string size_bytes = read_(4);
  if (size_bytes.size() != 4) return malformed("block cut");
  const std::uint32_t word = u32(size_bytes);
  if (word == 0) {
    done_ = true;
    return std::string_view();
  }
  const std::size_t size = word & 0x7FFFFFFF;
  if (size > block_limit_) return malformed("block larger than declared");
  const std::string packed = read_(size);
  if (packed.size() != size) return malformed("block cut");
  if (block_checksum_ && read_(4).size() != 4) return malformed("checksum cut");
  const std::size_t keep = linked_ ? std::min(window_.size(), kHistory) : 0;
  window_.erase(0, window_.size() - keep);
  fresh_ = window_.size();
  if ((word & 0x80000000) != 0) {
    window_ += packed;
  } else {
    KHIEN_DO(unpack(packed));
  }
  if (window_.size() == fresh_) return malformed("empty block");
  return std::string_view(window_).substr(fresh_);
}

Done Lz4Reader::unpack(std::string_view in) {
  window_.resize(fresh_ + block_limit_);
  char* const base = window_.data();
  std::size_t out = fresh_;
  const std::size_t end = window_.size();
  std::size_t at = 0;
  while (at < in.size()) {
    const auto token = static_cast<unsigned char>(in[at++]);
    std::size_t literals = token >> 4;
    if (!take_length(in, at, literals)) return malformed("length cut");
    if (literals > in.size() - at || literals > end - out) return malformed("literals");
    std::memcpy(base + out, in.data() + at, literals);
    at += literals;
    out += literals;
    if (at == in.size()) break;  // the last sequence has literals only
    if (in.size() - at < 2) return malformed("offset cut");
    const auto low = static_cast<unsigned char>(in[at]);
    const auto high = static_cast<unsigned char>(in[at + 1]);
    const std::size_t offset = low | std::size_t{high} << 8;
    at += 2;
    std::size_t length = token & 15;
    if (!take_length(in, at, length)) return malformed("length cut");
    length += 4;
    if (offset == 0 || offset > out || length > end - out) return malformed("match");
    if (offset >= length) {
      std::memcpy(base + out, base + out - offset, length);
    } else {
      for (std::size_t i = 0; i < length; ++i) base[out + i] = base[out + i - offset];
    }
    out += length;
  }
  window_.resize(out);
  return {};
}

}  // namespace khien::host
