// Planning is pure: no facts are read, so the plan of an order can be shown before anything runs.
#include "judge/plan.h"

#include <algorithm>

#include "judge/errors.h"

namespace khien {
namespace {

bool contains_all(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::all_of(b.begin(), b.end(), [&](const std::string& x) {
    return std::find(a.begin(), a.end(), x) != a.end();
  });
}

// The officer's own word on the age of facts stands before the usual one; neither is repeated among
// the defaults of every run.
Node usual(const ControlParameter& p, const AgencyRecord& agency) {
  return p.name == kFactsMaxAge && !agency.facts_max_age.empty() ? Node(agency.facts_max_age)
                                                                 : p.fallback;
}

Result<PlannedRun> plan_one(const MeasureRecord& measure, const KindRecord& kind,
                            const Control& control, const AgencyRecord& agency) {
  PlannedRun run{measure.id, kind.kind, &control, Node::map(), {}, "", ""};
  for (const ControlParameter& p : control.parameters) {
    const Node& stated = kind.parameters[p.name];
    if (!stated.is_null()) {
      KHIEN_TRY([[maybe_unused]] const Value v,
                bound_value(p, stated, measure.doc_id + " " + kind.kind));
      const Node own = usual(p, agency);
      run.parameters.set(p.name, p.name == kFactsMaxAge && asks_more(p, own, stated) &&
                                         !agency.facts_max_age.empty() ? own : stated);
    } else if (const Node value = usual(p, agency); !value.is_null()) {
      run.parameters.set(p.name, value);
      if (p.name != kFactsMaxAge) run.defaulted.push_back(p.name);
    } else if (run.missing_parameter.empty()) {
      run.missing_parameter = p.name;
    }
  }
  return run;
}

bool is_planned(const Control& control, const KindRecord& kind) {
  return std::all_of(control.only_if.begin(), control.only_if.end(), [&](const std::string& name) {
    return !kind.parameters[name].is_null();
  });
}

std::string label(const Assessment& a, std::int64_t measure) {
  for (const MeasureRecord& m : a.measures) {
    if (m.id != measure) continue;
    for (const DispatchRecord& d : a.dispatches) {
      if (d.id == m.dispatch) return d.number.empty() ? "…/" + d.symbol : d.number;
    }
  }
  return "";
}

// The strictest value of each parameter over all orders and norms, and who asks for it.
struct Strictest {
  Node parameters;
  std::string required_by;
  bool stricter_than_some = false;
};

Strictest strictest_for(const Control& control, const std::vector<const PlannedRun*>& runs,
                        const Catalog& catalog, const Assessment& assessment, const Date& as_of) {
  Strictest out{runs.front()->parameters, "", false};
  const auto consider = [&](const Node& parameters, const std::string& source) {
    for (const ControlParameter& p : control.parameters) {
      const Node& value = parameters[p.name];
      if (!value.is_null() && asks_more(p, value, out.parameters[p.name])) {
        out.parameters.set(p.name, value);
        out.required_by = source;
      }
    }
  };
  for (const PlannedRun* run : runs) consider(run->parameters, label(assessment, run->measure));
  for (const Norm& norm : catalog.norms()) {
    if (!norm.in_force(as_of)) continue;
    for (const NormDemand& ask : norm.asks) {
      if (ask.kind == runs.front()->kind) consider(ask.parameters, norm.id);
    }
  }
  for (const PlannedRun* run : runs) {
    for (const ControlParameter& p : control.parameters) {
      out.stricter_than_some = out.stricter_than_some ||
                               asks_more(p, out.parameters[p.name], run->parameters[p.name]);
    }
  }
  return out;
}

void plan_extras(const Catalog& catalog, const Assessment& assessment, const Date& as_of,
                 Plan& plan) {
  std::map<std::pair<std::string, std::string>, std::vector<const PlannedRun*>> groups;
  for (const PlannedRun& run : plan.runs) {
    if (run.missing_parameter.empty()) groups[{run.control->id, run.kind}].push_back(&run);
  }
  std::vector<PlannedRun> extras;
  for (const auto& [key, runs] : groups) {
    const Control& control = *runs.front()->control;
    const Strictest most = strictest_for(control, runs, catalog, assessment, as_of);
    if (!most.stricter_than_some || most.required_by.empty()) continue;
    extras.push_back({0, key.second, &control, most.parameters, {}, "", most.required_by});
  }
  plan.runs.insert(plan.runs.end(), extras.begin(), extras.end());
}

}  // namespace

bool asks_more(const ControlParameter& p, const Node& a, const Node& b) {
  if (a.is_null() || b.is_null() || p.stricter.empty()) return false;
  if (p.stricter == "superset") {
    return contains_all(a.texts(), b.texts()) && !contains_all(b.texts(), a.texts());
  }
  double x = a.real();
  double y = b.real();
  if (p.type == "period") {
    const auto px = parse_period(a.text());
    const auto py = parse_period(b.text());
    if (!px || !py) return false;
    x = approximate_days(*px);
    y = approximate_days(*py);
  }
  return p.stricter == "lower" ? x < y : x > y;
}

Result<Value> bound_value(const ControlParameter& p, const Node& value, const std::string& place) {
  const auto wrong = [&] {
    return fail(err::parameter_type, place, {{"parameter", p.name}, {"wanted", p.type}});
  };
  if (p.type == "integer") {
    if (value.type() != Node::Type::integer) return wrong();
    return Value{value.integer()};
  }
  if (p.type == "list") {
    if (value.is_map() || value.is_null()) return wrong();  // one word is a list of one
    return Value{to_json(Node::list_of(value.texts()))};
  }
  if (!value.is_scalar()) return wrong();
  if (p.type == "period" && !parse_period(value.text())) return wrong();
  if (p.type == "date" && !parse_date(value.text())) return wrong();
  return Value{value.text()};
}

Result<Plan> make_plan(const Catalog& catalog, const Assessment& assessment, const Date& as_of) {
  Plan plan;
  for (const MeasureRecord& measure : assessment.measures) {
    if (!measure.addressed) continue;
    for (const KindRecord& kind : measure.kinds) {
      for (const Control* control : catalog.for_kind(kind.kind)) {
        if (!is_planned(*control, kind)) continue;
        KHIEN_TRY(PlannedRun run, plan_one(measure, kind, *control, assessment.agency));
        plan.runs.push_back(std::move(run));
      }
    }
  }
  plan_extras(catalog, assessment, as_of, plan);
  return plan;
}

}  // namespace khien
