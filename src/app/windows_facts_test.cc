// The controls over facts of Windows machines, as collected (collect/host_windows/testdata/*.json):
// nothing about them was made for Windows.
#include <gtest/gtest.h>

#include "app/assess_steps.h"
#include "app/bundles.h"
#include "base/file.h"
#include "judge/plan.h"
#include "judge/run.h"
#include "store/seal.h"

namespace khien::app {
namespace {

Context& windows_context() {
  static Context made = [] {
    auto content = Content::open(built_in_content());
    auto texts = Texts::load(*content, "vi");
    return Context(std::move(*content), std::move(*texts));
  }();
  return made;
}

Collection recorded(const std::string& name) {
  const std::string path = "src/collect/host_windows/testdata/" + name + ".json";
  return collection_from(parse_json(read_file(path, 1 << 22).value(), path).value()).value();
}

// "control subject" -> outcome of every finding; a subject without one passed.
Result<std::map<std::string, std::string>> findings(const std::vector<std::string>& machines) {
  AssessOptions o;
  o.programmes = {"seed0", "seed1", "seed2", "seed3", "seed4"};
  o.as_of = "2023-10-16";
  Context& context = windows_context();
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(const Catalog catalog, Catalog::load(context.content, schema));
  KHIEN_TRY(Assessment a, new_assessment(context, o, {}));
  KHIEN_TRY(const Collection order_facts, add_orders(context, o, {}, a));
  KHIEN_TRY(const Plan plan, make_plan(catalog, a, local_date(a.as_of)));
  std::vector<Collection> collections = {order_facts};
  for (const std::string& name : machines) collections.push_back(recorded(name));
  KHIEN_TRY(const Database db, new_assessment_database(schema));
  KHIEN_DO(write_facts(db, schema, collections));
  KHIEN_DO(run_plan(plan, catalog, schema, db, a));
  std::map<std::string, std::string> out;
  for (const FindingRecord& f : a.findings) {
    out[f.control + " " + f.subject] = to_string(f.result);
  }
  for (const RunRecord& r : a.runs) out.emplace(r.control, "ran");
  return out;
}

std::string outcome(const std::map<std::string, std::string>& all, const std::string& control,
                    const std::string& subject) {
  if (!all.contains(control)) return "not run";
  const auto at = all.find(control + " " + subject);
  return at == all.end() ? "pass" : at->second;
}

TEST(WindowsFacts, AreJudgedByTheControlsOfEveryMachine) {
  const auto all = findings({"win7_vi", "win10_vi", "win11_en", "server2012r2_en"});
  ASSERT_TRUE(all) << to_string(all.error());
  const struct {
    const char* control;
    const char* subject;
    const char* wanted;
  } cases[] = {
      {"host.os_supported", "MOT-CUA", "fail"},
      {"host.os_supported", "VANTHU-01", "pass"},
      {"host.firewall_on", "MOT-CUA", "fail"},
      {"host.firewall_on", "VANTHU-01", "pass"},
      {"host.firewall_on", "KETOAN-11", "pass"},  // another product's firewall is on
      {"host.firewall_on", "SRV-FILE", "unknown"},
      {"host.antivirus_active", "VANTHU-01", "pass"},
      {"host.antivirus_active", "MOT-CUA", "unknown"},  // the Security Center did not answer
      {"host.antivirus_signatures", "VANTHU-01", "pass"},
      {"host.browser_credentials", "VANTHU-01", "fail"},
      {"host.browser_credentials", "MOT-CUA", "fail"},
      {"host.browser_credentials", "SRV-FILE", "unknown"},
      {"host.disk_encryption", "KETOAN-11", "pass"},
      {"host.disk_encryption", "VANTHU-01", "fail"},
      {"host.disk_encryption", "MOT-CUA", "unknown"},
      {"host.screen_lock", "KETOAN-11", "pass"},
      {"host.screen_lock", "MOT-CUA", "fail"},
      {"host.screen_lock", "VANTHU-01", "unknown"},  // one of two users could not be read
      {"host.reboot_pending", "VANTHU-01", "fail"},
      {"host.reboot_pending", "KETOAN-11", "pass"},
      {"host.security_updates", "VANTHU-01", "fail"},
      {"host.security_updates", "MOT-CUA", "fail"},  // its last search is years old
      {"host.scanned", "VANTHU-01", "pass"},
      {"account.policy_length", "VANTHU-01", "fail"},
      {"account.policy_length", "KETOAN-11", "pass"},
      {"account.empty_password", "VANTHU-01:Bình", "unknown"},  // may be empty, need not be
      {"account.empty_password", "VANTHU-01:an.nv", "pass"},
      {"account.password_age", "VANTHU-01:an.nv", "fail"},
      {"account.password_age", "VANTHU-01:Bình", "pass"},
      {"sign.certificate_kept", "Nguyễn Văn An (540a1f)", "unknown"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(outcome(*all, c.control, c.subject), c.wanted) << c.control << " " << c.subject;
  }
}

TEST(WindowsFacts, ComeWholeOutOfABundleButSpeakOnlyOfMachines) {
  const FactSchema schema = FactSchema::load(windows_context().content).value();
  Collection made = recorded("win10_vi");
  const std::size_t accounts = made.tables.at("account").rows.size();
  Row& run = made.add("scan_run");
  run = {
      {"host", made.host}, {"scope", std::string("folder")}, {"infected_count", std::int64_t{1}}};
  made.add("account") = {{"host", made.host}, {"scope", std::string("application")},
                         {"login", std::string("x")}};
  const TempFolder folder = TempFolder::make().value();
  ASSERT_TRUE(
      write_file(folder.path() / "a.facts",
                 seal(bundle_bytes(schema, {made}).value(), make_key_pair().value()).value()));
  const auto read = read_bundles(windows_context(), schema, folder.path(), made.finished_at + 1);
  ASSERT_EQ(read.size(), 1U);
  for (const auto& [name, table] : made.tables) {
    const std::size_t wanted = name == "account" ? accounts : table.rows.size();
    EXPECT_EQ(read[0].tables.at(name).rows.size(), wanted) << name;
  }
}

}  // namespace
}  // namespace khien::app
