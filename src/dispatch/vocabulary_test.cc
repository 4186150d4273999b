// The vocabulary as packed: every kind of the design, every title in both languages.
#include "dispatch/vocabulary.h"

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

constexpr const char* kAllKinds[] = {
    "account.password_policy", "account.password_change_on_issue", "account.password_rotation",
    "account.weak_or_default_password", "account.leavers", "account.shared", "account.roles",
    "account.mfa", "account.official_email_use", "account.leaked", "account.privileged",
    "account.responsibility", "host.malware_scan", "host.antivirus", "host.browser_credentials",
    "host.secure_device", "host.patching", "host.licensed_software", "mail.phishing",
    "mail.system_security", "portal.content_watch", "portal.security", "portal.availability",
    "portal.operator_commitment", "vuln.microsoft_monthly", "vuln.review", "vuln.advisory_watch",
    "log.monitoring", "net.firewall", "net.ioc_block", "net.segmentation", "net.line_availability",
    "duty.roster_24x7", "threat.hunting", "incident.response_plan",
    "incident.report_coordination", "incident.isolate", "incident.exercise", "backup.contingency",
    "system.inventory", "system.level_classification", "system.four_layers", "data.personal",
    "info.state_secret", "sign.certificate_use", "awareness.training", "awareness.warning",
    "directive.cascade", "directive.report_back", "directive.comply_reference",
    "directive.act_on_request", "leader.accountability", "leader.assignment", "provider.telecom",
    "provider.security_service", "device.procurement_check", "resource.budget", "support.contact",
    "support.request", "plan.task", "other.manual"};

TEST(Vocabulary, HoldsEveryKindAndNoOther) {
  for (const char* kind : kAllKinds) EXPECT_NE(t::vocabulary().find(kind), nullptr) << kind;
  EXPECT_EQ(t::vocabulary().kinds().size(), std::size(kAllKinds));
}
TEST(Vocabulary, EveryKindHasATitleInBothLanguages) {
  for (const KindInfo& kind : t::vocabulary().kinds()) {
    EXPECT_TRUE(t::texts("vi").has("kind." + kind.name)) << kind.name;
    EXPECT_TRUE(t::texts("en").has("kind." + kind.name)) << kind.name;
  }
}
TEST(Vocabulary, EveryWindowHasAName) {
  for (const auto& entry : t::vocabulary().calendar().entries()) {
    EXPECT_TRUE(t::texts("vi").has("window." + entry.id)) << entry.id;
    EXPECT_TRUE(t::texts("en").has("window." + entry.id)) << entry.id;
  }
}
TEST(Vocabulary, TheCompilersWordListsExist) {
  for (const char* name : {"imperative", "actor", "hands_to", "actor_verb", "must", "should",
                           "may", "orders", "background", "aside", "closing", "contact",
                           "contact_label", "annex"}) {
    EXPECT_GE(t::vocabulary().list(name), 0) << name;
  }
}
TEST(Vocabulary, ScoredParametersKnowTheirStricterDirection) {
  const KindInfo* policy = t::vocabulary().find("account.password_policy");
  ASSERT_NE(policy, nullptr);
  EXPECT_EQ(policy->parameter("min_length")->stricter, "higher");
  EXPECT_EQ(policy->parameter("classes")->stricter, "superset");
  EXPECT_EQ(t::vocabulary().find("account.password_rotation")->parameter("max_age")->stricter,
            "lower");
  EXPECT_EQ(policy->parameter("nothing"), nullptr);
}
TEST(Vocabulary, ValuesHoldAtTheEdgesOfTheirRangeAndNotBeyond) {
  const ParameterInfo& length =
      *t::vocabulary().find("account.password_policy")->parameter("min_length");
  EXPECT_EQ(check_value(length, Node(1)), "");
  EXPECT_EQ(check_value(length, Node(256)), "");
  EXPECT_NE(check_value(length, Node(0)), "");
  EXPECT_NE(check_value(length, Node(257)), "");
  EXPECT_NE(check_value(length, Node("9")), "");
  const ParameterInfo& age =
      *t::vocabulary().find("account.password_rotation")->parameter("max_age");
  EXPECT_EQ(check_value(age, Node("P3M")), "");
  EXPECT_NE(check_value(age, Node("90 days")), "");
  const ParameterInfo& grades = *t::vocabulary().find("system.four_layers")->parameter("grades");
  EXPECT_EQ(check_value(grades, Node::list({Node(3)})), "");
  EXPECT_NE(check_value(grades, Node::list({Node(6)})), "");
}
TEST(Vocabulary, AMistypedKindFindsItsNeighbour) {
  EXPECT_EQ(t::vocabulary().nearest("acount.leaver"), "account.leavers");
}

}  // namespace
}  // namespace khien
