// Every written form opens with its word and with no other. The hashes are of one invented word and
// were made with OpenSSL and crypt(3).
#include <crypt.h>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "engine/password/pbkdf2.h"
#include "engine/password/chained.h"
#include "engine/password/hash_form.h"
#include "engine/password/md4.h"
#include "engine/password/numbers.h"
#include "engine/password/salted.h"
#include "engine/password/store_reader.h"
#include "engine/password/verify.h"

namespace khien::password {
namespace {

constexpr std::string_view kWord = "Mau@2026";

struct Form {
  const char* name;
  const char* text;
};

class PasswordForm : public ::testing::TestWithParam<Form> {};

TEST_P(PasswordForm, OpensWithItsWordAlone) {
  const Hash hash = read_hash(GetParam().text);
  ASSERT_TRUE(testable(hash.scheme)) << GetParam().text;
  Verifier verifier;
  EXPECT_TRUE(verifier.matches(hash, kWord));
  for (const std::string_view wrong : {"", "mau@2026", "Mau@2026 ", "Mau@202"}) {
    EXPECT_FALSE(verifier.matches(hash, wrong)) << wrong;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, PasswordForm,
    ::testing::Values(
        Form{"ssha", "{SSHA}Ayo5+OUQt9yWw2cCBjsOvl4r+9lzYWx0c2FsdA=="},
        Form{"ssha512",
             "{SSHA512}6uKxaXywD9tzdQ4wvMS4VRQRCJwuPmos8QeryGkxJLgfBudpjrO8kLhIuGQbXIl+"
             "cdle+0VVrkxtuxnC4jpqenNhbHRzYWx0"},
        Form{"smd5", "{SMD5}Zrh7S7ccZZGtDqRdetxoYHNhbHRzYWx0"},
        Form{"django", "pbkdf2_sha256$1000$abcdefgh$PjIRJMM1TNDA//O8tOYgan7Y7e7sAlXShMi9K8Bt4Lk="},
        Form{"identity3",
             "AQAAAAEAAAPoAAAAEDAxMjM0NTY3ODlhYmNkZWZVFwwaI4ng4QGeoKvigjSIuMxTfK6y1jwy"
             "CmnZ8imByA=="},
        Form{"identity2", "ADAxMjM0NTY3ODlhYmNkZWZGUb4fOZJhX2KAFIauiNTSd5zHv774b11uZNb0JfHWvg=="},
        Form{"sha512crypt",
             "$6$rounds=1000$abcdefgh$TBCFzK/MX8YwLlrIqxZDWizufoCB1zhowDAaxv3TJE6A/"
             "nrEvNO2F0.gtY/xanvwx/LQwbTuiIOWVj5WjFcus0"},
        Form{"crypt",
             "{CRYPT}$6$rounds=1000$abcdefgh$TBCFzK/MX8YwLlrIqxZDWizufoCB1zhowDAaxv3TJE6A"
             "/nrEvNO2F0.gtY/xanvwx/LQwbTuiIOWVj5WjFcus0"},
        Form{"liferay", "AAAAoAAAA+gBAgMEBQYHCK/WMSCn4/N4lLRhMSB6AwdIorwg"},
        Form{"liferay7",
             "{PBKDF2WithHmacSHA1/160/1000}AAAAoAAAA+gBAgMEBQYHCK/WMSCn4/N4lLRhMSB6AwdI"
             "orwg"},
        Form{"werkzeug",
             "pbkdf2:sha256:1000$abcdefgh$3e321124c3354cd0c0fff3bcb4e6206a7ed8edeeec025"
             "5d284c8bd2bc06de0b9"},
        Form{"drupal", "$S$7abcdefghPUhkrZ/fWHT/kCNtDDGyBZSalhCXqOgjSowQUbcI9RB"},
        Form{"django_bcrypt_sha256",
             "bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuu5E92aCqnpaS3mZpkIFa"
             "ZZeOBpORFycW"},
        Form{"md5", "412cf7a49676106c5d74d24d02f2b4bc"},
        Form{"sha1", "f30068cbf8e370e13ef2006b8569dcaf3d13adf6"}),
    [](const auto& form) { return std::string(form.param.name); });

std::string nt_hex(std::string_view word) {
  const std::vector<std::string_view> words = {word};
  std::vector<NtHash> out(1);
  NtHasher().hash(words, out);
  return hex({reinterpret_cast<const char*>(out[0].data()), sizeof(NtHash)});
}

TEST(NtHasher, AgreesWithOpenSsl) {
  EXPECT_EQ(nt_hex(""), "31d6cfe0d16ae931b73c59d7e0c089c0");
  EXPECT_EQ(nt_hex(kWord), "d8cbdd10a466b58400147ebe6801c68c");
  // More than one block, and letters beyond ASCII.
  EXPECT_EQ(nt_hex("một mật khẩu dài hơn hai mươi bảy ký tự"),
            "96b3b0c61714030f7180f58f22d60fe1");
}

TEST(NtHasher, ManyWordsAtOnceAreThatManyAlone) {
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) texts.push_back(std::string(static_cast<std::size_t>(i), 'a'));
  const std::vector<std::string_view> words(texts.begin(), texts.end());
  std::vector<NtHash> together(words.size());
  NtHasher().hash(words, together);
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(hex({reinterpret_cast<const char*>(together[i].data()), sizeof(NtHash)}),
              nt_hex(words[i])) << i;
  }
}

// WordPress trims, so this one opens with a blank behind the word too.
TEST(PasswordForm, OpensWordPressOfTheNewKind) {
  const Hash hash = read_hash("$wp$2y$04$abcdefghijklmnopqrstuuGr8Ql6R6CGfnA1ajaLfSwl9Q91bomVK");
  Verifier verifier;
  EXPECT_TRUE(verifier.matches(hash, kWord));
  EXPECT_TRUE(verifier.matches(hash, "Mau@2026 "));
  EXPECT_FALSE(verifier.matches(hash, "mau@2026"));
  const std::vector<std::string_view> words = {"a", "b", kWord};
  EXPECT_EQ(verifier.first_match(hash, words), 2U);
}

TEST(PasswordForm, CostsNobodyPaysAreNotTried) {
  for (const char* text :
       {"$2b$31$abcdefghijklmnopqrstuu5E92aCqnpaS3mZpkIFaZZeOBpORFycW",
        "$6$rounds=999999999$abcdefgh$TBCFzK/MX8YwLlrIqxZDWizufoCB1zhowDAaxv3TJE6A",
        "$sha1$4000000000$abcdefgh$xxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "$md5,rounds=4000000000$abcdefgh$xxxxxxxxxxxxxxxxxxxxxx",
        "$y$jFT$abcdefgh$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "$6$rounds=9999999999999$abcdefgh$TBCFzK/MX8YwLlrIqxZDWizufoCB1zhowDAaxv3TJE6A"}) {
    EXPECT_EQ(read_hash(text).scheme, Scheme::unknown) << text;
  }
}

// No word opens it, and that says nothing.
TEST(Verifier, SaysThatTheLibraryRefused) {
  Verifier verifier;
  EXPECT_FALSE(verifier.matches(read_hash("$y$j9T$:::$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), kWord));
  EXPECT_TRUE(verifier.refused());
  // The next hash is asked anew.
  const Hash good = read_hash(
      "$6$rounds=1000$abcdefgh$TBCFzK/MX8YwLlrIqxZDWizufoCB1zhowDAaxv3TJE6A/"
      "nrEvNO2F0.gtY/xanvwx/LQwbTuiIOWVj5WjFcus0");
  const std::vector<std::string_view> words = {"a", "b", "c"};
  EXPECT_EQ(verifier.first_match(good, words), 3U);
  EXPECT_FALSE(verifier.refused());
}

// phpass is in no library: long words too are ours.
TEST(Verifier, OpensPhpassWithALongWord) {
  const std::string word(65, 'a');
  std::string digest = salted_digest(Scheme::md5, "abcdefgh" + word, "");
  for (int i = 0; i < 1 << 7; ++i) digest = salted_digest(Scheme::md5, digest + word, "");
  Chained chained;
  chained.phpass = true;
  chained.salt = "abcdefgh";
  chained.rounds = 1 << 7;
  const std::string letters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  for (std::size_t i = 0; i < 16; i += 3) {
    std::uint32_t v = 0;
    for (std::size_t k = 0; k < 3 && i + k < 16; ++k) {
      v |= static_cast<std::uint32_t>(static_cast<unsigned char>(digest[i + k])) << (8 * k);
    }
    for (std::size_t k = 0; k < (i == 15 ? 2U : 4U); ++k)
      chained.encoded += letters[v >> (6 * k) & 0x3F];
  }
  EXPECT_TRUE(phpass_matches(chained, word));
  EXPECT_FALSE(phpass_matches(chained, word + "a"));
}

TEST(StoreReader, ReadsEachFormatAndCountsWhatItCannot) {
  const auto dump = read_store("MAU\\an:1104:AAD3B435B51404EEAAD3B435B51404EE:"
                               "D8CBDD10A466B58400147EBE6801C68C:::\nhỏng\n", "a");
  ASSERT_TRUE(dump) << to_string(dump.error());
  ASSERT_EQ(dump->entries.size(), 1U);
  EXPECT_EQ(dump->entries[0].login + "/" + dump->entries[0].domain, "an/MAU");
  EXPECT_FALSE(dump->entries[0].lm_kept);
  EXPECT_EQ(dump->unreadable, 1U);
  EXPECT_EQ(dump->bad_lines, std::vector<std::uint64_t>{2});
  const auto table = read_store("username,password\nan,412cf7a49676106c5d74d24d02f2b4bc\n", "a");
  ASSERT_TRUE(table) << to_string(table.error());
  EXPECT_TRUE(table->entries.at(0).hash.weak_store);
  const auto shadow = read_store("an::19000:0:99999:7:::\nb:!:19000:0:99999:7:::\n", "a");
  ASSERT_TRUE(shadow) << to_string(shadow.error());
  EXPECT_EQ(shadow->entries.at(0).hash.scheme, Scheme::empty);
  EXPECT_EQ(shadow->entries.at(1).hash.scheme, Scheme::none);
  EXPECT_FALSE(read_store("xin chào\n", "a"));
}

// Runs on each kind of vectors this machine has.
class OnEachMachine : public ::testing::TestWithParam<wide::Machine> {
 protected:
  void SetUp() override {
    if (!wide::pretend(GetParam())) GTEST_SKIP() << "this machine has no such vectors";
  }
  void TearDown() override {
    for (const auto m : {wide::Machine::any, wide::Machine::avx2, wide::Machine::avx512}) {
      wide::pretend(m);
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Password, OnEachMachine,
                         ::testing::Values(wide::Machine::any, wide::Machine::avx2,
                                           wide::Machine::avx512));

// RFC 6070 and RFC 7914 section 11, and words of every length of block.
TEST_P(OnEachMachine, ManyWordsOfPbkdf2GiveWhatEachGivesAlone) {
  const std::vector<std::string_view> one = {"password"};
  EXPECT_EQ(hex(pbkdf2_blocks(Scheme::pbkdf2_sha1, one, "salt", 4096)[0]),
            "4b007901b765489abead49d926f721d065a429c1");
  EXPECT_EQ(hex(pbkdf2_blocks(Scheme::pbkdf2_sha256, one, "salt", 4096)[0]),
            "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a");
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < kPbkdf2Lanes; ++i) {
    texts.push_back(std::string(i * 11, 'x') + "mật khẩu " + std::to_string(i));
  }
  const std::vector<std::string_view> words(texts.begin(), texts.end());
  for (const Scheme scheme :
       {Scheme::pbkdf2_sha1, Scheme::pbkdf2_sha256, Scheme::pbkdf2_sha512}) {
    for (const std::uint32_t rounds : {1U, 2U, 1000U}) {
      const auto all = pbkdf2_blocks(scheme, words, "muối", rounds);
      ASSERT_EQ(all.size(), words.size());
      for (std::size_t i = 0; i < words.size(); ++i) {
        EXPECT_EQ(hex(all[i]),
                  hex(pbkdf2_blocks(scheme, std::span(&words[i], 1), "muối", rounds)[0]))
            << i << " " << rounds;
      }
      const auto some = pbkdf2_blocks(scheme, std::span(words).first(5), "muối", rounds);
      EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
    }
  }
}

// Every digest and every kind of vectors finds the number, the last of its ten thousand too.
TEST_P(OnEachMachine, FindsMobileNumbers) {
  const Stop never = [] { return false; };
  for (const std::string_view number : {"0912340000", "0912345678", "0912349999"}) {
    for (const Scheme scheme : {Scheme::salted_md5, Scheme::salted_sha1, Scheme::salted_sha256,
                                Scheme::salted_sha512}) {
      Hash hash;
      hash.scheme = scheme;
      hash.salt = "muoi1234";
      hash.digest = salted_digest(scheme, number, hash.salt);
      ASSERT_TRUE(takes_numbers(hash));
      EXPECT_EQ(search_number(hash, "091234", never), number);
      EXPECT_EQ(search_number(hash, "091235", never), std::nullopt);
      EXPECT_EQ(search_number(hash, "091234", [] { return true; }), std::nullopt);
    }
    for (const Scheme scheme :
         {Scheme::nt, Scheme::md5, Scheme::sha1, Scheme::sha256, Scheme::sha512}) {
      const std::string digest = unsalted_digest(scheme, number);
      const std::string_view view = digest;
      const std::uint32_t account = 7;
      UnsaltedIndex index(scheme, std::span(&view, 1), std::span(&account, 1));
      std::string found;
      search_numbers(index, "091234", never, [&](std::uint32_t who, std::string_view word) {
        found = std::to_string(who) + ":" + std::string(word);
      });
      EXPECT_EQ(found, "7:" + std::string(number));
    }
  }
}

std::vector<std::string> words_of_lengths(std::size_t longest) {
  std::vector<std::string> out;
  for (std::size_t n = 0; n <= longest; ++n) {
    std::string word;
    for (std::size_t i = 0; i < n; ++i) word += static_cast<char>('!' + (n * 7 + i * 13) % 94);
    out.push_back(word);
  }
  out.emplace_back("mật khẩu");
  return out;
}

// Words of one length fill the lanes; the right one is found in each.
TEST_P(OnEachMachine, EveryLaneOfTheIteratedDigestsCounts) {
  for (const std::size_t length : {8U, 63U, 64U, 65U, 71U, 72U, 73U}) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < wide::kLanes; ++i) {
      texts.push_back(std::to_string(10 + i) + std::string(length - 2, 'x'));
    }
    const std::vector<std::string_view> words(texts.begin(), texts.end());
    for (const char* setting :
         {"$1$abcdefgh$", "$5$rounds=1000$$", "$6$rounds=1000$0123456789abcdef$",
          "$2a$04$abcdefghijklmnopqrstuu"}) {
      const bool bcrypt = setting[1] == '2';
      for (const std::size_t right : {0U, 15U, 16U, 31U}) {
        if (length != 8 && right != 16) continue;
        crypt_data data{};
        Hash hash;
        hash.scheme = Scheme::crypt;
        hash.digest = crypt_rn(texts[right].c_str(), setting, &data, sizeof data);
        Verifier verifier;
        const std::size_t width = std::min(Verifier::width(hash), words.size());
        const std::size_t from = bcrypt ? right / width * width : 0;
        const auto some = std::span(words).subspan(from, std::min(width, words.size() - from));
        EXPECT_EQ(verifier.first_match(hash, some), right - from) << setting << length;
      }
    }
  }
}

// Each word opens the hash the library made of it, at its place among others, and no other does.
TEST_P(OnEachMachine, ManyWordsAtOnceAgreeWithTheLibrary) {
  const std::vector<std::string> texts = words_of_lengths(80);
  const std::vector<std::string_view> words(texts.begin(), texts.end());
  for (const char* setting :
       {"$1$abcdefgh$", "$1$x$", "$5$rounds=1000$saltsalt$", "$5$0123456789abcdef$",
        "$6$rounds=1000$s$", "$6$0123456789abcdef$", "$2a$04$abcdefghijklmnopqrstuu",
        "$2b$04$./ABCDEFGHIJKLMNOPQRSO", "$2y$05$abcdefghijklmnopqrstuu"}) {
    for (std::size_t i = 0; i < words.size(); i += 29) {
      crypt_data data{};
      Hash hash;
      hash.scheme = Scheme::crypt;
      hash.digest = crypt_rn(texts[i].c_str(), setting, &data, sizeof data);
      ASSERT_FALSE(hash.digest.starts_with("*")) << setting;
      Verifier verifier;
      const std::size_t width = Verifier::width(hash);
      ASSERT_GT(width, 1U);
      for (std::size_t from = 0; from < words.size(); from += width) {
        const auto some =
            std::span(words).subspan(from, std::min(width, words.size() - from));
        const bool here = i >= from && i < from + some.size();
        // Behind 72 bytes bcrypt sees no more.
        const bool alike = setting[1] == '2' && i >= 72;
        if (alike) continue;
        EXPECT_EQ(verifier.first_match(hash, some), here ? i - from : some.size())
            << setting << " " << i << " " << from;
      }
    }
  }
}

TEST_P(OnEachMachine, ManySaltedDigestsAgreeWithOne) {
  const std::vector<std::string> texts = words_of_lengths(126);
  const std::vector<std::string_view> words(texts.begin(), texts.end());
  for (const Scheme scheme : {Scheme::salted_md5, Scheme::salted_sha1, Scheme::salted_sha256,
                              Scheme::salted_sha512}) {
    for (const std::string_view salt : {"", "abcd", "0123456789abcdef"}) {
      for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string digest = salted_digest(scheme, words[i], salt);
        EXPECT_EQ(salted_match(scheme, words, salt, digest), i);
      }
      EXPECT_EQ(salted_match(scheme, words, salt, salted_digest(scheme, "khác", salt)),
                words.size());
    }
  }
}

TEST(Verifier, OpensPhpass) {
  // By PHP's own rule: MD5 of salt and word, then 2^13 times of digest and word.
  const std::string salt = "abcdefgh";
  std::string digest = salted_digest(Scheme::md5, salt + std::string(kWord), "");
  for (int i = 0; i < 1 << 13; ++i) {
    digest = salted_digest(Scheme::md5, digest + std::string(kWord), "");
  }
  const std::string letters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string text = "$P$B" + salt;
  for (std::size_t i = 0; i < 16; i += 3) {
    std::uint32_t v = 0;
    for (std::size_t k = 0; k < 3 && i + k < 16; ++k) {
      v |= static_cast<std::uint32_t>(static_cast<unsigned char>(digest[i + k])) << (8 * k);
    }
    for (std::size_t k = 0; k < (i == 15 ? 2U : 4U); ++k) text += letters[v >> (6 * k) & 0x3F];
  }
  const Hash hash = read_hash(text);
  ASSERT_EQ(hash.scheme, Scheme::phpass);
  Verifier verifier;
  EXPECT_TRUE(verifier.matches(hash, kWord));
  const std::vector<std::string_view> words = {"a", "bb", "mau@2026", kWord, "cccccccc"};
  EXPECT_EQ(verifier.first_match(hash, words), 3U);
}

}  // namespace
}  // namespace khien::password
