// Hand-made directories of invented people: golden collections, then the exact points one by one.
#include "collect/directory/directory.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/testing.h"
#include "collect/directory/errors.h"
#include "collect/jobs.h"
#include "format/directory/ldif.h"
#include "format/errors.h"

namespace khien {
namespace {

const std::string kFolder = "src/collect/directory/testdata/";
const std::int64_t kAsOf = end_of_day_ms({2026, 11, 21});

const Lexicon& words() {
  static const Lexicon lexicon = [] {
    const auto content = Content::open(built_in_content());
    return std::move(*Lexicon::load(*content));
  }();
  return lexicon;
}

AgencySource source_of(const std::string& name) {
  AgencySource out;
  out.type = "directory";
  out.path = kFolder + name;
  out.written = name;
  return out;
}

Collection read(const AgencySource& source) {
  WorkerPool pool(collect_jobs());
  const FixedClock clock(kAsOf);
  auto out = collect_directory(source, words(), pool, clock);
  EXPECT_TRUE(out) << (out ? "" : to_string(out.error()));
  return out && *out ? std::move(**out) : Collection{};
}

void check_golden(const std::string& name, const Collection& collection) {
  const std::string got = to_json(to_node(collection), 1) + "\n";
  expect_golden(kFolder + name + ".out.json", got);
}

const Row& account(const Collection& c, const std::string& login) {
  for (const Row& row : c.tables.at("account").rows) {
    if (to_text(row.at("login")) == login) return row;
  }
  ADD_FAILURE() << login;
  return c.tables.at("account").rows.front();
}

std::string cell(const Row& row, const std::string& column) {
  return text_of(row, column, "NULL");
}

Result<Node> job(const std::string& text) {
  const Node args = Node::map({{"as_of", kAsOf}});
  return directory_jobs().front().run({text, "t.ldif", args});
}

TEST(Directory, EachProductGivesItsGoldenCollection) {
  for (const std::string name : {"ad", "openldap", "zimbra"}) {
    check_golden(name, read(source_of(name + ".in.ldif")));
  }
}

TEST(Directory, TheWriterOfFactsAcceptsEveryColumn) {
  const auto content = Content::open(built_in_content());
  const auto schema = FactSchema::load(*content);
  const auto db = Database::in_memory();
  ASSERT_TRUE(schema && db && db->execute(schema->ddl()));
  for (const char* name : {"ad.in.ldif", "openldap.in.ldif", "zimbra.in.ldif", "secedit.inf",
                           "net-accounts.txt", "users.passwd"}) {
    const auto written = write_collection(*db, *schema, read(source_of(name)));
    EXPECT_TRUE(written) << name << " " << (written ? "" : to_string(written.error()));
  }
}

TEST(Directory, NoSecretLeavesTheJob) {
  for (const char* name : {"ad.in.ldif", "openldap.in.ldif", "zimbra.in.ldif", "users.passwd"}) {
    const auto bytes = read_file(kFolder + name, limits::kMiB);
    const auto reply = job(*bytes);
    ASSERT_TRUE(reply);
    const std::string all = to_json(*reply);
    for (const char* secret : {"bi-mat", "YmktbWF0", "cHJlLXNlY", "khong", "a2hvbmc", "$6$", "$arg",
                               "muoi", "bam"}) {
      EXPECT_EQ(all.find(secret), std::string::npos) << name << " " << secret;
    }
  }
}

TEST(ActiveDirectory, FlagsDatesAndNeverAreExact) {
  const Collection c = read(source_of("ad.in.ldif"));
  ASSERT_EQ(c.tables.at("account").rows.size(), 5U);  // no computer, no contact
  const Row& thu = account(c, "thutt");
  EXPECT_EQ(cell(thu, "password_changed_at"), "1705996800123");
  EXPECT_EQ(cell(thu, "created_at"), "1578358800000");
  EXPECT_EQ(cell(thu, "last_login_lag_days"), "14");
  EXPECT_EQ(cell(thu, "agency"), "vp");  // OU=Users is a mere container
  EXPECT_EQ(cell(thu, "role"), "Nhom Quan Tri; Van thu");
  EXPECT_EQ(cell(thu, "privileged"), "1");
  EXPECT_EQ(cell(thu, "locked"), "0");
  const Row& fresh = account(c, "moi");
  EXPECT_EQ(cell(fresh, "password_must_change"), "1");
  EXPECT_EQ(cell(fresh, "password_changed_at"), cell(fresh, "created_at"));
  EXPECT_EQ(cell(fresh, "password_changed_at_precision"), "ms");
  EXPECT_EQ(cell(fresh, "never_logged_in"), "1");
  EXPECT_EQ(cell(fresh, "locked"), "0");  // the lockout of half an hour is over
  EXPECT_EQ(cell(fresh, "password_reversible") + cell(fresh, "password_not_required") +
                cell(fresh, "password_cannot_change") + cell(fresh, "password_never_expires"),
            "1111");
  const Row& left = account(c, "nghi");
  EXPECT_EQ(cell(left, "enabled") + cell(left, "locked"), "01");
  EXPECT_EQ(cell(left, "last_login_lag_days"), "0");
  const Row& over = account(c, "hethan");
  EXPECT_EQ(cell(over, "enabled") + cell(over, "locked") + cell(over, "privileged"), "011");
  EXPECT_EQ(cell(over, "smartcard_required") + cell(over, "preauth_not_required"), "11");
  EXPECT_EQ(c.tables.at("account").status, TableFacts::Status::partial);  // a change was skipped
}

TEST(ActiveDirectory, ComplexityIsThreeKindsAndNotEachOfThem) {
  const Collection c = read(source_of("ad.in.ldif"));
  const std::vector<Row>& rules = c.tables.at("password_rule").rows;
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(cell(rules[0], "classes_count") + cell(rules[0], "need_letter") +
                cell(rules[0], "need_digit") + cell(rules[0], "need_special"), "3100");
  EXPECT_EQ(cell(rules[0], "max_age_days"), "90");
  EXPECT_EQ(cell(rules[1], "max_age_days"), "0");
  EXPECT_EQ(cell(rules[1], "min_length"), "12");
}

TEST(ActiveDirectory, ALockoutOfUnknownLengthIsUnknown) {
  const auto reply = job("dn: CN=a\nobjectClass: user\nsAMAccountName: a\nuserAccountControl: 512\n"
                         "lockoutTime: 133504704000000000\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ((*reply)["gaps"].texts(), std::vector<std::string>{"locked"});
}

TEST(OpenLdap, LocksForeverAndShadowAreRead) {
  const Collection c = read(source_of("openldap.in.ldif"));
  ASSERT_EQ(c.tables.at("account").rows.size(), 4U);  // not the address book
  EXPECT_EQ(cell(account(c, "lanh"), "password_changed_at"), "1704418200500");
  EXPECT_EQ(cell(account(c, "lanh"), "last_login_at"), "1709251200000");
  EXPECT_EQ(cell(account(c, "lanh"), "password_store"), "SSHA512");
  EXPECT_EQ(cell(account(c, "lanh"), "privileged"), "1");
  EXPECT_EQ(cell(account(c, "khoa"), "enabled") + cell(account(c, "khoa"), "locked"), "01");
  EXPECT_EQ(cell(account(c, "khoa"), "password_store"), "CRYPT sha512crypt");
  EXPECT_EQ(cell(account(c, "tam"), "enabled") + cell(account(c, "tam"), "locked"), "11");
  EXPECT_EQ(cell(account(c, "tam"), "password_changed_at_precision"), "day");
  EXPECT_EQ(cell(account(c, "dich vu"), "password_store"), "plain");
}

TEST(Zimbra, StatusAndClassOfServiceAreRead) {
  const Collection c = read(source_of("zimbra.in.ldif"));
  EXPECT_EQ(cell(account(c, "an@somau.test"), "scope"), "application");
  EXPECT_EQ(cell(account(c, "an@somau.test"), "last_login_at"), "1706751000123");
  EXPECT_EQ(cell(account(c, "binh@somau.test"), "enabled"), "0");
  const Row& rule = c.tables.at("password_rule").rows.at(0);
  EXPECT_EQ(cell(rule, "need_digit") + cell(rule, "need_special") + cell(rule, "need_letter"),
            "10NULL");
  EXPECT_EQ(cell(rule, "lockout_tries"), "0");
}

TEST(Ldif, HoldsItsLimits) {
  const auto with = [](std::size_t bytes) {
    return job("dn: uid=a\nobjectClass: account\nuid: a\ndescription: " +
               std::string(bytes, 'x') + "\n");
  };
  EXPECT_TRUE(with(directory::kValueBytes));
  EXPECT_EQ(with(directory::kValueBytes + 1).error().code, err::directory_value);
  EXPECT_EQ(job("dn: ou=x\nobjectClass: organizationalUnit\n").error().code, err::directory_empty);
  std::string many;
  for (std::size_t i = 0; i < directory::kEntries; ++i) many += "dn: o\n\n";
  EXPECT_EQ(job(many).error().code, err::directory_empty);
  EXPECT_EQ(job(many + "dn: o\n").error().code, err::directory_entries);
}

TEST(WindowsPolicy, IsReadByPositionInAnyLanguage) {
  const Row english = read(source_of("net-accounts.txt")).tables.at("password_rule").rows.at(0);
  EXPECT_EQ(cell(english, "max_age_days") + "," + cell(english, "min_length") + "," +
                cell(english, "history") + "," + cell(english, "lockout_tries"), "42,7,0,0");
  EXPECT_EQ(cell(english, "scope") + cell(english, "need_digit"), "hostNULL");
  AgencySource domain = source_of("net-accounts-vi.txt");
  domain.fields.set("scope", "directory");
  const Row vietnamese = read(domain).tables.at("password_rule").rows.at(0);
  EXPECT_EQ(cell(vietnamese, "max_age_days") + "," + cell(vietnamese, "min_length") + "," +
                cell(vietnamese, "history") + "," + cell(vietnamese, "lockout_tries"), "0,9,5,10");
  EXPECT_EQ(cell(vietnamese, "app"), "Active Directory");
  const Row inf = read(source_of("secedit.inf")).tables.at("password_rule").rows.at(0);
  EXPECT_EQ(cell(inf, "min_length") + "," + cell(inf, "max_age_days") + "," +
                cell(inf, "classes_count") + "," + cell(inf, "history"), "10,0,3,24");
}

TEST(MailUsers, APasswdFileGivesLoginsAndSchemes) {
  const Collection c = read(source_of("users.passwd"));
  ASSERT_EQ(c.tables.at("account").rows.size(), 2U);
  EXPECT_EQ(cell(account(c, "an@somau.test"), "password_store"), "SHA512-CRYPT");
}

TEST(Directory, ATableIsLeftToTheTables) {
  const auto reply = job("#TYPE X\nSamAccountName,Enabled\na,True\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ((*reply)["shape"].text(), "table");
}

}  // namespace
}  // namespace khien
