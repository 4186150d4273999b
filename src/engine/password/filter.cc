#include "engine/password/filter.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/hash.h"
#include "engine/password/errors.h"

namespace khien::password {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;  // read at once
constexpr std::string_view kMagic = "KHIENBF1";

struct Shape {
  std::uint64_t seed = 0, keys = 0;
  std::uint32_t segment = 4, count = 1;
  [[nodiscard]] std::uint64_t slots() const {
    return (std::uint64_t{count} + 2) * segment;
  }
};

std::uint64_t mix(std::uint64_t key, std::uint64_t seed) {  // murmur3's last steps
  std::uint64_t h = key + seed;
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53ULL;
  return h ^ h >> 33;
}

std::uint16_t print_of(std::uint64_t h) { return static_cast<std::uint16_t>(h ^ h >> 32); }

struct Places {
  std::uint64_t at[3];
};

Places places(std::uint64_t h, const Shape& s) {
  const std::uint64_t span = std::uint64_t{s.count} * s.segment;
  const auto first =
      static_cast<std::uint64_t>(static_cast<unsigned __int128>(h) * span >> 64);
  const std::uint32_t mask = s.segment - 1;
  return {{first, (first + s.segment) ^ (h >> 18 & mask), (first + 2ULL * s.segment) ^ (h & mask)}};
}

Shape shape_for(std::uint64_t keys) {
  Shape s;
  s.keys = keys;
  const double n = std::max<double>(2, static_cast<double>(keys));
  const int power = static_cast<int>(std::floor(std::log(n) / std::log(3.33) + 2.25));
  s.segment = std::uint32_t{1} << std::min(power, 18);
  const double factor = std::max(1.125, 0.875 + 0.25 * std::log(1e6) / std::log(n));
  const auto capacity = static_cast<std::uint64_t>(std::ceil(n * factor));
  const std::uint64_t count = (capacity + s.segment - 1) / s.segment;
  s.count = static_cast<std::uint32_t>(count < 3 ? 1 : count - 2);
  return s;
}

template <class T>
void put(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof value; ++i) {
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
  }
}

std::uint64_t get(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < size; ++i) {
    out |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return out;
}

// Peels keys that are alone in a slot; false when a cycle is left (another seed is tried).
bool peel(const std::vector<std::uint64_t>& keys, const Shape& s,
          std::vector<std::uint16_t>& prints) {
  std::vector<std::uint32_t> counts(s.slots());
  std::vector<std::uint64_t> sums(s.slots());
  for (const std::uint64_t key : keys) {
    const std::uint64_t h = mix(key, s.seed);
    for (const std::uint64_t at : places(h, s).at) ++counts[at], sums[at] ^= h;
  }
  std::vector<std::uint64_t> alone;
  for (std::uint64_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 1) alone.push_back(i);
  }
  std::vector<std::pair<std::uint64_t, std::uint64_t>> order;
  order.reserve(keys.size());
  while (!alone.empty()) {
    const std::uint64_t slot = alone.back();
    alone.pop_back();
    if (counts[slot] != 1) continue;
    const std::uint64_t h = sums[slot];
    order.emplace_back(h, slot);
    for (const std::uint64_t at : places(h, s).at) {
      --counts[at];
      sums[at] ^= h;
      if (counts[at] == 1) alone.push_back(at);
    }
  }
  if (order.size() != keys.size()) return false;
  prints.assign(s.slots(), 0);
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const Places p = places(it->first, s);
    std::uint16_t value = print_of(it->first);
    for (const std::uint64_t at : p.at) {
      if (at != it->second) value ^= prints[at];
    }
    prints[it->second] = value;
  }
  return true;
}

class Filter final : public LeakedList {
 public:
  Filter(ByteSource source, const Shape& shape, Digest digest)
      : source_(std::move(source)), shape_(shape), digest_(digest) {}
  [[nodiscard]] Digest digest() const override { return digest_; }
  [[nodiscard]] Found find(std::string_view hash) override {
    if (hash.size() < 8) return Found::no;
    const std::uint64_t h = mix(filter_key(hash), shape_.seed);
    std::uint16_t value = print_of(h);
    for (const std::uint64_t at : places(h, shape_).at) {
      char two[2] = {};
      if (source_.read(filter_head_bytes + at * 2, two, 2) != 2) return Found::no;
      value ^= static_cast<std::uint16_t>(get({two, 2}, 0, 2));
    }
    return value == 0 ? Found::probable : Found::no;
  }

 private:
  ByteSource source_;
  Shape shape_;
  Digest digest_;
};

}  // namespace

bool is_filter(std::string_view head) { return head.starts_with(kMagic); }

std::uint64_t filter_key(std::string_view hash) { return get(hash, 0, 8); }

Result<std::string> build_filter(Digest digest, std::vector<std::uint64_t> keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  Shape s = shape_for(keys.size());
  std::vector<std::uint16_t> prints;
  bool made = false;
  for (std::uint64_t attempt = 0; attempt < 100 && !made; ++attempt) {
    s.seed = mix(attempt, 0x6b6869656eULL);  // the same list gives the same file
    made = peel(keys, s, prints);
  }
  if (!made) return fail(err::filter_build, "filter");
  std::string body;
  body.reserve(prints.size() * 2);
  for (const std::uint16_t p : prints) put(body, p);
  std::string out(kMagic);
  put(out, std::uint32_t{1});
  put(out, static_cast<std::uint32_t>(digest == Digest::nt ? 0 : 1));
  put(out, s.seed);
  put(out, s.keys);
  put(out, s.segment);
  put(out, s.count);
  Sha256 sum;
  sum.add(body);
  out += sum.finish();
  return out + body;
}

Result<std::unique_ptr<LeakedList>> open_filter(ByteSource source, std::string_view place,
                                                bool check) {
  const auto refuse = [&](const char* detail) {
    return fail(err::filter_invalid, std::string(place), {{"detail", detail}});
  };
  std::string head(filter_head_bytes, '\0');
  if (source.read(0, head.data(), head.size()) != head.size() || !is_filter(head)) {
    return refuse("head");
  }
  if (get(head, 8, 4) != 1) return refuse("version");
  Shape s;
  const std::uint64_t digest = get(head, 12, 4);
  s.seed = get(head, 16, 8);
  s.keys = get(head, 24, 8);
  s.segment = static_cast<std::uint32_t>(get(head, 32, 4));
  s.count = static_cast<std::uint32_t>(get(head, 36, 4));
  if (digest > 1 || s.segment == 0 || (s.segment & (s.segment - 1)) != 0 ||
      s.segment > 1U << 18 || s.count == 0 ||
      source.size != filter_head_bytes + s.slots() * 2) {
    return refuse("shape");
  }
  if (check) {
    Sha256 sum;
    std::string buffer(kPieceBytes, '\0');
    for (std::uint64_t at = filter_head_bytes; at < source.size;) {
      const std::size_t n = source.read(at, buffer.data(), buffer.size());
      if (n == 0) return refuse("short");
      sum.add(std::string_view(buffer).substr(0, n));
      at += n;
    }
    if (sum.finish() != head.substr(40, 32)) return refuse("checksum");
  }
  return std::unique_ptr<LeakedList>(std::make_unique<Filter>(
      std::move(source), s, digest == 0 ? Digest::nt : Digest::sha1));
}

}  // namespace khien::password
