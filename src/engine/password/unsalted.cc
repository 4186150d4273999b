#include "engine/password/unsalted.h"

#include <algorithm>
#include <cstring>

#include "engine/password/verify.h"

namespace khien::password {
namespace {

constexpr int kStartBits = 16;

std::uint64_t part(std::string_view digest, std::size_t from) {
  std::uint64_t out = 0;
  std::memcpy(&out, digest.data() + from, sizeof out);
  return out;
}

}  // namespace

UnsaltedIndex::UnsaltedIndex(Scheme scheme, std::span<const std::string_view> hashes,
                             std::span<const std::uint32_t> numbers)
    : scheme_(scheme) {
  if (hashes.empty()) return;
  bitmap_.assign((kBitmapMask + 1) / 64, 0);
  table_.reserve(hashes.size());
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const Cell cell{part(hashes[i], 0), part(hashes[i], 8), numbers[i]};
    table_.push_back(cell);
    const std::size_t bit = cell.low & kBitmapMask;
    bitmap_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  std::sort(table_.begin(), table_.end(),
            [](const Cell& a, const Cell& b) { return a.low < b.low; });
  starts_.assign((std::size_t{1} << kStartBits) + 1, 0);
  for (const Cell& cell : table_) ++starts_[(cell.low >> (64 - kStartBits)) + 1];
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
}

void UnsaltedIndex::probe(std::uint64_t low, std::uint64_t high, std::string_view word,
                          const Hit& hit) const {
  if (!may_have(static_cast<std::uint32_t>(low))) return;
  const std::size_t bucket = low >> (64 - kStartBits);
  for (std::size_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
    if (table_[i].low == low && table_[i].high == high) hit(table_[i].number, word);
  }
}

void UnsaltedIndex::try_words(std::span<const std::string_view> words, const Hit& hit) {
  if (table_.empty()) return;
  if (scheme_ != Scheme::nt) {
    for (const std::string_view word : words) {
      std::string digest = unsalted_digest(scheme_, word);
      probe(part(digest, 0), part(digest, 8), word, hit);
    }
    return;
  }
  hashes_.resize(words.size());
  hasher_.hash(words, hashes_);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const NtHash& h = hashes_[i];
    probe(h[0] | std::uint64_t{h[1]} << 32, h[2] | std::uint64_t{h[3]} << 32, words[i], hit);
  }
}

}  // namespace khien::password
