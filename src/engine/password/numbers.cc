// The message of a number differs from the next one's in its last digits only. What the last four
// bring to the words of the block is made once for all ten thousand of them, as many a vector
// as it has lanes.
#include "engine/password/numbers.h"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/password/salted.h"
#include "engine/password/scalar_hash.h"

namespace khien::password {
namespace {

constexpr std::size_t kLast = 4, kLastNumbers = 10'000;
constexpr std::size_t kVectors = (kLastNumbers + wide::kLanes - 1) / wide::kLanes;

struct ScalarNt {  // MD4 of UTF-16LE: every digit takes two bytes
  using Word = std::uint32_t;
  static constexpr std::size_t block = 64;
  static constexpr wide::Kind kind = wide::Kind::md4;
};
template <class H>
constexpr std::size_t digit_bytes = 1;
template <>
constexpr std::size_t digit_bytes<ScalarNt> = 2;

std::array<char, kLast> last_digits(std::size_t n) {
  std::array<char, kLast> out;
  for (std::size_t i = kLast; i-- > 0; n /= 10) out[i] = static_cast<char>('0' + n % 10);
  return out;
}

std::string number_text(std::string_view prefix, std::uint64_t middle, std::size_t last) {
  const std::size_t between = kNumberDigits - kLast - prefix.size();
  std::string out(prefix);
  std::string digits(between, '0');
  for (std::size_t i = between; i-- > 0; middle /= 10) {
    digits[i] = static_cast<char>('0' + middle % 10);
  }
  const auto end = last_digits(last);
  return out + digits + std::string(end.begin(), end.end());
}

// All numbers under a prefix, as many messages at a time as there are lanes. `see(first words,
// middle, vector)`.
template <class H>
class Sweep {
 public:
  using Word = typename H::Word;
  static constexpr std::size_t kFirst = (kNumberDigits - kLast) * digit_bytes<H> / sizeof(Word);
  static constexpr std::size_t kChanging =
      (kNumberDigits * digit_bytes<H> - 1) / sizeof(Word) - kFirst + 1;

  explicit Sweep(std::string_view salt) : salt_(salt), ends_(kVectors) {
    wide::begin(H::kind, start_);
    for (std::size_t n = 0; n < kVectors * wide::kLanes; ++n) {  // the last few come twice
      std::array<unsigned char, H::block> message{};
      const auto digits = last_digits(n);
      for (std::size_t i = 0; i < kLast; ++i) {
        message[(kNumberDigits - kLast + i) * digit_bytes<H>] =
            static_cast<unsigned char>(digits[i]);
      }
      for (std::size_t w = 0; w < kChanging; ++w) {
        ends_[n / wide::kLanes].word[w][n % wide::kLanes] =
            word_at<H>(message.data() + (kFirst + w) * sizeof(Word));
      }
    }
  }

  template <class See>
  void run(std::string_view prefix, const Stop& stop, See&& see) {
    std::uint64_t middles = 1;
    for (std::size_t i = prefix.size() + kLast; i < kNumberDigits; ++i) middles *= 10;
    wide::Block<Word> block;
    wide::Lanes<Word> out;
    for (std::uint64_t middle = 0; middle < middles; ++middle) {
      if (stop()) return;
      const std::array<Word, kChanging> fixed = put_fixed(prefix, middle, block);
      for (std::size_t v = 0; v < kVectors; ++v) {
        for (std::size_t w = 0; w < kChanging; ++w) {
          for (std::size_t lane = 0; lane < wide::kLanes; ++lane) {
            block.word[kFirst + w][lane] = fixed[w] | ends_[v].word[w][lane];
          }
        }
        wide::compress(H::kind, start_, block, out);
        see(out.word[0], middle, v);
      }
    }
  }

 private:
  struct Ends {
    alignas(64) Word word[kChanging][wide::kLanes];
  };
  // The message with zeros for its last digits; what the changing words hold besides.
  std::array<Word, kChanging> put_fixed(std::string_view prefix, std::uint64_t middle,
                                        wide::Block<Word>& block) const {
    std::array<unsigned char, H::block> message{};
    const std::string text = number_text(prefix, middle, 0);
    for (std::size_t i = 0; i + kLast < kNumberDigits; ++i) {
      message[i * digit_bytes<H>] = static_cast<unsigned char>(text[i]);
    }
    std::copy(salt_.begin(), salt_.end(), message.begin() + kNumberDigits * digit_bytes<H>);
    const std::size_t size = kNumberDigits * digit_bytes<H> + salt_.size();
    pad<H>(message.data(), size);
    for (std::size_t lane = 0; lane < wide::kLanes; ++lane) {
      put_lane<H>(&block, lane, message.data(), H::block);
    }
    std::array<Word, kChanging> out;
    for (std::size_t w = 0; w < kChanging; ++w) out[w] = block.word[kFirst + w][0];
    return out;
  }

