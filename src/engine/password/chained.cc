#include "engine/password/chained.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include <openssl/crypto.h>

#include "engine/password/scalar_hash.h"

namespace khien::password {
namespace {

constexpr std::string_view kLetters =
    "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string_view view(const unsigned char* bytes, std::size_t n) {
  return {reinterpret_cast<const char*>(bytes), n};
}

template <class H>
class Sum {
 public:
  Sum() { H::init(context_); }
  ~Sum() { OPENSSL_cleanse(&context_, sizeof context_); }
  Sum(const Sum&) = delete;
  Sum& operator=(const Sum&) = delete;
  Sum& add(std::string_view text) {
    H::add(context_, text.data(), text.size());
    return *this;
  }
  Sum& fill(std::string_view text, std::size_t size) {  // repeated up to `size`
    for (; size > text.size(); size -= text.size()) add(text);
    return add(text.substr(0, size));
  }
  using Digest = std::array<unsigned char, H::digest>;
  Digest end() {
    Digest out;
    H::end(out.data(), context_);
    return out;
  }

 private:
  typename H::Context context_;
};

// What a word brings to the rounds: its own bytes (P), those of the salt (S), the first digest.
template <class H>
struct Parts {
  std::string p, s;
  typename Sum<H>::Digest first;
  void wipe() {
    OPENSSL_cleanse(p.data(), p.size());
    OPENSSL_cleanse(s.data(), s.size());
    OPENSSL_cleanse(first.data(), first.size());
  }
};

Parts<ScalarMd5> md5_parts(const Chained& hash, std::string_view word) {
  using M = Sum<ScalarMd5>;
  Parts<ScalarMd5> out;
  if (hash.phpass) {
    out.p = word;
    out.first = M().add(hash.salt).add(word).end();
    return out;
  }
  auto other = M().add(word).add(hash.salt).add(word).end();
  M sum;
  sum.add(word).add("$1$").add(hash.salt).fill(view(other.data(), other.size()), word.size());
  const char nothing = '\0';
  for (std::size_t n = word.size(); n > 0; n >>= 1) {
    sum.add((n & 1) != 0 ? std::string_view(&nothing, 1) : word.substr(0, 1));
  }
  out.p = word;
  out.s = hash.salt;
  out.first = sum.end();
  OPENSSL_cleanse(other.data(), other.size());
  return out;
}

template <class H>
Parts<H> sha_parts(const Chained& hash, std::string_view word) {
  Parts<H> out;
  if (hash.phpass) {
    out.p = word;
    out.first = Sum<H>().add(hash.salt).add(word).end();
    return out;
  }
  auto other = Sum<H>().add(word).add(hash.salt).add(word).end();
  const std::string_view b = view(other.data(), other.size());
  Sum<H> sum;
  sum.add(word).add(hash.salt).fill(b, word.size());
  for (std::size_t n = word.size(); n > 0; n >>= 1) sum.add((n & 1) != 0 ? b : word);
  out.first = sum.end();
  Sum<H> words, salts;
  for (std::size_t i = 0; i < word.size(); ++i) words.add(word);
  for (std::size_t i = 0; i < 16U + out.first[0]; ++i) salts.add(hash.salt);
  auto dp = words.end(), ds = salts.end();
  while (out.p.size() < word.size()) {
    out.p += view(dp.data(), std::min(dp.size(), word.size() - out.p.size()));
  }
  out.s = view(ds.data(), hash.salt.size());
  for (auto* secret : {&other, &dp, &ds}) OPENSSL_cleanse(secret->data(), secret->size());
  return out;
}

// Groups of three bytes, least first. The places of crypt(5)'s digests turn from group to group.
void encode(std::string& out, std::uint32_t value, int letters) {
  for (int i = 0; i < letters; ++i) out += kLetters[value >> (6 * i) & 0x3F];
}
std::string encoded(const Chained& hash, const unsigned char* d) {
  std::string out;
  const auto three = [&](int a, int b, int c) {
    encode(out, static_cast<std::uint32_t>(d[a] << 16 | d[b] << 8 | d[c]), 4);
  };
  if (hash.phpass) {
    const int size = hash.kind == wide::Kind::sha512 ? 64 : 16;  // one byte more than triples
    for (int i = 0; i + 2 < size; i += 3) three(i + 2, i + 1, i);
    encode(out, d[size - 1], 2);
    out.resize(std::min(out.size(), hash.encoded.size()));
  } else if (hash.kind == wide::Kind::md5) {
    for (int i = 0; i < 5; ++i) three(i, i + 6, i == 4 ? 5 : i + 12);
    encode(out, d[11], 2);
  } else {
    const bool is512 = hash.kind == wide::Kind::sha512;
    int a = 0, b = is512 ? 21 : 10, c = is512 ? 42 : 20;
    for (int i = 0; i < (is512 ? 21 : 10); ++i) {
      three(a, b, c);
      const int was = a;
      if (is512) a = b + 1, b = c + 1, c = was + 1;
      else a = c + 1, c = b + 1, b = was + 1;
    }
    if (is512) encode(out, d[63], 2);
    else encode(out, static_cast<std::uint32_t>(d[31] << 8 | d[30]), 3);
  }
  return out;
}

template <class H>
class Forms {
 public:
  using Word = typename H::Word;
  Forms(const Chained& hash, std::size_t word_size) : phpass_(hash.phpass) {
    for (int i = 0; i < kKinds; ++i) {
      wide::Form<Word>& form = forms_[i];
      const std::size_t s = kind_salt(i) ? hash.salt.size() : 0;
      const std::size_t p = word_size * (kind_twice(i) ? 2 : 1);
      form.hole = static_cast<std::uint32_t>(kind_odd(i) ? p + s : 0);
      size_[i] = H::digest + s + p;
      form.blocks = static_cast<std::uint32_t>(padded<H>(size_[i]) / H::block);
    }
    for (std::size_t r = 0; r < wide::kPeriod; ++r) {
      const std::size_t kind = (r % 2 != 0 ? 1 : 0) | (r % 3 != 0 ? 2 : 0) | (r % 7 != 0 ? 4 : 0);
      order_[r] = &forms_[phpass_ ? 0 : kind];
    }
  }
  ~Forms() { OPENSSL_cleanse(forms_, sizeof forms_); }
  Forms(const Forms&) = delete;
  Forms& operator=(const Forms&) = delete;

