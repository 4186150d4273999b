// Every shape of a password store: what it says of each account, and what it cannot say.
#include "engine/password/store_reader.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "base/limits.h"
#include "engine/password/errors.h"

namespace khien::password::store_shapes {
namespace {

constexpr const char* kNt = "D8CBDD10A466B58400147EBE6801C68C";
constexpr const char* kNoLm = "AAD3B435B51404EEAAD3B435B51404EE";
constexpr const char* kLm = "0123456789ABCDEF0123456789ABCDEF";

Store store_of(const std::string& text) {
  auto out = read_store(text, "kho");
  EXPECT_TRUE(out) << (out ? "" : to_string(out.error()));
  return out ? std::move(*out) : Store{};
}

// "login@domain scheme flags" of each entry.
std::vector<std::string> told(const Store& store) {
  std::vector<std::string> out;
  for (const Entry& e : store.entries) {
    if (e.alternative) continue;
    const char* scheme = e.hash.scheme == Scheme::none      ? "none"
                         : e.hash.scheme == Scheme::empty   ? "empty"
                         : e.hash.scheme == Scheme::unknown ? "unknown"
                                                            : e.hash.name.c_str();
    out.push_back(e.login + (e.domain.empty() ? "" : "@" + e.domain) + " " + scheme +
                  (e.lm_kept ? " lm" : "") + (e.disabled ? " off" : "") +
                  (e.history ? " old" : "") + (e.hash.weak_store ? " weak" : ""));
  }
  return out;
}

using Told = std::vector<std::string>;
using Lines = std::vector<std::uint64_t>;

std::string dump_line(const std::string& login, const std::string& lm, const std::string& nt,
                      const std::string& rest = "::") {
  return login + ":1104:" + lm + ":" + nt + ":" + rest + "\n";
}

TEST(StoreShapes, PwdumpTellsDomainLmAndWhatIsOff) {
  const Store s = store_of(dump_line("MAU\\an", kNoLm, kNt) + dump_line("binh", kLm, kNt) +
                           dump_line("chi", "NO PASSWORD*********", "NO PASSWORD******") +
                           dump_line("dung", kNoLm, kNt, ": (status=Disabled)") +
                           dump_line("em", "", kNt));
  EXPECT_EQ(s.format, "pwdump");
  EXPECT_EQ(told(s), (Told{"an@MAU nt", "binh nt lm", "chi none", "dung nt off", "em nt"}));
  EXPECT_EQ(s.unreadable, 0U);
}

TEST(StoreShapes, SecretsdumpKeepsEarlierPasswordsApartAndSaysWhatItCouldNotDo) {
  const Store s = store_of("[*] Dumping Domain Credentials\n" + dump_line("an", kNoLm, kNt) +
                           dump_line("an_history0", kNoLm, kNt) +
                           dump_line("an_historyb", kNoLm, kNt) + "MAU\\an:des-cbc-md5:0123\n" +
                           "[-] DRSUAPI SessionError\n[*] Cleaning up... \n");
  EXPECT_EQ(told(s), (Told{"an nt", "an nt old", "an_historyb nt"}));
  EXPECT_EQ(s.bad_lines, Lines{6});
}

TEST(StoreShapes, ARowOfADumpWithABrokenHashIsCountedAndTheRestGoesOn) {
  const Store s = store_of(dump_line("an", kNoLm, std::string(kNt).substr(1)) +
                           dump_line("binh", kNoLm, std::string(31, '0') + "G") +
                           "dung:x1104:" + kNoLm + ":" + kNt + ":::\n" +
                           dump_line("chi", kNoLm, kNt));
  EXPECT_EQ(told(s), Told{"chi nt"});
  EXPECT_EQ(s.unreadable, 3U);
  EXPECT_EQ(s.bad_lines, (Lines{1, 2, 3}));
}

TEST(StoreShapes, ShadowTellsLockedFromEmptyFromNoPassword) {
  const std::string rest = ":19000:0:99999:7:::\n";
  const std::string hash = "$6$abcdefgh$" + std::string(86, 'a');
  const Store s = store_of("an:" + hash + rest + "binh:!" + hash + rest + "chi:" + rest + "dung:!" +
                           rest + "em:!!" + rest + "giang:*" + rest + "hai:!*" + rest +
                           "khanh:$y$j9T$abcdefghijk$" + std::string(43, 'a') + rest);
  EXPECT_EQ(s.format, "shadow");
  EXPECT_EQ(told(s), (Told{"an sha512crypt", "binh sha512crypt off", "chi empty", "dung none off",
                           "em none off", "giang none", "hai none off", "khanh yescrypt"}));
}

TEST(StoreShapes, ShadowOfAnUnreadFormKeepsTheAccountAndCountsTheLine) {
  const Store s = store_of("an:$6$abcdefgh$" + std::string(86, 'a') + ":19000:0:99999:7:::\n" +
                           "binh:$99$x:19000:0:99999:7:::\n"
                           "chi:*:19000:x:99999:7:::\n");
  EXPECT_EQ(told(s), (Told{"an sha512crypt", "binh unknown"}));
  EXPECT_EQ(s.bad_lines, (Lines{2, 3}));
}

TEST(StoreShapes, LdifTellsUnitAndEveryPasswordOfAnEntry) {
  const Store s = store_of(
      "dn: uid=an,ou=stp,dc=mau,dc=test\nobjectClass: inetOrgPerson\nuid: an\n"
      "cn: Trần Thị An\nmail: an@mau.test\n"
      "userPassword: {SSHA}YbhooROj2aAO33io1A40dtr2pDZzYWx0c2FsdA==\n"
      "userPassword: {MD5}W6hfzXIvFhuBWJR8NW+/ZQ==\n\n"
      "dn: uid=binh,ou=sxd,dc=mau,dc=test\ndisplayName: Lê Văn Bình\ncn: Bình\n"
      "userPassword:: e1NTSEF9WWJob29ST2oyYUFPMzNpbzFBNDBkdHIycERaellXeDBj\n MkZzZEE9PQ==\n\n"
      "dn: ou=sxd,dc=mau,dc=test\nou: sxd\n\n"
      "dn: cn=chi,dc=mau,dc=test\nsAMAccountName: chi.nt\ncn: chi\nuserPassword: mật khẩu\n");
  EXPECT_EQ(s.format, "ldif");
  EXPECT_EQ(told(s),
            (Told{"an@stp ssha", "an@stp md5 weak", "binh@sxd ssha", "chi.nt plain weak"}));
  EXPECT_EQ(s.entries.at(0).mail + "/" + s.entries.at(0).full_name, "an@mau.test/Trần Thị An");
  EXPECT_EQ(s.entries.at(2).full_name, "Lê Văn Bình");
  EXPECT_EQ(s.unreadable, 0U);
}

TEST(StoreShapes, LdifOfZimbraTakesTheAddressAndTheStateOfTheAccount) {
  const std::string password = "userPassword: {SSHA}YbhooROj2aAO33io1A40dtr2pDZzYWx0c2FsdA==\n\n";
  const Store s = store_of("dn: uid=an,ou=people,dc=mau,dc=test\nobjectClass: zimbraAccount\n"
                           "uid: an\nmail: an@mau.test\nmail: an.cu@mau.test\n"
                           "zimbraAccountStatus: active\n" + password +
                           "dn: uid=binh,ou=people,dc=mau,dc=test\nobjectClass: zimbraAccount\n"
                           "mail: binh@mau.test\nzimbraAccountStatus: closed\n" + password +
                           "dn: uid=chi,ou=people,dc=mau,dc=test\n"
                           "pwdAccountLockedTime: 20260101000000Z\n" + password);
  EXPECT_EQ(told(s), (Told{"an@mau.test@people ssha", "binh@mau.test@people ssha off",
                           "chi@people ssha off"}));
}

TEST(StoreShapes, TheNtHashSambaKeepsInADirectoryIsOneMoreWayToOpenTheAccount) {
  const std::string nt = "sambaNTPassword: 32ED87BDB5FDC5E9CBA88547376818D4\n";
  const Store s = store_of("dn: uid=an,dc=mau\nuid: an\n" + nt +
                           "userPassword: {SSHA}YbhooROj2aAO33io1A40dtr2pDZzYWx0c2FsdA==\n\n"
                           "dn: uid=binh,dc=mau\nuid: binh\n" + nt + "\n"
                           "dn: uid=chi,dc=mau\nuid: chi\nsambaNTPassword: NO PASSWORDXXXXXXXXX\n\n"
                           "dn: uid=dung,dc=mau\nuid: dung\nsambaNTPassword: 12\n");
  EXPECT_EQ(told(s), (Told{"an nt", "an ssha", "binh nt"}));
  EXPECT_EQ(s.bad_lines, (Lines{16}));
}

TEST(StoreShapes, ALineOfLdifThatIsNoneIsCounted) {
  const Store s = store_of("dn: uid=an,dc=mau\nkhông phải LDIF\nmail:: @@@\n"
                           "userPassword: {SSHA}YbhooROj2aAO33io1A40dtr2pDZzYWx0c2FsdA==\n");
  EXPECT_EQ(told(s), Told{"an ssha"});
  EXPECT_EQ(s.bad_lines, (Lines{2, 3}));
}

TEST(StoreShapes, TablesAreReadByTheirHeadingsWhateverParts) {
  const std::string md5 = "5ba85fcd722f161b8158947c356fbf65";
  const Told wanted = {"an@MAU md5 weak", "binh md5 weak"};
  EXPECT_EQ(told(store_of("username,password\nMAU\\an," + md5 + "\nbinh," + md5 + "\n")), wanted);
  EXPECT_EQ(told(store_of("STT;Tên đăng nhập;Mật khẩu\r\n1;MAU\\an;" + md5 + "\r\n2; binh ;" + md5 +
                          "\r\n")),
            wanted);
  EXPECT_EQ(told(store_of("DANH SÁCH TÀI KHOẢN\n\nuser_login\tuser_pass\nMAU\\an\t" + md5 +
                          "\nbinh\t" + md5 + "\n")),
            wanted);
}

TEST(StoreShapes, AQuotedCellMayHoldWhatPartsCells) {
  const Store s = store_of("login,full_name,email,hash\n"
                           "an,\"Trần \"\"Thị\"\", An\",an@mau.test,\"a,b\"\n");
  ASSERT_EQ(s.entries.size(), 1U);
  EXPECT_EQ(s.entries[0].full_name, "Trần \"Thị\", An");
  EXPECT_EQ(s.entries[0].mail, "an@mau.test");
  EXPECT_EQ(s.entries[0].hash.scheme, Scheme::unknown);  // "a,b" is no form we read
  EXPECT_EQ(s.bad_lines, Lines{2});
}

TEST(StoreShapes, AnAddressIsTheLogInWhereNoOtherColumnIs) {
  const Store s = store_of("Email,passwordHash\nan@mau.test,5ba85fcd722f161b8158947c356fbf65\n");
  EXPECT_EQ(told(s), Told{"an@mau.test md5 weak"});
}

TEST(StoreShapes, ARowWithoutLogInOrHashColumnIsCountedAnEmptyHashOpensWithoutAPassword) {
  const Store s = store_of("username,password\n,5ba85fcd722f161b8158947c356fbf65\nbinh\nchi,\n");
  EXPECT_EQ(told(s), Told{"chi empty"});
  EXPECT_EQ(s.bad_lines, (Lines{2, 3}));
}

TEST(StoreShapes, TextWithoutAShapeIsNoStore) {
  for (const char* text : {"", "xin chào\n", "họ tên,ngày sinh\nAn,1990\n", "username\nan\n"}) {
    const auto out = read_store(text, "kho");
    ASSERT_FALSE(out) << text;
    EXPECT_EQ(out.error().code, err::store_unknown);
    EXPECT_EQ(out.error().place, "kho");
  }
  // A heading that stands too deep is none.
  EXPECT_TRUE(read_store(std::string(19, '\n') + "username,password\nan,\n", "kho"));
  EXPECT_FALSE(read_store(std::string(20, '\n') + "x\nusername,password\nan,\n", "kho"));
}

TEST(StoreShapes, OnlyTheFirstBadLinesAreNamedAllAreCounted) {
  std::string text = dump_line("an", kNoLm, kNt);
  for (int i = 0; i < 30; ++i) text += "hỏng\n";
  const Store s = store_of(text);
  EXPECT_EQ(s.unreadable, 30U);
  EXPECT_EQ(s.bad_lines.size(), 20U);
  EXPECT_EQ(s.bad_lines.front(), 2U);
}

TEST(StoreShapes, ALineOverTheLimitIsCountedNotKept) {
  const std::string login(limits::password_line_bytes, 'a');
  EXPECT_EQ(store_of(dump_line("an", kNoLm, kNt) + dump_line(login, kNoLm, kNt)).unreadable, 1U);
  const Store table = store_of("username,password\n" + login + ",x\nan,\n");
  EXPECT_EQ(told(table), Told{"an empty"});
  EXPECT_EQ(table.bad_lines, Lines{2});
}

TEST(StoreShapes, MoreEntriesThanTheLimitAreAnErrorAsManyAreNot) {
  for (const bool over : {false, true}) {
    const std::size_t count = limits::password_entries + (over ? 1 : 0);
    std::string shadow, table = "user,hash\n", ldif;
    for (std::size_t i = 0; i < count; ++i) {
      shadow += "a:*:1:0:9:7:::\n";
      table += "a,\n";
      ldif += "dn: uid=a\nuserPassword: x\n\n";
    }
    for (const std::string& text : {shadow, table, ldif}) {
      const auto out = read_store(text, "kho");
      EXPECT_EQ(out.has_value(), !over) << text.substr(0, 20);
      if (!out) { EXPECT_EQ(out.error().code, err::store_entries); }
    }
  }
}

TEST(StoreShapes, BytesOfAnotherEncodingAreReadAsText) {
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string("username,password\nan,\n")) (utf16 += c) += '\0';
  EXPECT_EQ(told(store_of(utf16)), Told{"an empty"});
}

TEST(StoreShapes, AColumnOfPasswordsIsReadAsTheyAreAndMaskedOnesAreNone) {
  EXPECT_EQ(told(store_of("Tên đăng nhập,Mật khẩu\nan,Mau@2025\nbi,****\nchi,0912345678\n")),
            (Told{"an plain weak", "chi plain weak"}));
}

TEST(StoreShapes, ADigestOfUncertainKindIsReadAsEachItCanBe) {
  const std::string digest = "d8cbdd10a466b58400147ebe6801c68c";
  const Store s = store_of("login,hash\nan," + digest + "\n");
  EXPECT_EQ(told(s), (Told{"an md5 weak"}));
  ASSERT_EQ(s.entries.size(), 2U);
  EXPECT_TRUE(s.entries[1].alternative);
  EXPECT_EQ(s.entries[1].hash.scheme, Scheme::nt);
  EXPECT_EQ(told(store_of("login,nthash\nan," + digest + "\n")), (Told{"an nt"}));
  EXPECT_EQ(told(store_of("dn: uid=an,dc=m\nuid: an\nsambaNTPassword: " + digest + "\n")),
            (Told{"an nt"}));
}

TEST(StoreShapes, MysqlsDoubleDigestIsKnown) {
  EXPECT_EQ(told(store_of("user,authentication_string\n"
                          "an,*0123456789ABCDEF0123456789ABCDEF01234567\nbi,*01\n")),
            (Told{"an mysql41 weak", "bi unknown"}));
}

}  // namespace
}  // namespace khien::password::store_shapes