  std::string salt_;
  wide::Lanes<Word> start_;
  std::vector<Ends> ends_;
};

template <class H>
std::optional<std::string> search(const Hash& hash, std::string_view prefix, const Stop& stop) {
  Sweep<H> sweep(hash.salt);
  const auto wanted =
      word_at<H>(reinterpret_cast<const unsigned char*>(hash.digest.data()));
  std::optional<std::string> found;
  const auto enough = [&] { return found || stop(); };
  sweep.run(prefix, enough, [&](const auto& first, std::uint64_t middle, std::size_t v) {
    bool any = false;
    for (std::size_t lane = 0; lane < wide::kLanes; ++lane) any |= first[lane] == wanted;
    if (!any) return;
    for (std::size_t lane = 0; lane < wide::kLanes; ++lane) {
      if (first[lane] != wanted) continue;
      std::string text = number_text(prefix, middle, v * wide::kLanes + lane);
      if (salted_digest(hash.scheme, text, hash.salt) == hash.digest) found = text;
      wipe(text);
    }
  });
  return found;
}

template <class H>
void search_all(UnsaltedIndex& index, std::string_view prefix, const Stop& stop,
                const UnsaltedIndex::Hit& hit) {
  Sweep<H> sweep("");
  sweep.run(prefix, stop, [&](const auto& first, std::uint64_t middle, std::size_t v) {
    for (std::size_t lane = 0; lane < wide::kLanes; ++lane) {
      // The first bytes of the digest, as they lie.
      std::uint32_t begin = 0;
      if constexpr (wide::is_little_endian(H::kind)) begin = first[lane];
      else if constexpr (sizeof first[lane] == 4) begin = __builtin_bswap32(first[lane]);
      else begin = __builtin_bswap32(static_cast<std::uint32_t>(first[lane] >> 32));
      if (!index.may_have(begin)) continue;
      std::string text = number_text(prefix, middle, v * wide::kLanes + lane);
      const std::string_view view = text;
      index.try_words(std::span(&view, 1), hit);
      wipe(text);
    }
  });
}

bool all_digits(std::string_view prefix) {
  return prefix.size() + kLast <= kNumberDigits &&
         prefix.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool takes_numbers(const Hash& hash) {
  if (hash.before != Before::nothing) return false;
  switch (hash.scheme) {
    case Scheme::salted_md5: case Scheme::salted_sha1: case Scheme::salted_sha256:
      return kNumberDigits + hash.salt.size() + 9 <= 64;
    case Scheme::salted_sha512: return kNumberDigits + hash.salt.size() + 17 <= 128;
    default: return false;
  }
}

std::optional<std::string> search_number(const Hash& hash, std::string_view prefix,
                                         const Stop& stop) {
  if (!takes_numbers(hash) || !all_digits(prefix)) return std::nullopt;
  switch (hash.scheme) {
    case Scheme::salted_md5: return search<ScalarMd5>(hash, prefix, stop);
    case Scheme::salted_sha1: return search<ScalarSha1>(hash, prefix, stop);
    case Scheme::salted_sha256: return search<ScalarSha256>(hash, prefix, stop);
    default: return search<ScalarSha512>(hash, prefix, stop);
  }
}

void search_numbers(UnsaltedIndex& index, std::string_view prefix, const Stop& stop,
                    const UnsaltedIndex::Hit& hit) {
  if (index.empty() || !all_digits(prefix)) return;
  switch (index.scheme()) {
    case Scheme::nt: return search_all<ScalarNt>(index, prefix, stop, hit);
    case Scheme::md5: return search_all<ScalarMd5>(index, prefix, stop, hit);
    case Scheme::sha1: return search_all<ScalarSha1>(index, prefix, stop, hit);
    case Scheme::sha256: return search_all<ScalarSha256>(index, prefix, stop, hit);
    default: return search_all<ScalarSha512>(index, prefix, stop, hit);
  }
}

}  // namespace khien::password
