// Microsoft's documents and the catalogue of exploited holes: what is read, what is refused.
#include "collect/vuln_data/vuln_data.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "collect/jobs.h"
#include "collect/vuln_data/cvrf.h"
#include "collect/vuln_data/errors.h"

namespace khien {
namespace {

constexpr const char* kSampleMonths = "samples/agency/nguon/msrc";

std::string sample_month() {
  return read_file(std::string(kSampleMonths) + "/2026-Sep.xml", limits::kMiB).value();
}

std::string code_of_month(std::string_view bytes) {
  const auto month = vuln::read_cvrf(bytes, "t.xml");
  return month ? "" : month.error().code;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// A document of `count` holes, each fixed in one build of one product.
std::string month_of(std::size_t count) {
  std::string out = "<cvrfdoc><DocumentTracking><Identification><ID>2026-Sep</ID></Identification>"
                    "</DocumentTracking><ProductTree><FullProductName ProductID=\"1\">"
                    "Windows Server 2022</FullProductName></ProductTree>";
  for (std::size_t i = 0; i < count; ++i) {
    out += "<Vulnerability><CVE>CVE-2099-" + std::to_string(i) + "</CVE></Vulnerability>";
  }
  return out + "</cvrfdoc>";
}

TEST(Cvrf, ReadsHolesBuildsAndUpdatesOfWindows) {
  const auto month = vuln::read_cvrf(sample_month(), "t.xml");
  ASSERT_TRUE(month) << to_string(month.error());
  EXPECT_EQ(month->month, "2026-09");
  ASSERT_EQ(month->advisories.size(), 3U);
  EXPECT_EQ(month->advisories[1].severity, "critical");
  EXPECT_TRUE(month->advisories[1].exploited);
  EXPECT_FALSE(month->advisories[0].exploited);
  ASSERT_EQ(month->fixes.size(), 9U);  // none of Office
  EXPECT_EQ(month->fixes[0].branch, "10.0.19045");
  EXPECT_EQ(month->fixes[0].revision, 9101);
  EXPECT_EQ(month->fixes[0].architecture, "x64");
  EXPECT_FALSE(month->fixes[0].server);
  EXPECT_EQ(month->fixes[0].kb, "KB5990001");
  EXPECT_TRUE(month->fixes[3].server);
  ASSERT_EQ(month->updates.size(), 4U);
  EXPECT_EQ(month->updates[0].branch, "10.0.19045");
}

TEST(Cvrf, NamesWithoutPrefixReadTheSame) {
  EXPECT_EQ(vuln::read_cvrf(month_of(2), "t.xml")->advisories.size(), 2U);
}

TEST(Cvrf, AnUpdateThatOnlyBorrowsABuildBringsNone) {
  // The second update stands at one of the three places that name the build.
  std::string text = sample_month();
  text = with(text, "</vuln:Remediations>",
              "<vuln:Remediation Type=\"Vendor Fix\"><vuln:Description>5990099</vuln:Description>"
              "<vuln:ProductID>90003</vuln:ProductID><vuln:FixedBuild>10.0.26100.8101"
              "</vuln:FixedBuild></vuln:Remediation></vuln:Remediations>");
  const auto month = vuln::read_cvrf(text, "t.xml");
  ASSERT_TRUE(month);
  for (const vuln::Update& u : month->updates) {
    EXPECT_EQ(u.branch.empty(), u.kb == "KB5990099") << u.kb;
  }
}

TEST(Cvrf, AHotpatchSaysNothingOfTheOrdinaryBuild) {
  const std::string text = with(sample_month(), "Security Update", "Security Hotpatch Update");
  EXPECT_EQ(vuln::read_cvrf(text, "t.xml")->fixes.size(), 7U);
}

TEST(Cvrf, RefusesWhatIsNotAWholeMonth) {
  const std::string text = sample_month();
  EXPECT_EQ(code_of_month(text), "");
  EXPECT_EQ(code_of_month(""), err::cvrf_invalid);
  EXPECT_EQ(code_of_month("<a/>"), err::cvrf_invalid);
  EXPECT_EQ(code_of_month(text.substr(0, text.size() / 2)), err::cvrf_invalid);
  EXPECT_EQ(code_of_month(with(text, "2026-Sep", "2026-Xyz")), err::cvrf_invalid);
  EXPECT_EQ(code_of_month(month_of(0)), err::cvrf_invalid);
  EXPECT_EQ(code_of_month("\xFD" "7zXZ..."), err::cvrf_packed);
  EXPECT_EQ(code_of_month("PK\x03\x04"), err::cvrf_packed);
}

TEST(Cvrf, HoldsItsLimitOfHoles) {
  EXPECT_EQ(code_of_month(month_of(vuln::kAdvisories)), "");
  EXPECT_EQ(code_of_month(month_of(vuln::kAdvisories + 1)), err::cvrf_count);
}

TEST(Cvrf, SplitsBuildsOfFourNumbersOnly) {
  std::string branch;
  std::int64_t revision = 0;
  EXPECT_TRUE(vuln::split_build("10.0.19045.3570", branch, revision));
  EXPECT_EQ(branch, "10.0.19045");
  EXPECT_EQ(revision, 3570);
  for (const char* bad : {"", "10.0.19045", "10.0.19045.", "10.0.19045.a", "1.2.3.4.5",
                          "10..19045.1", "https://example.test/a", "10.0.19045.9999999999"}) {
    EXPECT_FALSE(vuln::split_build(bad, branch, revision)) << bad;
  }
}

TEST(Msrc, AnUnreadableMonthMakesTheTablesPartialAndIsNamed) {
  const auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  ASSERT_TRUE(write_file(folder->path() / "a.xml", sample_month()));
  ASSERT_TRUE(write_file(folder->path() / "b.xml", "<broken"));
  WorkerPool pool(collect_jobs());
  std::vector<Error> problems;
  const auto c = vuln::collect_msrc(folder->path(), "msrc", pool, problems);
  ASSERT_TRUE(c) << to_string(c.error());
  EXPECT_EQ(problems.size(), 1U);
  const TableFacts& advisories = c->tables.at("vuln_advisory");
  EXPECT_EQ(advisories.rows.size(), 3U);
  EXPECT_EQ(advisories.status, TableFacts::Status::partial);
  EXPECT_EQ(advisories.detail, "b.xml: K0480");
}

TEST(Msrc, OnlyFixesOfSystemsAtHandAreKept) {
  WorkerPool pool(collect_jobs());
  std::vector<Error> problems;
  std::vector<Collection> all = {*vuln::collect_msrc(kSampleMonths, "msrc", pool, problems)};
  EXPECT_EQ(all[0].tables["vuln_fix"].rows.size(), 16U);
  Collection machine;
  machine.add("host") = {{"os_version", std::string("10.0.26100.1")}};
  all.push_back(machine);
  vuln::keep_what_machines_need(all);
  EXPECT_EQ(all[0].tables["vuln_fix"].rows.size(), 3U);
  EXPECT_EQ(all[0].tables["vuln_advisory"].rows.size(), 5U);
}

TEST(Kev, JsonAndCsvGiveTheSameRows) {
  const auto json = vuln::read_kev_json(
      R"({"vulnerabilities":[{"cveID":"CVE-2099-0002","vendorProject":"Microsoft",)"
      R"("product":"Windows","dateAdded":"2026-09-20"}]})", "t.json");
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["rows"].items().size(), 1U);
  const auto table = read_csv("cveID,vendorProject,product,dateAdded\n"
                              "CVE-2099-0002,Microsoft,Windows,2026-09-20\n", "t.csv");
  const auto c = vuln::kev_from_table(*table, "t.csv");
  ASSERT_TRUE(c) << to_string(c.error());
  EXPECT_EQ(to_text(c->tables.at("known_exploited").rows[0].at("added_on")), "2026-09-20");
}

TEST(Kev, RefusesRowsThatAreNone) {
  EXPECT_EQ(vuln::read_kev_json("{}", "t").error().code, err::kev_invalid);
  for (const char* text : {"cveID,other\nCVE-2099-0002,x\n", "cveID,dateAdded\nnone,2026-09-20\n",
                           "cveID,dateAdded\nCVE-2099-0002,soon\n"}) {
    const auto c = vuln::kev_from_table(*read_csv(text, "t.csv"), "t.csv");
    EXPECT_EQ(c.error().code, err::kev_invalid) << text;
  }
}

}  // namespace
}  // namespace khien
