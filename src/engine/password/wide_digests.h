// Inside of wide_hash: the works of each digest, each in a file of its own (wide_<digest>.cc).
#pragma once

#include "engine/password/wide_hash.h"

namespace khien::password::wide {

[[nodiscard]] Machine machine();  // what is here, or what `pretend` said

template <class Word>
using OneBlockWork = void(const Lanes<Word>& state, const Block<Word>& block, Lanes<Word>& out);
template <class Word>
using RoundsWork = void(const Lanes<Word>& inner, const Lanes<Word>& outer, Lanes<Word>& digest,
                        std::uint32_t count, std::size_t used);
template <class Word>
using ChainWork = void(const Lanes<Word>& start, const Order<Word>& order, Lanes<Word>& digest,
                       std::uint32_t count, std::size_t used);

OneBlockWork<std::uint32_t> md4_block, md5_block, sha1_block, sha256_block;
OneBlockWork<std::uint64_t> sha512_block;
RoundsWork<std::uint32_t> sha1_rounds, sha256_rounds;
RoundsWork<std::uint64_t> sha512_rounds;
ChainWork<std::uint32_t> md5_chain, sha256_chain;
ChainWork<std::uint64_t> sha512_chain;

}  // namespace khien::password::wide
