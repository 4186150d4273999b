// The compact index of a leaked list: a binary fuse filter of 16 bits a key (T. M. Graf, D. Lemire,
// "Binary Fuse Filters", 2022), some 2.3 bytes a hash; a hash that is not in the list is taken for
// one in 65,536 times, so it answers "probable".
//
// File, little endian: "KHIENBF1", u32 version 1, u32 digest (0 NT, 1 SHA-1), u64 seed, u64 keys,
// u32 segment length, u32 segment count, 32 bytes SHA-256 of the fingerprints, then the 16-bit
// fingerprints, (segment count + 2) * segment length of them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "engine/password/leaked.h"

namespace khien::password {

inline constexpr std::size_t filter_head_bytes = 72;

[[nodiscard]] bool is_filter(std::string_view head);
// K0983. The checksum is compared when `check`; of a big file that takes as long as reading it.
[[nodiscard]] Result<std::unique_ptr<LeakedList>> open_filter(ByteSource source,
                                                              std::string_view place,
                                                              bool check = true);
// `keys`: the first 8 bytes of each hash; sorted and made unique here. K0984.
[[nodiscard]] Result<std::string> build_filter(Digest digest, std::vector<std::uint64_t> keys);
[[nodiscard]] std::uint64_t filter_key(std::string_view hash);

}  // namespace khien::password
