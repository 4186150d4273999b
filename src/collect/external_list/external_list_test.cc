// Lists of outside services. Everybody is invented.
#include <gtest/gtest.h>

#include "base/file.h"
#include "collect/external_list/external_list.h"
#include "collect/testing.h"

namespace khien {
namespace {

struct ExternalListTest : ::testing::Test {
  Result<Collection> list(const std::string& text) {
    AgencySource source;
    source.path = folder_->path() / "l";
    source.written = "l";
    EXPECT_TRUE(write_file(source.path, text));
    auto out = read_external_list(source, reading_.get());
    if (!out) return pass_on(out.error());
    return std::move(out->at(0));
  }

  Result<TempFolder> folder_ = TempFolder::make();
  ReadingForTests reading_;
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

TEST_F(ExternalListTest, AnAddressWithoutAServiceMakesTheListPartial) {
  const auto leak = list("id,email,username,name,database_name\n1,an@sa.test,an,,Mạng X\n"
                         "2,bi@sa.test,bi,Lý Bì,Mạng X\n");
  ASSERT_TRUE(leak) << to_string(leak.error());
  const TableFacts& facts = leak->tables.at("external_registration");
  ASSERT_EQ(facts.rows.size(), 2U);
  EXPECT_EQ(to_text(facts.rows[1].at("service")), "Mạng X");
  EXPECT_EQ(facts.status, TableFacts::Status::complete);
  const auto cut = list("Email,Dịch vụ,Ngày\nan@sa.test,,02/01/2026\nbi@sa.test,X,\nTổng số: 2\n");
  EXPECT_EQ(cut->tables.at("external_registration").rows.size(), 1U);
  EXPECT_EQ(cut->tables.at("external_registration").status, TableFacts::Status::partial);
}

TEST_F(ExternalListTest, OtherJsonIsAnErrorAndNothingOfItIsKept) {
  for (const char* text : {"{}", "[]", "{\"a b\": [\"X\"]}", "{\"a\": 1}", "{\"logins\": []}"}) {
    const auto out = list(text);
    ASSERT_FALSE(out) << text;
    EXPECT_EQ(out.error().code, "K0405") << text;
  }
}

}  // namespace
}  // namespace khien
