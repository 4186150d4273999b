// The layout that both sides of a seal share (store/seal.h describes it). Private to store.
#pragma once

#include <string>
#include <string_view>

#include "base/hash.h"

namespace khien {

inline constexpr std::string_view kSealMagic("KHIEN-SEAL-1\r\n\x1a\0", 16);
inline constexpr std::size_t kSealSigned = 96;  // bytes the signature covers

inline std::string seal_digest(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.finish();
}

}  // namespace khien
