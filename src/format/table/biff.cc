// Strings may break at any character between two parts, and change their width there.
#include "format/table/biff.h"

#include <bit>

#include "base/text.h"
#include "format/table/ole.h"

namespace khien::biff {

bool Body::at_end() {
  while (part_ < parts_.size() && at_ >= parts_[part_].size()) {
    ++part_;
    at_ = 0;
  }
  return part_ >= parts_.size();
}

std::uint32_t Body::u8() {
  if (at_end()) {
    cut_ = true;
    return 0;
  }
  return static_cast<unsigned char>(parts_[part_][at_++]);
}

std::uint32_t Body::u16() {
  const std::uint32_t low = u8();
  return low | (u8() << 8);
}

std::uint32_t Body::u32() {
  const std::uint32_t low = u16();
  return low | (u16() << 16);
}

void Body::skip(std::size_t count) {
  while (count > 0 && !at_end()) {
    const std::size_t step = std::min(count, parts_[part_].size() - at_);
    at_ += step;
    count -= step;
  }
  cut_ = cut_ || count > 0;
}

std::string Body::characters(std::size_t count, bool wide) {
  std::u32string out;
  for (std::size_t i = 0; i < count && !cut_; ++i) {
    const bool crosses = part_ < parts_.size() && at_ >= parts_[part_].size();
    if (crosses && !at_end()) wide = (u8() & 1) != 0;
    char32_t c = wide ? u16() : u8();
    if (!out.empty() && c >= 0xDC00 && c <= 0xDFFF && out.back() >= 0xD800 &&
        out.back() <= 0xDBFF) {
      c = 0x10000 + ((out.back() - 0xD800) << 10) + (c - 0xDC00);
      out.pop_back();
    }
    if (!cut_) out += c;
  }
  for (char32_t& c : out) {
    if (c >= 0xD800 && c <= 0xDFFF) c = 0xFFFD;
  }
  return to_utf8(out);
}

std::string Body::unicode(std::size_t count) {
  const std::uint32_t flags = u8();
  const std::size_t runs = (flags & 8) != 0 ? u16() : 0;
  const std::size_t phonetic = (flags & 4) != 0 ? u32() : 0;
  std::string out = characters(count, (flags & 1) != 0);
  skip(runs * 4 + phonetic);
  return out;
}

std::string Body::bytes(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count && !at_end(); ++i) out += static_cast<char>(u8());
  cut_ = cut_ || out.size() < count;
  return out;
}

bool Reader::next(Record& out) {
  out = {};
  if (at_ + 4 > stream_.size()) return false;
  out.kind = little_u16(stream_, at_);
  for (;;) {
    const std::size_t size = little_u16(stream_, at_ + 2);
    if (at_ + 4 + size > stream_.size()) {
      cut_ = true;
      return false;
    }
    out.body.add(stream_.substr(at_ + 4, size));
    at_ += 4 + size;
    if (at_ + 4 > stream_.size() || little_u16(stream_, at_) != kContinue) return true;
  }
}

double rk_number(std::uint32_t rk) {
  const double value = (rk & 2) != 0
                           ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                           : std::bit_cast<double>(std::uint64_t{rk & ~std::uint32_t{3}} << 32);
  return (rk & 1) != 0 ? value / 100 : value;
}

double real_number(Body& body) {
  const std::uint64_t low = body.u32();
  return std::bit_cast<double>(low | (std::uint64_t{body.u32()} << 32));
}

}  // namespace khien::biff
