// The shared copy is built from what may go up. A word that no rule lets through is not in it,
// whichever field it stood in.
#include "store/share.h"

#include <gtest/gtest.h>

#include "store/assessment.h"
#include "store/record.h"

namespace khien {
namespace {

constexpr const char* kCanary = "Mật Văn Canary";

// Every text, list and node of a record, down to the last, says the canary.
template <class R> void seed(R& record) {
  fields(record, [](const char*, auto& field) {
    using T = std::decay_t<decltype(field)>;
    if constexpr (std::is_same_v<T, std::string>) {
      field = kCanary;
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      field = {kCanary};
    } else if constexpr (std::is_same_v<T, Node>) {
      field = Node::map({{kCanary, kCanary}, {"list", kCanary}, {"rows", kCanary}});
    } else if constexpr (record::is_vector<T>::value) {
      field.resize(1);
      seed(field[0]);
    } else if constexpr (std::is_same_v<T, AgencyRecord>) {
      seed(field);
      field.name = "Sở Mẫu";
      field.parent = "UBND TỈNH MẪU";
    }
  });
}

ShareRules none() {
  ShareRules out;
  out.parameter = [](const auto&, const auto&, const auto&, const Node&) { return false; };
  out.norm = [](const NormRecord&) { return false; };
  out.programme = [](const DispatchRecord&) { return false; };
  out.cite = out.form = [](const std::string&) { return false; };
  return out;
}

Assessment seeded() {
  Assessment a;
  seed(a);
  lists(a, [](const char*, auto& list) {
    list.resize(1);
    seed(list[0]);
  });
  return a;
}

std::string bytes_of(const Assessment& a) {
  const Database db = *new_assessment_database(FactSchema{});
  EXPECT_TRUE(write_assessment(db, a));
  return *db.bytes();
}

TEST(Share, NoFieldLetsAFreeWordThrough) {
  const Assessment a = seeded();
  ASSERT_NE(bytes_of(a).find(kCanary), std::string::npos);
  const std::string bytes = bytes_of(shared_copy(a, "ab12", none()));
  EXPECT_EQ(bytes.find("Canary"), std::string::npos);
  EXPECT_NE(bytes.find("Sở Mẫu"), std::string::npos);
  EXPECT_NE(bytes.find("ab12"), std::string::npos);
}

Assessment small() {
  Assessment a;
  a.agency.name = "Sở Mẫu";
  a.agency.signer_title = "GIÁM ĐỐC";
  DispatchRecord d;
  d.id = 1;
  d.number = "128/SKHCN-CĐS";
  d.symbol = "SKHCN-CĐS";
  d.form = "công văn";
  d.issuer = "Ông Mật";
  d.issued_on = "2026-10";
  d.due_on = "trước ngày ông Mật về";
  d.legal_basis = {{"77/CAT-PA05", "2026-09-28", "Ông Mật"}, {"của ông Mật", "2026", ""}};
  a.dispatches = {d};
  MeasureRecord m;
  m.id = 1;
  m.doc_id = "II.1.a";
  m.cite_vi = "điểm a";
  m.obligation = "must";
  m.verdict = Verdict::not_met;
  KindRecord k;
  k.kind = "account.leavers";
  k.parameters = Node::map({{"idle_days", 90}, {"action", "xóa tài khoản của ông Mật"}});
  k.outcome = Outcome::fail;
  m.kinds = {k};
  a.measures = {m};
  RunRecord r;
  r.control = "account.leavers";
  r.parameters = k.parameters;
  r.failed = 2;
  r.required_by = "2/CT-TTG";
  a.runs = {r};
  ControlRecord c;
  c.id = "account.leavers";
  c.sql = "select 'ông Mật'";
  c.severity = "high";
  a.controls = {c};
  FindingRecord f;
  f.subject = "ong.mat";
  a.findings = {f};
  return a;
}

TEST(Share, KeepsVerdictsCountsCodesAndNumbers) {
  ShareRules rules = none();
  rules.parameter = [](const auto&, const auto&, const std::string& name, const Node& value) {
    return name == "idle_days" && value.type() == Node::Type::integer;
  };
  rules.cite = [](const std::string& cite) { return cite == "điểm a"; };
  rules.form = [](const std::string& form) { return form == "công văn"; };
  const Assessment s = shared_copy(small(), "ab12", rules);
  EXPECT_TRUE(s.shared);
  EXPECT_EQ(s.supersedes, "ab12");
  const DispatchRecord& d = s.dispatches.at(0);
  EXPECT_EQ(d.number + "|" + d.symbol + "|" + d.form + "|" + d.issued_on,
            "128/SKHCN-CĐS|SKHCN-CĐS|công văn|2026-10");
  EXPECT_EQ(d.issuer + d.due_on, "");
  ASSERT_EQ(d.legal_basis.size(), 1U);
  EXPECT_EQ(d.legal_basis[0].number + d.legal_basis[0].issuer, "77/CAT-PA05");
  const MeasureRecord& m = s.measures.at(0);
  EXPECT_EQ(m.doc_id + "|" + m.cite_vi + "|" + m.obligation, "II.1.a|điểm a|must");
  EXPECT_EQ(m.verdict, Verdict::not_met);
  EXPECT_EQ(to_json(m.kinds.at(0).parameters), to_json(Node::map({{"idle_days", 90}})));
  EXPECT_EQ(s.runs.at(0).failed, 2);
  EXPECT_EQ(s.runs.at(0).required_by, "2/CT-TTG");
  EXPECT_EQ(s.controls.at(0).sql, "");
  EXPECT_TRUE(s.findings.empty() && s.collections.empty() && s.attestations.empty());
}

TEST(Share, ANumberIsDigitsAndFewCapitals) {
  for (const char* yes : {"20/UBND-VHXXH", "1128/SKHCN-CĐS", "4749/BTTTT-CATTT", "7/2026/QĐ-TTg"}) {
    EXPECT_TRUE(is_dispatch_number(yes)) << yes;
  }
  for (const char* no : {"1/NGUYENVANMAT", "của ông Mật", "1/Ông Mật", "/UBND", "12345678/UBND",
                         "0987111222/A", "1/A/B/C/D/E/F", "1/", "1/A--B", "1/Mậtg"}) {
    EXPECT_FALSE(is_dispatch_number(no)) << no;
  }
}

}  // namespace
}  // namespace khien
