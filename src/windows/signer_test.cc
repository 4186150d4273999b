// Vectors of RFC 8032 section 7.1 and FIPS 180-4, and OpenSSL (base/hash) as the twin.
#include "windows/signer.h"

#include <gtest/gtest.h>

#include <random>

#include "base/hash.h"
#include "windows/digest.h"

namespace khien::windows {
namespace {

std::string bytes(const char* digits) { return unhex(digits).value(); }

std::string sha256(std::string_view text) {
  Sha2<std::uint32_t> sum;
  sum.add(text);
  return hex(sum.finish());
}

TEST(Signer, SignsAsTheRfcSays) {
  const std::string seed =
      bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  EXPECT_EQ(hex(public_key_of(seed)),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(hex(sign(seed, "")),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39"
            "701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  const std::string two = bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  EXPECT_EQ(hex(sign(two, "\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f36"
            "13d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(Signer, AgreesWithOpenSslOnRandomKeysAndMessages) {
  std::mt19937 random(8032);
  const auto some = [&](std::size_t n) {
    std::string out(n, '\0');
    for (char& c : out) c = static_cast<char>(random());
    return out;
  };
  for (std::size_t n = 0; n < 24; ++n) {
    const std::string seed = some(32);
    const std::string message = some(n * 7);
    const KeyPair pair = key_pair_from_seed(seed).value();
    EXPECT_EQ(hex(public_key_of(seed)), hex(pair.public_key));
    EXPECT_EQ(hex(sign(seed, message)), hex(ed25519_sign(pair, message).value()));
  }
}

TEST(Digest, AgreesWithTheStandardAtEveryLengthOfPadding) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha512("abc")),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c"
            "23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  std::string text;
  for (int n = 0; n < 300; ++n) {
    ASSERT_EQ(sha256(text), sha256_hex(text)) << n;
    text += static_cast<char>(n * 31);
  }
  // The only lengths where padding of SHA-512 turns over to a second block.
  EXPECT_EQ(hex(sha512(std::string(111, 'a'))).substr(0, 16), "fa9121c7b32b9e01");
  EXPECT_EQ(hex(sha512(std::string(112, 'a'))).substr(0, 16), "c01d080efd492776");
  EXPECT_EQ(hex(sha512(std::string(128, 'a'))).substr(0, 16), "b73d1929aa615934");
}

TEST(Digest, GivesTheSameInPiecesOfAnySize) {
  std::string text(1000, 'x');
  for (std::size_t piece = 1; piece < 200; piece += 13) {
    Sha2<std::uint32_t> sum;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      sum.add(std::string_view(text).substr(at, piece));
    }
    EXPECT_EQ(hex(sum.finish()), sha256_hex(text)) << piece;
  }
}

}  // namespace
}  // namespace khien::windows
