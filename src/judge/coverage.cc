// The plan of each founding programme says which controls would run for a demand; the same rules
// as in verdict.cc say whether their passing could decide it.
#include "judge/coverage.h"

#include <algorithm>
#include <map>
#include <set>

#include "dispatch/errors.h"
#include "dispatch/programme.h"
#include "judge/orders.h"
#include "judge/plan.h"

namespace khien {
namespace {

constexpr const char* kPlace = "demands/demands.yaml";

struct Planned {
  Assessment order;  // one programme, every measure taken as addressed
  Plan plan;
};

Result<Planned> plan_programme(const Content& content, const Catalog& catalog,
                               const Vocabulary& vocabulary, const std::string& path) {
  KHIEN_TRY(const std::string text, content.raw(path));
  KHIEN_TRY(const Order order, load_programme(text, path, vocabulary));
  KHIEN_TRY(const AddresseeRules rules, AddresseeRules::load(content));
  Planned out;
  add_order(order, rules, {}, out.order);
  for (MeasureRecord& m : out.order.measures) m.addressed = true;
  KHIEN_TRY(out.plan, make_plan(catalog, out.order, Date{2026, 1, 1}));  // only extras use the day
  return out;
}

CoveredKind cover_kind(const Planned& planned, std::int64_t measure, const std::string& kind) {
  CoveredKind out{kind, CoverageState::none, {}};
  bool decides = false;
  bool unknown = false;     // a run whose parameter nobody states never passes
  bool attestable = true;
  for (const PlannedRun& run : planned.plan.runs) {
    if (run.measure != measure || run.kind != kind) continue;
    out.controls.push_back(run.control);
    decides = decides || run.control->sufficient;
    unknown = unknown || !run.missing_parameter.empty();
    attestable = attestable && run.control->attestation;
  }
  out.state = decides && !unknown ? CoverageState::automatic
              : attestable        ? CoverageState::attested
                                  : CoverageState::none;
  return out;
}

Result<CoveredDemand> cover(const Node& node, const Planned& planned, const std::string& programme,
                            const std::string& place) {
  CoveredDemand d;
  d.programme = programme;
  KHIEN_TRY(d.id, need_text(node, "id", place));
  KHIEN_TRY(d.vi, need_text(node, "vi", place));
  KHIEN_TRY(d.source, need_text(node, "source", place));
  KHIEN_TRY(d.measure, need_text(node, "measure", place));
  std::vector<std::string> known;
  for (const MeasureRecord& m : planned.order.measures) known.push_back(m.doc_id);
  KHIEN_DO(need_one_of(d.measure, known, "measure", place));
  const auto at = std::find(known.begin(), known.end(), d.measure) - known.begin();
  const MeasureRecord& measure = planned.order.measures[static_cast<std::size_t>(at)];
  d.cite_vi = measure.cite_vi;
  known.clear();
  for (const KindRecord& k : measure.kinds) known.push_back(k.kind);
  const std::vector<std::string> kinds = node["kinds"].texts();
  if (kinds.empty()) KHIEN_DO(need_one_of("", known, "kinds", place));
  d.state = CoverageState::automatic;
  for (const std::string& kind : kinds) {
    KHIEN_DO(need_one_of(kind, known, "kinds", place));
    d.kinds.push_back(cover_kind(planned, measure.id, kind));
    d.state = std::max(d.state, d.kinds.back().state);
  }
  return d;
}

}  // namespace

const char* to_string(CoverageState state) {
  static const char* const names[] = {"automatic", "attested", "none"};
  return names[static_cast<std::size_t>(state)];
}

Result<std::vector<CoveredDemand>> cover_demands(const Content& content, const Catalog& catalog,
                                                 const Vocabulary& vocabulary) {
  KHIEN_TRY(const Node root, content.yaml(kPlace));
  KHIEN_DO(allow_keys(root, {"demands"}, kPlace));
  std::vector<std::string> programmes;
  for (const std::string& path : content.list("programs/", ".yaml")) {
    programmes.push_back(path.substr(9, path.size() - 14));
  }
  std::map<std::string, Planned> plans;
  std::set<std::string> ids;
  std::vector<CoveredDemand> out;
  for (const Node& node : root["demands"].items()) {
    const std::string place = at_line(kPlace, node);
    KHIEN_DO(allow_keys(node, {"id", "vi", "programme", "measure", "kinds", "source"}, place));
    KHIEN_TRY(const std::string programme, need_text(node, "programme", place));
    KHIEN_DO(need_one_of(programme, programmes, "programme", place));
    if (!plans.contains(programme)) {
      KHIEN_TRY(plans[programme], plan_programme(content, catalog, vocabulary,
                                                 "programs/" + programme + ".yaml"));
    }
    KHIEN_TRY(CoveredDemand demand, cover(node, plans[programme], programme, place));
    if (!ids.insert(demand.id).second) {
      return fail(err::measure_repeated, place, {{"id", demand.id}});
    }
    out.push_back(std::move(demand));
  }
  return out;
}

std::int64_t count(const std::vector<CoveredDemand>& demands, CoverageState state) {
  return std::count_if(demands.begin(), demands.end(),
                       [&](const CoveredDemand& d) { return d.state == state; });
}

}  // namespace khien
