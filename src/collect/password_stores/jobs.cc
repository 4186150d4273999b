// The workers' side. Each job reads the stores anew from the one memory file they came in, so that
// no hash is ever in a reply.

#include <cstring>

#include "base/clock.h"
#include "base/limits.h"
#include "collect/password_stores/errors.h"
#include "collect/password_stores/index.h"
#include "collect/password_stores/password_stores.h"
#include "collect/password_stores/ranges.h"
#include "collect/password_stores/stores.h"
#include "engine/password/hash_form.h"
#include "engine/password/tester.h"

namespace khien {

namespace {

using namespace password;

Result<Node> job_entries(const JobInput& input) {
  const Stores all = read_all(input);
  Node stores = Node::list(), entries = Node::list();
  for (std::size_t i = 0; i < all.stores.size(); ++i) {
    const Store& store = all.stores[i];
    Node lines = Node::list();
    for (const std::uint64_t line : store.bad_lines) lines.push(static_cast<std::int64_t>(line));
    Node node = Node::map({{"format", store.format},
                           {"unreadable", static_cast<std::int64_t>(store.unreadable)},
                           {"lines", std::move(lines)}});
    if (!all.states[i]) node.set("code", all.states[i].error().code);
    if (!all.states[i]) node.set("place", all.states[i].error().place);
    stores.push(std::move(node));
    for (const Entry& e : store.entries) {
      entries.push(Node::map({{"store", i},
                              {"login", e.login},
                              {"domain", e.domain},
                              {"mail", e.mail},
                              {"name", e.full_name},
                              {"scheme", e.hash.name},
                              {"none", e.hash.scheme == Scheme::none},
                              {"unknown", e.hash.scheme == Scheme::unknown},
                              {"unsalted", is_unsalted(e.hash.scheme)},
                              {"weak", e.hash.weak_store},
                              {"lm", e.lm_kept},
                              {"alternative", e.alternative},
                              {"disabled", e.disabled}}));
    }
  }
  return Node::map({{"stores", std::move(stores)}, {"entries", std::move(entries)}});
}

Subject subject_from(const Node& node) {
  Subject out;
  out.login = node["login"].text();
  out.mail = node["mail"].text();
  out.full_name = node["name"].text();
  out.phone = node["phone"].text();
  out.birth_on = node["birth"].text();
  out.staff_id = node["staff"].text();
  out.more_codes = node["more_codes"].texts();
  out.codes = node["codes"].texts();
  return out;
}

Policy policy_from(const Node& node) {
  Policy out;
  out.min_length = static_cast<std::size_t>(node["min_length"].integer(9));
  const std::vector<std::string> classes = node["classes"].texts();
  const auto has = [&](const char* name) {
    return std::find(classes.begin(), classes.end(), name) != classes.end();
  };
  out.digit = has("digit"), out.letter = has("letter"), out.special = has("special");
  out.upper = has("upper"), out.lower = has("lower");
  return out;
}

Result<TestPlan> plan_from(const JobInput& input) {
  TestPlan plan;
  const Node& args = input.args;
  Stores all = read_all(input);
  const auto& subjects = args["subjects"].items();
  for (std::size_t s = 0; s < all.stores.size(); ++s) {
    for (Entry& e : all.stores[s].entries) {
      const std::size_t i = plan.entries.size();
      const Node nothing;
      const Node& who = i < subjects.size() ? subjects[i] : nothing;
      plan.entries.push_back(std::move(e));
      plan.store.push_back(static_cast<std::uint32_t>(s));
      plan.subjects.push_back(subject_from(who));
      plan.persons.push_back(who["person"].text());
    }
  }
  KHIEN_TRY(plan.rules, word_rules(args["rules"], "words/passwords.yaml"));
  plan.policy = policy_from(args["policy"]);
  plan.admin_defaults = args["defaults"].texts();
  plan.year = static_cast<int>(args["year"].integer());
  plan.share = static_cast<std::uint32_t>(args["share"].integer());
  plan.shares = static_cast<std::uint32_t>(std::max<std::int64_t>(1, args["shares"].integer()));
  plan.budget_ms = args["budget_ms"].integer();
  const auto lists = static_cast<std::size_t>(args["lists"].integer());
  const std::vector<std::string> leaked = args["leaked"].texts();
  if (input.more.size() != 1 + lists + leaked.size()) {
    return fail(err::store_files, input.name);
  }
  for (std::size_t i = 0; i < lists; ++i) plan.lists.push_back(file_source(input.more[1 + i]));
  for (std::size_t i = 0; i < leaked.size(); ++i) {
    auto list = LeakedList::open(file_source(input.more[1 + lists + i]), leaked[i]);
    if (!list) return pass_on(list.error());
    plan.leaked.push_back(std::move(*list));
  }
  return plan;
}

Result<Node> job_test(const JobInput& input) {
  const SystemClock clock;
  const std::int64_t started = clock.steady_ms();
  KHIEN_TRY(TestPlan plan, plan_from(input));
  const std::size_t bytes = Board::bytes_for(plan.entries.size());
  if (size_of(input.more[0]) < bytes) return fail(err::store_files, input.name);
  const Mapping memory(input.more[0], bytes);
  if (!memory.valid()) return fail(err::store_files, input.name);
  Board board(memory.words(), plan.entries.size());
  for (const Node& row : input.args["leaked_rows"].items()) {  // of range folders
    board.found(static_cast<std::size_t>(row["entry"].integer()) % plan.entries.size(),
                Class::leaked, static_cast<std::uint16_t>(row["list"].integer()), false);
  }
  const std::int64_t budget = plan.budget_ms;
  Tester tester(plan, board, [&] { return budget - (clock.steady_ms() - started); });
  tester.run();
  return Node::map({{"tried", static_cast<std::int64_t>(tester.tried())},
                    {"ms", clock.steady_ms() - started}});
}

// Is a list fit to be searched? The head of it, before the test starts.
Result<Node> job_leaked_head(const JobInput& input) {
  if (input.more.size() != 1) return fail(err::store_files, input.name);
  KHIEN_TRY(const auto list, LeakedList::open(file_source(input.more[0]), input.name));
  return Node::map({{"nt", list->digest() == Digest::nt}});
}

Result<Node> job_outcomes(const JobInput& input) {
  const auto count = static_cast<std::size_t>(input.args["count"].integer());
  const std::string unsalted = input.args["unsalted"].text();
  if (input.bytes.size() < Board::bytes_for(count) || unsalted.size() != count) {
    return fail(err::store_files, input.name);
  }
  std::vector<std::uint64_t> memory(Board::bytes_for(count) / sizeof(std::uint64_t));
  std::memcpy(memory.data(), input.bytes.data(), memory.size() * sizeof(std::uint64_t));
  Board board(memory, count);
  std::vector<bool> flags(count);
  for (std::size_t i = 0; i < count; ++i) flags[i] = unsalted[i] == '1';
  const auto shares = static_cast<std::size_t>(input.args["shares"].integer());
  Node out = Node::list();
  for (const password::Outcome& o : board.outcomes(shares, flags)) {
    out.push(Node::map({{"class", to_string(o.as)},
                        {"list", static_cast<std::int64_t>(o.list)},
                        {"breaks", o.breaks_policy},
                        {"known", o.policy_known},
                        {"probable", o.probable},
                        {"finished", o.finished},
                        {"group", static_cast<std::int64_t>(o.group)},
                        {"size", static_cast<std::int64_t>(o.group_size)}}));
  }
  board.wipe();
  return out;
}

}  // namespace

std::vector<Job> password_jobs() {
  constexpr std::size_t all = limits::password_stores_bytes;
  std::vector<Job> out = {{"password.entries", all, job_entries},
                          {"password.leaked_head", 0, job_leaked_head},
                          {"password.test", all, job_test},
                          {"password.outcomes", all, job_outcomes}};
  for (Job& job : range_jobs()) out.push_back(std::move(job));
  out.push_back(index_job());
  return out;
}

}  // namespace khien
