// The whole collection on the sample agency, whose planted numbers stand in its README.
#include "collect/collect.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/file.h"
#include "base/texts.h"
#include "collect/jobs.h"

namespace khien {
namespace {

const Content& packed_content() {
  static const Content content = std::move(*Content::open(built_in_content()));
  return content;
}

Collected collect_all(const Agency& agency, const OpenFacts& open_facts = {}) {
  WorkerPool pool(collect_jobs());
  const FixedClock clock(end_of_day_ms({2026, 11, 21}));
  auto out = collect(agency, packed_content(), pool, clock, open_facts);
  EXPECT_TRUE(out) << (out ? "" : to_string(out.error()));
  return out ? std::move(*out) : Collected{};
}

Agency sample_files() {
  auto agency = load_agency("samples/agency/agency.yaml");
  EXPECT_TRUE(agency);
  std::erase_if(agency->sources, [](const AgencySource& s) {
    return s.type != "staff" && s.type != "accounts" && s.type != "password_rules" &&
           s.type != "attestations";
  });
  return std::move(*agency);
}

std::int64_t count(const Collected& all, const std::string& sql) {
  const auto schema = FactSchema::load(packed_content());
  const auto db = Database::in_memory();
  EXPECT_TRUE(schema && db && db->execute(schema->ddl()));
  for (const Collection& c : all.collections) {
    const auto written = write_collection(*db, *schema, c);
    EXPECT_TRUE(written) << to_string(written.error());
  }
  const auto value = db->one(sql);
  EXPECT_TRUE(value) << to_string(value.error());
  return std::get<std::int64_t>(*value);
}

TEST(CollectSample, ThePlantedDefectsStandInTheFacts) {
  const Collected all = collect_all(sample_files());
  EXPECT_TRUE(all.problems.empty()) << to_string(all.problems.front());
  const auto n = [&](const std::string& sql) { return count(all, "select count(*) from " + sql); };
  EXPECT_EQ(n("staff"), 106);
  EXPECT_EQ(n("account"), 312);
  EXPECT_EQ(n("account where password_changed_at <= issued_at"), 25);
  EXPECT_EQ(n("account where enabled = 1 and password_changed_at < " +
              std::to_string(start_of_day_ms({2026, 8, 21}))), 56);
  const std::string gone = "account a join staff s using (staff_key) where s.status in "
                           "('left', 'transferred') and a.enabled = ";
  EXPECT_EQ(n(gone + "0 and a.locked = 1"), 4);
  EXPECT_EQ(n(gone + "1"), 2);
  EXPECT_EQ(n("account where staff_key is null"), 9);
  EXPECT_EQ(n("account where never_logged_in = 1"), 5);
  EXPECT_EQ(n("(select 1 from account where staff_key is not null group by app, staff_key "
              "having count(*) > 1)"), 3);
  EXPECT_EQ(n("password_rule"), 2);
  EXPECT_EQ(n("attestation where file_present = 1"), 3);
  EXPECT_EQ(n("account where privileged is null and app <> 'Thư công vụ'"), 0);
}

TEST(CollectSample, EverySourceStatesItsHashAndHowItWasUnderstood) {
  const Collected all = collect_all(sample_files());
  ASSERT_EQ(all.collections.size(), 6U);
  for (const Collection& c : all.collections) {
    EXPECT_EQ(c.source_sha256.size(), 64U) << c.source;
    EXPECT_EQ(c.agency, "Sở Mẫu tỉnh Mẫu");
    EXPECT_EQ(c.finished_at, end_of_day_ms({2026, 11, 21}));
  }
  ASSERT_EQ(all.notes.size(), 4U);
  EXPECT_EQ(all.notes[2].rows, 103U);
  EXPECT_EQ(all.notes[2].sheet, "TaiKhoan");
  EXPECT_EQ(all.notes[2].mapping.size(), 9U);
}

TEST(CollectSample, ASourceThatIsGoneIsMissingAndTheOthersAreRead) {
  Agency agency = sample_files();
  const std::size_t sources = agency.sources.size();
  for (std::size_t gone = 0; gone < sources; ++gone) {
    Agency one = agency;
    one.sources[gone].path = "samples/agency/gone";
    one.sources[gone].written = "gone";
    const Collected all = collect_all(one);
    ASSERT_EQ(all.problems.size(), 1U);
    EXPECT_EQ(all.problems[0].code, "K0400");
    EXPECT_EQ(all.problems[0].place, one.sources[gone].place);
    ASSERT_EQ(all.collections.size(), sources);
    const TableFacts& facts = all.collections[gone].tables.begin()->second;
    EXPECT_EQ(facts.status, TableFacts::Status::missing);
    EXPECT_EQ(facts.reason, "reason.collect.source_unreadable");
  }
}

TEST(CollectSources, APasswdAndShadowPairIsReadWithoutItsHashes) {
  auto folder = TempFolder::make();
  const std::string secret = "$6$salt$0123456789abcdefSECRETHASH";
  ASSERT_TRUE(folder &&
              write_file(folder->path() / "passwd",
                         "root:x:0:0:root:/root:/bin/bash\n"
                         "mau:x:1000:1000:Mẫu,,,:/home/mau:/bin/sh\n"
                         "svc:x:33:33::/:/usr/sbin/nologin\n") &&
              write_file(folder->path() / "shadow",
                         "root:" + secret + ":19800:0:99999:7:::\nmau:!" + secret +
                             ":0:0:90:7:::\nsvc:*:19800:0:99999:7:::\n"));
  Agency agency;
  AgencySource source;
  source.type = "accounts";
  source.fields = Node::map({{"scope", "host"}, {"host", "may-01"}});
  source.path = folder->path();
  source.written = "may-01";
  agency.sources = {source};
  const Collected all = collect_all(agency);
  ASSERT_TRUE(all.problems.empty()) << to_string(all.problems.front());
  const std::string json = to_json(to_node(all.collections[0]));
  EXPECT_EQ(json.find("SECRETHASH"), std::string::npos);
  EXPECT_EQ(json.find("salt"), std::string::npos);
  const std::vector<Row>& rows = all.collections[0].tables.at("account").rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(to_text(rows[0].at("account_key")), "may-01:root");
  EXPECT_EQ(to_text(rows[0].at("password_store")), "sha512crypt");
  EXPECT_EQ(to_text(rows[0].at("privileged")), "1");
  EXPECT_EQ(to_text(rows[1].at("locked")), "1");
  EXPECT_EQ(to_text(rows[1].at("password_must_change")), "1");
  EXPECT_EQ(to_text(rows[2].at("enabled")), "0");
  EXPECT_EQ(count(all, "select count(*) from account where host = 'may-01'"), 3);
}

TEST(CollectSources, BundlesComeThroughTheHookAndItsAbsenceIsSaid) {
  Agency agency;
  AgencySource source;
  source.type = "facts";
  source.path = "samples";
  source.written = "samples";
  agency.sources = {source};
  EXPECT_EQ(collect_all(agency).problems.at(0).code, "K0403");
  const Collected all = collect_all(agency, [](const std::filesystem::path&) {
    Collection c;
    c.collector = "host_windows";
    c.finished_at = 5;
    return Result<std::vector<Collection>>(std::vector<Collection>{c});
  });
  ASSERT_EQ(all.collections.size(), 1U);
  EXPECT_EQ(all.collections[0].finished_at, 5);
}

TEST(CollectTexts, EveryReasonHasItsWordsInBothLanguages) {
  for (const char* lang : {"vi", "en"}) {
    const auto texts = Texts::load(packed_content(), lang);
    ASSERT_TRUE(texts) << to_string(texts.error());
    for (const char* id : {"no_column", "no_staff_list", "several_people", "unreadable_date",
                           "unreadable_word", "unreadable_number", "row_without_key",
                           "formula_without_value", "never_changed_no_issue", "no_shadow"}) {
      EXPECT_TRUE(texts->has(std::string("reason.accounts.") + id)) << id;
    }
    EXPECT_NE(texts->error({"K0461", "t.csv", {{"wanted", "login"}}}).find("{\"Mã"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace khien
