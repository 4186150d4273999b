// Which digest does the work, and on what machine; the works themselves are in wide_work.h.
#include "engine/password/wide_hash.h"

#include <atomic>

#include "engine/password/wide_digests.h"

namespace khien::password::wide {
namespace {

Machine found() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") > 0 && __builtin_cpu_supports("avx512vl") > 0 &&
      __builtin_cpu_supports("avx512bw") > 0) {
    return Machine::avx512;
  }
  if (__builtin_cpu_supports("avx2") > 0) return Machine::avx2;
#endif
  return Machine::any;
}

std::atomic<Machine>& here() {
  static std::atomic<Machine> machine = found();
  return machine;
}

}  // namespace

Machine machine() { return here().load(std::memory_order_relaxed); }

bool available() { return machine() != Machine::any; }

bool pretend(Machine machine) {
  if (machine > found()) return false;
  here() = machine;
  return true;
}

void begin(Kind kind, Lanes<std::uint32_t>& state) {
  static constexpr std::uint32_t kSha256[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  static constexpr std::uint32_t kOthers[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
                                               0xc3d2e1f0};
  for (std::size_t i = 0; i < words_of(kind); ++i) {
    const std::uint32_t word = kind == Kind::sha256 ? kSha256[i] : kOthers[i];
    for (std::uint32_t& lane : state.word[i]) lane = word;
  }
}

void begin(Kind, Lanes<std::uint64_t>& state) {
  static constexpr std::uint64_t kSha512[8] = {
      0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
      0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
  for (std::size_t i = 0; i < 8; ++i) {
    for (std::uint64_t& lane : state.word[i]) lane = kSha512[i];
  }
}

void compress(Kind kind, const Lanes<std::uint32_t>& state, const Block<std::uint32_t>& block,
              Lanes<std::uint32_t>& out) {
  switch (kind) {
    case Kind::md4: return md4_block(state, block, out);
    case Kind::md5: return md5_block(state, block, out);
    case Kind::sha1: return sha1_block(state, block, out);
    default: return sha256_block(state, block, out);
  }
}

void compress(Kind, const Lanes<std::uint64_t>& state, const Block<std::uint64_t>& block,
              Lanes<std::uint64_t>& out) {
  sha512_block(state, block, out);
}

void rounds(Kind kind, const Lanes<std::uint32_t>& inner, const Lanes<std::uint32_t>& outer,
            Lanes<std::uint32_t>& digest, std::uint32_t count, std::size_t used) {
  if (kind == Kind::sha1) sha1_rounds(inner, outer, digest, count, used);
  else sha256_rounds(inner, outer, digest, count, used);
}

void rounds(Kind, const Lanes<std::uint64_t>& inner, const Lanes<std::uint64_t>& outer,
            Lanes<std::uint64_t>& digest, std::uint32_t count, std::size_t used) {
  sha512_rounds(inner, outer, digest, count, used);
}

void chain(Kind kind, Order<std::uint32_t> order, Lanes<std::uint32_t>& digest,
           std::uint32_t count, std::size_t used) {
  Lanes<std::uint32_t> start;
  begin(kind, start);
  if (kind == Kind::md5) md5_chain(start, order, digest, count, used);
  else sha256_chain(start, order, digest, count, used);
}

void chain(Kind kind, Order<std::uint64_t> order, Lanes<std::uint64_t>& digest,
           std::uint32_t count, std::size_t used) {
  Lanes<std::uint64_t> start;
  begin(kind, start);
  sha512_chain(start, order, digest, count, used);
}

}  // namespace khien::password::wide
