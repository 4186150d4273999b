// Who is addressed by a clause.
#include "judge/orders.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

struct AddresseeTest : ::testing::Test {
  Result<Content> content = Content::open(built_in_content());
  Result<AddresseeRules> rules = AddresseeRules::load(*content);
  Addressee department{{"Sở Công Thương tỉnh Mẫu", "Sở Công Thương"}, {}, false};
  Addressee machine;
  Addressee company{{"Công ty Viễn thông Mẫu"}, {}, true};
};

TEST_F(AddresseeTest, AClauseWithoutAnActorIsForEveryRecipient) {
  ASSERT_TRUE(rules);
  EXPECT_TRUE(rules->addressed("", department));
  EXPECT_TRUE(rules->addressed("", machine));
}

TEST_F(AddresseeTest, ItsOwnNameAddressesTheAgencyHoweverItIsWritten) {
  EXPECT_TRUE(rules->addressed("Sở Công Thương", department));
  EXPECT_TRUE(rules->addressed("SỞ CÔNG  THƯƠNG", department));
  EXPECT_TRUE(rules->addressed("Giao Sở Công Thương chủ trì", department));
  EXPECT_FALSE(rules->addressed("Sở Công Thươngx", department));
}

TEST_F(AddresseeTest, AnotherNamedBodyIsSomebodyElse) {
  EXPECT_FALSE(rules->addressed("Sở Thông tin và Truyền thông", department));
  EXPECT_FALSE(rules->addressed("Công an tỉnh", department));
  EXPECT_FALSE(rules->addressed("Đội ứng cứu sự cố máy tính tỉnh", department));
  EXPECT_FALSE(rules->addressed("UBND các huyện, thành phố", department));
}

TEST_F(AddresseeTest, GenericWordsAddressEverybody) {
  EXPECT_TRUE(rules->addressed("các cơ quan, đơn vị", department));
  EXPECT_TRUE(rules->addressed("Các sở, ban, ngành; Công an tỉnh", department));
  EXPECT_TRUE(rules->addressed("Thủ trưởng đơn vị", department));
}

TEST_F(AddresseeTest, AGroupAddressesThoseWhoseNameOrRoleBelongsToIt) {
  const Addressee commune{{"UBND xã Mẫu Sơn"}, {}, false};
  const Addressee hospital{{"Bệnh viện Đa khoa Mẫu"}, {}, false};
  const Addressee board{{"Trung tâm Mẫu"}, {"các sở, ban, ngành"}, false};
  const std::string both = "Các sở, ban, ngành, UBND các xã, phường";
  EXPECT_TRUE(rules->addressed(both, commune));
  EXPECT_TRUE(rules->addressed(both, department));
  EXPECT_FALSE(rules->addressed(both, hospital));
  EXPECT_FALSE(rules->addressed("Thủ trưởng các sở, ban, ngành", commune));
  EXPECT_TRUE(rules->addressed("Thủ trưởng các sở, ban, ngành", board));
  EXPECT_TRUE(rules->addressed("Giám đốc các bệnh viện", hospital));
  EXPECT_FALSE(rules->addressed("UBND các xã, phường", department));
  EXPECT_TRUE(rules->addressed("Văn phòng Sở", department));
  EXPECT_FALSE(rules->addressed("Văn phòng UBND tỉnh", department));
}

TEST_F(AddresseeTest, CompaniesAreAddressedOnlyAsCompanies) {
  EXPECT_FALSE(rules->addressed("doanh nghiệp viễn thông, Internet", department));
  EXPECT_FALSE(rules->addressed("doanh nghiệp viễn thông, Internet", machine));
  EXPECT_TRUE(rules->addressed("doanh nghiệp viễn thông, Internet", company));
}

