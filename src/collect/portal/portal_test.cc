// A portal on loopback, good and bad.
#include "collect/portal/portal.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "collect/network/testing.h"
#include "collect/network/errors.h"
#include "collect/portal/http.h"
#include "engine/portal/errors.h"
#include "engine/portal/page.h"

namespace khien {
namespace {

namespace fixture = net::testing;
namespace po = portal;

const Content& portal_content() {
  static const Content content = std::move(*Content::open(built_in_content()));
  return content;
}

std::string html(const std::string& body) {
  return "200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<!doctype html><html><body>" +
         body + "</body></html>";
}

class Portal : public testing::Test {
 protected:
  void SetUp() override {  // a worker is a fork: before any thread
    (void)pool_.run_bytes("portal.robots", "User-agent: *", "warm");
  }
  Collection visit(const std::string& url) {
    spec_.url = url;
    spec_.delay_ms = 0;
    spec_.timeout_ms = 1000;
    auto out = collect_portal(spec_, portal_content(), pool_,
                              FixedClock(end_of_day_ms({2026, 11, 21})));
    EXPECT_TRUE(out) << (out ? "" : to_string(out.error()));
    return out ? std::move(*out) : Collection{};
  }
  static Row check(Collection& c) { return c.tables["portal_check"].rows.at(0); }
  static std::map<std::string, Row> pages(Collection& c) {
    std::map<std::string, Row> out;
    for (Row& row : c.tables["portal_page"].rows) {
      const std::string url = to_text(row["url"]);
      out[url.substr(url.find('/', 8))] = row;
    }
    return out;
  }
  PortalSpec spec_ = [] {
    PortalSpec s;
    s.allow_private = true;
    return s;
  }();
  WorkerPool pool_{portal_jobs()};
};

TEST_F(Portal, AGoodHttpsSiteShowsItsProtection) {
  fixture::Identity identity;
  fixture::make_identity(identity, "IP:127.0.0.1", "20271221000000Z");
  auto folder = TempFolder::make();
  spec_.authorities = (folder->path() / "ca.pem").string();
  ASSERT_TRUE(write_file(spec_.authorities, identity.pem));
  fixture::FakeSite site(&identity);
  site.https();
  site.pages["/"] = "200 OK\r\nContent-Type: text/html\r\nServer: nginx\r\n"
                    "Strict-Transport-Security: max-age=31536000\r\n"
                    "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'\r\n"
                    "Set-Cookie: a=b; Secure; HttpOnly\r\n\r\n<p>Chào";
  Collection c = visit(site.url());
  Row row = check(c);
  EXPECT_EQ(to_text(row["state"]), "answered") << to_text(row["problem"]);
  EXPECT_EQ(to_text(row["status"]), "200");
  EXPECT_EQ(to_text(row["tls_version"]), "TLSv1.3");
  EXPECT_EQ(to_text(row["old_tls"]), "0");
  EXPECT_EQ(to_text(row["certificate_name_matches"]), "1");
  EXPECT_EQ(to_text(row["certificate_trusted"]), "1");
  for (const char* on : {"hsts", "csp", "frame_protection", "https", "cookie_count"}) {
    EXPECT_EQ(to_text(row[on]), "1") << on;
  }
  EXPECT_EQ(to_text(row["unsafe_cookie_count"]), "0");
  EXPECT_EQ(to_text(row["server_version"]), "");
  EXPECT_EQ(to_text(row["exposed_count"]), "0");
  EXPECT_EQ(to_text(row["robots"]), "absent");
}

TEST_F(Portal, OldVersionsOfTlsAreSeenBesideNewOnes) {
  fixture::Identity identity;
  fixture::make_identity(identity, "DNS:khac.example", "20200101000000Z");
  identity.old_tls = true;
  fixture::FakeSite site(&identity);
  site.https();
  spec_.authorities = "khong-co.pem";
  Collection c = visit(site.url());
  Row row = check(c);
  EXPECT_EQ(to_text(row["tls_version"]), "TLSv1.3") << to_text(row["problem"]);
  EXPECT_EQ(to_text(row["old_tls"]), "1");
  EXPECT_EQ(to_text(row["certificate_name_matches"]), "0");
  EXPECT_FALSE(row.contains("certificate_trusted"));
}

TEST_F(Portal, PlantedDefectsAreFoundAndNewsAboutGamblingIsNot) {
  fixture::FakeSite site;
  spec_.words = "xuyên tạc lịch sử\n? tin đồn\n";
  spec_.words_place = "tu.txt";
  site.pages["/"] = html("<a href='/bai-1'>một</a><a href='/bai-2'>hai</a>"
                         "<a href='/bai-3'>ba</a><a href='http://ngoai.example/'>ngoài</a>"
                         "<a href='http://127.0.0.1:1/x'>khác cổng</a>");
  site.pages["/bai-1"] = html("<p>Công an phá đường dây cá độ, nhà cái lớn.</p>"
                              "<a href='https://bao.so-mau.gov.vn/'>bắt nhóm cá độ</a>");
  site.pages["/bai-2"] = html("<div style='display: none'><a href='https://xau.example/a'>x</a>"
                              "</div><a href='https://xau.example/nha-cai/1'>xem</a>");
  site.pages["/bai-3"] = html("<p>Bài Xuyên  tạc, LỊCH SỬ và tin đồn</p>");
  site.pages["/.env"] = "200 OK\r\n\r\nDB_PASSWORD=bi-mat\n";
  site.pages["/.git/HEAD"] = "200 OK\r\n\r\nref: refs/heads/main\n";
  Collection c = visit(site.url());
  auto rows = pages(c);
  EXPECT_EQ(rows.size(), 4U);
  EXPECT_EQ(to_text(rows["/"]["offsite_link_count"]), "1");
  EXPECT_EQ(to_text(rows["/bai-1"]["gambling_count"]), "0");
  EXPECT_EQ(to_text(rows["/bai-1"]["hostile_sure_count"]), "0");
  EXPECT_EQ(to_text(rows["/bai-2"]["hidden_link_count"]), "1");
  EXPECT_EQ(to_text(rows["/bai-2"]["gambling_count"]), "1");
  EXPECT_EQ(to_text(rows["/bai-2"]["gambling_hosts"]), "xau.example");
  EXPECT_EQ(to_text(rows["/bai-3"]["hostile_sure_count"]), "1");
  EXPECT_EQ(to_text(rows["/bai-3"]["hostile_look_count"]), "1");
  EXPECT_EQ(to_text(rows["/bai-3"]["hostile_words"]), "own.1, own.2");
  Row row = check(c);
  EXPECT_EQ(to_text(row["exposed_paths"]), "/.git/HEAD, /.env");
  EXPECT_EQ(to_json(to_node(c)).find("bi-mat"), std::string::npos);
  EXPECT_EQ(to_json(to_node(c)).find("Xuyên"), std::string::npos);
}

TEST_F(Portal, AServerThatAnswersEverythingHasExposedNothing) {
  fixture::FakeSite site;
  site.otherwise = html("<p>Trang chủ. PASSWORD=1</p>");
  Collection c = visit(site.url());
  EXPECT_EQ(to_text(check(c)["exposed_count"]), "0");
}

TEST_F(Portal, RobotsAreRespectedAndTheNewestOfTheSitemapComesFirst) {
  fixture::FakeSite site;
  const auto entry = [&](const char* path, const char* day) {
    return "<url><loc>" + site.url(path) + "</loc><lastmod>" + day + "</lastmod></url>";
  };
  site.pages["/robots.txt"] = "200 OK\r\n\r\nUser-agent: *\nDisallow: /kin\nSitemap: " +
                              site.url("/map.xml") + "\n";
  site.pages["/map.xml"] = "200 OK\r\n\r\n<urlset xmlns='http://www.sitemaps.org/schemas'>" +
                           entry("/cu", "2026-01-01") + entry("/moi", "2026-11-20") +
                           entry("/kin/1", "2026-11-21") +
                           "<url><loc>http://ngoai.example/x</loc></url></urlset>";
  for (const char* path : {"/", "/cu", "/moi", "/kin/1"}) site.pages[path] = html("<p>a</p>");
  spec_.pages = 2;
  Collection c = visit(site.url());
  auto rows = pages(c);
  EXPECT_EQ(rows.size(), 2U);
  EXPECT_TRUE(rows.contains("/moi"));
  for (const std::string& path : site.asked()) EXPECT_NE(path, "/kin/1");
}

TEST_F(Portal, NothingIsSentToAPrivateAddressOutsideTheScope) {
  fixture::FakeSite site;
  spec_.allow_private = false;
  Collection c = visit(site.url());
  EXPECT_EQ(to_text(check(c)["state"]), "private_address");
  EXPECT_FALSE(check(c).contains("https"));
  EXPECT_EQ(c.tables["portal_page"].status, TableFacts::Status::missing);
  EXPECT_EQ(site.connections(), 0);
}

TEST_F(Portal, RedirectsStayOnTheHostAndEnd) {
  fixture::FakeSite site;
  site.pages["/"] = "302 Found\r\nLocation: http://ngoai.example/\r\n\r\n";
  Collection away = visit(site.url());
  EXPECT_EQ(to_text(check(away)["state"]), "redirected_away");
  site.pages["/vong"] = "302 Found\r\nLocation: /vong\r\n\r\n";
  Collection loop = visit(site.url("/vong"));
  EXPECT_NE(to_text(check(loop)["problem"]).find(err::redirect_loop), std::string::npos);
  site.pages["/a"] = "301 Moved\r\nLocation: b\r\n\r\n";
  site.pages["/b"] = html("<p>x</p>");
  Collection good = visit(site.url("/a"));
  EXPECT_EQ(to_text(check(good)["state"]), "answered");
}

TEST_F(Portal, AHomePageThatSendsItsVisitorsAwayIsNamedWithItsWay) {
  const auto leads = [&](const std::string& page) {
    fixture::FakeSite site;
    site.pages["/"] = page;
    Collection seen = visit(site.url());
    Row row = check(seen);
    return row.contains("leads_to") ? to_text(row["leads_to"]) + " " + to_text(row["leads_by"])
                                    : std::string("unknown");
  };
  EXPECT_EQ(leads("302 Found\r\nLocation: https://ngoai.example/x\r\n\r\n"),
            "ngoai.example redirect");
  EXPECT_EQ(leads(html("<p>a</p>")), " ");
  EXPECT_EQ(leads(html("<meta http-equiv=Refresh content='0; URL=http://ngoai.example/'>")),
            "ngoai.example refresh");
  EXPECT_EQ(leads(html("<script>window.location.href = 'https://ngoai.example/';</script>")),
            "ngoai.example script");
  EXPECT_EQ(leads("200 OK\r\nContent-Type: text/html\r\n\r\n<head><link rel=canonical "
                  "href='https://ngoai.example/'></head><p>a</p>"),
            "ngoai.example canonical");
  EXPECT_EQ(leads("302 Found\r\nLocation: https://so-mau.gov.vn/\r\n\r\n"), "unknown");
  EXPECT_EQ(leads("500 Down\r\n\r\n"), "unknown");
}

TEST_F(Portal, ASlowServerAndAHugePageCostLittleAndAreNotPassed) {
  {
    fixture::FakeServer slow([](fixture::Stream& s) {
      std::string line;
      while (s.line(line) && !line.empty()) {
      }
      s.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx");
      poll(nullptr, 0, 1300);
    });
    Collection c = visit("http://127.0.0.1:" + std::to_string(slow.port()) + "/");
    EXPECT_EQ(to_text(check(c)["state"]), "timeout");
  }
  fixture::FakeSite site;
  site.pages["/"] = html("<a href='/lon'>x</a>");
  site.pages["/lon"] = html(std::string(po::kPageBytes, 'a'));
  Collection c = visit(site.url());
  Row page = pages(c)["/lon"];
  EXPECT_NE(to_text(page["problem"]).find(err::answer_too_large), std::string::npos);
  EXPECT_FALSE(page.contains("gambling_count"));
}

TEST_F(Portal, UnreadableRobotsAndAServerThatDiesLeaveThePagesPartial) {
  fixture::FakeSite site;
  site.pages["/"] = html("<a href='/a'>x</a>");
  site.pages["/robots.txt"] = "500 Error\r\n\r\n";
  Collection c = visit(site.url());
  EXPECT_EQ(c.tables["portal_page"].status, TableFacts::Status::partial);
  EXPECT_EQ(pages(c).size(), 1U);
  site.pages["/robots.txt"] = "404 Not Found\r\n\r\n";
  std::string links;
  for (int i = 0; i < 9; ++i) {
    const std::string path = "/chet" + std::to_string(i);
    links += "<a href='" + path + "'>x</a>";
    site.pages[path] = "garbage\r\n\r\n";
  }
  site.pages["/"] = html(links);
  Collection dying = visit(site.url());
  EXPECT_EQ(dying.tables["portal_page"].status, TableFacts::Status::partial);
  EXPECT_EQ(pages(dying).size(), 4U);
}

}  // namespace
}  // namespace khien
