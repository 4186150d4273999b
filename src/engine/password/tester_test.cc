// Who is found and what is called finished when time is short. The clock counts how often it is
// asked, so that no test depends on the machine.
#include <crypt.h>

#include <gtest/gtest.h>

#include "engine/password/hash_form.h"
#include "engine/password/salted.h"
#include "engine/password/tester.h"

namespace khien::password {
namespace {

std::string crypt_of(const std::string& word, const char* setting) {
  crypt_data data{};
  return crypt_rn(word.c_str(), setting, &data, sizeof data);
}

std::string hex_of(Scheme scheme, const std::string& word) {
  std::string out;
  for (const char c : salted_digest(scheme, word, "")) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

struct Case {
  TestPlan plan;
  std::vector<std::string> lists;

  Case() {
    plan.rules.words = {"123456", "matkhau"};
    plan.rules.name_endings = {"123"};
  }
  Hash& add(const std::string& text, const std::string& login = "",
            const std::string& person = "") {
    Entry entry;
    entry.login = login;
    entry.hash = read_hash(text);
    plan.entries.push_back(entry);
    plan.store.push_back(0);
    Subject subject;
    subject.login = login;
    plan.subjects.push_back(subject);
    plan.persons.push_back(person);
    return plan.entries.back().hash;
  }
  // `ticks`: how often the clock may be asked before time is over.
  std::vector<Outcome> run(std::int64_t ticks) {
    for (const std::string& list : lists) plan.lists.push_back(source_of(list));
    std::vector<std::uint64_t> memory(Board::bytes_for(plan.entries.size()) / 8);
    Board board(memory, plan.entries.size());
    board.set_key(std::string(32, 'k'));
    plan.budget_ms = ticks;
    std::int64_t left = ticks;
    Tester(plan, board, [&] { return left--; }).run();
    std::vector<bool> unsalted;
    for (const Entry& e : plan.entries) unsalted.push_back(is_unsalted(e.hash.scheme));
    return board.outcomes(1, unsalted);
  }
};

std::size_t count(const std::vector<Outcome>& all, Class as) {
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](const Outcome& o) { return o.as == as; }));
}
std::size_t falsely_finished(const std::vector<Outcome>& all) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Outcome& o) {
    return o.as == Class::none && o.finished;
  }));
}

constexpr std::int64_t kPlenty = 1'000'000;

TEST(Tester, FindsWhatIsInReachAndFinishesTheRest) {
  Case c;
  c.lists = {"cay-da\nben-nuoc\n"};
  c.add(crypt_of("123456", "$6$rounds=1000$a$"));
  c.add(crypt_of("ben-nuoc", "$1$b$"));
  c.add(crypt_of("hanh123", "$2b$04$abcdefghijklmnopqrstuu"), "hanh");
  c.add(crypt_of("", "$5$rounds=1000$c$"));
  c.add(crypt_of("Xe!7dap-bay", "$6$rounds=1000$d$"));
  c.add(hex_of(Scheme::md5, "hanh123"), "hanh");
  c.add(hex_of(Scheme::sha1, "Xe!7dap-bay"));
  c.add("{PLAIN}ben-nuoc");
  const auto all = c.run(kPlenty);
  EXPECT_EQ(all[0].as, Class::dictionary);
  EXPECT_EQ(all[1].as, Class::dictionary);
  EXPECT_EQ(all[1].list, 2);
  EXPECT_EQ(all[2].as, Class::name);
  EXPECT_EQ(all[3].as, Class::empty);
  EXPECT_EQ(all[4].as, Class::none);
  EXPECT_TRUE(all[4].finished);
  EXPECT_EQ(all[5].as, Class::name);
  EXPECT_TRUE(all[6].finished);
  EXPECT_EQ(all[7].as, Class::dictionary);
}

