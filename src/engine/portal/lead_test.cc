// Where pages send their visitors, and where they only could.
#include "engine/portal/lead.h"

#include <gtest/gtest.h>

namespace khien::portal {
namespace {

TEST(PortalLead, ARefreshNamesItsTarget) {
  EXPECT_EQ(refresh_target("0;url=https://a.test/x"), "https://a.test/x");
  EXPECT_EQ(refresh_target("5; URL = 'https://a.test/'"), "https://a.test/");
  EXPECT_EQ(refresh_target("300"), "");
  EXPECT_EQ(refresh_target("0;url"), "");
}

TEST(PortalLead, AScriptThatRunsWhenLoadedIsOneAndAHandlerIsNone) {
  for (const char* runs :
       {"location='https://a.test/'", "window.location.href = \"https://a.test/\";",
        "top.location.replace('https://a.test/')", "document.location.assign( `https://a.test/` )",
        "(function(){ var a = 1; location.href='https://a.test/'; })();",
        "setTimeout(function(){ location='https://a.test/' }, 9)",
        "if (/google/.test(document.referrer)) location='https:\\/\\/a.test/'",
        "function f(){ return 1 } location = 'https://a.test/'"}) {
    EXPECT_EQ(script_target(runs), "https://a.test/") << runs;
  }
  for (const char* idle :
       {"function share(){ location.href='https://a.test/' }",
        "if (location == 'https://a.test/') x()", "location.href='/trang-chu'",
        "var here = location.href;", "location.reload()", "location", "location=", ""}) {
    EXPECT_EQ(script_target(idle), "") << idle;
  }
}

TEST(PortalLead, OwnTrustedAndStateHostsAreNotForeign) {
  EXPECT_TRUE(is_foreign("a.test", "so-mau.gov.vn", {}));
  EXPECT_FALSE(is_foreign("moi.so-mau.gov.vn", "so-mau.gov.vn", {}));
  EXPECT_FALSE(is_foreign("bo-mau.gov.vn", "so-mau.gov.vn", {}));
  EXPECT_FALSE(is_foreign("www.a.test", "so-mau.gov.vn", {"a.test"}));
  EXPECT_TRUE(is_foreign("xa.test", "so-mau.gov.vn", {"a.test"}));
  EXPECT_FALSE(is_foreign("", "so-mau.gov.vn", {}));
}

}  // namespace
}  // namespace khien::portal
