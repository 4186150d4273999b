// One control run = one select. Runs that share control and parameters are made once.
#include "judge/run.h"

#include <algorithm>
#include <unordered_map>

#include "base/limits.h"
#include "base/text.h"
#include "judge/errors.h"
#include "judge/facts_age.h"
#include "judge/reads.h"
#include "judge/sandbox.h"
#include "judge/sources.h"
#include "store/assessment.h"

namespace khien {
namespace {

struct FactState {  // of one table over all collections
  bool any = false;
  bool complete = true;
};

struct RowResult {
  std::int64_t fact = 0;
  std::string subject;
  std::string observed;
  Outcome result = Outcome::error;
  std::string reason;
  std::string severity = {};  // "": that of the control
};

struct RunResult {
  Outcome outcome = Outcome::not_checked;
  std::string reason;
  std::string missing;
  bool complete = true;
  std::string whole_reason;         // the control spoke of no subject but of the facts as a whole
  std::map<Outcome, std::int64_t> counts;
  std::vector<RowResult> rows;  // non-passing only
};

class Runner {
 public:
  Runner(const Catalog& catalog, const FactSchema& schema, const Database& db, Assessment& out)
      : catalog_(catalog), schema_(schema), db_(db), out_(out) {}

  Done run(const Plan& plan) {
    KHIEN_TRY(out_.collections, read_collections(db_));
    if (schema_.find("attestation") != nullptr) {
      KHIEN_TRY(out_.attestations, read_attestations(db_, local_date(out_.as_of)));
    }
    remember_states();
    KHIEN_TRY(Sandbox sandbox, Sandbox::enter(db_, all_tables(schema_)));
    sandbox_ = &sandbox;
    for (const PlannedRun& planned : plan.runs) KHIEN_DO(run_one(planned));
    record_controls_and_norms(plan, catalog_, out_);
    return {};
  }

 private:
  const Catalog& catalog_;
  const FactSchema& schema_;
  const Database& db_;
  Assessment& out_;
  Sandbox* sandbox_ = nullptr;
  std::map<std::string, FactState> states_;
  // table -> fact -> collection
  std::map<std::string, std::unordered_map<std::int64_t, std::int64_t>> collection_of_;
  std::map<std::string, std::map<std::int64_t, std::string>> host_of_;         // table -> fact ->
  std::set<std::string> checked_;  // controls whose declared tables are those their SQL reads
  std::map<std::string, RunResult> done_;
  // Subjects a measure's own run already fails, per control: extras do not repeat them.
  std::map<std::string, std::set<std::string>> failing_;

  void remember_states() {
    for (const CollectionRecord& c : out_.collections) {
      for (const auto& t : c.tables) {
        FactState& state = states_[t.table];
        state.any = state.any || t.status != "missing";
        state.complete = state.complete && t.status == "complete";
      }
    }
  }

  // What can be said before the SQL runs; true: nothing more to do.
  bool settle_without_rows(const PlannedRun& planned, RunResult& r) {
    const auto unknown = [&](const char* reason, const std::string& missing) {
      r.outcome = Outcome::unknown;
      r.reason = reason;
      r.missing = missing;
      r.complete = false;
      return true;
    };
    const Control& control = *planned.control;
    if (!planned.missing_parameter.empty()) {
      return unknown("reason.parameter_not_stated", planned.missing_parameter);
    }
    for (const std::string& table : control.needs) {
      if (!states_[table].any) return unknown("reason.never_collected", table);
      r.complete = r.complete && states_[table].complete;
    }
    for (const std::string& table : control.may_be_absent) {
      r.complete = r.complete && states_[table].complete;  // of a table nobody speaks of: true
    }
    return false;
  }

