// Published vectors first, then what a seal must refuse.
#include "base/hash.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(Hash, sha256_of_the_published_vectors) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hash, pieces_give_the_same_as_the_whole) {
  Sha256 sum;
  for (const char* piece : {"a", "", "b", "c"}) sum.add(piece);
  EXPECT_EQ(hex(sum.finish()), sha256_hex("abc"));
}

TEST(Hash, hex_goes_both_ways) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(*unhex(hex(all)), all);
  EXPECT_EQ(*unhex("aAfF"), "\xAA\xFF");
  EXPECT_FALSE(unhex("abc"));
  EXPECT_FALSE(unhex("zz"));
  EXPECT_EQ(*unhex(""), "");
}

TEST(Hash, ed25519_of_rfc_8032_test_1) {
  const auto seed = unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const auto key = key_pair_from_seed(*seed);
  ASSERT_TRUE(key);
  EXPECT_EQ(hex(key->public_key),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const auto signature = ed25519_sign(*key, "");
  ASSERT_TRUE(signature);
  EXPECT_EQ(hex(*signature), "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                             "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  EXPECT_TRUE(ed25519_verify(key->public_key, "", *signature));
}

TEST(Hash, a_changed_message_signature_or_key_does_not_verify) {
  const auto key = make_key_pair();
  const auto other = make_key_pair();
  ASSERT_TRUE(key && other);
  const std::string message = "một đợt rà soát";
  const auto signature = ed25519_sign(*key, message);
  ASSERT_TRUE(signature);
  ASSERT_TRUE(ed25519_verify(key->public_key, message, *signature));
  EXPECT_FALSE(ed25519_verify(other->public_key, message, *signature));
  EXPECT_FALSE(ed25519_verify(key->public_key, message + " ", *signature));
  for (std::size_t i = 0; i < signature->size(); ++i) {
    std::string changed = *signature;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(ed25519_verify(key->public_key, message, changed)) << i;
  }
  EXPECT_FALSE(ed25519_verify(key->public_key, message, signature->substr(1)));
  EXPECT_FALSE(ed25519_verify("", message, *signature));
}

TEST(Hash, refuses_keys_of_the_wrong_length) {
  EXPECT_FALSE(key_pair_from_seed("short"));
  EXPECT_FALSE(key_pair_from_seed(std::string(33, 'x')));
  auto key = make_key_pair();
  ASSERT_TRUE(key);
  wipe(key->secret_key);
  EXPECT_TRUE(key->secret_key.empty());
  EXPECT_FALSE(ed25519_sign(*key, "x"));
}

TEST(Hash, fingerprint_is_eight_groups_of_four) {
  const auto key = key_pair_from_seed(std::string(32, '\1'));
  ASSERT_TRUE(key);
  const std::string print = fingerprint(key->public_key);
  EXPECT_EQ(print.size(), 39U);  // 128 bits
  EXPECT_EQ(print[4], '-');
  EXPECT_EQ(fingerprint(key->public_key), print);
  EXPECT_NE(fingerprint(std::string(32, 'x')), print);
}

// With the neutral point as key a signature of zeros fits every message.
TEST(Ed25519, AKeyOfSmallOrderVerifiesNothing) {
  const std::string neutral = *unhex("01" + std::string(62, '0'));
  const std::string signature = neutral + std::string(32, '\0');
  EXPECT_FALSE(ed25519_verify(neutral, "a", signature));
  EXPECT_FALSE(ed25519_verify(neutral, "b", signature));
  for (const char* y : {"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"}) {
    EXPECT_FALSE(ed25519_verify(*unhex(y), "a", signature)) << y;
  }
}

}  // namespace
}  // namespace khien
