// OSCAL assessment-results: what its schema requires, and that nothing undecided is satisfied.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "report/json.h"
#include "report/testing.h"
#include "report/testing_out.h"

namespace khien::report {
namespace {

void collect_uuids(const Node& node, std::vector<std::string>& out) {
  for (const Node& item : node.items()) collect_uuids(item, out);
  for (const auto& [name, value] : node.pairs()) {
    if (name == "uuid") out.push_back(value.text());
    collect_uuids(value, out);
  }
}

TEST(Oscal, it_is_whole_and_points_at_what_is_there) {
  const auto parsed =
      parse_json(testing::printed(Format::oscal, testing::sample_assessment()), "oscal");
  ASSERT_TRUE(parsed);
  const Node& root = (*parsed)["assessment-results"];
  EXPECT_EQ(root["metadata"]["oscal-version"].text(), "1.1.2");
  std::vector<std::string> uuids;
  collect_uuids(root, uuids);
  const std::regex pattern("[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                           "[0-9a-f]{12}");
  for (const std::string& uuid : uuids) EXPECT_TRUE(std::regex_match(uuid, pattern)) << uuid;
  const std::set<std::string> known(uuids.begin(), uuids.end());
  EXPECT_EQ(known.size(), uuids.size());
  EXPECT_TRUE(known.contains(root["import-ap"]["href"].text().substr(1)));
  const Node& result = root["results"].items().at(0);
  for (const char* field : {"uuid", "title", "description", "start", "reviewed-controls"}) {
    EXPECT_TRUE(result.has(field)) << field;
  }
  for (const Node& f : result["findings"].items()) {
    for (const Node& o : f["related-observations"].items()) {
      EXPECT_TRUE(known.contains(o["observation-uuid"].text()));
    }
  }
  const std::regex token("[A-Za-z_][A-Za-z0-9._-]*");
  const Node& selected = result["reviewed-controls"]["control-selections"].items().at(0);
  for (const Node& c : selected["include-controls"].items()) {
    EXPECT_TRUE(std::regex_match(c["control-id"].text(), token)) << c["control-id"].text();
  }
  for (const Node& o : result["observations"].items()) {
    EXPECT_FALSE(o["description"].text().empty());
    EXPECT_EQ(o["methods"].texts(), std::vector<std::string>{"TEST"});
  }
}

TEST(Oscal, only_what_is_met_is_satisfied) {
  Assessment a = testing::sample_assessment();
  std::set<std::string> seen;
  const auto parsed = parse_json(testing::printed(Format::oscal, a), "oscal");
  ASSERT_TRUE(parsed);
  std::size_t findings = 0;
  const Node& result = (*parsed)["assessment-results"]["results"].items().at(0);
  for (const Node& f : result["findings"].items()) {
    ++findings;
    const std::string verdict = f["props"].items().at(0)["value"].text();
    const Node& status = f["target"]["status"];
    seen.insert(verdict);
    EXPECT_EQ(status["state"].text(), verdict == "met" ? "satisfied" : "not-satisfied");
    EXPECT_EQ(status["reason"].text(), verdict == "met"            ? "pass"
                                       : verdict == "undetermined" ? "other" : "fail");
  }
  EXPECT_EQ(findings, static_cast<std::size_t>(std::count_if(
                          a.measures.begin(), a.measures.end(),
                          [](const MeasureRecord& m) { return m.addressed; })));
  EXPECT_GT(seen.size(), 2U);
}

TEST(Oscal, subjects_stay_at_home) {
  Assessment a = testing::sample_assessment();
  ASSERT_FALSE(a.findings.empty());
  for (FindingRecord& f : a.findings) f.subject = "MAY-CUA-BA-NGA";
  EXPECT_EQ(testing::printed(Format::oscal, a).find("MAY-CUA-BA-NGA"), std::string::npos);
}

}  // namespace
}  // namespace khien::report