  RunResult evaluate(const PlannedRun& planned) {
    const Control& control = *planned.control;
    if (!checked_.contains(control.id)) {
      const auto reads = declared_reads(*sandbox_, schema_, control);
      if (!reads) return broken(reads.error());
      checked_.insert(control.id);
    }
    RunResult r;
    if (settle_without_rows(planned, r)) return r;
    const FactsAge age(control, planned.parameters[kFactsMaxAge].text(), out_.as_of,
                       out_.collections);
    if (age.any_too_old()) {
      r.complete = false;
      r.whole_reason = "reason.facts_too_old";
      if (const auto read = read_places(control.needs.front()); !read) return broken(read.error());
    }
    std::vector<std::pair<std::string, Value>> binds = {
        {"as_of", out_.as_of},
        {"as_of_on", to_iso(local_date(out_.as_of))},
        {"dispatch", dispatch_of(planned.measure)}};
    for (const ControlParameter& p : control.parameters) {
      const auto value = bound_value(p, planned.parameters[p.name], control.id);
      if (!value) return broken(value.error());
      binds.emplace_back(p.name, *value);
    }
    ResultColumns columns;
    const Done done = sandbox_->query(control.id, control.sql, binds, [&](Statement& s) -> Done {
      if (columns.fact < 0) KHIEN_DO(columns.find(s, control.id));
      KHIEN_TRY(const Outcome outcome, outcome_of(control, columns, s));
      if (is_only_counted(outcome) && !age.any_too_old()) {
        ++r.counts[outcome];
        return {};
      }
      RowResult row = row_from(outcome, columns, s);
      if (age.any_too_old()) make_unknown_if_too_old(control, age, row);
      count(std::move(row), r);
      return {};
    });
    if (!done) return broken(done.error());
    std::stable_sort(r.rows.begin(), r.rows.end(), [](const RowResult& a, const RowResult& b) {
      return std::tie(a.subject, a.fact) < std::tie(b.subject, b.fact);
    });
    conclude(control, r);
    return r;
  }

  static RunResult broken(const Error& error) {
    RunResult r;
    r.outcome = Outcome::error;
    r.reason = "reason.control_error";
    r.missing = to_string(error);
    r.complete = false;
    return r;
  }

  // Where a control's select has the columns every control has; -1: not there.
  struct ResultColumns {
    int fact = -1, subject = -1, observed = -1, observed_at = -1, result = -1, reason = -1;
    int severity = -1;  // of a row graver than its control

    Done find(const Statement& s, const std::string& place) {
      fact = s.find("fact");
      subject = s.find("subject");
      observed = s.find("observed");
      observed_at = s.find("observed_at");
      result = s.find("result");
      reason = s.find("reason");
      severity = s.find("severity");
      if (fact >= 0 && subject >= 0 && result >= 0 && (observed >= 0 || observed_at >= 0)) {
        return {};
      }
      return fail(err::control_columns, place,
                  {{"wanted", "fact, subject, observed or observed_at, result"}});
    }
  };

  static Result<Outcome> outcome_of(const Control& control, const ResultColumns& c, Statement& s) {
    const std::string word = s.text(c.result);
    const Outcome outcome = outcome_from(word);
    if (word != to_string(outcome) || outcome == Outcome::error ||
        outcome == Outcome::not_checked) {
      return fail(err::control_result, control.id, {{"value", word}});
    }
    return outcome;
  }

  // Most rows of a province pass: what is said of them nobody reads.
  static bool is_only_counted(Outcome outcome) {
    return outcome == Outcome::pass || outcome == Outcome::not_applicable;
  }

  static RowResult row_from(Outcome outcome, const ResultColumns& c, Statement& s) {
    RowResult row{s.integer(c.fact), s.text(c.subject), "", outcome, ""};
    if (c.observed >= 0) {
      row.observed = s.text(c.observed);
    } else if (!s.is_null(c.observed_at)) {
      row.observed = to_iso(local_date(s.integer(c.observed_at)));
    }
    if (c.reason >= 0) row.reason = s.text(c.reason);
    if (c.severity >= 0) row.severity = s.text(c.severity);
    return row;
  }

