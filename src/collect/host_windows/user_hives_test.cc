// Hives of users who are not logged on, through the whole collector.
#include "collect/host_windows/user_hives.h"

#include <gtest/gtest.h>

#include "collect/host_windows/testing.h"
#include "format/windows/hive_writer.h"

namespace khien::host_windows {
namespace {

TEST(UserHives, StandInForUsersWhoAreNotLoggedOn) {
  testing::FakeMachine m = testing::machine("win10_vi");
  const std::string sid = "S-1-5-21-1000-2000-3000-1002";
  testing::KeyTree registry;
  const auto text = [](const std::string& s) {
    RegistryValue v;
    v.type = RegistryValue::Type::text;
    v.text = s;
    return v;
  };
  const std::string run = "HKU\\" + sid + "\\Software\\Microsoft\\Windows\\CurrentVersion\\Run";
  registry.add(run).values["Đề án"] = text("D:\\Tài liệu\\Đề án.exe");
  RegistryKey& desk = registry.add("HKU\\" + sid + "\\Control Panel\\Desktop");
  desk.values["ScreenSaveActive"] = text("1");
  desk.values["ScreenSaverIsSecure"] = text("1");
  desk.values["ScreenSaveTimeOut"] = text("300");
  desk.values["SCRNSAVE.EXE"] = text("C:\\Windows\\system32\\scrnsave.scr");
  m.files.add("C:\\Users\\Bình\\NTUSER.DAT", testing::HiveWriter(registry).write("HKU\\" + sid));
  const Content content = Content::open(built_in_content()).value();
  const Collection c = m.collect(content, 1697360400000);
  EXPECT_EQ(c.tables.at("screen_lock").status, TableFacts::Status::complete);
  ASSERT_EQ(c.tables.at("screen_lock").rows.size(), 2U);
  EXPECT_EQ(to_text(c.tables.at("screen_lock").rows[1].at("idle_seconds")), "300");
  bool found = false;
  for (const Row& row : c.tables.at("autostart").rows) {
    found = found || to_text(row.at("name")) == "Đề án";
  }
  EXPECT_TRUE(found);
}

TEST(UserHives, StayUnreadWhenTheFileIsRefusedOrBroken) {
  testing::FakeMachine m = testing::machine("win10_vi");
  const Content content = Content::open(built_in_content()).value();
  m.files.add("C:\\Users\\Bình\\NTUSER.DAT", "no hive");
  EXPECT_EQ(m.collect(content, 1697360400000).tables.at("screen_lock").status,
            TableFacts::Status::partial);
  m.files.add("C:\\Users\\Bình\\NTUSER.DAT").problem = Problem::denied;
  EXPECT_EQ(m.collect(content, 1697360400000).tables.at("screen_lock").status,
            TableFacts::Status::partial);
}

}  // namespace
}  // namespace khien::host_windows
