#include "judge/content_test_gaps.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "judge/reads.h"
#include "judge/run.h"

namespace khien {
namespace {

bool among(const std::vector<std::string>& tables, const std::string& table) {
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

// "Missing facts are never a pass", tried: takes a case that passes, makes each table the control
// reads partial, missing and absent, and all facts of machines old. None may pass but what the
// control declares.
class Gaps {
 public:
  Gaps(const Catalog& catalog, const FactSchema& schema, const Control& control)
      : catalog_(catalog), schema_(schema), control_(control) {}

  // `cases`: all of the control's.
  Result<CaseResult> run(const std::vector<ContentCase>& cases,
                         const std::set<std::string>& reads) {
    for (const auto* tables : {&control_.needs, &control_.may_be_absent, &control_.optional}) {
      for (const std::string& table : *tables) {
        if (!reads.contains(table)) say(table + " is declared and not read");
      }
    }
    bool any = false;
    bool machines = false;
    bool aged = false;
    for (const ContentCase& whole : cases) {
      if (!whole.collected || !whole.states.is_null()) continue;
      const ContentCase c = what_passes(whole);
      KHIEN_TRY(const bool good, passes(c, {c.facts}));
      if (!good) continue;
      // One passing case shows it for every table.
      if (!any) {
        for (const std::string& table : reads) KHIEN_DO(try_table(c, table));
      }
      any = true;
      if (aged) break;
      machines = machines || is_about_machines(c);
      KHIEN_TRY(const bool tried, try_age(c));
      aged = aged || tried;
    }
    if (!any) say("no case from which the control passes as a whole");
    if (machines && !aged) say("no passing case shows that old facts of a machine prove nothing");
    return std::move(result_);
  }

 private:
  const Catalog& catalog_;
  const FactSchema& schema_;
  const Control& control_;
  CaseResult result_{control_.id, "(facts that are not all there)", {}};

  void say(const std::string& problem) { result_.problems.push_back(problem); }

  // The case with only those of its subjects that pass.
  [[nodiscard]] ContentCase what_passes(const ContentCase& whole) const {
    ContentCase out = whole;
    std::vector<Row>& rows = out.facts.tables.at(control_.needs.front()).rows;
    std::vector<Row> kept;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto expected = whole.expected.find(static_cast<std::int64_t>(i) + 1);
      const bool stated = expected != whole.expected.end();
      if (!stated || expected->second.result == "pass") kept.push_back(rows[i]);
    }
    rows = std::move(kept);
    return out;
  }

  [[nodiscard]] bool is_about_machines(const ContentCase& c) const {
    const std::vector<Row>& rows = c.facts.tables.at(control_.needs.front()).rows;
    return control_.find(kFactsMaxAge) != nullptr &&
           std::any_of(rows.begin(), rows.end(),
                       [](const Row& row) { return row.contains("host"); });
  }

  Result<bool> passes(const ContentCase& c, const std::vector<Collection>& facts) const {
    KHIEN_TRY(const Assessment a, judged(c, facts, catalog_, schema_, control_));
    return !a.runs.empty() && a.runs.front().outcome == Outcome::pass;
  }

  Done try_table(const ContentCase& c, const std::string& table) {
    if (among(control_.optional, table)) return {};
    Collection partial = c.facts;
    partial.tables[table].status = TableFacts::Status::partial;
    Collection missing = c.facts;
    missing.tables[table] = {};
    missing.tables[table].status = TableFacts::Status::missing;
    Collection absent = c.facts;
    absent.tables.erase(table);
    const auto refuse = [&](const Collection& facts, const char* what) -> Done {
      KHIEN_TRY(const bool good, passes(c, {facts}));
      if (good) say(fmt::format("\"{}\" passes with {} {}", c.name, table, what));
      return {};
    };
    KHIEN_DO(refuse(partial, "partial"));
    KHIEN_DO(refuse(missing, "missing"));
    return among(control_.may_be_absent, table) ? Done{} : refuse(absent, "absent");
  }

  // Was there a machine whose facts could grow old?
  Result<bool> try_age(const ContentCase& c) {
    if (!is_about_machines(c)) return false;
    std::vector<Collection> facts = split_by_host(c.facts, control_.needs.front(), {});
    KHIEN_TRY(const bool fresh, passes(c, facts));
    if (!fresh) return false;
    for (Collection& one : facts) one.finished_at -= std::int64_t{400} * 86'400'000;
    KHIEN_TRY(const bool good, passes(c, facts));
    if (good) say(fmt::format("\"{}\" passes with facts 400 days old", c.name));
    return true;
  }
};

}  // namespace

Result<CaseResult> try_gaps(const std::vector<ContentCase>& cases, const Catalog& catalog,
                            const FactSchema& schema, const Control& control) {
  KHIEN_TRY(const std::set<std::string> reads, tables_read(schema, control));
  return Gaps(catalog, schema, control).run(cases, reads);
}

}  // namespace khien
