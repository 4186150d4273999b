// Lists of outside services; browser stores copied into a folder. Everybody is invented.
#include <gtest/gtest.h>

#include <fstream>

#include "collect/account_sources.h"
#include "collect/browser_files/browser_files.h"
#include "collect/external_list/external_list.h"
#include "collect/jobs.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

struct ExternalListTest : ::testing::Test {
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("khien-external-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    const auto content = Content::open(built_in_content());
    lexicon_ = std::move(*Lexicon::load(*content));
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path put(const std::string& path, const std::string& text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
    return folder_ / path;
  }
  Result<Collection> list(const std::string& text) {
    AgencySource source;
    source.path = put("l", text);
    source.written = "l";
    std::vector<SourceNote> notes;
    return collect_external_list(source, lexicon_, pool_, notes);
  }

  fs::path folder_;
  Lexicon lexicon_;
  WorkerPool pool_{collect_jobs()};
};

TEST_F(ExternalListTest, AnAnswerOfADomainSearchGivesARowAService) {
  const auto out = list("{\"an_sa\": [\"X\", \"Y\"], \"binh\": [\"X\"]}");
  ASSERT_TRUE(out) << to_string(out.error());
  const auto& rows = out->tables.at("external_registration").rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(to_text(rows[1].at("mail")) + to_text(rows[1].at("service")), "an_saY");
}

TEST_F(ExternalListTest, ATableAndAListOfRecordsSayTheSame) {
  const auto table = list("Email,Dịch vụ,Ngày\nan@sa.test,Mạng X,02/01/2026\n");
  const auto records = list("[{\"email\": \"an@sa.test\", \"service\": \"Mạng X\","
                            " \"date\": \"2026-01-02\"}]");
  ASSERT_TRUE(table && records);
  for (const char* column : {"mail", "service", "found_on"}) {
    EXPECT_EQ(to_text(table->tables.at("external_registration").rows.at(0).at(column)),
              to_text(records->tables.at("external_registration").rows.at(0).at(column)));
  }
}

TEST_F(ExternalListTest, OtherJsonIsAnErrorAndNothingOfItIsKept) {
  for (const char* text : {"{}", "[]", "{\"a b\": [\"X\"]}", "{\"a\": 1}", "{\"logins\": []}"}) {
    const auto out = list(text);
    ASSERT_FALSE(out) << text;
    EXPECT_EQ(out.error().code, "K0405") << text;
  }
}

TEST_F(ExternalListTest, DecisionsOfAPersonAreReadBack) {
  const auto table = read_csv("Ứng dụng,Tên đăng nhập,Mã cán bộ xác nhận\n"
                              "TD,x9,CB7\nTD,quầy1,dùng chung\nTD,cũ,không\nTD,sau,\n", "d.csv");
  ASSERT_TRUE(table);
  const auto decisions = read_join_decisions(*table, "d.csv", lexicon_);
  ASSERT_TRUE(decisions) << to_string(decisions.error());
  EXPECT_EQ(*decisions, (JoinDecisions{{"td|x9", {"cb7", "d.csv:2"}},
                                       {"td|quầy1", {"", "d.csv:3", JoinDecision::Who::several}},
                                       {"td|cũ", {"", "d.csv:4", JoinDecision::Who::nobody}}}));
  const auto two =
      read_csv("Ứng dụng,Tên đăng nhập,Mã cán bộ xác nhận\nTD,x,C1\nTD,x,C1\nTD,X,C2\n", "d.csv");
  ASSERT_TRUE(two);
  const auto refused = read_join_decisions(*two, "d.csv", lexicon_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code + refused.error().place, "K1000d.csv:4");
}

TEST_F(ExternalListTest, BrowserStoresAreCountedByMachineAndUser) {
  put("b/pc1/an/logins.json", "{\"logins\": [{\"hostname\": \"https://thu.sa.test\"},"
                              "{\"hostname\": \"https://bao.example\"}]}");
  put("b/pc1/binh/Login Data", "no database");
  put("b/pc1/binh/other.txt", "x");
  const auto out = collect_browser_files(folder_ / "b", "b", {"sa.test"}, pool_);
  ASSERT_TRUE(out) << to_string(out.error());
  const TableFacts& facts = out->tables.at("browser_credential");
  ASSERT_EQ(facts.rows.size(), 2U);
  EXPECT_EQ(to_text(facts.rows[0].at("login")) + to_text(facts.rows[0].at("saved_count")) +
                to_text(facts.rows[0].at("watched_count")), "an21");
  EXPECT_EQ(to_text(facts.rows[1].at("unread_reason")), "reason.host.store_damaged");
  EXPECT_EQ(facts.status, TableFacts::Status::partial);
  EXPECT_EQ(out->tables.at("host").rows.size(), 1U);
  const auto none = collect_browser_files(folder_ / "b/pc1/binh/other.txt", "b", {}, pool_);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "K0406");
}

}  // namespace
}  // namespace khien
