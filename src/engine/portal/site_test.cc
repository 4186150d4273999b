// What a hostile portal might answer: pages, robots.txt, sitemaps, headers, addresses.
#include "engine/portal/site.h"

#include <gtest/gtest.h>

#include "engine/portal/errors.h"
#include "engine/portal/exposed.h"
#include "engine/portal/headers.h"
#include "engine/portal/page.h"
#include "engine/portal/url.h"
#include "engine/portal/words.h"

namespace khien {
namespace {

namespace po = portal;

const Content& portal_content() {
  static const Content content = std::move(*Content::open(built_in_content()));
  return content;
}

TEST(ExposedFiles, AreKnownByTheirFirstBytes) {
  const auto words = po::word_lists(portal_content(), "", "own.txt");
  ASSERT_TRUE(words) << to_string(words.error());
  EXPECT_EQ((*words)["exposed"].items().size(), 11U);
  EXPECT_EQ(po::shape_of("anything"), nullptr);
  EXPECT_TRUE(po::shape_of("git_head")("ref: refs/heads/main\n"));
  EXPECT_TRUE(po::shape_of("env")("# a\nDB_PASSWORD=x\n"));
  for (const char* shape : {"git_head", "git_config", "env", "zip", "gzip", "sql", "php_info",
                            "ds_store", "web_config", "server_status"}) {
    ASSERT_NE(po::shape_of(shape), nullptr) << shape;
    EXPECT_FALSE(po::shape_of(shape)("<html><body>Xin chào=1</body></html>")) << shape;
  }
}

// ---- pages

Node page_of(const std::string& body, const std::string& own = "") {
  Node args = Node::map({{"url", "https://cong.so-mau.example/tin/1"},
                         {"trusted", Node::list_of({"ban-be.example"})}});
  const auto words = po::word_lists(portal_content(), own, "own.txt");
  EXPECT_TRUE(words);
  args.set("words", *words);
  const auto out = po::read_page({body, "page", args});
  EXPECT_TRUE(out) << to_string(out.error());
  return out ? *out : Node();
}

TEST(PortalPage, HiddenIsWhatNoVisitorSees) {
  for (const char* style : {"display:none", "DISPLAY : NONE;", "color:red;visibility:hidden",
                            "font-size:0", "font-size:0px", "opacity:0.0", "text-indent:-9999px",
                            "position:absolute;left:-9999px", "height:0;overflow:hidden",
                            "width:1px;height:1px;overflow:hidden"}) {
    EXPECT_TRUE(po::style_hides(style)) << style;
  }
  for (const char* style : {"", "display:block", "opacity:0.5", "font-size:0.9em", "left:-9px",
                            "height:0", "overflow:hidden;height:100px"}) {
    EXPECT_FALSE(po::style_hides(style)) << style;
  }
}

TEST(PortalPage, OnlyLinksToOtherUntrustedHostsCount) {
  const Node page = page_of(
      "<div hidden><a href='https://xau.example/'>1</a><a href='/tin/2'>2</a>"
      "<a href='https://a.ban-be.example/'>3</a></div><a href='mailto:a@b.test'>4</a>"
      "<a href='javascript:x()'>5</a><a href='//khac.example/'>6</a><a href='#a'>7</a>");
  EXPECT_EQ(page["hidden_link_count"].integer(), 1);
  EXPECT_EQ(page["hidden_hosts"].text(), "xau.example");
  EXPECT_EQ(page["offsite_link_count"].integer(), 3);
  ASSERT_EQ(page["links"].items().size(), 1U);
  EXPECT_EQ(page["links"].items()[0].text(), "https://cong.so-mau.example/tin/2");
}

TEST(PortalPage, GamblingIsSeenInAnchorsAddressesAndHiddenText) {
  EXPECT_EQ(page_of("<a href='https://x.example/'>Nhà Cái uy tín</a>")["gambling_count"].integer(),
            1);
  EXPECT_EQ(page_of("<a href='https://nhacai.example/'>x</a>")["gambling_count"].integer(), 1);
  EXPECT_EQ(page_of("<p style='display:none'>tài xỉu online")["gambling_count"].integer(), 1);
  EXPECT_EQ(page_of("<p>tài xỉu, cá độ, casino</p><a href='/casino'>x</a>")["gambling_count"]
                .integer(), 0);
  EXPECT_EQ(page_of("<a href='https://x.example/'>cá đội bạn</a>")["gambling_count"].integer(), 0);
}

TEST(PortalPage, TheDigestIsOfTheVisibleText) {
  const auto digest = [](const std::string& body) { return page_of(body)["text_sha256"].text(); };
  EXPECT_EQ(digest("<p>Một  hai</p>"), digest("<div>Một <b>hai</b></div>"));
  EXPECT_EQ(digest("<p>Một</p><script>1</script>"), digest("<p>Một</p><style>2</style>"));
  EXPECT_NE(digest("<p>Một</p>"), digest("<p>Mốt</p>"));
}

TEST(PortalPage, GarbageAndDeepPagesAreReadOrRefusedNeverFatal) {
  std::string deep;
  for (int i = 0; i < 3000; ++i) deep += "<div>";
  EXPECT_FALSE(page_of(deep + "x").is_null());
  EXPECT_FALSE(page_of("<a href='http://[::1'><a href=\"\xFF\xFE").is_null());
  EXPECT_FALSE(page_of("<<<>>>&#x0;&&&<table><a><tr><a>").is_null());
  EXPECT_FALSE(page_of("").is_null());
}

TEST(PortalPage, AnchorsHoldToTheirLimit) {
  const auto read = [](std::size_t count) {
    std::string body;
    for (std::size_t i = 0; i < count; ++i) body += "<a href=/x></a>";
    const Node args = Node::map({{"url", "https://cong.so-mau.example/"}});
    return po::read_page({body, "page", args});
  };
  EXPECT_TRUE(read(po::kPageAnchors));
  EXPECT_EQ(read(po::kPageAnchors + 1).error().code, err::answer_too_large);
}

TEST(PortalWords, AnOwnListNamesItsWordsByLineAndRefusesNonsense) {
  const auto sure = [](const std::string& own) {
    return page_of("<p>Một hai ba", own)["hostile_sure_count"].integer();
  };
  EXPECT_EQ(sure("# chú thích\nMỘT, HAI\n"), 1);
  EXPECT_EQ(sure("mộ\n"), 0);
  EXPECT_EQ(sure("?hai ba\n"), 0);
  for (const std::string& bad : {std::string("# trống\n"), std::string("!!!\n"),
                                 std::string(po::kWordBytes + 1, 'a')}) {
    const auto words = po::word_lists(portal_content(), bad, "own.txt");
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().code, err::words_invalid);
  }
  std::string many;
  for (std::size_t i = 0; i < po::kWords; ++i) many += "a" + std::to_string(i) + "\n";
  EXPECT_TRUE(po::word_lists(portal_content(), many, "own.txt"));
  EXPECT_FALSE(po::word_lists(portal_content(), many + "b\n", "own.txt"));
}

// ---- robots.txt, sitemaps, headers, files

po::Robots robots_of(const std::string& text) {
  const Node none;
  return po::robots_from(*po::read_robots({text, "robots.txt", none}));
}

TEST(PortalRobots, TheLongestRuleOfOurGroupWins) {
  const auto own = robots_of("User-agent: *\nDisallow: /\n\nUser-agent: Khien\nDisallow: /a\n"
                             "Allow: /a/b # chú thích\nCrawl-delay: 99999\n");
  EXPECT_TRUE(po::may_read(own, "/x"));
  EXPECT_FALSE(po::may_read(own, "/a/c"));
  EXPECT_TRUE(po::may_read(own, "/a/b/c"));
  EXPECT_EQ(own.delay_ms, 10'000);
  const auto any = robots_of("user-agent: other\nuser-agent: *\nDisallow: /*.pdf$\nDisallow:\n");
  EXPECT_FALSE(po::may_read(any, "/x/y.pdf"));
  EXPECT_TRUE(po::may_read(any, "/x/y.pdf?a"));
  EXPECT_TRUE(po::may_read(robots_of("Disallow: /"), "/"));
  EXPECT_TRUE(po::may_read(robots_of("User-agent: x\nDisallow: /"), "/"));
}

TEST(PortalRobots, RulesHoldToTheirLimitAndStarsStayLinear) {
  std::string text = "User-agent: *\n";
  for (std::size_t i = 0; i <= po::kRobotsRules; ++i) text += "Disallow: /" + std::to_string(i) +
                                                             "x\n";
  EXPECT_EQ(robots_of(text).rules.size(), po::kRobotsRules);
  const std::string stars = "User-agent: *\nDisallow: /" + std::string(1000, '*') + "b$\n";
  EXPECT_TRUE(po::may_read(robots_of(stars), "/" + std::string(2000, 'a')));
}

TEST(PortalSitemap, MapsAndIndexesAreReadAndOtherXmlIsRefused) {
  const Node none;
  const auto map = po::read_sitemap({"<s:urlset xmlns:s='x'><s:url><s:loc><![CDATA[https://a/]]>"
                                     "</s:loc></s:url><url></url></s:urlset>", "m", none});
  ASSERT_TRUE(map) << to_string(map.error());
  EXPECT_FALSE((*map)["index"].boolean());
  const auto index = po::read_sitemap({"<sitemapindex><sitemap><loc>https://a/b</loc></sitemap>"
                                       "</sitemapindex>", "m", none});
  EXPECT_TRUE((*index)["index"].boolean());
  for (const char* bad : {"", "<html></html>", "<urlset><url>", "khong phai xml",
                          "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"}) {
    const auto none_read = po::read_sitemap({bad, "m", none});
    ASSERT_FALSE(none_read) << bad;
    EXPECT_EQ(none_read.error().code, err::page_malformed);
  }
}

TEST(PortalHeaders, ValuesThatSwitchAProtectionOffAreNone) {
  const po::HeaderFacts facts = po::read_headers(
      {{"strict-transport-security", "max-age=0"}, {"x-frame-options", "ALLOWALL"},
       {"set-cookie", "a=b; HttpOnly"}, {"set-cookie", "c=d; Secure; httponly"},
       {"server", "nginx/1.18.0"}, {"x-powered-by", "PHP/7.4"}}, true);
  EXPECT_FALSE(facts.hsts);
  EXPECT_FALSE(facts.frame_protection);
  EXPECT_EQ(facts.unsafe_cookies, 1);
  EXPECT_EQ(facts.server_version, "nginx/1.18.0; PHP/7.4");
}

TEST(PortalUrl, OnlyPlainWebAddressesAreTaken) {
  EXPECT_EQ(po::parse_url("HTTPS://Cong.So-Mau.example:443/a?b#c")->text(),
            "https://cong.so-mau.example/a?b");
  EXPECT_EQ(po::parse_url("http://a.example")->text(), "http://a.example/");
  for (const char* bad : {"", "a.example", "ftp://a.example/", "https://", "https://u@a.example/",
                          "file:///etc/passwd", "javascript:1", "https://a.example:99999/"}) {
    EXPECT_FALSE(po::parse_url(bad)) << bad;
  }
  const std::string base = "https://a.example/";
  EXPECT_TRUE(po::parse_url(base + std::string(po::kUrlBytes - base.size(), 'x')));
  EXPECT_FALSE(po::parse_url(base + std::string(po::kUrlBytes - base.size() + 1, 'x')));
}

}  // namespace
}  // namespace khien
