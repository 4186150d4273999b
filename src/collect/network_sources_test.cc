// The line probe and the network sources of agency.yaml.
#include "collect/network_sources.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "collect/agency.h"
#include "collect/collect.h"
#include "collect/jobs.h"
#include "collect/line_probe/line_probe.h"
#include "collect/network/testing.h"

namespace khien {
namespace {

namespace fixture = net::testing;

TEST(NetworkLine, AnOpenPortAnswersAndAClosedOneIsRefusedNotLost) {
  const FixedClock clock(end_of_day_ms({2026, 11, 21}));
  fixture::FakeServer open([](fixture::Stream&) {});
  LineSpec spec{"Đường truyền mẫu", {"127.0.0.1", open.port()}, 3, 1000, 0};
  Row row = collect_line(spec, clock).tables["line_probe"].rows.at(0);
  EXPECT_EQ(to_text(row["state"]), "answered");
  EXPECT_EQ(std::get<std::int64_t>(row["answered_count"]), 3);
  EXPECT_EQ(std::get<double>(row["loss_percent"]), 0.0);
  EXPECT_TRUE(row.contains("latency_ms"));
  std::uint16_t closed = 0;
  { const Fd gone = fixture::loopback(SOCK_STREAM, closed); }
  spec.target.port = closed;
  row = collect_line(spec, clock).tables["line_probe"].rows.at(0);
  EXPECT_EQ(to_text(row["state"]), "refused");
  EXPECT_FALSE(row.contains("loss_percent"));
}

Result<Agency> agency_of(const std::string& source) {
  return parse_agency("name: Sở Mẫu\nsources:\n  - " + source + "\n", "agency.yaml");
}

TEST(NetworkSource, EachTypeHasItsFieldsAndASlipIsNamedWithItsLine) {
  const auto mail = agency_of("{type: mail_domain, domain: so-mau.tinhmau.test, selectors: [s1], "
                              "resolver: \"192.0.2.53:53\", smtp_port: 25}");
  ASSERT_TRUE(mail) << to_string(mail.error());
  EXPECT_EQ(mail->sources.at(0).written, "so-mau.tinhmau.test");
  EXPECT_TRUE(agency_of("{type: portal, url: \"https://cong.so-mau.example\", pages: 500}"));
  EXPECT_TRUE(agency_of("{type: line, name: a, target: \"10.0.0.1:443\", count: 100}"));
  for (const auto& [text, code] : std::vector<std::pair<std::string, std::string>>{
           {"{type: mail_domain}", err::field_missing},
           {"{type: mail_domain, domain: \"a b\"}", err::field_value},
           {"{type: mail_domain, domain: a.test, resolver: dns.test}", err::field_value},
           {"{type: mail_domain, domain: a.test, smtp_port: 0}", err::field_value},
           {"{type: mail_domain, domain: a.test, allow_private: maybe}", err::field_type},
           {"{type: mail_domain, domain: a.test, path: x}", err::field_unknown},
           {"{type: portal, url: \"ftp://a.test/\"}", err::field_value},
           {"{type: portal, url: \"https://u:p@a.test/\"}", err::field_value},
           {"{type: portal, url: \"https://a.test/\", pages: 501}", err::field_value},
           {"{type: portal, url: \"https://a.test/\", pages: 0}", err::field_value},
           {"{type: line, target: a.test}", err::field_value},
           {"{type: line, target: \"a.test:1\", count: 101}", err::field_value}}) {
    const auto agency = agency_of(text);
    ASSERT_FALSE(agency) << text;
    EXPECT_EQ(agency.error().code, code) << text;
    EXPECT_EQ(agency.error().place.substr(0, 12), "agency.yaml:") << text;
  }
}

TEST(NetworkSource, ASourceFillsItsTableAndABrokenOneLeavesItMissing) {
  const auto content = Content::open(built_in_content());
  const FixedClock clock(end_of_day_ms({2026, 11, 21}));
  WorkerPool pool(collect_jobs());  // before any thread
  fixture::FakeServer open([](fixture::Stream&) {});
  auto agency = agency_of("{type: line, target: \"127.0.0.1:" + std::to_string(open.port()) +
                          "\", count: 1}\n  - {type: portal, url: \"http://127.0.0.1:1/\", "
                          "words: khong-co.txt}");
  ASSERT_TRUE(agency) << to_string(agency.error());
  auto all = collect(*agency, *content, pool, clock, {});
  ASSERT_TRUE(all) << to_string(all.error());
  ASSERT_EQ(all->collections.size(), 2U);
  ASSERT_EQ(all->collections[0].tables["line_probe"].rows.size(), 1U);
  EXPECT_EQ(to_text(all->collections[0].tables["line_probe"].rows[0]["state"]), "answered");
  EXPECT_EQ(all->collections[1].collector, "portal");
  EXPECT_EQ(all->collections[1].tables["portal_page"].status, TableFacts::Status::missing);
  ASSERT_EQ(all->problems.size(), 1U);
  EXPECT_EQ(all->problems[0].code, err::file_unreadable);
}

}  // namespace
}  // namespace khien
