// Remarks behind the hashes of a dump. Everybody is invented, the hashes are of no password.
#include "collect/directory/domain_dump.h"

#include <gtest/gtest.h>

#include "base/calendar.h"

namespace khien::directory {
namespace {

const std::string kHashes = ":aad3b435b51404eeaad3b435b51404ee:0123456789abcdef0123456789abcdef:::";

std::string told(const std::string& text) {
  std::string out;
  for (const Row& row : domain_dump_rows(text)) {
    for (const char* column : {"login", "enabled", "password_must_change", "privileged"}) {
      const auto at = row.find(column);
      out += (at == row.end() ? "-" : to_text(at->second)) + " ";
    }
    const auto at = row.find("password_changed_at");
    out += at == row.end() ? "-\n" : to_iso_instant(std::get<std::int64_t>(at->second)) + "\n";
  }
  return out;
}

TEST(DomainDump, RemarksTellTheStateAndTheDayOfThePassword) {
  EXPECT_EQ(told("[*] Using the DRSUAPI method\r\n"
                 "pgd.test\\bichnt:1201" + kHashes +
                 " (pwdLastSet=2025-03-09 23:05) (status=Enabled)\r\n"
                 "pgd.test\\Administrator:500" + kHashes + " (pwdLastSet=never) (status=Disabled)\n"
                 "khoaph:1202" + kHashes + " (status=Enabled)\n"),
            "bichnt 1 0 - 2025-03-09T23:05:00.000+07:00\n"
            "Administrator 0 1 1 -\n"
            "khoaph 1 - - -\n");
}

TEST(DomainDump, MachinesFormerPasswordsAndOtherLinesAreNoAccounts) {
  EXPECT_EQ(told("pgd.test\\MAY-01$:1301" + kHashes + " (status=Enabled)\n"
                 "pgd.test\\krbtgt:502" + kHashes + " (status=Disabled)\n"
                 "pgd.test\\bichnt_history0:1201" + kHashes + " (status=Enabled)\n"
                 "pgd.test\\bichnt:aes256-cts-hmac-sha1-96:00ff\n"
                 "Guest:501" + kHashes + "\n"),
            "");
  EXPECT_EQ(told("a:1" + kHashes + " (pwdLastSet=2025-13-09 23:05)\n"), "a - 0 - -\n");
}

TEST(DomainDump, IsKnownByOneRemarkAndNotByHashesAlone) {
  EXPECT_FALSE(looks_like_domain_dump("a:1" + kHashes + "\nb:2" + kHashes + "\n"));
  EXPECT_TRUE(looks_like_domain_dump("a:1" + kHashes + "\nb:2" + kHashes + " (status=Enabled)\n"));
  EXPECT_FALSE(looks_like_domain_dump("ghi chú (status=Enabled)\n"));
}

}  // namespace
}  // namespace khien::directory
