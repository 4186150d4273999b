// SHA-512 on vectors. A pair of its vectors, whose words are long, does not fit into the registers.
#include "engine/password/wide_sha2.h"

namespace khien::password::wide {

void sha512_block(const Lanes<std::uint64_t>& state, const Block<std::uint64_t>& block,
                  Lanes<std::uint64_t>& out) {
  best<OneBlock<Sha2>, Pairs::no>(kLanes, state, block, out);
}

void sha512_rounds(const Lanes<std::uint64_t>& inner, const Lanes<std::uint64_t>& outer,
                   Lanes<std::uint64_t>& digest, std::uint32_t count, std::size_t used) {
  best<Rounds<Sha2>, Pairs::no>(used, inner, outer, digest, count, used);
}

void sha512_chain(const Lanes<std::uint64_t>& start, const Order<std::uint64_t>& order,
                  Lanes<std::uint64_t>& digest, std::uint32_t count, std::size_t used) {
  best<Chain<Sha2>, Pairs::no>(used, start, order, digest, count, used);
}

}  // namespace khien::password::wide