TEST_F(AddresseeTest, GroupsOfOthersAreNotEverybody) {
  const Addressee school{{"Trường THCS Mẫu"}, {}, false};
  const Addressee party{{"Ban Nội chính Tỉnh ủy"}, {}, false};
  for (const char* others : {"Các cơ quan Đảng, đoàn thể", "UBND các huyện, thành phố",
                             "Các đơn vị sự nghiệp công lập thuộc UBND tỉnh"}) {
    EXPECT_FALSE(rules->addressed(others, department)) << others;
    EXPECT_FALSE(rules->addressed(others, company)) << others;
  }
  EXPECT_TRUE(rules->addressed("Các đơn vị sự nghiệp công lập", school));
  EXPECT_TRUE(rules->addressed("Các cơ quan Đảng, đoàn thể", party));
  EXPECT_FALSE(rules->addressed("BAN TỔ CHỨC TỈNH ỦY", department));
  EXPECT_TRUE(rules->addressed("Các cơ quan Đảng, chính quyền", department));
}

TEST_F(AddresseeTest, APaperToCompaniesAloneOrdersNobodyElse) {
  Order order;
  order.dispatch.recipients = {"Các doanh nghiệp viễn thông, Internet"};
  order.measures.resize(2);
  order.measures[0].kinds = order.measures[1].kinds = {{"host.patching", 0.9, "", Node::map()}};
  order.measures[1].actor = "Sở Công Thương";
  Assessment a;
  add_order(order, *rules, department, a);
  add_order(order, *rules, company, a);
  order.dispatch.recipients.push_back("Các sở, ban, ngành");
  add_order(order, *rules, department, a);
  EXPECT_FALSE(a.measures[0].addressed);
  EXPECT_TRUE(a.measures[1].addressed) << "named in the text";
  EXPECT_TRUE(a.measures[2].addressed);
  EXPECT_TRUE(a.measures[4].addressed);
  EXPECT_EQ(a.dispatches[0].warnings, std::vector<std::string>{kCompaniesOnly});
  EXPECT_TRUE(a.dispatches[1].warnings.empty());
}

TEST_F(AddresseeTest, APaperSentToOtherAgenciesIsJudgedAndSaysSo) {
  Order order;
  order.measures.resize(1);
  order.measures[0].kinds = {{"host.patching", 0.9, "", Node::map()}};
  const auto warned = [&](std::vector<std::string> recipients) {
    order.dispatch.recipients = std::move(recipients);
    Assessment a;
    add_order(order, *rules, department, a);
    EXPECT_TRUE(a.measures[0].addressed);
    return a.dispatches[0].warnings == std::vector<std::string>{kSentToOthers};
  };
  EXPECT_TRUE(warned({"UBND các xã, phường, đặc khu"}));
  EXPECT_TRUE(warned({"Ủy ban nhân dân cấp xã", "Công an tỉnh"}));
  EXPECT_FALSE(warned({"Các sở, ban, ngành", "UBND các xã, phường"}));
  EXPECT_FALSE(warned({"Các cơ quan, đơn vị trong tỉnh"}));
  EXPECT_FALSE(warned({}));
}

TEST_F(AddresseeTest, OfSeveralDaysTheAgencysOwnCounts) {
  Order order;
  order.measures.resize(1);
  Measure& m = order.measures[0];
  m.due_on = order.dispatch.due_on = "2024-06-14";
  m.kinds = {{"directive.report_back", 0.9, "", Node::map({{"report_by", "2024-06-14"}})}};
  m.deadlines = {{"2024-06-14", "Các sở, ban, ngành"}, {"2024-06-19", "UBND các xã, phường"}};
  const auto due = [&](const Addressee& agency) {
    Assessment a;
    add_order(order, *rules, agency, a);
    EXPECT_EQ(a.dispatches[0].due_on, a.measures[0].due_on);
    EXPECT_EQ(a.measures[0].kinds[0].parameters["report_by"].text(), a.measures[0].due_on);
    return a.measures[0].due_on;
  };
  EXPECT_EQ(due(department), "2024-06-14");
  EXPECT_EQ(due({{"UBND phường Mẫu Nam"}, {}, false}), "2024-06-19");
  EXPECT_EQ(due({{"Bệnh viện Đa khoa Mẫu"}, {}, false}), "2024-06-14") << "none is meant for it";
}

