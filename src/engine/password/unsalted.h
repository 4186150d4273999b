// Many unsalted hashes against many words: every word is hashed once and looked up, so the number
// of accounts hardly matters. A bitmap answers nearly all look-ups.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/password/md4.h"
#include "engine/password/types.h"

namespace khien::password {

class UnsaltedIndex {
 public:
  // `hashes[i]` has number `numbers[i]`; all of one unsalted scheme.
  UnsaltedIndex(Scheme scheme, std::span<const std::string_view> hashes,
                std::span<const std::uint32_t> numbers);
  using Hit = std::function<void(std::uint32_t number, std::string_view word)>;
  void try_words(std::span<const std::string_view> words, const Hit& hit);
  // Whether a digest that begins with these four bytes (as they lie in memory) may be here; not of
  // an empty index.
  [[nodiscard]] bool may_have(std::uint32_t begin) const {
    const std::size_t bit = begin & kBitmapMask;
    return (bitmap_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  [[nodiscard]] Scheme scheme() const { return scheme_; }
  [[nodiscard]] bool empty() const { return table_.empty(); }

 private:
  static constexpr std::size_t kBitmapMask = (std::size_t{1} << 22) - 1;  // 512 KiB of bits
  struct Cell {
    std::uint64_t low = 0, high = 0;  // the first 16 bytes of the digest
    std::uint32_t number = 0;
  };
  void probe(std::uint64_t low, std::uint64_t high, std::string_view word, const Hit& hit) const;

  Scheme scheme_;
  std::vector<Cell> table_;  // sorted by `low`
  std::vector<std::uint64_t> bitmap_;
  std::vector<std::uint32_t> starts_;  // by the top bits of `low`
  NtHasher hasher_;
  std::vector<NtHash> hashes_;
};

}  // namespace khien::password
