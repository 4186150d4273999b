#include "collect/agency.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

std::string agency_error(const std::string& yaml) {
  const auto out = parse_agency(yaml, "d/agency.yaml");
  return out ? "" : out.error().code + " " + out.error().place;
}

TEST(Agency, TheSampleLoadsWhole) {
  const auto a = load_agency("samples/agency/agency.yaml");
  ASSERT_TRUE(a) << to_string(a.error());
  EXPECT_EQ(a->record.name, "Sở Mẫu tỉnh Mẫu");
  EXPECT_TRUE(a->record.sample);
  EXPECT_FALSE(a->enterprise);
  EXPECT_EQ(a->record.signer_title, "GIÁM ĐỐC");
  EXPECT_EQ(a->officer_phone, "0900.000.999");
  EXPECT_EQ(a->aliases.size(), 1U);
  EXPECT_EQ(a->actor, std::vector<std::string>{"các sở, ban, ngành"});
  ASSERT_GE(a->sources.size(), 8U);
  EXPECT_EQ(a->sources[0].type, "staff");
  EXPECT_EQ(a->sources[0].path, "samples/agency/nguon/danh-sach-can-bo.xlsx");
  EXPECT_EQ(a->sources[2].text("app"), "TDOffice");
}

TEST(Agency, WhoSignsForAnotherHasSeveralLines) {
  const auto a = parse_agency(
      "name: A\nsigner: {title: [TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH]}\n", "a.yaml");
  ASSERT_TRUE(a) << to_string(a.error());
  EXPECT_EQ(a->record.signer_title, "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH");
  EXPECT_EQ(agency_error("name: A\nsigner: {title: [[x]]}\n"), "K0014 d/agency.yaml:2");
}

TEST(Agency, MistakesNameTheirLine) {
  EXPECT_EQ(agency_error("name: A\ncolour: red\n"), "K0015 d/agency.yaml:2");
  EXPECT_EQ(agency_error("parent: B\n").substr(0, 5), "K0013");
  EXPECT_EQ(agency_error("name: A\nsample: maybe\n"), "K0014 d/agency.yaml:2");
  EXPECT_EQ(agency_error("name: A\naliases: B\n"), "K0014 d/agency.yaml:2");
  EXPECT_EQ(agency_error("name: A\nsources:\n  - type: spy\n"), "K0016 d/agency.yaml:3");
  EXPECT_EQ(agency_error("name: A\nsources:\n  - type: staff\n"), "K0013 d/agency.yaml:3");
  EXPECT_EQ(agency_error("name: A\nsources:\n  - type: host\n  - {type: accounts, path: x}\n"),
            "K0013 d/agency.yaml:4");
  EXPECT_EQ(agency_error("name: A\nofficer:\n  fax: 1\n"), "K0015 d/agency.yaml:3");
  EXPECT_EQ(agency_error("name: [A\n").substr(0, 5), "K0010");
}

TEST(Agency, ThousandsOfSourcesAreRefused) {
  std::string yaml = "name: A\nsources:\n";
  for (int i = 0; i < 5000; ++i) yaml += "  - {type: kev, path: x}\n";
  EXPECT_EQ(agency_error(yaml), "");
  EXPECT_EQ(agency_error(yaml + "  - {type: kev, path: x}\n"), "K1043 d/agency.yaml:3");
}

TEST(Agency, WithoutAFileThisMachineIsTheOnlySource) {
  const Agency a = this_host();
  ASSERT_EQ(a.sources.size(), 1U);
  EXPECT_EQ(a.sources[0].type, "host");
  EXPECT_FALSE(a.record.sample);
}

TEST(Agency, VietnameseNamesSayTheSameWithAndWithoutMarks) {
  const std::string known =
      "name: Sở A\nparent: UBND tỉnh A\nmachines: 3\napplications: [Thư]\nfacts_max_age: P30D\n"
      "signer: {title: GIÁM ĐỐC, name: Lê A}\nofficer: {name: Lê B, phone: '0900'}\n"
      "sources:\n  - {type: host}\n  - {type: accounts, app: Thư, path: a.csv, scope: host,\n"
      "     columns: {tên: login}}\n  - {type: register, name: truc, path: t.xlsx}\n";
  const std::string marked =
      "tên: Sở A\ncơ quan chủ quản: UBND tỉnh A\nsố máy tính: 3\nứng dụng: [Thư]\n"
      "hạn số liệu: 30 ngày\nngười ký: {chức vụ: GIÁM ĐỐC, họ tên: Lê A}\n"
      "cán bộ phụ trách: {họ tên: Lê B, điện thoại: '0900'}\n"
      "nguồn số liệu:\n  - {loại: máy này}\n"
      "  - {loại: tài khoản, ứng dụng: Thư, tệp: a.csv, phạm vi: máy,\n"
      "     cột: {tên: login}}\n  - {loại: sổ theo dõi, tên: truc, tệp: t.xlsx}\n";
  const std::string bare =
      "ten: Sở A\nco-quan-chu-quan: UBND tỉnh A\nso_may_tinh: 3\nung-dung: [Thư]\n"
      "han-so-lieu: 30 ngay\nnguoi-ky: {chuc-vu: GIÁM ĐỐC, ho-ten: Lê A}\n"
      "can-bo-phu-trach: {ho-ten: Lê B, dien-thoai: '0900'}\n"
      "nguon-so-lieu:\n  - {loai: may-nay}\n"
      "  - {loai: tai-khoan, ung-dung: Thư, tep: a.csv, pham-vi: may,\n"
      "     cot: {tên: login}}\n  - {loai: so-theo-doi, ten: truc, tep: t.xlsx}\n";
  const auto wanted = parse_agency(known, "agency.yaml");
  ASSERT_TRUE(wanted) << to_string(wanted.error());
  for (const std::string& text : {marked, bare}) {
    const auto a = parse_agency(text, "agency.yaml");
    ASSERT_TRUE(a) << to_string(a.error());
    EXPECT_EQ(a->record.name, wanted->record.name);
    EXPECT_EQ(a->record.parent, wanted->record.parent);
    EXPECT_EQ(a->machines, 3);
    EXPECT_EQ(a->applications, wanted->applications);
    EXPECT_EQ(a->record.facts_max_age, "P30D");
    EXPECT_EQ(a->record.signer_name, "Lê A");
    EXPECT_EQ(a->officer_phone, "0900");
    ASSERT_EQ(a->sources.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(a->sources[i].type, wanted->sources[i].type);
      EXPECT_EQ(a->sources[i].fields, wanted->sources[i].fields) << i;
    }
  }
}

TEST(Agency, AVietnameseSlipNamesItsLineAndBothNames) {
  EXPECT_EQ(agency_error("tên: A\nđịa danhh: B\n"), "K0015 d/agency.yaml:2");
  EXPECT_EQ(agency_error("tên: A\ndoanh nghiệp: có thể\n"), "K0014 d/agency.yaml:2");
  EXPECT_EQ(agency_error("tên: A\nname: B\n"), "K0015 d/agency.yaml:2");
  const auto a = parse_agency("tên: A\nnguồn số liệu:\n  - {loại: tài khoảng, tệp: x}\n", "a");
  ASSERT_FALSE(a);
  EXPECT_EQ(a.error().args.at("near"), "accounts");
  EXPECT_EQ(a.error().args.at("near_vi"), "tài khoản (accounts)");
}

}  // namespace
}  // namespace khien
