// What accounts, rights and rules are by the files that say so: sudoers, user records, PAM, APT.
#include <gtest/gtest.h>

#include "collect/host_linux/apt_conf.h"
#include "collect/host_linux/password_policy.h"
#include "collect/host_linux/sudoers.h"
#include "collect/host_linux/user_records.h"

namespace khien::host {
namespace {

using Names = std::set<std::string>;

TEST(Sudoers, FindsWhomItTrusts) {
  Sudoers all;
  const auto includes = all.take(
      "Defaults env_reset\nUser_Alias X = a\nroot ALL=(ALL:ALL) ALL\n%sudo\tALL=(ALL) ALL\n"
      "#includedir /etc/sudoers.d\n# note = x\nb,c ALL = NOPASSWD: ALL\n");
  EXPECT_EQ(all.trusted(), (Names{"%sudo", "b", "c", "root"}));
  ASSERT_EQ(includes.size(), 1U);
  EXPECT_EQ(includes[0].path, "/etc/sudoers.d");
  EXPECT_TRUE(includes[0].folder);
}

TEST(Sudoers, ReadsListsAliasesNumbersAndContinuedLines) {
  Sudoers all;
  all.take("User_Alias HA = lan, %web : TRUC = hoa , HA\nminh , ngoc ALL = (ALL) NOPASSWD: ALL\n"
           "#1203, %#27 ALL=(root) ALL # ghi chú\n\"%quan tri\" ALL=ALL\n"
           "HA, \\\n  phuc ALL = /usr/bin/apt\nUser_Alias LE = TRUC\n");
  EXPECT_EQ(all.trusted(), (Names{"#1203", "%#27", "%quan tri", "%web", "lan", "minh", "ngoc",
                                  "phuc"}));
  all.take("LE ALL=(ALL) ALL\nUser_Alias A = B\nUser_Alias B = A\nA ALL=ALL\n");
  EXPECT_TRUE(all.trusted().contains("hoa"));
}

TEST(Sudoers, GivesNoRightsWhereOnlyAnotherUserMayBeActedFor) {
  Sudoers all;
  all.take("a ALL=(www-data) ALL\nb ALL=(www-data) /bin/x, (root) /bin/y\n!c ALL=ALL\n"
           "Defaults targetpw\nd ALL = (www-data:adm) /bin/x\n");
  EXPECT_EQ(all.trusted(), Names{"b"});
  EXPECT_TRUE(all.asks_target());
}

TEST(Sudoers, NamesFilesAndFoldersItIncludes) {
  Sudoers all;
  const auto found = all.take("@include sudoers.%h\n#include \"/etc/phong a\"\n@includedir /x\n"
                              "#includes nothing\n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].path, "sudoers.%h");
  EXPECT_EQ(found[1].path, "/etc/phong a");
  EXPECT_FALSE(found[1].folder);
  EXPECT_TRUE(found[2].folder);
}

TEST(UserRecords, ReadAnIdentityWithAndWithoutItsPassword) {
  const auto open = parse_user_record(
      R"({"userName":"my","realName":"Vũ Thị My","memberOf":["sudo","in"],)"
      R"("binding":{"0a":{"uid":60310,"homeDirectory":"/srv/my"}}})");
  ASSERT_TRUE(open);
  EXPECT_EQ(open->user.uid, 60310);
  EXPECT_EQ(open->user.home, "/srv/my");
  EXPECT_TRUE(open->user.may_log_in());
  EXPECT_TRUE(open->groups.contains("sudo"));
  EXPECT_FALSE(open->shadow);
  const auto shut = parse_user_record(
      R"({"userName":"x","uid":1500,"passwordChangeNow":true,"notAfterUSec":172800000000,)"
      R"("privileged":{"hashedPassword":["!$6$muoi$bam"]},"shell":"/usr/sbin/nologin"})");
  ASSERT_TRUE(shut && shut->shadow);
  EXPECT_TRUE(shut->shadow->locked);
  EXPECT_EQ(shut->shadow->scheme, "sha512crypt");
  EXPECT_EQ(shut->shadow->changed_day, 0);
  EXPECT_EQ(shut->shadow->expire_day, 2);
  EXPECT_FALSE(shut->user.may_log_in());
  EXPECT_FALSE(parse_user_record("{}"));
  EXPECT_FALSE(parse_user_record("hỏng"));
}

TEST(AptConf, ReadsBlocksCommentsAndTheLastWord) {
  AptConf conf;
  conf.take("// APT::Periodic::Enable \"0\";\nAPT { Periodic { Unattended-Upgrade 1; /* x */\n"
            "  Update-Package-Lists \"2\"; # y\n }; };\n");
  EXPECT_TRUE(conf.on("APT::Periodic::Unattended-Upgrade"));
  EXPECT_EQ(conf.value("apt::periodic::update-package-lists"), "2");
  EXPECT_EQ(conf.value("APT::Periodic::Enable"), "");
  conf.take("apt::Periodic::Unattended-Upgrade \"0\";\nX::List { \"a\"; \"b\"; };");
  EXPECT_FALSE(conf.on("APT::Periodic::Unattended-Upgrade"));
  conf.take("#clear APT::Periodic;\nAPT::Periodic::Enable false;}}};\"");
  EXPECT_EQ(conf.value("APT::Periodic::Update-Package-Lists"), "");
  EXPECT_FALSE(conf.on("APT::Periodic::Enable"));
}

TEST(PasswordPolicy, ArgumentsWinOverTheFileAndCreditsShortenTheMinimum) {
  const auto password = parse_pam("password requisite pam_pwquality.so minlen=12 dcredit=2\n");
  const PasswordRule rule = rule_from(password, {}, {{"minlen", "8"}, {"ocredit", "-1"}}, {}, {});
  EXPECT_EQ(rule.min_length, 10);
  EXPECT_FALSE(rule.need_digit);
  EXPECT_TRUE(rule.need_special);
  EXPECT_EQ(rule.history, 0);
  EXPECT_FALSE(rule.lockout_tries);  // no auth lines were read: not known, not zero
}

TEST(PasswordPolicy, TakesTheLongerOfTheTwoMinimumsEachModuleAsksFor) {
  const auto password = parse_pam(
      "password required pam_pwquality.so minlen=9\n"
      "password [success=1 default=ignore] pam_unix.so use_authtok minlen=11 remember=3\n");
  const PasswordRule rule = rule_from(password, {}, {{"minclass", "4"}}, {}, {});
  EXPECT_EQ(rule.min_length, 11);
  EXPECT_TRUE(rule.need_special);
  EXPECT_EQ(rule.history, 3);
}

TEST(PasswordPolicy, TakesAWarningForNoRule) {
  const std::string unix_line = "password [success=1 default=ignore] pam_unix.so use_authtok\n";
  for (const std::string& line :
       {std::string("password requisite pam_pwquality.so enforcing=0\n"),
        std::string("password optional pam_pwquality.so\n"),
        std::string("password [default=ignore] pam_pwquality.so\n"),
        std::string("password sufficient pam_pwquality.so\n")}) {
    const PasswordRule rule =
        rule_from(parse_pam(line + unix_line), {}, {{"minlen", "13"}, {"ucredit", "-1"}}, {}, {});
    EXPECT_EQ(rule.min_length, 6) << line;
    EXPECT_FALSE(rule.need_upper) << line;
  }
  const auto alone = parse_pam("password requisite pam_pwquality.so\n");
  EXPECT_FALSE(rule_from(alone, {}, {{"enforcing", "0"}}, {}, {}).min_length);
}

TEST(PasswordPolicy, LocksOutOnlyWhereFailuresAreCountedAndAsked) {
  const std::string count = "auth [default=die] pam_faillock.so authfail deny=4\n";
  const auto tries = [](const std::string& text) {
    return rule_from({}, parse_pam(text), {}, {{"deny", "9"}}, {}).lockout_tries;
  };
  EXPECT_EQ(tries(count), 0);
  EXPECT_EQ(tries("auth required pam_faillock.so preauth\n"), 0);
  EXPECT_EQ(tries("auth required pam_faillock.so preauth\n" + count), 9);
  EXPECT_EQ(tries(count + "account required pam_faillock.so\n"), 4);
  EXPECT_EQ(tries(count + "auth sufficient pam_faillock.so authsucc deny=4\n"), 4);
  EXPECT_EQ(tries(count + "auth required pam_faillock.so preauth deny=0\n"), 0);
}

TEST(PasswordPolicy, ReadsOldModulesAndContinuedLines) {
  const auto lines = parse_pam(
      "auth [success=1 \\\n default=ignore] /lib/security/pam_unix.so x\n@include common\n"
      "-session optional pam_x.so\n# comment\nauth\n");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].control, "[success=1 default=ignore]");
  EXPECT_EQ(lines[0].module, "pam_unix.so");
  EXPECT_EQ(lines[1].type, "include");
  EXPECT_EQ(lines[2].type, "session");
  const auto tally = parse_pam("auth required pam_tally2.so deny=4\n");
  EXPECT_EQ(rule_from({}, tally, {}, {}, {}).lockout_tries, 4);
}

TEST(PasswordPolicy, ReadsNeverAsZeroDays) {
  EXPECT_EQ(rule_from({}, {}, {}, {}, parse_settings("PASS_MAX_DAYS\t99999")).max_age_days, 0);
  EXPECT_EQ(rule_from({}, {}, {}, {}, parse_settings("PASS_MAX_DAYS 90 # ngày")).max_age_days, 90);
  EXPECT_FALSE(rule_from({}, {}, {}, {}, {}).max_age_days);
}

}  // namespace
}  // namespace khien::host