  void put(std::size_t lane, const Parts<H>& parts) {
    std::array<unsigned char, wide::Form<Word>::kBlocks * H::block> message;
    for (int i = 0; i < (phpass_ ? 1 : kKinds); ++i) {
      message.fill(0);
      unsigned char* to = message.data() + (kind_odd(i) ? 0 : H::digest);
      const auto add = [&](const std::string& text) {
        to = std::copy(text.begin(), text.end(), to);
      };
      // odd: P [S] [P] hole; even: hole [S] [P] P.
      if (kind_odd(i)) add(parts.p);
      if (kind_salt(i)) add(parts.s);
      if (kind_twice(i)) add(parts.p);
      if (!kind_odd(i)) add(parts.p);
      pad<H>(message.data(), size_[i]);
      put_lane<H>(forms_[i].block, lane, message.data(), padded<H>(size_[i]));
    }
    OPENSSL_cleanse(message.data(), message.size());
  }
  [[nodiscard]] wide::Order<Word> order() const { return order_; }

 private:
  static constexpr int kKinds = 8;
  static bool kind_odd(int i) { return (i & 1) != 0; }
  static bool kind_salt(int i) { return (i & 2) != 0; }
  static bool kind_twice(int i) { return (i & 4) != 0; }
  bool phpass_;
  std::size_t size_[kKinds] = {};
  wide::Form<Word> forms_[kKinds];
  std::array<const wide::Form<Word>*, wide::kPeriod> order_{};
};

template <class H, class MakeParts>
std::size_t match(const Chained& hash, std::span<const std::string_view> words,
                  MakeParts&& make_parts) {
  using Word = typename H::Word;
  const auto forms = std::make_unique<Forms<H>>(hash, words[0].size());
  wide::Lanes<Word> digest;
  for (std::size_t lane = 0; lane < wide::kLanes; ++lane) {
    Parts<H> parts = make_parts(words[lane < words.size() ? lane : 0]);
    forms->put(lane, parts);
    for (std::size_t i = 0; i < H::words; ++i) {
      digest.word[i][lane] = word_at<H>(parts.first.data() + i * sizeof(Word));
    }
    parts.wipe();
  }
  wide::chain(hash.kind, forms->order(), digest, hash.rounds, words.size());
  std::size_t found = words.size();
  for (std::size_t lane = words.size(); lane-- > 0;) {
    std::array<unsigned char, H::digest> bytes;
    for (std::size_t i = 0; i < H::words; ++i) {
      put_word<H>(bytes.data() + i * sizeof(Word), digest.word[i][lane]);
    }
    std::string text = encoded(hash, bytes.data());
    if (text == hash.encoded) found = lane;
    OPENSSL_cleanse(text.data(), text.size());
    OPENSSL_cleanse(bytes.data(), bytes.size());
  }
  OPENSSL_cleanse(&digest, sizeof digest);
  return found;
}

// "$6$rounds=N$salt$digest"; without rounds the scheme's own.
bool read_salt(std::string_view rest, std::size_t most, Chained& out) {
  const std::size_t end = rest.find('$');
  if (end == std::string_view::npos || end > most) return false;
  out.salt = rest.substr(0, end);
  out.encoded = rest.substr(end + 1);
  return true;
}

bool read_rounds(std::string_view& rest, Chained& out) {
  constexpr std::string_view head = "rounds=";
  if (!rest.starts_with(head)) return true;
  const std::size_t end = rest.find('$');
  if (end == std::string_view::npos) return false;
  const char* last = rest.data() + end;
  const auto [at, bad] = std::from_chars(rest.data() + head.size(), last, out.rounds);
  rest.remove_prefix(end + 1);
  return bad == std::errc{} && at == last && out.rounds >= 1000 && out.rounds <= 999'999'999;
}

}  // namespace

