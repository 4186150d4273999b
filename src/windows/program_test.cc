// What the program says and takes: its texts need no ICU, its options no guessing, its file no
// other's place.
#include <gtest/gtest.h>

#include "base/texts.h"
#include "windows/options.h"
#include "windows/summary.h"
#include "windows/words.h"

namespace khien::windows {
namespace {

const Content& test_content() {
  static const Content content = Content::open(built_in_content()).value();
  return content;
}

TEST(Program, SaysEverySentenceOfItsOwnAsIcuWould) {
  for (const char* language : {"vi", "en"}) {
    const Words words = Words::load(test_content(), language).value();
    const Texts texts = Texts::load(test_content(), language).value();
    int own = 0;
    for (const auto& [id, pattern] : words.all()) {
      const bool ours = id.starts_with("windows.") || id.starts_with("reason.windows.") ||
                        id.starts_with("reason.host.");
      if (!ours) continue;
      ++own;
      EXPECT_EQ(pattern.find(", plural"), std::string::npos) << id;
      for (const char* quote : {"'{", "'}", "''"}) {
        EXPECT_EQ(pattern.find(quote), std::string::npos) << id << ": ICU reads it as a quote";
      }
      if (pattern.find('{') == std::string::npos) {
        EXPECT_EQ(words.say(id), texts(id)) << id;
      }
    }
    EXPECT_GT(own, 50);
  }
}

TEST(Program, PutsArgumentsInOnceAndNamesAMissingSentence) {
  const Words words = Words::load(test_content(), "vi").value();
  EXPECT_EQ(words.say("windows.summary", {{"host", "{n}"}}), "TÓM TẮT MÁY {n}");
  EXPECT_EQ(words.say("windows.none"), "⟦windows.none⟧");
}

TEST(Program, TakesItsOptionsAndNamesTheFirstItDoesNotKnow) {
  const CommandLine a = parse_command_line({"--out", "E:\\", "--domain=a.example", "--domain",
                                            "b.example", "--skip-update-search", "--lang", "en"});
  EXPECT_EQ(a.unknown, "");
  EXPECT_EQ(a.out, "E:\\");
  EXPECT_EQ(a.domains, (std::vector<std::string>{"a.example", "b.example"}));
  EXPECT_FALSE(a.search_updates);
  EXPECT_EQ(a.language, "en");
  EXPECT_EQ(parse_command_line({"--out", "--quiet"}).unknown, "--out");
  EXPECT_EQ(parse_command_line({"--lang", "fr"}).unknown, "--lang");
  EXPECT_EQ(parse_command_line({"x"}).unknown, "x");
  EXPECT_EQ(parse_command_line({"--ioc", "l.txt"}).unknown, "--ioc");
  EXPECT_EQ(parse_command_line({"--scan", "D:\\"}).unknown, "--scan");
}

TEST(Program, NamesTheBundleByMachineAndDayWithNothingAFileNameMayNotHold) {
  EXPECT_EQ(bundle_name("MÁY-01", "2026-11-27", 1), "thu-thap-MÁY-01-2026-11-27.facts");
  EXPECT_EQ(bundle_name("..\\a:b", "2026-11-27", 2), "thu-thap-___a_b-2026-11-27-2.facts");
  EXPECT_EQ(bundle_name("", "2026-11-27", 1), "thu-thap-may-2026-11-27.facts");
}

TEST(Program, TellsWhatNeedsCareAndWhatWasNotRead) {
  const FactSchema schema = FactSchema::load(test_content()).value();
  const Words words = Words::load(test_content(), "vi").value();
  Collection c;
  c.host = "MAY-1";
  c.add("host") = {{"os_name", std::string("Windows 7")}, {"os_version", std::string("6.1.7601")},
                   {"os_support_ends_on", std::string("2020-01-14")}};
  c.add("firewall") = {{"active", std::int64_t{0}}};
  c.add("browser_credential") = {{"saved_count", std::int64_t{3}}};
  c.mark("account", TableFacts::Status::missing, "reason.host.no_permission");
  c.tables["antivirus"];
  c.tables["host"].gaps["uac"] = "reason.windows.no_setting";
  const std::string text = summary(c, schema, words, "2026-11-27");
  for (const char* part : {"hết hỗ trợ từ ngày 14/01/2020", "tường lửa Windows đang tắt",
                           "đang lưu 3 mật khẩu", "không thấy phần mềm phòng, chống mã độc",
                           "Tài khoản trên máy: chưa đọc được", "(UAC): máy không lưu"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("⟦"), std::string::npos) << text;
}

}  // namespace
}  // namespace khien::windows
