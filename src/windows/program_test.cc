// What the program says and takes: its texts need no ICU, its options no guessing, its file no
// other's place.
#include <algorithm>

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
  const std::string text = summary(c, words, "2026-11-27") + unread_list(c, schema, words);
  for (const char* part : {"hết hỗ trợ từ ngày 14/01/2020", "tường lửa Windows đang tắt",
                           "đang lưu 3 mật khẩu", "không thấy phần mềm phòng, chống mã độc",
                           "Tài khoản trên máy: chưa đọc được", "(UAC): máy không"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("⟦"), std::string::npos) << text;
}

std::int64_t columns_of(std::string_view line) {
  return std::count_if(line.begin(), line.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

TEST(Program, ShowsItsSummaryWholeOnAConsoleOf80Columns) {
  const Words words = Words::load(test_content(), "vi").value();
  const auto text = [](const std::string& value) { return Value{value}; };
  Collection c;
  c.host = "MAY-CO-TEN-RAT-DAI-01";
  c.add("host") = {{"os_name", text("Windows 10 Enterprise LTSC 2021 có tên rất dài")},
                   {"os_version", text("10.0.19044.1234")},
                   {"os_support_table_on", text("2026-11-30")},
                   {"reboot_required", std::int64_t{1}},
                   {"missed_update_on", text("2026-03-10")},
                   {"update_source", text("none")},
                   {"smb1", std::int64_t{1}},
                   {"remote_desktop", std::int64_t{1}},
                   {"foreign_administrators", text("S-1-5-11,S-1-5-21-1-2-3-513")}};
  c.add("firewall") = {{"active", std::int64_t{1}}, {"inbound_default", text("accept")}};
  for (int i = 0; i < 9; ++i) {
    c.add("antivirus") = {{"product", text("Sản phẩm phòng, chống mã độc")}};
    c.add("software") = {{"name", text("Microsoft Office Professional Plus 2010 - vi-vn")},
                         {"support_ends_on", text("2020-10-13")}};
  }
  c.add("browser_credential") = {{"saved_count", std::int64_t{3}}};
  c.add("account") = {{"enabled", std::int64_t{1}}};
  const std::string all = summary(c, words, "2026-11-27");
  EXPECT_LE(std::count(all.begin(), all.end(), '\n'), static_cast<std::ptrdiff_t>(kSummaryLines));
  for (std::string_view rest = all; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    EXPECT_LE(columns_of(line), static_cast<std::int64_t>(kColumns)) << line;
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  for (const char* part : {"không có trong bảng ngày 30/11/2026", "phát hành ngày 10/03/2026",
                           "2 nhóm ngoài máy"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
  }
}

TEST(Program, BreaksLongLinesAtBlanksAndNowhereElse) {
  const std::string word(30, 'a');
  const std::string line = "  " + word + " " + word + " " + word;
  EXPECT_EQ(wrapped(line + "\nb"), "  " + word + " " + word + "\n    " + word + "\nb");
  const std::string endless(200, 'x');
  EXPECT_EQ(wrapped(endless), endless);
  EXPECT_EQ(wrapped(""), "");
}

}  // namespace
}  // namespace khien::windows