  static void count(RowResult row, RunResult& r) {
    // A row without a subject says that something is missing altogether: it keeps the control
    // undecided, but is no subject to count.
    const bool whole =
        row.result == Outcome::unknown && row.fact == 0 && row.subject.empty();
    if (whole) r.whole_reason = row.reason.empty() ? "reason.never_collected" : row.reason;
    const std::int64_t nth = whole ? 0 : ++r.counts[row.result];
    if (is_only_counted(row.result)) return;
    const std::size_t most = row.result == Outcome::fail ? limits::findings_per_control
                                                         : limits::unknown_per_control;
    if (nth > static_cast<std::int64_t>(most)) return;
    if (row.reason.empty() && row.result == Outcome::unknown) row.reason = "reason.value_missing";
    r.rows.push_back(std::move(row));
  }

  // What old facts say of a machine is neither a pass nor a fail any more.
  void make_unknown_if_too_old(const Control& control, const FactsAge& age, RowResult& row) {
    const auto& hosts = host_of_[control.needs.front()];
    const auto host = hosts.find(row.fact);
    if (host == hosts.end()) return;
    const std::string date = age.too_old_since(host->second);
    if (date.empty()) return;
    row.result = Outcome::unknown;
    row.reason = "reason.facts_too_old";
    row.observed = date;
  }

  static void conclude(const Control& control, RunResult& r) {
    if (r.counts[Outcome::fail] > 0) {
      r.outcome = Outcome::fail;
    } else if (r.counts[Outcome::unknown] > 0) {
      r.outcome = Outcome::unknown;
      r.reason = "reason.rows_unknown";
    } else if (!r.whole_reason.empty()) {
      r.outcome = Outcome::unknown;
      r.reason = r.whole_reason;
    } else if (!r.complete) {
      r.outcome = Outcome::unknown;
      r.reason = "reason.partial_facts";
    } else if (r.counts[Outcome::pass] > 0) {
      r.outcome = Outcome::pass;
    } else if (r.counts[Outcome::not_applicable] > 0) {
      r.outcome = Outcome::not_applicable;
    } else {
      r.outcome = control.when_empty == "pass"             ? Outcome::pass
                  : control.when_empty == "not_applicable" ? Outcome::not_applicable
                                                           : Outcome::unknown;
      if (r.outcome == Outcome::unknown) r.reason = "reason.no_subjects";
    }
  }

  static bool softens(const Control& control, const RunResult& r) {
    if (control.on_fail == "partly_met") return true;
    const auto count = [&](Outcome o) { const auto i = r.counts.find(o);
                                        return i == r.counts.end() ? 0 : i->second; };
    return control.on_fail == "partly_if_most_pass" && count(Outcome::pass) > count(Outcome::fail);
  }

  Done run_one(const PlannedRun& planned) {
    // Only a control that asks for its order (:dispatch) is run once an order.
    const bool by_order = planned.control->sql.find(":dispatch") != std::string::npos;
    const std::string key = planned.control->id + "\n" + planned.missing_parameter + "\n" +
                            to_json(planned.parameters) + "\n" +
                            (by_order ? std::to_string(dispatch_of(planned.measure)) : "");
    auto it = done_.find(key);
    if (it == done_.end()) it = done_.emplace(key, evaluate(planned)).first;
    RunResult& r = it->second;
    const auto count = [&](Outcome o) { return r.counts[o]; };
    RunRecord& run = out_.runs.emplace_back();
    run.id = static_cast<std::int64_t>(out_.runs.size());
    run.measure = planned.measure;
    run.kind = planned.kind;
    run.control = planned.control->id;
    run.table = planned.control->needs.front();
    run.parameters = planned.parameters;
    run.defaulted = planned.defaulted;
    run.outcome = r.outcome;
    run.softens = softens(*planned.control, r);
    run.complete = r.complete;
    run.passed = count(Outcome::pass);
    run.failed = count(Outcome::fail);
    run.unknown = count(Outcome::unknown);
    run.errors = r.outcome == Outcome::error ? 1 : 0;
    run.not_applicable = count(Outcome::not_applicable);
    run.reason = r.reason;
    run.required_by = planned.required_by;
    return add_findings(planned, run, r);
  }

