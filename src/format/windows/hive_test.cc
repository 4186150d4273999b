// Hives made by a writer of the test's own: what goes in comes out, cut and broken ones are told.
#include "format/windows/hive.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "format/windows/hive_writer.h"

namespace khien::host_windows {
namespace {

const std::string kRoot = "HKU\\S-1-5-21-9-9-9-1009";

testing::KeyTree sample() {
  testing::KeyTree out;
  const auto text = [](const std::string& s) {
    RegistryValue v;
    v.type = RegistryValue::Type::text;
    v.text = s;
    return v;
  };
  RegistryKey& run = out.add(kRoot + "\\Software\\Microsoft\\Windows\\CurrentVersion\\Run");
  run.values["Đề án"] = text("D:\\Tài liệu\\Đề án.exe");
  run.values[""] = text("");
  RegistryKey& desk = out.add(kRoot + "\\Control Panel\\Desktop");
  desk.values["ScreenSaveActive"] = text("1");
  desk.values["ScreenSaverIsSecure"] = text("1");
  desk.values["ScreenSaveTimeOut"] = text("300");
  desk.values["SCRNSAVE.EXE"] = text("C:\\Windows\\system32\\scrnsave.scr");
  RegistryValue number;
  number.type = RegistryValue::Type::number;
  number.number = 0xFFFFFFFE;
  desk.values["Number"] = number;
  RegistryValue list;
  list.type = RegistryValue::Type::texts;
  list.texts = {"một", "hai"};
  desk.values["List"] = list;
  RegistryValue bytes;
  bytes.bytes = std::string("\x03\0\x01\x02\x05", 5);
  desk.values["Bytes"] = bytes;
  for (int i = 0; i < 50; ++i) out.add(kRoot + "\\Nhiều\\khóa " + std::to_string(i));
  return out;
}

class HiveLists : public ::testing::TestWithParam<std::size_t> {};

TEST_P(HiveLists, GiveBackEveryKeyAndValue) {
  const testing::KeyTree registry = sample();
  const auto hive = Hive::open(testing::HiveWriter(registry, GetParam()).write(kRoot));
  ASSERT_TRUE(hive);
  std::size_t keys = 0;
  for (const auto& [path, key] : registry.keys) {
    if (path.size() <= kRoot.size() || !path.starts_with(kRoot)) continue;
    const RegistryKey read = hive->read(path.substr(kRoot.size() + 1));
    ++keys;
    ASSERT_TRUE(read.ok()) << path;
    EXPECT_EQ(read.subkeys, key.subkeys) << path;
    ASSERT_EQ(read.values.size(), key.values.size()) << path;
    for (const auto& [name, value] : key.values) {
      const RegistryValue* other = read.find(name);
      ASSERT_NE(other, nullptr) << name;
      EXPECT_EQ(other->text, value.text) << name;
      EXPECT_EQ(other->number, value.number) << name;
      EXPECT_EQ(other->texts, value.texts) << name;
      EXPECT_EQ(other->bytes, value.bytes) << name;
    }
  }
  EXPECT_GT(keys, 55U);
  EXPECT_TRUE(hive->read("software\\MICROSOFT").ok());
  EXPECT_EQ(hive->read("Software\\Nobody").problem, Problem::absent);
}

INSTANTIATE_TEST_SUITE_P(Forms, HiveLists, ::testing::Values(0U, 7U));

TEST(Hive, RefusesWhatIsNoneAndWhatWasNotWrittenToItsEnd) {
  std::string bytes = testing::HiveWriter(sample()).write(kRoot);
  EXPECT_FALSE(Hive::open(""));
  EXPECT_FALSE(Hive::open(bytes.substr(0, 4096)));
  EXPECT_FALSE(Hive::open(std::string(9000, 'x')));
  bytes[8] = 6;  // the two sequence numbers differ
  EXPECT_FALSE(Hive::open(bytes));
}

TEST(Hive, SurvivesAnyByteChangedAndAnyCut) {
  const std::string whole = testing::HiveWriter(sample(), 7).write(kRoot);
  std::mt19937 random(5);
  const auto walk = [](const std::string& bytes) {
    const auto hive = Hive::open(bytes);
    if (!hive) return;
    for (const char* path : {"", "Control Panel\\Desktop", "Nhiều", "Nhiều\\khóa 49"}) {
      EXPECT_LE(hive->read(path).subkeys.size(), kHiveNames);
    }
  };
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = whole;
    for (int n = 0; n < 4; ++n) bytes[random() % bytes.size()] = static_cast<char>(random());
    walk(bytes);
    walk(whole.substr(0, random() % whole.size()));
  }
}

}  // namespace
}  // namespace khien::host_windows
