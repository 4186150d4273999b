#include "app/machines_listed.h"

#include <gtest/gtest.h>

namespace khien::app {
namespace {

TEST(MachinesListed, OneOfWhichNothingWasCollectedIsAMachineThatIsNotRead) {
  std::vector<Collection> all(2);
  all[0].collector = "host_windows";
  all[0].add("host") = Row{{"host", std::string("PC-MAU-01")}, {"os_id", std::string("windows")}};
  all[1].collector = "register";
  for (const char* name : {"pc-mau-01", "PC-MAU-02", "PC-MAU-02", ""}) {
    all[1].add("machine") = Row{{"host", std::string(name)}};
  }
  add_listed_machines(all);
  const auto& rows = all[1].tables.at("host").rows;
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(to_text(rows[0].at("host")), "PC-MAU-02");
  EXPECT_EQ(rows[0].size(), 1u);  // its name and nothing else
  EXPECT_EQ(all[0].tables.at("host").rows.size(), 1u);
}

TEST(MachinesListed, WithoutARegisterNothingIsAdded) {
  std::vector<Collection> all(1);
  all[0].add("host") = Row{{"host", std::string("PC-MAU-01")}};
  add_listed_machines(all);
  EXPECT_EQ(all[0].tables.size(), 1u);
}

}  // namespace
}  // namespace khien::app
