#include "format/table/fortios.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

std::string fortios_cells(const std::string& text) {
  const auto table = read_fortios(text, "fw.conf");
  if (!table) return table.error().code;
  if (!*table) return "none";
  std::string out;
  for (std::size_t i = 1; i < (*table)->rows.size(); ++i) {
    for (const std::string& cell : (*table)->rows[i].cells) out += cell + "|";
    out += ";";
  }
  return out;
}

constexpr const char* kLocal =
    "config user local\n"
    "    edit \"an.nv\"\n        set type password\n        set two-factor fortitoken\n"
    "        set email-to \"an.nv@sa.test\"\n        set passwd-time 2026-02-03 04:05:06\n"
    "        set passwd ENC matKHAU==\n    next\n"
    "    edit \"bi\"\n        set status disable\n        set type ldap\n"
    "        set ldap-server \"AD\"\n    next\nend\n";

TEST(FortiOs, LocalUsersHaveTheirStateSecondFactorAndGroups) {
  const std::string text = std::string(kLocal) +
                           "config user group\n    edit \"VPN\"\n"
                           "        set member \"an.nv\" \"bi\"\n"
                           "    next\n    edit \"IT\"\n        set member \"bi\"\n    next\nend\n";
  EXPECT_EQ(fortios_cells(text),
            "an.nv|user local|enable|password|VPN|yes|2026-02-03 04:05:06|an.nv@sa.test|;"
            "bi|user local|disable|ldap|VPN; IT|no|;");
}

TEST(FortiOs, AdministratorsStandInSectionsWithinSections) {
  const std::string text =
      "#config-version=FGT40F-7.4.1-FW-build2463:opmode=0:vdom=1:user=admin\n"
      "config vdom\nedit root\nconfig system admin\n    edit \"quantri\"\n"
      "        set accprofile \"super_admin\"\n        config gui-dashboard\n            edit 1\n"
      "                set status disable\n            next\n        end\n"
      "        set password ENC SH2matKHAU==\n    next\nend\nnext\nend\n";
  EXPECT_EQ(fortios_cells(text), "quantri|system admin|enable||super_admin|no|;");
}

TEST(FortiOs, ATextInQuotesMayGoOverLinesAndNoSecretIsTaken) {
  const std::string text = "config user local\n edit \"an \\\"lý\\\"\"\n  set comment \"edit\n"
                           "next\n config x\"\n  set passwd ENC matKHAU\n next\nend\n";
  EXPECT_EQ(fortios_cells(text), "an \"lý\"|user local|enable|||no|;");
  EXPECT_EQ(fortios_cells(kLocal).find("matKHAU"), std::string::npos);
}

TEST(FortiOs, OtherTextsAndSectionsWithoutUsersAreNone) {
  EXPECT_EQ(fortios_cells("Tên đăng nhập,Trạng thái\nan,Khóa\n"), "none");
  EXPECT_EQ(fortios_cells("#config-version=FGT40F\nconfig system global\nend\n"), "none");
  EXPECT_EQ(fortios_cells("config user local\nend\n"), "");
  EXPECT_FALSE(looks_like_fortios("xin chào\nconfig system interface\n"));
}

TEST(FortiOs, SectionsDeeperThanTheLimitAreLeftOutAndTheRestGoesOn) {
  std::string deep = "config user local\nedit \"an\"\n";
  for (int i = 0; i < 40; ++i) deep += "config x\n";
  deep += "set status disable\n";
  for (int i = 0; i < 40; ++i) deep += "end\n";
  EXPECT_EQ(fortios_cells(deep + "set email-to a@sa.test\nnext\nend\n"),
            "an|user local|enable|||no||a@sa.test|;");
}

}  // namespace
}  // namespace khien
