// What csvde writes is read as LDIF of the same entries would be. Everybody is invented.
#include "collect/directory/csvde.h"

#include <gtest/gtest.h>

namespace khien::directory {
namespace {

TEST(Csvde, ItsHeadingGivesItAway) {
  EXPECT_TRUE(looks_like_csvde("DN,objectClass,cn\nx"));
  EXPECT_TRUE(looks_like_csvde("\xEF\xBB\xBF\"DN\",objectClass,cn\r\n"));
  EXPECT_FALSE(looks_like_csvde("DN,Họ tên\n"));
  EXPECT_FALSE(looks_like_csvde("Tên,objectClass\n"));
}

TEST(Csvde, ValuesAreApartBytesDecodedAndOtherAttributesDropped) {
  const auto table = read_csv("DN,objectClass,cn,memberOf,secretQuestion,userAccountControl\n"
                              "\"CN=An,DC=m\",user,X'4cc3bd20416e',"
                              "\"CN=a,DC=m;CN=b\\;c,DC=m\",con mèo,514\n",
                              "t");
  ASSERT_TRUE(table);
  const std::vector<Entry> entries = csvde_entries(*table);
  ASSERT_EQ(entries.size(), 1U);
  const Entry& an = entries[0];
  EXPECT_EQ(an.dn, "CN=An,DC=m");
  EXPECT_EQ(an.get("cn"), "Lý An");
  EXPECT_EQ(an.get("useraccountcontrol"), "514");
  std::vector<std::string> groups;
  for (const auto& [name, value] : an.values) {
    if (name == "memberof") groups.push_back(value);
    EXPECT_NE(name, "secretquestion");
  }
  EXPECT_EQ(groups, (std::vector<std::string>{"CN=a,DC=m", "CN=b;c,DC=m"}));
}

}  // namespace
}  // namespace khien::directory