TEST(Tester, AHashTheLibraryRefusesHarmsNoOther) {
  Case c;
  for (int i = 0; i < 4; ++i) c.add(crypt_of("123456", "$6$rounds=1000$a$"));
  c.add("$y$j9T$:::$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
  const auto all = c.run(kPlenty);
  EXPECT_EQ(count(all, Class::dictionary), 4U);
  EXPECT_FALSE(all[4].finished);
}

TEST(Tester, OneDearAccountHasItsTurnAmongManyCheapOnes) {
  Case c;
  for (int i = 0; i < 200; ++i) c.add(crypt_of("Xe!7dap-bay", "$6$rounds=1000$d$"));
  c.add(crypt_of("hanh", "$2b$04$abcdefghijklmnopqrstuu"), "hanh");
  c.lists = {std::string()};
  for (int i = 0; i < 100'000; ++i) c.lists[0] += "tu-" + std::to_string(i) + "\n";
  const auto all = c.run(400);
  EXPECT_EQ(all[200].as, Class::name);
}

// Whenever time ends, nobody who could have been found is called finished.
TEST(Tester, CutAnywhereItCallsNobodyFinishedWhoIsNot) {
  for (std::int64_t ticks = 1; ticks < 4000; ticks += 1 + ticks / 3) {
    Case c;
    c.lists = {"cay-da\n" + std::string("ben-nuoc\n"), "san-dinh\n"};
    for (int i = 0; i < 10; ++i) {
      const std::string login = "nguoi" + std::to_string(i);
      c.add(crypt_of("san-dinh", "$6$rounds=1000$a$"), login);
      c.add(crypt_of(login + "123", "$2b$04$abcdefghijklmnopqrstuu"), login);
      c.add(hex_of(Scheme::md5, login + "123"), login);
      c.add("{SSHA}Ayo5+OUQt9yWw2cCBjsOvl4r+9lzYWx0c2FsdA==", login);
      c.plan.entries.back().hash.digest =
          salted_digest(Scheme::salted_sha1, "31121950", "saltsalt");
      c.plan.entries.back().hash.salt = "saltsalt";
    }
    c.plan.year = 2020;
    const auto all = c.run(ticks);
    EXPECT_EQ(falsely_finished(all), 0U) << ticks;
  }
}

// A cut in the last piece of all, and accounts found before it: the rest has its turn all the same.
TEST(Tester, APieceThatWasCutIsTakenUpWhereItStopped) {
  for (std::int64_t ticks = 10; ticks < 20'000; ticks += 1 + ticks / 9) {
    Case c;
    c.plan.year = 2020;
    for (const char* word : {"123456", "31121942", "matkhau", "31121943", "31121942", "123456"}) {
      Hash& hash = c.add("{SSHA}Ayo5+OUQt9yWw2cCBjsOvl4r+9lzYWx0c2FsdA==");
      hash.salt = "saltsalt";
      hash.digest = salted_digest(Scheme::salted_sha1, word, "saltsalt");
      c.add(crypt_of(word[0] == '3' ? "san-dinh" : word, "$1$b$"));
    }
    c.lists = {"cay-da\nsan-dinh\n"};
    EXPECT_EQ(falsely_finished(c.run(ticks)), 0U) << ticks;
  }
}

TEST(Tester, MobileNumbersOfUnsaltedStoresCountForFinished) {
  for (const std::int64_t ticks : {std::int64_t{40}, kPlenty}) {
    Case c;
    c.plan.rules.mobile_prefixes = {"091234"};
    c.add(hex_of(Scheme::md5, "0912345678"));
    c.add(hex_of(Scheme::md5, "0912345679"));
    Hash& salted = c.add("{SSHA}Ayo5+OUQt9yWw2cCBjsOvl4r+9lzYWx0c2FsdA==");
    salted.salt = "saltsalt";
    salted.digest = salted_digest(Scheme::salted_sha1, "0912349999", "saltsalt");
    const auto all = c.run(ticks);
    EXPECT_EQ(falsely_finished(all), 0U) << ticks;
    EXPECT_TRUE(ticks != kPlenty || count(all, Class::phone) == 3U);
  }
}

// A word that opened one account of a person is tried on the person's others.
TEST(Tester, APersonsWordOpensTheOtherAccounts) {
  Case c;
  c.add(hex_of(Scheme::md5, "ben-nuoc"), "a", "P1");
  c.add(crypt_of("ben-nuoc", "$2b$04$abcdefghijklmnopqrstuu"), "b", "P1");
  c.lists = {"cay-da\nben-nuoc\n"};
  const auto all = c.run(kPlenty);
  EXPECT_EQ(all[0].as, Class::dictionary);
  EXPECT_EQ(all[1].as, Class::dictionary);
  EXPECT_EQ(all[0].group, all[1].group);
  EXPECT_NE(all[0].group, 0U);
}

// Ten million numbers a prefix: a search that time cut has not tried them all.
TEST(TesterTime, AnUnfinishedRangeOfNumbersIsNotFinished) {
  Case c;
  c.plan.rules.mobile_prefixes = {"090", "091"};
  c.add("{SSHA}MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=", "an");
  const auto cut = c.run(40);
  EXPECT_FALSE(cut[0].finished);
  Case none;
  none.plan.rules.mobile_prefixes = {};
  none.add("{SSHA}MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=", "an");
  EXPECT_TRUE(none.run(100'000)[0].finished);
}

TEST(TesterTime, MysqlsDoubleDigestIsTried) {
  Case c;
  std::string inner = salted_digest(Scheme::sha1, "matkhau", "");
  std::string hex = hex_of(Scheme::sha1, inner);
  c.add("*" + hex, "an");
  EXPECT_EQ(c.run(100'000)[0].as, Class::dictionary);
}

}  // namespace
}  // namespace khien::password
