#include "format/table/biff12.h"

namespace khien::biff12 {

bool Reader::number(int longest, std::uint32_t& out) {
  out = 0;
  for (int i = 0; i < longest; ++i) {
    if (at_ >= part_.size()) return false;
    const auto byte = static_cast<unsigned char>(part_[at_++]);
    out |= (byte & 0x7FU) << (7 * i);
    if ((byte & 0x80U) == 0) return true;
  }
  return true;  // the last byte says nothing of a next one
}

bool Reader::next(Record& out) {
  out = {};
  if (at_ >= part_.size()) return false;
  std::uint32_t size = 0;
  if (!number(2, out.kind) || !number(4, size) || size > part_.size() - at_) {
    cut_ = true;
    return false;
  }
  out.body.add(part_.substr(at_, size));
  at_ += size;
  return true;
}

std::string wide_string(biff::Body& body) {
  constexpr std::uint32_t none = 0xFFFFFFFF;
  const std::uint32_t count = body.u32();
  return count == none ? std::string() : body.characters(count, true);
}

std::string rich_string(biff::Body& body) {
  body.skip(1);
  return wide_string(body);
}

}  // namespace khien::biff12
