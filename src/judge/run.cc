// One control run = one select. Runs that share control and parameters are made once.
#include "judge/run.h"

#include <algorithm>

#include "base/limits.h"
#include "judge/errors.h"
#include "judge/sandbox.h"

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
    KHIEN_DO(read_collections());
    KHIEN_DO(read_attestations());
    std::set<std::string> tables = {"collection", "collection_table"};
    for (const FactTable& t : schema_.tables()) tables.insert(t.name);
    KHIEN_TRY(Sandbox sandbox, Sandbox::enter(db_, tables));
    sandbox_ = &sandbox;
    for (const PlannedRun& planned : plan.runs) KHIEN_DO(run_one(planned));
    remember_sources(plan);
    return {};
  }

 private:
  const Catalog& catalog_;
  const FactSchema& schema_;
  const Database& db_;
  Assessment& out_;
  Sandbox* sandbox_ = nullptr;
  std::map<std::string, FactState> states_;
  std::map<std::string, std::map<std::int64_t, std::int64_t>> collection_of_;  // table -> fact ->
  std::map<std::string, RunResult> done_;
  // Subjects a measure's own run already fails, per control: extras do not repeat them.
  std::map<std::string, std::set<std::string>> failing_;

  Done read_collections() {
    KHIEN_TRY(auto s, db_.prepare("select collection_id, collector, source, source_sha256, host,"
                                  " finished_at from collection order by collection_id"));
    KHIEN_TRY(auto t,
              db_.prepare("select table_name, status, reason, detail, row_count from"
                          " collection_table where collection_id = ?1 order by table_name"));
    for (;;) {
      KHIEN_TRY(const bool more, s.step());
      if (!more) return {};
      CollectionRecord& c = out_.collections.emplace_back();
      c = {s.integer(0), s.text(1), s.text(2), s.text(3), s.text(4), s.integer(5), {}};
      t.bind(1, c.id);
      for (;;) {
        KHIEN_TRY(const bool row, t.step());
        if (!row) break;
        c.tables.push_back({t.text(0), t.text(1), t.text(2), t.text(3), t.integer(4)});
        FactState& state = states_[t.text(0)];
        state.any = state.any || t.text(1) != "missing";
        state.complete = state.complete && t.text(1) == "complete";
      }
      t.reset();
    }
  }

  Done read_attestations() {
    if (schema_.find("attestation") == nullptr) return {};
    KHIEN_TRY(auto s, db_.prepare("select kind, statement, signed_by, signed_on, valid_until_on,"
                                  " file, file_sha256, file_present from attestation"
                                  " order by fact_id"));
    const std::string today = to_iso(local_date(out_.as_of));
    for (;;) {
      KHIEN_TRY(const bool more, s.step());
      if (!more) return {};
      AttestationRecord a{s.text(0), s.text(1), s.text(2), s.text(3), s.text(4),
                          s.text(5), s.text(6), false, ""};
      if (s.integer(7) != 1) a.reason = "reason.attestation_no_file";
      else if (a.signed_by.empty() || a.signed_on.empty()) a.reason = "reason.attestation_unsigned";
      else if (a.valid_until.empty()) a.reason = "reason.attestation_no_expiry";
      else if (a.signed_on > today) a.reason = "reason.attestation_future";
      else if (a.valid_until < today) a.reason = "reason.attestation_expired";
      a.accepted = a.reason.empty();
      out_.attestations.push_back(std::move(a));
    }
  }

  // What can be said before the SQL runs; true: nothing more to do.
  bool settle_without_rows(const PlannedRun& planned, RunResult& r) {
    if (!planned.missing_parameter.empty()) {
      r.outcome = Outcome::unknown;
      r.reason = "reason.parameter_not_stated";
      r.missing = planned.missing_parameter;
      r.complete = false;
      return true;
    }
    for (const std::string& table : planned.control->needs) {
      const FactState& state = states_[table];
      if (!state.any) {
        r.outcome = Outcome::unknown;
        r.reason = "reason.never_collected";
        r.missing = table;
        r.complete = false;
        return true;
      }
      r.complete = r.complete && state.complete;
    }
    return false;
  }

  RunResult evaluate(const PlannedRun& planned) {
    RunResult r;
    if (settle_without_rows(planned, r)) return r;
    const Control& control = *planned.control;
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
      return take_row(control, columns, s, r);
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

    Done find(const Statement& s, const std::string& place) {
      fact = s.find("fact");
      subject = s.find("subject");
      observed = s.find("observed");
      observed_at = s.find("observed_at");
      result = s.find("result");
      reason = s.find("reason");
      if (fact >= 0 && subject >= 0 && result >= 0 && (observed >= 0 || observed_at >= 0)) {
        return {};
      }
      return fail(err::control_columns, place,
                  {{"wanted", "fact, subject, observed or observed_at, result"}});
    }
  };

  static Done take_row(const Control& control, const ResultColumns& c, Statement& s,
                       RunResult& r) {
    const std::string word = s.text(c.result);
    const Outcome outcome = outcome_from(word);
    if (word != to_string(outcome) || outcome == Outcome::error ||
        outcome == Outcome::not_checked) {
      return fail(err::control_result, control.id, {{"value", word}});
    }
    // A row without a subject says that something is missing altogether: it keeps the control
    // undecided, but is no subject to count.
    const bool whole =
        outcome == Outcome::unknown && s.integer(c.fact) == 0 && s.text(c.subject).empty();
    if (whole) r.whole_reason = "reason.never_collected";
    const std::int64_t count = whole ? 0 : ++r.counts[outcome];
    if (outcome == Outcome::pass || outcome == Outcome::not_applicable) return {};
    const std::size_t most = outcome == Outcome::fail ? limits::findings_per_control
                                                      : limits::unknown_per_control;
    if (count > static_cast<std::int64_t>(most)) return {};
    RowResult row{s.integer(c.fact), s.text(c.subject), "", outcome, ""};
    if (c.observed >= 0) {
      row.observed = s.text(c.observed);
    } else if (!s.is_null(c.observed_at)) {
      row.observed = to_iso(local_date(s.integer(c.observed_at)));
    }
    if (c.reason >= 0) row.reason = s.text(c.reason);
    if (row.reason.empty() && outcome == Outcome::unknown) row.reason = "reason.value_missing";
    if (whole && !row.reason.empty()) r.whole_reason = row.reason;
    r.rows.push_back(std::move(row));
    return {};
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
    auto it = collection_of_.find(table);
    if (it == collection_of_.end()) {
      it = collection_of_.emplace(table, std::map<std::int64_t, std::int64_t>{}).first;
      KHIEN_DO(sandbox_->query(table, "select fact_id, collection_id from " + table, {},
                               [&](Statement& s) {
                                 it->second.emplace(s.integer(0), s.integer(1));
                                 return Done{};
                               }));
    }
    const auto found = it->second.find(fact);
    return found == it->second.end() ? 0 : found->second;
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

  void remember_sources(const Plan& plan) {
    std::set<std::string> controls;
    for (const PlannedRun& p : plan.runs) {
      if (!controls.insert(p.control->id).second) continue;
      out_.controls.push_back(
          {p.control->id, p.control->sql, p.control->severity, p.control->satisfies});
    }
    std::set<std::string> norms;
    for (const FindingRecord& f : out_.findings) norms.insert(f.norms.begin(), f.norms.end());
    for (const RunRecord& r : out_.runs) norms.insert(r.required_by);
    for (const Norm& n : catalog_.norms()) {
      if (!norms.contains(n.id)) continue;
      out_.norms.push_back({n.id, n.title_vi, n.title_en, n.valid_from, n.valid_to, n.verified});
    }
  }
};

}  // namespace

Done run_plan(const Plan& plan, const Catalog& catalog, const FactSchema& schema,
              const Database& db, Assessment& out) {
  return Runner(catalog, schema, db, out).run(plan);
}

}  // namespace khien