TEST_F(AddresseeTest, ATitleAsksNothing) {
  Order order;
  const auto add = [&](const char* id, const char* text, const char* actor, bool heading) {
    Measure& m = order.measures.emplace_back();
    m.id = id;
    m.text = text;
    m.actor = actor;
    m.kinds = {{"other.manual", 0.5, "", Node::map()}};
    if (heading) order.sentences.push_back({"heading", 0, 1, 1, id, ""});
  };
  add("I", "MỤC ĐÍCH, YÊU CẦU", "", true);
  add("II", "ĐỐI VỚI CÁC SỞ, BAN, NGÀNH", "", true);
  add("II.1", "Chuẩn bị phòng họp.", "CÁC SỞ, BAN, NGÀNH", false);
  add("III", "CÔNG AN TỈNH", "", true);
  add("IV", "Công an tỉnh họp giao ban", "Công an tỉnh", true);
  add("V", "Cơ quan mua két sắt", "", false);
  Assessment a;
  add_order(order, *rules, department, a);
  std::string kept;
  for (const MeasureRecord& m : a.measures) kept += m.doc_id + " ";
  EXPECT_EQ(kept, "II.1 IV V ");
  order.warnings = {{"kind_open", "warning.kind_open", {{"cite", "mục III"}}},
                    {"kind_open", "warning.kind_open", {{"cite", "mục V"}}}};
  order.measures[3].cite_vi = "mục III";
  order.measures[5].cite_vi = "mục V";
  ASSERT_EQ(rules->warnings(order).size(), 1U);
  EXPECT_EQ(rules->warnings(order)[0].args.at("cite"), "mục V");
  Assessment whole;
  add_order(order, *rules, department, whole, Titles::kept);
  ASSERT_EQ(whole.measures.size(), 6U);
  EXPECT_FALSE(whole.measures[1].addressed);
}

TEST_F(AddresseeTest, OneMachineAloneCannotTellBodiesApart) {
  EXPECT_TRUE(rules->addressed("Sở Thông tin và Truyền thông", machine));
}

TEST_F(AddresseeTest, AnOrderBecomesRecordsWithItsMeasures) {
  Order order;
  order.dispatch.number = "1/MAU";
  order.dispatch.legal_basis = {{"2/MAU", "2026"}};
  Measure m;
  m.id = "1.a";
  m.cite_vi = "điểm a, mục 1";
  m.actor = "doanh nghiệp viễn thông";
  m.kinds = {{"provider.telecom", 0.5, "rà soát", Node::map({{"x", 1}})}};
  order.measures = {m};
  Assessment a;
  add_order(order, *rules, department, a);
  add_order(order, *rules, company, a);
  ASSERT_EQ(a.dispatches.size(), 2U);
  ASSERT_EQ(a.measures.size(), 2U);
  EXPECT_EQ(a.measures[1].id, 2);
  EXPECT_EQ(a.measures[1].dispatch, 2);
  EXPECT_FALSE(a.measures[0].addressed);
  EXPECT_TRUE(a.measures[1].addressed);
  EXPECT_EQ(a.measures[0].doc_id, "1.a");
  EXPECT_EQ(a.measures[0].kinds.at(0).parameters["x"].integer(), 1);
  EXPECT_EQ(a.dispatches[0].legal_basis.at(0).issued_on, "2026");
}

TEST_F(AddresseeTest, ThePaperIsDueWhenTheAgencyItselfIsToAnswer) {
  Order order;
  Measure others;
  others.actor = "doanh nghiệp viễn thông";
  others.kinds = {{"directive.report_back", 0.9, "", Node::map({{"report_by", "2026-09-30"}})}};
  Measure own;
  own.kinds = {{"directive.report_back", 0.9, "", Node::map({{"report_by", "2026-09-15"}})}};
  order.measures = {others, own};
  order.dispatch.due_on = "2026-09-15";  // as it is read: without another body's report
  Assessment a;
  add_order(order, *rules, department, a);
  add_order(order, *rules, company, a);
  order.dispatch.due_on = "2026-10-02";  // set by hand
  add_order(order, *rules, department, a);
  EXPECT_EQ(a.dispatches[0].due_on, "2026-09-15");
  EXPECT_EQ(a.dispatches[1].due_on, "2026-09-30");
  EXPECT_EQ(a.dispatches[2].due_on, "2026-10-02");
}

}  // namespace
}  // namespace khien
