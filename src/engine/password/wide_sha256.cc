// SHA-256 on vectors.
#include "engine/password/wide_sha2.h"

namespace khien::password::wide {

void sha256_block(const Lanes<std::uint32_t>& state, const Block<std::uint32_t>& block,
                  Lanes<std::uint32_t>& out) {
  best<OneBlock<Sha2>, Pairs::yes>(kLanes, state, block, out);
}

void sha256_rounds(const Lanes<std::uint32_t>& inner, const Lanes<std::uint32_t>& outer,
                   Lanes<std::uint32_t>& digest, std::uint32_t count, std::size_t used) {
  best<Rounds<Sha2>, Pairs::yes>(used, inner, outer, digest, count, used);
}

void sha256_chain(const Lanes<std::uint32_t>& start, const Order<std::uint32_t>& order,
                  Lanes<std::uint32_t>& digest, std::uint32_t count, std::size_t used) {
  best<Chain<Sha2>, Pairs::yes>(used, start, order, digest, count, used);
}

}  // namespace khien::password::wide
