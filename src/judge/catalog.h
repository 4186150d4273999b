// Reading path 6/11: the catalogue of controls and norms. A control is data:
// content/controls/<family>/<name>.yaml and .sql; no C++ and no list to edit. Texts by convention:
// control.<id>.title, .pass, .fail, .fix. Next: judge/plan.h.
//
// YAML fields:
//   id           family.name, as the path says
//   satisfies    kinds it helps to decide; every control of a kind must pass for the kind to be met
//   needs        fact tables, the first that of its subjects: none may be missing or partial
//   may_be_absent  table: why. No source may speak of it; one that does must have been read whole
//   optional     table: why. Neither its absence nor a gap in it can make a pass wrong
//                The three name every fact table the SQL reads (the authorizer of judge/sandbox
//                says which); a table read undeclared is an error of the control
//   parameters   name: {type: integer|period|text|list|date, default: null|value,
//                       stricter: lower|higher|superset}
//   only_if      parameters the order must state for this control to be planned at all
//   severity     info | low | medium | high | critical; a column `severity` of its select, where
//                not null, says another for that row
//   norms        ids of content/norms that stand behind it
//   on_fail      not_met (default) | partly_met | partly_if_most_pass
//   when_empty   unknown (default) | pass | not_applicable: no subject at all in complete facts
//   work_list    {list: withdraw | change | confirm | other, observed: true, rows: table}: on which
//                list of an audit of accounts its failures stand, whether with the observed value,
//                and of which table the lines are where not of its subjects'
//   attestation  true (default): a valid attestation may decide the kind when this control cannot
//   sufficient   true (default); false: necessary only. Its failure fails the kind, but its pass
//                does not decide the kind: another control or an attestation must
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/content.h"
#include "store/facts.h"
#include "store/model.h"

namespace khien {

// Every control that reads facts of machines has this parameter: how old they may be. Its default
// stands in content/judge/facts_age.yaml; the order or agency.yaml may state another.
inline constexpr const char* kFactsMaxAge = "facts_max_age";

struct ControlParameter {
  std::string name;
  std::string type;
  Node fallback;         // null: none, the order must state it
  std::string stricter;  // "" when values cannot be compared
};

struct Control {
  std::string id;
  std::string sql;
  std::vector<std::string> satisfies;
  std::vector<std::string> needs;
  std::vector<std::string> may_be_absent;
  std::vector<std::string> optional;
  std::vector<ControlParameter> parameters;
  std::vector<std::string> only_if;
  std::string severity;
  std::vector<std::string> norms;
  std::string on_fail = "not_met";
  std::string when_empty = "unknown";
  Node work_list;
  bool attestation = true;
  bool sufficient = true;
  [[nodiscard]] const ControlParameter* find(std::string_view parameter) const;
  [[nodiscard]] bool declares(std::string_view table) const;
};

struct NormDemand {  // what a norm asks of a kind, for "yêu cầu cao hơn"
  std::string kind;
  Node parameters;
  bool verified = false;
};

struct Norm {
  std::string id;
  std::string title_vi;
  std::string title_en;
  std::int64_t rank = 9;   // a paper cites laws (1) before decrees (2), then what stands lower
  std::string valid_from;  // YYYY-MM-DD
  std::string valid_to;    // "" = in force
  bool verified = false;
  std::vector<std::string> covers;  // kinds, or family.* for a whole family
  std::vector<NormDemand> asks;
  [[nodiscard]] bool in_force(const Date& on) const;
  [[nodiscard]] bool stands_behind(std::string_view kind) const;
};

class Catalog {
 public:
  [[nodiscard]] static Result<Catalog> load(const Content& content, const FactSchema& schema);
  [[nodiscard]] const std::vector<Control>& controls() const { return controls_; }
  [[nodiscard]] const std::vector<Norm>& norms() const { return norms_; }
  [[nodiscard]] std::vector<const Control*> for_kind(std::string_view kind) const;
  [[nodiscard]] const Control* find(std::string_view id) const;

 private:
  std::vector<Control> controls_;
  std::vector<Norm> norms_;
};

}  // namespace khien
