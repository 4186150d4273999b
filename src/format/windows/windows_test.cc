// Shortcuts, scheduled tasks and times.
#include <gtest/gtest.h>

#include "base/file.h"
#include "format/windows/registry.h"
#include "format/windows/shell_link.h"
#include "format/windows/task_xml.h"

namespace khien::host_windows {
namespace {

TEST(HostWindowsTask, ReadsWhatRunsAndPassesOverTheRest) {
  const TaskDefinition d = parse_task(
      "<Task><Triggers><LogonTrigger><Delay>x</Delay></LogonTrigger><TimeTrigger/></Triggers>"
      "<Actions><Exec><Command>a &amp;amp; b</Command></Exec><ComHandler><ClassId>{1}</ClassId>"
      "</ComHandler></Actions></Task>");
  EXPECT_EQ(d.triggers, "LogonTrigger, TimeTrigger");
  ASSERT_EQ(d.actions.size(), 2U);
  EXPECT_EQ(d.actions[0].command, "a &amp; b");
  EXPECT_EQ(d.actions[1].handler, "{1}");
  EXPECT_TRUE(parse_task("<Task><Actions><Exec><Command>cut").actions.empty());
}

TEST(CimTime, IsUtcAndZeroWhenItIsNone) {
  EXPECT_EQ(cim_ms("19700101070001.000000+420"), 1000);
  EXPECT_EQ(cim_ms("20261001083000.123456+000"), 1790843400000);
  EXPECT_EQ(cim_ms("20261001083000.123456-060"), 1790847000000);
  for (const char* text : {"", "20261001083000.000000", "20261301083000.000000+000",
                           "2026100108****.******+***", "20261001083000.000000+000 "}) {
    EXPECT_EQ(cim_ms(text), 0) << text;
  }
}

// The seeds are written by MS-SHLLINK 2.1-2.4: a Vietnamese path, an ANSI one, a share, one cut.
TEST(ShellLink, TellsWhatItStarts) {
  const auto seed = [](const char* name) {
    const auto bytes = read_file(
        std::string(KHIEN_SOURCE_DIR "/tests/fuzz_corpus/format_shell_link/") + name,
        kShortcutBytes);
    EXPECT_TRUE(bytes) << name;
    return parse_shortcut(*bytes);
  };
  EXPECT_EQ(seed("wide.lnk").target, "D:\\Tài liệu\\Đề án.exe");
  EXPECT_EQ(seed("wide.lnk").arguments, "/x --y");
  EXPECT_EQ(seed("narrow.lnk").target, "C:\\Windows\\notepad.exe");
  EXPECT_EQ(seed("network.lnk").target, "\\\\mc\\chung\\a.exe");
  EXPECT_EQ(seed("cut.lnk").target, "");
  EXPECT_EQ(parse_shortcut("").target, "");
  EXPECT_EQ(parse_shortcut(std::string(5000, '\xFF')).target, "");
}

}  // namespace
}  // namespace khien::host_windows
