// Months that cannot be read, and what is kept of those that can.
#include "collect/msrc/msrc.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "collect/jobs.h"
#include "engine/vulnerability/cvrf.h"

namespace khien {
namespace {

constexpr const char* kSampleMonths = "samples/agency/nguon/msrc";

std::string sample_month() {
  return read_file(std::string(kSampleMonths) + "/2026-Sep.xml", limits::kMiB).value();
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

TEST(Msrc, AHotpatchIsMarkedOnItsWayThroughTheWorker) {
  const auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  std::string month = sample_month();
  const std::string ordinary = "Security Update<";
  month.replace(month.find(ordinary), ordinary.size(), "Security Hotpatch Update<");
  ASSERT_TRUE(write_file(folder->path() / "a.xml", month));
  WorkerPool pool(collect_jobs());
  std::vector<Error> problems;
  const auto c = vuln::collect_msrc(folder->path(), "msrc", pool, problems);
  ASSERT_TRUE(c) << to_string(c.error());
  std::size_t hot = 0;
  for (const Row& row : c->tables.at("vuln_update").rows) hot += number_of(row, "hotpatch") == 1;
  EXPECT_EQ(hot, 1U);
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

}  // namespace
}  // namespace khien
