// SPF records of invented zones: who may send, how many questions it costs, what breaks it.
#include "collect/mail_domain/spf.h"

#include <gtest/gtest.h>

#include <map>

namespace khien {
namespace {

namespace md = mail_domain;

using Zone = std::map<std::string, std::string>;

// Names with a "=" before them have an address.
md::SpfFacts spf_of(const Zone& zone, const std::string& first) {
  const md::SpfDns dns{[&](const std::string& name) {
                         std::vector<std::string> out;
                         if (zone.contains(name)) out.push_back(zone.at(name));
                         return Result<std::vector<std::string>>(out);
                       },
                       [&](const std::string& name, bool) {
                         std::vector<std::string> out;
                         if (zone.contains("=" + name)) out.emplace_back("192.0.2.1");
                         return Result<std::vector<std::string>>(out);
                       }};
  return md::follow_spf(first, zone.at(first), dns);
}

TEST(MailSpf, LookupsAreCountedThroughIncludesAndRedirects) {
  const auto facts = spf_of({{"a", "v=spf1 a mx ptr -exists:x include:b redirect=c"},
                             {"=a", ""}, {"=x", ""},
                             {"b", "v=spf1 ip4:192.0.2.0/24 A:x.test ~all"},
                             {"c", "v=spf1 ip6:2001:db8::/32 -ALL"}}, "a");
  EXPECT_EQ(facts.all, "fail");
  EXPECT_EQ(facts.lookups, 7);
  EXPECT_EQ(facts.voids, 1);  // x.test
  EXPECT_FALSE(facts.broken);
}

TEST(MailSpf, TheAllQualifierSaysWhatBecomesOfOthers) {
  EXPECT_EQ(md::spf_terms("v=spf1 -all").all, "fail");
  EXPECT_EQ(md::spf_terms("v=spf1 ~all").all, "softfail");
  EXPECT_EQ(md::spf_terms("v=spf1 ?all").all, "neutral");
  EXPECT_EQ(md::spf_terms("v=spf1 +all").all, "pass");
  EXPECT_EQ(md::spf_terms("v=spf1 all").all, "pass");
  EXPECT_EQ(md::spf_terms("v=spf1 mx").all, "");
  EXPECT_TRUE(md::spf_terms("v=spf1 mx:a ipv4:1 -all").malformed);
  EXPECT_FALSE(md::spf_terms("v=spf1 exp=e.test mod=1 -all").malformed);
}

TEST(MailSpf, WhoeverLetsNearlyEveryoneInIsOpenHoweverItIsWritten) {
  const auto open_by = [](const std::string& record, const Zone& more = {}) {
    Zone zone = more;
    zone["a.test"] = record;
    const auto facts = spf_of(zone, "a.test");
    EXPECT_EQ(facts.all == "pass", !facts.open_by.empty()) << record;
    return facts.open_by;
  };
  EXPECT_EQ(open_by("v=spf1 ip4:1.2.3.4/0 -all"), "a.test: ip4:1.2.3.4/0");
  EXPECT_EQ(open_by("v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all"), "a.test: ip4:0.0.0.0/1");
  EXPECT_EQ(open_by("v=spf1 ip6:2000::/4 ip6:3000::/4 -all"), "a.test: ip6:2000::/4");
  EXPECT_EQ(open_by("v=spf1 include:g.test -all", {{"g.test", "v=spf1 mx +all"}}),
            "g.test: +all");
  EXPECT_EQ(open_by("v=spf1 redirect=g.test", {{"g.test", "v=spf1 include:h.test ~all"},
                                               {"h.test", "v=spf1 ip4:0.0.0.0/2 -all"}}),
            "h.test: ip4:0.0.0.0/2");
  EXPECT_EQ(open_by("v=spf1 a/0 -all", {{"=a.test", ""}}), "a.test: a/0");
  EXPECT_EQ(open_by("v=spf1 exists:x.test -all", {{"=x.test", ""}}), "a.test: exists:x.test");
  for (const char* closed :
       {"v=spf1 ip4:10.0.0.0/8 ip4:192.0.2.0/24 ip4:172.16.0.0/12 -all", "v=spf1 ip6:fc00::/7 -all",
        "v=spf1 ip6:2001:db8::/32 ~all", "v=spf1 -ip4:0.0.0.0/0 ip4:0.0.0.0/0 -all",
        "v=spf1 ?include:g.test -all", "v=spf1 -all +all"}) {
    EXPECT_EQ(open_by(closed, {{"g.test", "v=spf1 +all"}}), "") << closed;
  }
}

TEST(MailSpf, PrefixesAndAddressesThatCannotBeAreMalformed) {
  for (const char* bad : {"ip4:192.0.2.0/33", "ip4:192.0.2.0/", "ip4:192.0.2/24", "ip4:", "ip4",
                          "ip6:2001:db8::/129", "ip6:192.0.2.1", "a/33", "mx/-1", "a/24//129",
                          "include:", "include", "all:x", "include:g.test/24"}) {
    EXPECT_TRUE(md::spf_terms("v=spf1 " + std::string(bad) + " -all").malformed) << bad;
  }
  for (const char* good : {"ip4:192.0.2.0/32", "ip6:2001:db8::/128", "ip6:::1", "a/24//64", "a//64",
                           "mx:x.test/24", "ptr", "ptr:x.test", "exists:%{i}.x.test"}) {
    EXPECT_FALSE(md::spf_terms("v=spf1 " + std::string(good) + " -all").malformed) << good;
  }
}

TEST(MailSpf, NamesThatAreNotThereAreCountedAndAskedForOnce) {
  const auto facts = spf_of({{"a", "v=spf1 a:x.test a:y.test mx:z.test a -all"}, {"=a", ""}}, "a");
  EXPECT_EQ(facts.voids, 3);
  EXPECT_EQ(facts.lookups, 4);
  EXPECT_FALSE(facts.broken);
}

TEST(MailSpf, TwoIncludesThatShareAThirdAreNoLoop) {
  const auto facts = spf_of({{"a", "v=spf1 include:b include:c -all"},
                             {"b", "v=spf1 include:d ~all"},
                             {"c", "v=spf1 include:d ~all"},
                             {"d", "v=spf1 ip4:192.0.2.0/24 -all"}}, "a");
  EXPECT_EQ(facts.lookups, 4);
  EXPECT_FALSE(facts.broken);
  EXPECT_EQ(facts.all, "fail");
}

TEST(MailSpf, LoopsMissingIncludesAndLongChainsAreBrokenNotEndless) {
  EXPECT_TRUE(spf_of({{"a", "v=spf1 include:b -all"}, {"b", "v=spf1 include:a -all"}}, "a").broken);
  EXPECT_TRUE(spf_of({{"a", "v=spf1 include:a -all"}}, "a").broken);
  EXPECT_TRUE(spf_of({{"a", "v=spf1 include:b -all"}}, "a").broken);
  std::map<std::string, std::string> chain;
  for (int i = 0; i < 100; ++i) {
    chain["n" + std::to_string(i)] = "v=spf1 include:n" + std::to_string(i + 1) + " -all";
  }
  const auto facts = spf_of(chain, "n0");
  EXPECT_GT(facts.lookups.value_or(0), 10);
  EXPECT_FALSE(spf_of({{"a", "v=spf1 include:%{d}.x -all"}}, "a").lookups.has_value());
}

}  // namespace
}  // namespace khien
