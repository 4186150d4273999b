// The house rules over this repository, and each rule over a repository that breaks it on purpose.
#include <gtest/gtest.h>

#include <filesystem>
#include <ostream>

#include "house/house.h"

namespace house {
namespace {

const Repo& ours() {
  static const Repo repo = read_repo(std::filesystem::current_path());
  return repo;
}
const Repo& bad() {
  static const Repo repo = read_repo(std::filesystem::current_path() / "tests/house/testdata/bad");
  return repo;
}

TEST(House, reads_this_repository) {
  EXPECT_GT(ours().files.size(), 50U);
  EXPECT_TRUE(read_arrows(ours()).contains("base"));
  EXPECT_TRUE(read_arrows(ours()).at("base").empty());
  EXPECT_EQ(read_links(ours()).at("store"), (std::set<std::string>{"base"}));
  EXPECT_TRUE(read_links(ours()).at("app").contains("judge"));
}

struct Rule {
  const char* name;
  Violations (*check)(const Repo&);
  std::vector<const char*> expected;  // each must be found in testdata/bad
};

void PrintTo(const Rule& rule, std::ostream* out) { *out << rule.name; }

std::vector<Rule> rules_of_code() {
  return {
      {"rooms_include_only_what_the_arrows_allow",
       check_includes,
       {"src/judge/verdict.cc:3: arrow judge -> collect. Instead: judge may use base, dispatch",
        "src/judge/verdict.cc:4: include of verdict.h", "room without a row: cellar"}},
      {"rooms_link_only_what_the_arrows_allow",
       check_links,
       {"room judge links report", "room judge includes collect without linking it",
        "hub reaches judge"}},
      {"folders_of_a_room_include_no_circle",
        check_folders,
       {"src/collect/left/left.h:2: circle collect/left -> collect/right -> collect/left",
        "src/collect/right/right.cc:1: circle collect/right -> collect -> collect/right",
        "src/collect/table.h:2: circle collect -> collect/left -> collect"}},
      {"banned_calls_are_not_used",
       check_calls,
       {"src/judge/calls.cc:6: banned: system(. Instead: run_outside()",
        "src/judge/calls.cc:7: banned: std::rand(", "src/judge/calls.cc:8: banned: std::time(",
        "src/judge/calls.cc:9: banned: system_clock", "src/judge/calls.cc:10: banned: getenv(",
        "src/judge/calls.cc:11: banned: std::ifstream", "src/judge/calls.cc:12: banned: sprintf(",
        "src/judge/calls.cc:13: banned: using namespace std;",
        "src/judge/calls.cc:14: banned: popen(", "src/judge/calls.cc:15: banned: setlocale(",
        "src/judge/calls.cc:16: banned: random_device", "src/judge/calls.cc:17: banned: for",
        "src/judge/calls.cc:18: banned: fs::exists("}},
      {"lines_and_files_keep_their_shape",
       check_shape,
       {"src/judge/verdict.cc:6: line of 101 columns", "src/judge/verdict.cc:7: tab",
        "src/judge/verdict.cc:8: CRLF line end", "src/judge/long.cc: file of 401 lines"}},
      {"functions_stay_short", check_functions, {"src/judge/long.cc:4: function of 61 lines"}},
      {"no_file_is_dead",
       check_dead_files,
       {"src/judge/verdict.h: header that nobody includes",
        "src/judge/zz.cc: placeholder beside real sources"}},
      {"headers_keep_heavy_libraries_out",
       check_headers,
       {"src/judge/verdict.h:2: a heavy library in a header"}},
      {"no_words_of_unfinished_work_or_private_paths",
       check_words,
       {"notes.md:1: unfinished work", "notes.md:2: a path of one machine"}},
      {"no_control_is_named_in_code",
       check_control_ids,
       {"src/judge/words.cc:10: C++ names the control host.lock",
        "src/judge/words.cc:11: C++ names the control host.lock"}},
      {"limits_have_names",
       check_limits,
       {"src/judge/limits.cc:4: a limit", "src/judge/limits.cc:5: a limit",
        "src/judge/limits.cc:6: a limit", "src/judge/limits.cc:7: a limit"}},
  };
}

std::vector<Rule> rules_of_pages() {
  return {
      {"texts_are_complete_in_both_languages",
       check_text_files,
       {"text only in vi: verdict.only_vi", "text only in en: verdict.only_en",
        "arguments differ: vi n; en count", "no valid MessageFormat: {n, plural, one {x}",
        "empty text"}},
      {"texts_asked_for_in_code_exist",
       check_text_uses,
       {"src/judge/words.cc:6: no such text: verdict.absent",
        "src/judge/words.cc:7: text verdict.count is not given its argument n",
        "src/judge/words.cc:8: no text begins with nothing."}},
      {"errors_are_given_their_arguments",
       check_error_arguments,
       {"src/judge/words.cc:13: error K0501 is not given its argument detail"}},
      {"error_codes_have_their_texts",
       check_error_codes,
       {"error without its text: error.K0501.todo", "code used twice: K0501",
        "text of an unknown code: error.K0599.what", "bare error code K0501"}},
      {"error_codes_are_those_of_their_room",
       check_error_ranges,
       {"src/judge/errors.h:5: code K1502 is not one of judge. Instead: widen",
        "src/judge/errors.h:6: code K0201 is not one of judge. Instead: a free code",
        "code of two rooms: K0210"}},
      {"folders_of_content_are_described",
       check_content_table,
       {"folder without a row: content/text", "row without a folder: content/attic"}},
      {"the_reading_path_is_in_order",
       check_reading_path,
       {"src/judge/verdict.h: not this step of the reading path. Instead: a first line \"// "
        "Reading path 1/2\"",
        "src/judge/words.cc: a step the reading path does not name"}},
      {"documents_that_are_cited_are_there", check_documents,
       {"notes.md:3: a document that is not in the tree"}},
  };
}

std::vector<Rule> rules() {
  std::vector<Rule> all = rules_of_code();
  for (Rule& rule : rules_of_pages()) all.push_back(std::move(rule));
  return all;
}

class KeepsTheRule : public ::testing::TestWithParam<Rule> {};

TEST_P(KeepsTheRule, in_this_repository) {
  const Violations found = GetParam().check(ours());
  EXPECT_TRUE(found.empty()) << to_string(found);
}

TEST_P(KeepsTheRule, finds_what_breaks_it) {
  const std::string found = to_string(GetParam().check(bad()));
  for (const char* expected : GetParam().expected) {
    EXPECT_NE(found.find(expected), std::string::npos) << "not found: " << expected << "\nin\n"
                                                       << found;
  }
}

INSTANTIATE_TEST_SUITE_P(House, KeepsTheRule, ::testing::ValuesIn(rules()),
                         [](const auto& rule) { return std::string(rule.param.name); });

TEST(House, the_numbers_are_those_of_contributing) {
  const File* page = find_file(ours(), "CONTRIBUTING.md");
  ASSERT_NE(page, nullptr);
  const std::string said = "Files at most " + std::to_string(kFileLines) + " lines, functions " +
                           std::to_string(kFunctionLines) + ", lines " +
                           std::to_string(kColumns) + " columns";
  EXPECT_NE(page->text.find(said), std::string::npos) << said;
}

TEST(House, a_named_limit_and_a_kind_are_nothing_wrong) {
  const std::string limits = to_string(check_limits(bad()));
  EXPECT_EQ(limits.find("limits.cc:8"), std::string::npos) << limits;
  EXPECT_EQ(limits.find("limits.cc:9"), std::string::npos) << limits;
  EXPECT_EQ(to_string(check_control_ids(bad())).find("host.kind"), std::string::npos);
}

TEST(House, finds_nothing_wrong_in_a_call_that_only_looks_banned) {
  for (const char* expected : {"calls.cc:20", "calls.cc:21", "calls.cc:22", "calls.cc:23"}) {
    EXPECT_EQ(to_string(check_calls(bad())).find(expected), std::string::npos) << expected;
  }
}

}  // namespace
}  // namespace house
