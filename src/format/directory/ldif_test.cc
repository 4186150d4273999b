// LDIF, directory times and lists of mail users.
#include "format/directory/ldif.h"

#include <gtest/gtest.h>

#include "format/directory/text_forms.h"
#include "format/directory/times.h"

namespace khien {
namespace {

TEST(DirectoryTimes, FiletimeAndGeneralizedTimeAreExact) {
  using directory::Filetime;
  using directory::filetime;
  using directory::generalized_time;
  EXPECT_EQ(filetime("116444736000000000").at_ms, 0);
  EXPECT_EQ(filetime("133504704001234567").at_ms, 1705996800123);
  EXPECT_TRUE(filetime("0").zero);
  EXPECT_EQ(filetime("9223372036854775807").kind, Filetime::Kind::never);
  for (const char* bad : {"", "-1", "12x", "9223372036854775808", "9223372036854775806"}) {
    EXPECT_EQ(filetime(bad).kind, Filetime::Kind::invalid) << bad;
  }
  EXPECT_EQ(generalized_time("20240105013000Z"), 1704418200000);
  EXPECT_EQ(generalized_time("20240105013000.123Z"), 1704418200123);
  EXPECT_EQ(generalized_time("202401050130,5Z"), 1704418230000);
  EXPECT_EQ(generalized_time("2024010501.5Z"), 1704418200000);
  EXPECT_EQ(generalized_time("20240105083000+0700"), 1704418200000);
  EXPECT_EQ(generalized_time("20240105083000"), 1704418200000);
  EXPECT_EQ(generalized_time("20240104203000-05"), 1704418200000);
  for (const char* bad : {"", "20240230000000Z", "2024010525Z", "20240105013000.Z", "2024",
                          "20240105013000+07x", "20240105013000ZZ", "20240105016000Z"}) {
    EXPECT_FALSE(generalized_time(bad)) << bad;
  }
  EXPECT_FALSE(directory::generalized_time_cell("20240105013000"));  // a number may look so
}

TEST(Ldif, FoldsCommentsOptionsAndUrlsAreRead) {
  directory::LdifReader reader(
      "\xEF\xBB\xBF# c\r\n long comment\r\nversion: 1\r\n\r\ndn: CN=a\\, b,\r\n"
      " OU=x\r\ncn;lang-vi: An\r\nMAIL:<file:///etc/passwd\r\nuid:: !!\r\n"
      "userPassword: {ssha}x\r\nnonsense\r\n\r\nsearch: 2\r\n",
      "t");
  directory::Entry entry;
  const auto more = reader.next(entry);
  ASSERT_TRUE(more && *more);
  EXPECT_EQ(entry.dn, "CN=a\\, b,OU=x");
  EXPECT_EQ(entry.get("cn"), "An");
  EXPECT_EQ(entry.find("mail"), nullptr);
  EXPECT_EQ(entry.find("uid"), nullptr);
  EXPECT_EQ(entry.password_scheme, "SSHA");
  EXPECT_EQ(reader.bad_lines(), 2U);
  const auto end = reader.next(entry);
  EXPECT_TRUE(end && !*end);
}

TEST(MailUsers, AreLinesOfOneShape) {
  EXPECT_FALSE(*directory::read_mail_users("a@b.test,An\n", "t"));
  EXPECT_EQ((*directory::read_mail_users("a@b.test\nc@b.test\n", "t"))->size(), 2U);
}

TEST(Ldif, EntriesOfZmprovBeginWithTheirNameAndMayHoldAnything) {
  directory::LdifReader reader(
      "# name an@mau.test\nobjectClass: zimbraAccount\nuid: an\nuserPassword: VALUE-BLOCKED\n"
      "zimbraAccountStatus: active\nzimbraPrefMailSignature: Kinh gui\n\n"
      "zimbraAccountStatus: closed\nhet\n\n# name bi@mau.test\nobjectClass: zimbraAccount\n"
      "displayName:: TMO9IELDrA==\nuid: bi\nzimbraAccountStatus: locked\n",
      "gaa");
  directory::Entry entry;
  ASSERT_TRUE(*reader.next(entry));
  EXPECT_EQ(entry.get("uid"), "an");
  EXPECT_EQ(entry.get("zimbraaccountstatus"), "active") << "a signature is no state";
  EXPECT_EQ(entry.password_scheme, "");
  ASSERT_TRUE(*reader.next(entry));
  EXPECT_EQ(entry.get("zimbraaccountstatus"), "locked");
  EXPECT_EQ(entry.get("displayname"), "Lý Bì") << "what is no ASCII may come packed";
  EXPECT_FALSE(*reader.next(entry));
  EXPECT_EQ(reader.bad_lines(), 0U);
}

}  // namespace
}  // namespace khien
