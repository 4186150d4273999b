// Loading and checking the catalogue; a mistake in a control file names the file and the line.
#include "judge/catalog.h"

#include <algorithm>

#include "base/calendar.h"
#include "judge/errors.h"

namespace khien {
namespace {

Result<ControlParameter> parameter_from(const std::string& name, const Node& node,
                                        const std::string& place) {
  KHIEN_DO(allow_keys(node, {"type", "default", "stricter"}, place));
  ControlParameter p;
  p.name = name;
  KHIEN_TRY(p.type, need_text(node, "type", place));
  KHIEN_DO(need_one_of(p.type, {"integer", "period", "text", "list", "date"}, "type",
                       at_line(place, node)));
  p.fallback = node["default"];
  p.stricter = node["stricter"].text();
  KHIEN_DO(need_one_of(p.stricter, {"", "lower", "higher", "superset"}, "stricter",
                       at_line(place, node)));
  return p;
}

// Tables a control may declare beside `needs`, each with its reason.
Result<std::vector<std::string>> excused(const Node& node, const char* field,
                                         const std::string& place) {
  std::vector<std::string> out;
  for (const auto& [table, why] : node[field].pairs()) {
    if (why.text().empty()) {
      return fail(err::control_invalid, place,
                  {{"detail", std::string(field) + ": " + table + " without a reason"}});
    }
    out.push_back(table);
  }
  return out;
}

// A control about machines judges only facts young enough.
Done add_age(const Content& content, const FactSchema& schema, Control& c) {
  const auto of_machines = [&](const std::string& table) {
    return schema.find(table)->find("host") != nullptr;
  };
  if (std::none_of(c.needs.begin(), c.needs.end(), of_machines) &&
      std::none_of(c.may_be_absent.begin(), c.may_be_absent.end(), of_machines)) {
    return {};
  }
  const std::string path = "judge/facts_age.yaml";
  KHIEN_TRY(const Node node, content.yaml(path));
  KHIEN_DO(allow_keys(node, {"default"}, path));
  KHIEN_TRY(const std::string period, need_text(node, "default", path));
  if (!parse_period(period)) return fail(err::control_invalid, path, {{"detail", "default"}});
  c.parameters.push_back({kFactsMaxAge, "period", Node(period), "lower"});
  return {};
}

Result<Control> control_from(const Content& content, const FactSchema& schema,
                             const std::string& path) {
  KHIEN_TRY(const Node node, content.yaml(path));
  KHIEN_DO(allow_keys(node, {"id", "satisfies", "needs", "may_be_absent", "optional", "parameters",
                             "only_if", "severity", "norms", "on_fail", "when_empty", "work_list",
                             "attestation", "sufficient"}, path));
  Control c;
  KHIEN_TRY(c.id, need_text(node, "id", path));
  std::string expected = c.id;
  std::replace(expected.begin(), expected.end(), '.', '/');
  if (path != "controls/" + expected + ".yaml") {
    return fail(err::control_invalid, path, {{"detail", "id and path differ"}});
  }
  KHIEN_TRY(c.sql, content.raw("controls/" + expected + ".sql"));
  c.satisfies = node["satisfies"].texts();
  c.needs = node["needs"].texts();
  KHIEN_TRY(c.may_be_absent, excused(node, "may_be_absent", path));
  KHIEN_TRY(c.optional, excused(node, "optional", path));
  c.only_if = node["only_if"].texts();
  c.norms = node["norms"].texts();
  c.severity = node["severity"].text("medium");
  c.on_fail = node["on_fail"].text("not_met");
  c.when_empty = node["when_empty"].text("unknown");
  c.work_list = node["work_list"];
  if (!c.work_list.is_null()) {
    KHIEN_DO(allow_keys(c.work_list, {"list", "observed", "rows"}, path));
    KHIEN_DO(need_one_of(c.work_list["list"].text("other"),
                         {"withdraw", "change", "confirm", "other"}, "list", path));
  }
  c.attestation = node["attestation"].boolean(true);
  c.sufficient = node["sufficient"].boolean(true);
  KHIEN_DO(
      need_one_of(c.severity, {"info", "low", "medium", "high", "critical"}, "severity", path));
  KHIEN_DO(need_one_of(c.on_fail, {"not_met", "partly_met", "partly_if_most_pass"}, "on_fail",
                       path));
  KHIEN_DO(need_one_of(c.when_empty, {"unknown", "pass", "not_applicable"}, "when_empty", path));
  if (c.satisfies.empty() || c.needs.empty()) {
    return fail(err::control_invalid, path, {{"detail", "satisfies and needs may not be empty"}});
  }
  for (const auto* tables : {&c.needs, &c.may_be_absent, &c.optional}) {
    for (const std::string& table : *tables) {
      if (schema.find(table) != nullptr) continue;
      return fail(err::control_invalid, path, {{"detail", "no fact table " + table}});
    }
  }
  for (const auto& [name, value] : node["parameters"].pairs()) {
    KHIEN_TRY(ControlParameter p, parameter_from(name, value, path));
    c.parameters.push_back(std::move(p));
  }
  KHIEN_DO(add_age(content, schema, c));
  for (const std::string& name : c.only_if) {
    if (c.find(name) == nullptr) {
      return fail(err::control_invalid, path, {{"detail", "only_if names no parameter " + name}});
    }
  }
  return c;
}

Result<Norm> norm_from(const Content& content, const std::string& path) {
  KHIEN_TRY(const Node node, content.yaml(path));
  KHIEN_DO(allow_keys(node,
                      {"id", "vi", "en", "rank", "valid_from", "valid_to", "verified", "source",
                       "replaces", "covers", "asks"},
                      path));
  Norm n;
  KHIEN_TRY(n.id, need_text(node, "id", path));
  KHIEN_TRY(n.title_vi, need_text(node, "vi", path));
  KHIEN_TRY(n.title_en, need_text(node, "en", path));
  KHIEN_TRY(n.valid_from, need_text(node, "valid_from", path));
  n.rank = node["rank"].integer(n.rank);
  n.valid_to = node["valid_to"].text();
  n.verified = node["verified"].boolean();
  n.covers = node["covers"].texts();
  const bool dates = parse_date(n.valid_from) && (n.valid_to.empty() || parse_date(n.valid_to));
  if (!dates || path != "norms/" + n.id + ".yaml") {
    return fail(err::norm_invalid, path, {{"detail", "dates or file name"}});
  }
  for (const Node& ask : node["asks"].items()) {
    KHIEN_DO(allow_keys(ask, {"kind", "parameters", "verified"}, path));
    KHIEN_TRY(std::string kind, need_text(ask, "kind", path));
    n.asks.push_back({std::move(kind), ask["parameters"], ask["verified"].boolean()});
  }
  return n;
}

}  // namespace

const ControlParameter* Control::find(std::string_view parameter) const {
  for (const ControlParameter& p : parameters) {
    if (p.name == parameter) return &p;
  }
  return nullptr;
}

bool Control::declares(std::string_view table) const {
  const auto names = [&](const std::vector<std::string>& tables) {
    return std::find(tables.begin(), tables.end(), table) != tables.end();
  };
  return names(needs) || names(may_be_absent) || names(optional);
}

bool Norm::in_force(const Date& on) const {
  const std::string day = to_iso(on);
  return valid_from <= day && (valid_to.empty() || day <= valid_to);
}

bool Norm::stands_behind(std::string_view kind) const {
  for (const std::string& cover : covers) {
    if (cover == kind) return true;
    if (cover.ends_with(".*") && kind.starts_with(cover.substr(0, cover.size() - 1))) return true;
  }
  return false;
}

Result<Catalog> Catalog::load(const Content& content, const FactSchema& schema) {
  Catalog out;
  for (const std::string& path : content.list("norms/", ".yaml")) {
    KHIEN_TRY(Norm n, norm_from(content, path));
    out.norms_.push_back(std::move(n));
  }
  std::stable_sort(out.norms_.begin(), out.norms_.end(),
                   [](const Norm& a, const Norm& b) { return a.rank < b.rank; });
  for (const std::string& path : content.list("controls/", ".yaml")) {
    if (path.ends_with(".test.yaml")) continue;
    KHIEN_TRY(Control c, control_from(content, schema, path));
    for (const std::string& norm : c.norms) {
      const bool known = std::any_of(out.norms_.begin(), out.norms_.end(),
                                     [&](const Norm& n) { return n.id == norm; });
      if (!known) return fail(err::control_invalid, path, {{"detail", "no norm " + norm}});
    }
    out.controls_.push_back(std::move(c));
  }
  return out;
}

std::vector<const Control*> Catalog::for_kind(std::string_view kind) const {
  std::vector<const Control*> out;
  for (const Control& c : controls_) {
    if (std::find(c.satisfies.begin(), c.satisfies.end(), kind) != c.satisfies.end()) {
      out.push_back(&c);
    }
  }
  return out;
}

const Control* Catalog::find(std::string_view id) const {
  for (const Control& c : controls_) {
    if (c.id == id) return &c;
  }
  return nullptr;
}

}  // namespace khien