std::optional<Chained> read_chained(std::string_view setting) {
  Chained out;
  if (setting.size() < 4) return std::nullopt;
  std::string_view rest = setting.substr(3);
  const bool drupal = setting.starts_with("$S$");
  if (drupal || setting.starts_with("$P$") || setting.starts_with("$H$")) {
    const std::size_t log2 = kLetters.find(rest[0]);
    if (rest.size() != 1 + 8 + (drupal ? 43 : 22) || log2 == std::string_view::npos || log2 < 7 ||
        log2 > 20) {
      return std::nullopt;
    }
    out.phpass = true;
    if (drupal) out.kind = wide::Kind::sha512;
    out.rounds = 1U << log2;
    out.salt = rest.substr(1, 8);
    out.encoded = rest.substr(9);
    return out;
  }
  if (setting.starts_with("$1$")) {
    out.rounds = 1000;
    if (!read_salt(rest, 8, out) || out.encoded.size() != 22) return std::nullopt;
    return out;
  }
  const bool is512 = setting.starts_with("$6$");
  if (!is512 && !setting.starts_with("$5$")) return std::nullopt;
  out.kind = is512 ? wide::Kind::sha512 : wide::Kind::sha256;
  out.rounds = 5000;
  if (!read_rounds(rest, out) || !read_salt(rest, 16, out)) return std::nullopt;
  if (out.encoded.size() != (is512 ? 86U : 43U)) return std::nullopt;
  return out;
}

bool phpass_matches(const Chained& hash, std::string_view word) {
  const auto run = [&]<class H>(H) {
    auto digest = Sum<H>().add(hash.salt).add(word).end();
    for (std::uint32_t i = 0; i < hash.rounds; ++i) {
      digest = Sum<H>().add(view(digest.data(), digest.size())).add(word).end();
    }
    std::string text = encoded(hash, digest.data());
    const bool same = text == hash.encoded;
    OPENSSL_cleanse(text.data(), text.size());
    OPENSSL_cleanse(digest.data(), digest.size());
    return same;
  };
  return hash.kind == wide::Kind::sha512 ? run(ScalarSha512{}) : run(ScalarMd5{});
}

std::size_t chained_match(const Chained& hash, std::span<const std::string_view> words) {
  if (words.empty()) return 0;
  switch (hash.kind) {
    case wide::Kind::sha512:
      return match<ScalarSha512>(
          hash, words, [&](std::string_view w) { return sha_parts<ScalarSha512>(hash, w); });
    case wide::Kind::sha256:
      return match<ScalarSha256>(
          hash, words, [&](std::string_view w) { return sha_parts<ScalarSha256>(hash, w); });
    default:
      return match<ScalarMd5>(hash, words,
                              [&](std::string_view w) { return md5_parts(hash, w); });
  }
}

}  // namespace khien::password
