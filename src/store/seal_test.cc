// The seal: any change of any byte shows, and which key sealed.
#include "store/seal.h"

#include <sys/wait.h>
#include <unistd.h>

#include <set>

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

TEST_F(OwnKey, SeveralFirstRunsAtOnceAllHaveTheSameKey) {
  constexpr int kRuns = 8;
  int pipes[2];
  ASSERT_EQ(::pipe(pipes), 0);
  std::vector<pid_t> children;
  for (int i = 0; i < kRuns; ++i) {
    const pid_t pid = ::fork();
    if (pid != 0) {
      children.push_back(pid);
      continue;
    }
    const auto key = own_key(folder);
    const std::string print = key ? fingerprint(key->public_key) : std::string(39, '!');
    const auto n = ::write(pipes[1], print.data(), print.size());
    ::_exit(n == static_cast<ssize_t>(print.size()) ? 0 : 1);
  }
  std::set<std::string> prints;
  for (const pid_t pid : children) {
    int status = 1;
    ASSERT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_EQ(status, 0);
    std::string print(39, ' ');
    ASSERT_EQ(::read(pipes[0], print.data(), print.size()), 39);
    prints.insert(print);
  }
  ::close(pipes[0]);
  ::close(pipes[1]);
  EXPECT_EQ(prints.size(), 1U);
  EXPECT_FALSE(prints.contains(std::string(39, '!')));
}

TEST_F(OwnKey, AKeyOthersMayReadIsNotUsed) {
  ASSERT_TRUE(own_key(folder));
  fs::permissions(folder / "key", fs::perms(0640));
  const auto key = own_key(folder);
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, err::key_open);
  EXPECT_EQ(key.error().args.at("mode"), "0640");
}

TEST_F(OwnKey, AKeyIsTrustedOnceAndAListOthersMayWriteIsNotUsed) {
  const std::string mine = seal_key('a').public_key;
  ASSERT_TRUE(trust_key(folder, fingerprint(mine), "Sở  Mẫu"));
  ASSERT_TRUE(trust_key(folder, fingerprint(seal_key('b').public_key), "Sở Khác"));
  ASSERT_TRUE(trust_key(folder, fingerprint(mine), "Sở Mẫu mới"));
  EXPECT_EQ(known_key_name(folder, mine), "Sở Mẫu mới");
  EXPECT_EQ(known_keys(folder)->size(), 2U);
  EXPECT_EQ(trust_key(folder, fingerprint(mine).substr(0, 19), "x").error().code,
            err::key_name_invalid);
  EXPECT_EQ(trust_key(folder, fingerprint(mine), " ").error().code, err::key_name_invalid);
  EXPECT_EQ(trust_key(folder, fingerprint(mine), "a\x1B[2J").error().code, err::key_name_invalid);
  fs::permissions(folder / "known_keys", fs::perms(0660));
  EXPECT_EQ(known_keys(folder).error().code, err::known_keys_open);
  EXPECT_EQ(known_key_name(folder, mine), "");
}

}  // namespace
}  // namespace khien
