// The table of source types, and the entries of agency.yaml it checks.
#include "collect/sources.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "collect/agency.h"
#include "collect/collect.h"
#include "collect/jobs.h"
#include "collect/network/testing.h"
#include "collect/source/errors.h"

namespace khien {
namespace {

namespace fixture = net::testing;

Result<Agency> agency_of(const std::string& source) {
  return parse_agency("name: Sở Mẫu\nsources:\n  - " + source + "\n", "agency.yaml");
}

TEST(SourceTypes, EachFillsTablesThatAreDeclaredAndNoNameStandsTwice) {
  const auto content = Content::open(built_in_content());
  const auto schema = FactSchema::load(*content);
  ASSERT_TRUE(schema) << to_string(schema.error());
  std::set<std::string> names;
  for (const SourceType& type : source_types()) {
    EXPECT_TRUE(names.insert(type.name).second) << type.name;
    EXPECT_EQ(find_source_type(type.name), &type);
    for (const std::string& table : tables_of(type)) {
      EXPECT_NE(schema->find(table), nullptr) << type.name << " " << table;
    }
  }
  EXPECT_EQ(find_source_type("spy"), nullptr);
}

TEST(SourceTypes, AWordThatIsNoneNamesTheOneItIsNearestTo) {
  for (const auto& [word, near] : std::vector<std::pair<std::string, std::string>>{
           {"account", "accounts"}, {"malware-scan", "malware_scan"}, {"mail_box", "mailbox"},
           {"Staff", "staff"}, {"hotfixes", "hotfix"}, {"scan_logs", "scan_log"}}) {
    const auto agency = agency_of("{type: " + word + ", path: x}");
    ASSERT_FALSE(agency) << word;
    EXPECT_EQ(agency.error().code, err::source_type_near) << word;
    EXPECT_EQ(agency.error().place, "agency.yaml:3");
    EXPECT_EQ(agency.error().args.at("near"), near);
    EXPECT_NE(agency.error().args.at("allowed").find("systeminfo"), std::string::npos);
  }
  EXPECT_EQ(agency_of("{type: spy}").error().code, err::field_value);
  EXPECT_EQ(agency_of("{path: x}").error().code, err::field_missing);
}

TEST(SourceTypes, AFieldOfAnotherTypeIsNamedWithThoseOfItsOwn) {
  const auto staff = agency_of("{type: staff, path: x, offline: true}");
  ASSERT_FALSE(staff);
  EXPECT_EQ(staff.error().code, err::field_unknown);
  EXPECT_EQ(staff.error().args.at("field"), "offline");
  EXPECT_EQ(staff.error().args.at("allowed"), "type, path, agency, sheet, columns");
  for (const auto& [text, code] : std::vector<std::pair<std::string, std::string>>{
           {"{type: host, path: x}", err::field_unknown},
           {"{type: kev, path: x, sheet: a}", err::field_unknown},
           {"{type: accounts, path: x}", err::field_missing},
           {"{type: accounts, path: x, app: [a]}", err::field_type},
           {"{type: accounts, path: x, app: a, columns: b}", err::field_type},
           {"{type: accounts, path: x, app: a, scope: all}", err::field_value},
           {"{type: scan_log, path: x, scope: host}", err::field_value},
           {"{type: register, path: x}", err::field_missing},
           {"{type: login_log, path: x}", err::field_missing},
           {"{type: password_stores, path: x}", err::field_missing},
           {"{type: password_stores, path: x, app: a, budget_seconds: -1}", err::field_type},
           {"{type: backups, path: x, offline: maybe}", err::field_type},
           {"{type: mailbox}", err::field_missing}}) {
    const auto agency = agency_of(text);
    ASSERT_FALSE(agency) << text;
    EXPECT_EQ(agency.error().code, code) << text;
    EXPECT_EQ(agency.error().place, "agency.yaml:3") << text;
  }
}

TEST(SourceTypes, WhatAnEntrySaysIsKeptAsWritten) {
  const auto agency = parse_agency(
      "name: A\nsources:\n  - {type: accounts, path: a.csv, scope: host, host: m1}\n"
      "  - {type: backups, path: b, name: CSDL, second_place: kho, offline: true}\n"
      "  - {type: password_stores, path: p, host: m1, budget_seconds: 9}\n",
      "d/agency.yaml");
  ASSERT_TRUE(agency) << to_string(agency.error());
  EXPECT_EQ(agency->sources[0].path, "d/a.csv");
  EXPECT_EQ(agency->sources[0].written, "a.csv");
  EXPECT_EQ(agency->sources[0].text("host"), "m1");
  EXPECT_EQ(agency->sources[1].text("second_place"), "kho");
  EXPECT_TRUE(agency->sources[1].fields["offline"].boolean());
  EXPECT_EQ(agency->sources[2].fields["budget_seconds"].integer(), 9);
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
