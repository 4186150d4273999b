// OSCAL assessment-results: what its schema requires, and that nothing undecided is satisfied.
#include <gtest/gtest.h>

#include <map>
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

// What the schema of OSCAL 1.1.2 asks of each part that is written here: fields as "name kind", "!"
// after one that must be there, "[]" after a list, which is never empty. A part has no other field;
// a kind that is no part is a form of text.
const std::map<std::string, std::vector<std::string>>& parts() {
  static const std::map<std::string, std::vector<std::string>> all = {
      {"document", {"assessment-results! assessment-results"}},
      {"assessment-results",
       {"uuid! uuid", "metadata! metadata", "import-ap! import-ap", "results![] result",
        "back-matter back-matter"}},
      {"metadata",
       {"title! text", "last-modified! instant", "version! line", "oscal-version! line"}},
      {"import-ap", {"href! reference", "remarks text"}},
      {"result",
       {"uuid! uuid", "title! text", "description! text", "start! instant", "end instant",
        "props[] property", "reviewed-controls! reviewed-controls", "observations[] observation",
        "findings[] finding"}},
      {"reviewed-controls", {"control-selections![] control-selection"}},
      {"control-selection", {"include-all include-all", "include-controls[] selected"}},
      {"include-all", {}},
      {"selected", {"control-id! token"}},
      {"observation",
       {"uuid! uuid", "title text", "description! text", "props[] property", "methods![] method",
        "types[] token", "collected! instant"}},
      {"finding",
       {"uuid! uuid", "title! text", "description! text", "props[] property", "target! target",
        "related-observations[] related"}},
      {"target",
       {"type! target-type", "target-id! token", "title text", "description text",
        "status! status"}},
      {"status", {"state! state", "reason token", "remarks text"}},
      {"related", {"observation-uuid! uuid"}},
      {"property", {"name! token", "uuid uuid", "ns uri", "value! line", "class token"}},
      {"back-matter", {"resources[] resource"}},
      {"resource", {"uuid! uuid", "title text", "description text", "props[] property"}},
  };
  return all;
}

const std::map<std::string, std::regex>& forms() {
  static const std::map<std::string, std::regex> all = {
      {"text", std::regex("[\\s\\S]*")},
      {"line", std::regex("\\S(.*\\S)?")},
      {"token", std::regex("[A-Za-z_][A-Za-z0-9._-]*")},
      {"uuid", std::regex("[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                          "[0-9a-f]{12}")},
      {"instant", std::regex("(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T"
                             "(2[0-3]|[01][0-9]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?"
                             "(Z|[+-][0-9]{2}:[0-9]{2})")},
      {"uri", std::regex("[a-zA-Z][a-zA-Z0-9+.-]+:.+")},
      {"reference", std::regex("[^\\s<>\"{}|^`]+")},
      {"method", std::regex("EXAMINE|INTERVIEW|TEST|UNKNOWN")},
      {"target-type", std::regex("statement-id|objective-id")},
      {"state", std::regex("satisfied|not-satisfied")},
  };
  return all;
}

void judge_part(const Node& node, const std::string& kind, const std::string& place,
                std::vector<std::string>& faults) {
  if (const auto form = forms().find(kind); form != forms().end()) {
    const bool good = node.is_scalar() && std::regex_match(node.text(), form->second);
    if (!good) faults.push_back(place + " is no " + kind + ": " + to_json(node));
    return;
  }
  if (!node.is_map()) return faults.push_back(place + " is no object");
  std::set<std::string> known;
  for (const std::string& field : parts().at(kind)) {
    const std::size_t mark = field.find_first_of("![ ");
    const std::string name = field.substr(0, mark);
    const std::string inner = field.substr(field.rfind(' ') + 1);
    known.insert(name);
    if (!node.has(name)) {
      if (field[mark] == '!') faults.push_back(place + " lacks " + name);
      continue;
    }
    if (field.find("[]") == std::string::npos) {
      judge_part(node[name], inner, place + "/" + name, faults);
      continue;
    }
    if (node[name].items().empty()) faults.push_back(place + "/" + name + " is an empty list");
    for (const Node& item : node[name].items()) {
      judge_part(item, inner, place + "/" + name, faults);
    }
  }
  for (const auto& [name, value] : node.pairs()) {
    if (!known.contains(name)) faults.push_back(place + " has " + name);
  }
}

std::vector<std::string> faults_of(const Assessment& a, const std::string& lang) {
  const auto parsed = parse_json(testing::printed(Format::oscal, a, lang), "oscal");
  if (!parsed) return {to_string(parsed.error())};
  std::vector<std::string> out;
  judge_part(*parsed, "document", "", out);
  return out;
}

TEST(Oscal, every_part_is_what_the_schema_asks) {
  Assessment nothing;
  nothing.program_version = "0.1.0";
  Assessment awkward = testing::sample_assessment();
  awkward.agency.name = "  Sở\n\tMẫu ";
  for (DispatchRecord& d : awkward.dispatches) d.number = d.subject_line = "";
  for (MeasureRecord& m : awkward.measures) m.cite_vi = "", m.text = " a\r\n\x01 b\u200b ";
  Assessment unread = testing::sample_assessment();
  unread.runs.clear();
  unread.findings.clear();
  using Faults = std::vector<std::string>;
  for (const char* lang : {"vi", "en"}) {
    EXPECT_EQ(faults_of(testing::sample_assessment(), lang), Faults{}) << lang;
    EXPECT_EQ(faults_of(nothing, lang), Faults{}) << lang;
    EXPECT_EQ(faults_of(awkward, lang), Faults{}) << lang;
    EXPECT_EQ(faults_of(unread, lang), Faults{}) << lang;
  }
}

TEST(Oscal, a_part_that_is_not_as_the_schema_asks_is_found) {
  const std::pair<const char*, const char*> wrong[] = {
      {R"({"assessment-results": 1})", "/assessment-results is no object"},
      {R"({"assessment-results": {}, "more": 1})", " has more"},
      {R"({"assessment-results": {"results": []}})",
       "/assessment-results/results is an empty list"},
      {R"({"assessment-results": {"uuid": "x"}})",
       "/assessment-results/uuid is no uuid: \"x\""},
      {R"({"assessment-results": {"uuid": "x"}})", "/assessment-results lacks metadata"},
  };
  for (const auto& [text, said] : wrong) {
    std::vector<std::string> faults;
    judge_part(*parse_json(text, "oscal"), "document", "", faults);
    EXPECT_NE(std::find(faults.begin(), faults.end(), said), faults.end()) << said;
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
