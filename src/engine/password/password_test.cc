// Every written form opens with its word and with no other. The hashes are of one invented word and
// were made with OpenSSL and crypt(3).
#include <gtest/gtest.h>

#include "base/hash.h"
#include "engine/password/pbkdf2.h"
#include "engine/password/hash_form.h"
#include "engine/password/md4.h"
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
        Form{"ssha512", "{SSHA512}6uKxaXywD9tzdQ4wvMS4VRQRCJwuPmos8QeryGkxJLgfBudpjrO8kLhIuGQbXIl+"
                        "cdle+0VVrkxtuxnC4jpqenNhbHRzYWx0"},
        Form{"smd5", "{SMD5}Zrh7S7ccZZGtDqRdetxoYHNhbHRzYWx0"},
        Form{"django", "pbkdf2_sha256$1000$abcdefgh$PjIRJMM1TNDA//O8tOYgan7Y7e7sAlXShMi9K8Bt4Lk="},
        Form{"identity3", "AQAAAAEAAAPoAAAAEDAxMjM0NTY3ODlhYmNkZWZVFwwaI4ng4QGeoKvigjSIuMxTfK6y1jwy"
                          "CmnZ8imByA=="},
        Form{"identity2", "ADAxMjM0NTY3ODlhYmNkZWZGUb4fOZJhX2KAFIauiNTSd5zHv774b11uZNb0JfHWvg=="},
        Form{"sha512crypt", "$6$rounds=1000$abcdefgh$TBCFzK/MX8YwLlrIqxZDWizufoCB1zhowDAaxv3TJE6A/"
                            "nrEvNO2F0.gtY/xanvwx/LQwbTuiIOWVj5WjFcus0"},
        Form{"crypt", "{CRYPT}$6$rounds=1000$abcdefgh$TBCFzK/MX8YwLlrIqxZDWizufoCB1zhowDAaxv3TJE6A"
                      "/nrEvNO2F0.gtY/xanvwx/LQwbTuiIOWVj5WjFcus0"},
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

// RFC 6070 and RFC 7914 section 11, and words of every length of block.
TEST(Pbkdf2, SixteenWordsAtOnceGiveWhatEachGivesAlone) {
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

}  // namespace
}  // namespace khien::password
