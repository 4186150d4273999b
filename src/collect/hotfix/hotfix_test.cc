// Lists of updates whose dates have an order only the file can tell.
#include "collect/hotfix/hotfix.h"

#include <gtest/gtest.h>

#include "collect/hotfix/errors.h"

namespace khien {
namespace {

TEST(HotFixTable, OneDayOverTwelveTellsTheOrderOfAll) {
  const auto read = [](const std::string& rows) {
    return *windows::hotfixes_of(*read_csv("CSName,HotFixID,InstalledOn\n" + rows, "t"), "t");
  };
  const auto american = read("PC-1,KB5031356,9/18/2026 12:00:00 AM\nPC-1,KB5031357,9/2/2026\n");
  EXPECT_FALSE(american.dates_unclear);
  EXPECT_EQ(american.rows[1].installed_on, "2026-09-02");
  const auto european = read("PC-1,KB5031356,18/09/2026\nPC-1,KB5031357,02/09/2026\n");
  EXPECT_EQ(european.rows[1].installed_on, "2026-09-02");
  const auto unclear = read("PC-1,KB5031357,02/09/2026\nPC-1,File 1,\n");
  EXPECT_TRUE(unclear.dates_unclear);
  ASSERT_EQ(unclear.rows.size(), 1U);
  EXPECT_EQ(unclear.rows[0].installed_on, "");
}

TEST(HotFixTable, WhatPowerShellPrintsNamesTheMachineAsItsSource) {
  const auto table = read_table_bytes(
      "\nSource        Description      HotFixID      InstalledOn\n"
      "------        -----------      --------      -----------\n"
      "MAY-3         Update           KB5031356     9/18/2026 12:00:00 AM\n"
      "MAY-3         Security Update  KB5031357     9/2/2026 12:00:00 AM\n",
      "t", "");
  ASSERT_TRUE(table);
  const auto got = windows::hotfixes_of(*table, "t");
  ASSERT_TRUE(got) << to_string(got.error());
  ASSERT_EQ(got->rows.size(), 2U);
  EXPECT_EQ(got->rows[1].host, "MAY-3");
  EXPECT_EQ(got->rows[1].installed_on, "2026-09-02");
}

TEST(HotFixTable, CountsRowsThatNameNoUpdate) {
  const auto strange = [](const std::string& rows) {
    return windows::hotfixes_of(*read_csv("CSName,HotFixID,InstalledOn\n" + rows, "t"), "t")
        ->strange;
  };
  EXPECT_EQ(strange("PC-1,KB5031357,02/09/2026\nPC-1,File 1,\nCSName,HotFixID,InstalledOn\n"), 0U);
  EXPECT_EQ(strange("PC-1,KB5031357,02/09/2026\nPC-1,K\xCC\x81,\nPC-1,Q147222,\n"), 2U);
}

TEST(HotFixTable, WithoutItsColumnIsRefused) {
  EXPECT_EQ(windows::hotfixes_of(*read_csv("a,b\n1,2\n", "t"), "t").error().code,
            err::hotfix_columns);
}

}  // namespace
}  // namespace khien
