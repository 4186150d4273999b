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

}  // namespace
}  // namespace khien
