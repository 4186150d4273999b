#include "hub/data/office_files.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/file.h"
#include "base/testing.h"
#include "hub/data/data.h"
#include "hub/service/upkeep.h"

namespace khien::hub {
namespace {
namespace fs = std::filesystem;

const Content& office_content() {
  static const auto content = Content::open(built_in_content());
  return *content;
}

// Two agencies of one folder, as it was while they shared office/.
class SharedOffice : public testing::Test {
 protected:
  void SetUp() override {
    auto data = open();
    ASSERT_TRUE(data);
    const auto made = (*data)->touch([](const Database& db) {
      return db.execute(
          "insert into agency(id, name) values(41, 'Sở A'), (42, 'Sở B');"
          "insert into source(id, agency_id, name, path, bytes, sha256, received_at, state) values"
          "(71, 41, 'a.csv', 'nguon/71/a.csv', 1, 'x', 1, 'read'),"
          "(72, 42, 'b.zip', 'nguon/72/b.zip', 1, 'x', 1, 'read');"
          "insert into attestation(id, agency_id, kinds, statement, signed_by, signed_on,"
          " file_name, file_path, created_at) values(81, 42, '[]', 'x', 'x', '2026-11-21', 'c.pdf',"
          " 'xac-nhan/81/c.pdf', 1)");
    });
    ASSERT_TRUE(made);
  }
  Result<std::unique_ptr<Data>> open() {
    return Data::open(home, office_content(), clock);
  }
  void put(const char* path, const char* bytes) {
    ASSERT_TRUE(make_folder((home / path).parent_path(), Access::owner));
    ASSERT_TRUE(write_file(home / path, bytes, Access::owner));
  }
  std::string text(const char* path) {
    return read_file(home / path, 1000).value_or("nothing");
  }
  void share() {
    put("office/agency.yaml", "{}");
    put("office/nguon/71/a.csv", "of A");
    put("office/nguon/72/b.zip", "of B");
    put("office/nguon/72.goi/trong/d.csv", "in B");
    put("office/xac-nhan/81/c.pdf", "signed at B");
    put("office/xac-nhan/xac-nhan.yaml", "{}");
    put("office/so-theo-doi/41/duty.csv", "duty of A");
  }
  TempFolder temp = std::move(*TempFolder::make());
  fs::path home = temp.path() / "d";
  FixedClock clock{1'764'547'200'000};
};

TEST_F(SharedOffice, is_parted_each_file_goes_to_the_agency_of_its_row) {
  share();
  ASSERT_TRUE(open());
  EXPECT_EQ(text("office/41/nguon/71/a.csv"), "of A");
  EXPECT_EQ(text("office/42/nguon/72/b.zip"), "of B");
  EXPECT_EQ(text("office/42/nguon/72.goi/trong/d.csv"), "in B");
  EXPECT_EQ(text("office/42/xac-nhan/81/c.pdf"), "signed at B");
  EXPECT_EQ(text("office/41/so-theo-doi/duty.csv"), "duty of A");
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(home / "office")) {
    left.insert(entry.path().filename().string());
  }
  EXPECT_EQ(left, (std::set<std::string>{"41", "42"}));
  ASSERT_TRUE(open());  // a parted one is left alone
  EXPECT_EQ(text("office/42/nguon/72/b.zip"), "of B");
}

TEST_F(SharedOffice, that_was_half_parted_goes_on) {
  share();
  put("office/41/nguon/70/z.csv", "came before");
  ASSERT_TRUE(make_folder(home / "office/42/nguon", Access::owner));
  fs::rename(home / "office/nguon/72", home / "office/42/nguon/72");
  ASSERT_TRUE(open());
  EXPECT_EQ(text("office/41/nguon/70/z.csv"), "came before");
  EXPECT_EQ(text("office/41/nguon/71/a.csv"), "of A");
  EXPECT_EQ(text("office/42/nguon/72/b.zip"), "of B");
  EXPECT_EQ(text("office/42/nguon/72.goi/trong/d.csv"), "in B");
}

TEST_F(SharedOffice, a_file_no_row_names_stays_and_none_is_overwritten) {
  share();
  put("office/nguon/99/e.csv", "of nobody");
  put("office/nguon/khac.txt", "of nobody too");
  ASSERT_TRUE(open());
  EXPECT_EQ(text("office/nguon/99/e.csv"), "of nobody");
  EXPECT_EQ(text("office/nguon/khac.txt"), "of nobody too");
  put("office/nguon/71/a.csv", "another of A");
  const auto refused = open();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "K0002");
  EXPECT_EQ(text("office/41/nguon/71/a.csv"), "of A");
  EXPECT_EQ(text("office/nguon/71/a.csv"), "another of A");
}

TEST_F(SharedOffice, is_copied_while_files_in_it_come_and_go) {
  share();
  put("office/nguon/71/.b.csv.7.part", "half of one");
  std::atomic<bool> ended{false};
  std::thread busy([&] {
    for (int n = 0; !ended; ++n) {
      const fs::path file = home / "office" / std::to_string(n % 7) / std::to_string(n) / "x.csv";
      if (make_folder(file.parent_path(), Access::owner)) {
        EXPECT_TRUE(write_file(file, "x", Access::owner));
      }
      std::error_code ec;
      fs::remove_all(file.parent_path().parent_path(), ec);
    }
  });
  for (int n = 1; n <= 30; ++n) {
    const auto copy = back_up(home, temp.path() / "copies", office_content(), FixedClock{n});
    EXPECT_TRUE(copy) << to_string(copy.error());
    if (!copy) break;
    EXPECT_TRUE(fs::exists(*copy / "office/nguon/71/a.csv"));
    EXPECT_FALSE(fs::exists(*copy / "office/nguon/71/.b.csv.7.part"));
  }
  ended = true;
  busy.join();
}

TEST_F(SharedOffice, is_parted_after_an_old_copy_was_restored) {
  share();
  const auto copy = back_up(home, temp.path() / "copies", office_content(), clock);
  ASSERT_TRUE(copy) << to_string(copy.error());
  ASSERT_TRUE(open());
  put("office/42/nguon/72/b.zip", "changed since");
  const auto replaced = restore(home, *copy, office_content(), clock);
  ASSERT_TRUE(replaced) << to_string(replaced.error());
  ASSERT_TRUE(open());
  EXPECT_EQ(text("office/42/nguon/72/b.zip"), "of B");
  EXPECT_EQ(text("office/41/so-theo-doi/duty.csv"), "duty of A");
  const auto again = back_up(home, temp.path() / "copies", office_content(), FixedClock{1});
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(read_file(*again / "office/42/nguon/72/b.zip", 1000).value_or(""), "of B");
}

}  // namespace
}  // namespace khien::hub
