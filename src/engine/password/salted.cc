#include "engine/password/salted.h"

#include <algorithm>
#include <array>

#include <openssl/crypto.h>

#include "engine/password/scalar_hash.h"

namespace khien::password {
namespace {

template <class H>
std::string digest_of(std::string_view word, std::string_view salt) {
  typename H::Context c;
  std::string out(H::digest, '\0');
  H::init(c);
  H::add(c, word.data(), word.size());
  H::add(c, salt.data(), salt.size());
  H::end(reinterpret_cast<unsigned char*>(out.data()), c);
  OPENSSL_cleanse(&c, sizeof c);
  return out;
}

template <class H>
bool is_word(std::string_view word, std::string_view salt, std::string_view digest) {
  std::string got = digest_of<H>(word, salt);
  const bool same = got == digest;
  OPENSSL_cleanse(got.data(), got.size());
  return same;
}

// The first word of the digest settles nearly all; what is left is hashed whole.
template <class H>
std::size_t match(std::span<const std::string_view> words, std::string_view salt,
                  std::string_view digest) {
  using Word = typename H::Word;
  if (digest.size() != H::digest) return words.size();
  const Word wanted = word_at<H>(reinterpret_cast<const unsigned char*>(digest.data()));
  static const auto first = [] {
    wide::Lanes<Word> state;
    wide::begin(H::kind, state);
    return state;
  }();
  wide::Block<Word> block;
  wide::Lanes<Word> state;
  std::array<unsigned char, H::block> message;
  std::size_t found = words.size();
  for (std::size_t from = 0; from < words.size() && found == words.size(); from += wide::kLanes) {
    const auto some = words.subspan(from, std::min(wide::kLanes, words.size() - from));
    std::array<bool, wide::kLanes> alone{};
    for (std::size_t lane = 0; lane < some.size(); ++lane) {
      const std::size_t size = some[lane].size() + salt.size();
      alone[lane] = padded<H>(size) > H::block;
      if (alone[lane]) continue;
      message.fill(0);
      std::copy(salt.begin(), salt.end(),
                std::copy(some[lane].begin(), some[lane].end(), message.begin()));
      pad<H>(message.data(), size);
      put_lane<H>(&block, lane, message.data(), H::block);
    }
    wide::compress(H::kind, first, block, state);
    for (std::size_t lane = 0; lane < some.size(); ++lane) {
      if (!alone[lane] && state.word[0][lane] != wanted) continue;
      if (is_word<H>(some[lane], salt, digest)) found = std::min(found, from + lane);
    }
  }
  OPENSSL_cleanse(&block, sizeof block);
  OPENSSL_cleanse(message.data(), message.size());
  return found;
}

}  // namespace

std::string salted_digest(Scheme scheme, std::string_view word, std::string_view salt) {
  switch (scheme) {
    case Scheme::md5: case Scheme::salted_md5: return digest_of<ScalarMd5>(word, salt);
    case Scheme::sha1: case Scheme::salted_sha1: return digest_of<ScalarSha1>(word, salt);
    case Scheme::sha256: case Scheme::salted_sha256: return digest_of<ScalarSha256>(word, salt);
    default: return digest_of<ScalarSha512>(word, salt);
  }
}

std::size_t salted_match(Scheme scheme, std::span<const std::string_view> words,
                         std::string_view salt, std::string_view digest) {
  switch (scheme) {
    case Scheme::md5: case Scheme::salted_md5: return match<ScalarMd5>(words, salt, digest);
    case Scheme::sha1: case Scheme::salted_sha1: return match<ScalarSha1>(words, salt, digest);
    case Scheme::sha256: case Scheme::salted_sha256:
      return match<ScalarSha256>(words, salt, digest);
    default: return match<ScalarSha512>(words, salt, digest);
  }
}

}  // namespace khien::password
