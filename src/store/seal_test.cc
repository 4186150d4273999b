// The seal: any change of any byte shows, and which key sealed.
#include "store/seal.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "store/errors.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

KeyPair seal_key(char c) { return *key_pair_from_seed(std::string(32, c)); }

std::string sealed_bytes() { return *seal("SQLite format 3\0 and the rest of it", seal_key('a')); }

TEST(Seal, AnUntouchedFileIsIntactAndNamesItsKey) {
  const std::string file = sealed_bytes();
  const auto s = open_sealed(file, "x.khien");
  ASSERT_TRUE(s);
  EXPECT_TRUE(s->intact);
  EXPECT_TRUE(s->signature_ok);
  EXPECT_EQ(s->public_key, seal_key('a').public_key);
  EXPECT_EQ(s->database.size() + kSealBytes, file.size());
  EXPECT_EQ(s->sha256, sha256_hex(file));
}

TEST(Seal, AFlippedBitAnywhereIsNoticed) {
  const std::string good = sealed_bytes();
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
      const auto s = open_sealed(bad, "x");
      EXPECT_FALSE(s && s->intact && s->signature_ok &&
                   s->public_key == seal_key('a').public_key)
          << "byte " << i << " bit " << bit;
    }
  }
}

TEST(Seal, ACutOrPaddedFileIsNeverWhole) {
  const std::string good = sealed_bytes();
  for (std::size_t n = 0; n < good.size(); ++n) {
    const auto s = open_sealed(std::string_view(good).substr(0, n), "x");
    EXPECT_FALSE(s && s->intact) << n;
  }
  EXPECT_FALSE(open_sealed(good + '\0', "x"));
  const std::string front = "x" + good;
  const auto s = open_sealed(front, "x");
  EXPECT_FALSE(s && s->intact);
}

TEST(Seal, WhatIsNotOursAndWhatIsCutAreToldApart) {
  EXPECT_EQ(open_sealed("", "x").error().code, err::file_not_khien);
  EXPECT_EQ(open_sealed(std::string(600, 'x'), "x").error().code, err::file_not_khien);
  const std::string good = sealed_bytes();
  EXPECT_EQ(open_sealed(good.substr(0, good.size() - 1), "x").error().code, err::file_cut);
}

TEST(Seal, ANewerFormatIsSaidSo) {
  std::string file = sealed_bytes();
  file[file.size() - kSealBytes + 16] = 2;
  const auto s = open_sealed(file, "x");
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error().code, err::format_newer);
  EXPECT_EQ(s.error().args.at("version"), "2");
}

TEST(Seal, AnotherKeyInPlaceOfTheSignersDoesNotVerify) {
  std::string file = sealed_bytes();
  file.replace(file.size() - kSealBytes + 64, 32, seal_key('b').public_key);
  const auto s = open_sealed(file, "x");
  ASSERT_TRUE(s);
  EXPECT_TRUE(s->intact);
  EXPECT_FALSE(s->signature_ok);
}

TEST(Seal, TheSameBytesAndKeyGiveTheSameSeal) { EXPECT_EQ(sealed_bytes(), sealed_bytes()); }

struct OwnKey : ::testing::Test {
  fs::path folder = fs::path(::testing::TempDir()) / "khien_store_key";
  void SetUp() override { fs::remove_all(folder); }
  void TearDown() override { fs::remove_all(folder); }
};

TEST_F(OwnKey, IsMadeOnceAndKeptForItsOwnerOnly) {
  const auto first = own_key(folder);
  const auto second = own_key(folder);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->public_key, second->public_key);
  struct stat info {};
  ASSERT_EQ(::stat((folder / "key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(OwnKey, ASpoiledKeyIsAnErrorNeverReplaced) {
  fs::create_directories(folder);
  for (const char* text : {"", "zz", "abcd", "not hex at all"}) {
    std::ofstream(folder / "key") << text;
    const auto key = own_key(folder);
    ASSERT_FALSE(key) << text;
    EXPECT_EQ(key.error().code, err::key_unreadable);
  }
}

TEST_F(OwnKey, KnownKeysAreFoundByFingerprint) {
  fs::create_directories(folder);
  const std::string mine = seal_key('a').public_key;
  std::ofstream(folder / "known_keys")
      << fingerprint(seal_key('b').public_key) << " Sở Khác\n"
      << fingerprint(mine) << "  Sở Công Thương tỉnh Mẫu \n";
  EXPECT_EQ(known_key_name(folder, mine), "Sở Công Thương tỉnh Mẫu");
  EXPECT_EQ(known_key_name(folder, seal_key('c').public_key), "");
  EXPECT_EQ(known_key_name(folder / "none", mine), "");
}

}  // namespace
}  // namespace khien