  Done add_findings(const PlannedRun& planned, const RunRecord& run, const RunResult& r) {
    std::set<std::string>& failing = failing_[planned.control->id];
    FindingRecord base;
    base.run = run.id;
    base.measure = planned.measure;
    base.control = run.control;
    base.kind = planned.kind;
    base.severity = planned.control->severity;
    base.table = run.table;
    base.norms = norms_for(*planned.control, planned.kind);
    if (const MeasureRecord* m = measure(planned.measure)) base.clauses = {m->cite_vi};
    const auto push = [&](FindingRecord f) {
      f.id = static_cast<std::int64_t>(out_.findings.size()) + 1;
      out_.findings.push_back(std::move(f));
    };
    if (r.rows.empty() && r.outcome != Outcome::pass && r.outcome != Outcome::not_applicable) {
      FindingRecord f = base;  // about the control as a whole: what is missing
      f.result = r.outcome;
      f.reason = r.reason;
      f.missing = r.missing.empty() ? run.table : r.missing;
      push(std::move(f));
    }
    for (const RowResult& row : r.rows) {
      const bool extra = planned.measure == 0;
      if (extra && (row.result != Outcome::fail || failing.contains(row.subject))) continue;
      if (!extra && row.result == Outcome::fail) failing.insert(row.subject);
      FindingRecord f = base;
      f.subject = row.subject;
      f.result = row.result;
      if (!row.severity.empty()) f.severity = row.severity;
      f.observed = row.observed;
      f.reason = row.reason;
      f.fact = row.fact;
      KHIEN_TRY(f.collection, collection_of(run.table, row.fact));
      if (f.collection == 0) f.missing = run.table;
      push(std::move(f));
    }
    return {};
  }

  Result<std::int64_t> collection_of(const std::string& table, std::int64_t fact) {
    KHIEN_DO(read_places(table));
    const auto& places = collection_of_[table];
    const auto found = places.find(fact);
    return found == places.end() ? 0 : found->second;
  }

  // Where each row of a table comes from: its collection, and the machine it is about.
  Done read_places(const std::string& table) {
    if (collection_of_.contains(table)) return {};
    auto& places = collection_of_[table];
    auto& hosts = host_of_[table];
    const FactTable* declared = schema_.find(table);
    const bool machines = declared != nullptr && declared->find("host") != nullptr;
    return sandbox_->query(
        table, "select fact_id, collection_id" + std::string(machines ? ", host" : "") +
                   " from " + table, {},
        [&](Statement& s) {
          places.emplace(s.integer(0), s.integer(1));
          if (machines && !s.is_null(2)) hosts.emplace(s.integer(0), fold(s.text(2)));
          return Done{};
        });
  }

  const MeasureRecord* measure(std::int64_t id) const {
    for (const MeasureRecord& m : out_.measures) {
      if (m.id == id) return &m;
    }
    return nullptr;
  }

  std::int64_t dispatch_of(std::int64_t measure_id) const {
    const MeasureRecord* m = measure(measure_id);
    return m == nullptr ? 0 : m->dispatch;
  }

  std::vector<std::string> norms_for(const Control& control, const std::string& kind) const {
    std::vector<std::string> ids;
    const Date today = local_date(out_.as_of);
    for (const Norm& norm : catalog_.norms()) {
      const bool named = std::find(control.norms.begin(), control.norms.end(), norm.id) !=
                         control.norms.end();
      if ((named || norm.stands_behind(kind)) && norm.in_force(today)) ids.push_back(norm.id);
    }
    return ids;
  }
};

}  // namespace

Done run_plan(const Plan& plan, const Catalog& catalog, const FactSchema& schema,
              const Database& db, Assessment& out) {
  return Runner(catalog, schema, db, out).run(plan);
}

}  // namespace khien
