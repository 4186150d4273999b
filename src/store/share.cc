// Field by field and by type: a new field of the model is not shared until somebody says so here.
#include "store/share.h"

#include "base/calendar.h"
#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kCode = 80;          // "account.password_rotation", "reason.no_control"
constexpr std::size_t kNumberDigits = 6;   // of a dispatch's running number
constexpr std::size_t kSymbolPart = 8;     // "VHXXH"; longer ones may be names
constexpr std::size_t kSymbolParts = 5;
constexpr std::size_t kClause = 12;        // "II.1.a", "p12"

bool made_of(std::string_view text, std::string_view letters, std::size_t most) {
  return text.size() <= most && text.find_first_not_of(letters) == std::string_view::npos;
}

// Ids of kinds, controls, tables, columns, texts and enumerations.
std::string code(const std::string& text) {
  return made_of(text, "abcdefghijklmnopqrstuvwxyz0123456789_.", kCode) ? text : "";
}

std::vector<std::string> codes(const std::vector<std::string>& all) {
  std::vector<std::string> out;
  for (const std::string& text : all) {
    if (!code(text).empty()) out.push_back(text);
  }
  return out;
}

std::string digest(const std::string& text) {
  return made_of(text, "0123456789abcdef", 64) ? text : "";
}

std::string version(const std::string& text) {
  return made_of(text, "0123456789abcdef.+-", 64) ? text : "";
}

// YYYY, YYYY-MM or YYYY-MM-DD.
std::string date(const std::string& text) {
  constexpr std::string_view kRest = "0000-01-01";
  const bool shape = text.size() == 4 || text.size() == 7 || text.size() == 10;
  return shape && parse_date(text + std::string(kRest.substr(text.size()))) ? text : "";
}

// "2", "II.1.a", "p12": what the document itself writes before a clause.
std::string clause(const std::string& text) {
  std::size_t letters = 0;
  for (const char32_t c : to_u32(text)) {
    const bool roman = c == U'I' || c == U'V' || c == U'X';
    if (c == U'.' || roman || (c >= U'0' && c <= U'9')) {
      letters = 0;
      continue;
    }
    if (++letters > 1 || !is_letter(c)) return "";  // one letter a point, never a word
  }
  return text.size() <= kClause ? text : "";
}

bool is_symbol(std::string_view text) {
  std::size_t parts = 1;
  std::size_t letters = 0;
  char32_t before = 0;
  for (const char32_t c : to_u32(text)) {
    const bool premier = c == U'g' && before == U'T';  // "CT-TTg"
    const bool coded = is_upper(c) || (c >= U'0' && c <= U'9') || c == U'&' || premier;
    before = c;
    if (c == U'-' || c == U'/') {
      if (letters == 0 || ++parts > kSymbolParts) return false;
      letters = 0;
    } else if (!coded || ++letters > kSymbolPart) {
      return false;
    }
  }
  return letters > 0;
}

Node parameters(const Node& all, const std::string& kind, const std::string& control,
                const ShareRules& rules) {
  Node out = Node::map();
  for (const auto& [name, value] : all.pairs()) {
    if (rules.parameter(kind, control, name, value)) out.set(name, value);
  }
  return out;
}

AgencyRecord agency(const AgencyRecord& a) {
  AgencyRecord out;
  out.name = a.name;
  out.parent = a.parent;
  out.sample = a.sample;
  if (parse_period(a.facts_max_age)) out.facts_max_age = a.facts_max_age;
  return out;
}

DispatchRecord dispatch(const DispatchRecord& d, const ShareRules& rules) {
  DispatchRecord out;
  if (d.by_hand && rules.programme(d)) static_cast<DispatchHead&>(out) = d;
  out.id = d.id;
  out.by_hand = d.by_hand;
  out.sha256 = digest(d.sha256);
  if (is_dispatch_number(d.number)) out.number = d.number;
  if (is_symbol(d.symbol)) out.symbol = d.symbol;
  if (rules.form(d.form)) out.form = d.form;
  out.issued_on = date(d.issued_on);
  out.due_on = date(d.due_on);
  out.legal_basis.clear();
  for (const Cited& c : d.legal_basis) {
    if (is_dispatch_number(c.number)) out.legal_basis.push_back({c.number, date(c.issued_on), ""});
  }
  out.recipients.clear();
  out.warnings = codes(d.warnings);
  return out;
}

KindRecord kind(const KindRecord& k, const ShareRules& rules) {
  KindRecord out;
  out.kind = code(k.kind);
  out.confidence = k.confidence;
  out.parameters = parameters(k.parameters, k.kind, "", rules);
  out.decided_by = code(k.decided_by);
  out.outcome = k.outcome;
  out.reason = code(k.reason);
  return out;
}

MeasureRecord measure(const MeasureRecord& m, const ShareRules& rules) {
  MeasureRecord out;
  out.id = m.id;
  out.dispatch = m.dispatch;
  out.doc_id = clause(m.doc_id);
  out.cite_vi = rules.cite(m.cite_vi) ? m.cite_vi : out.doc_id;
  out.span_from = m.span_from;
  out.span_to = m.span_to;
  out.obligation = code(m.obligation);
  out.due_on = date(m.due_on);
  out.addressed = m.addressed;
  out.verdict = m.verdict;
  for (const KindRecord& k : m.kinds) out.kinds.push_back(kind(k, rules));
  return out;
}

RunRecord run(const RunRecord& r, const ShareRules& rules) {
  RunRecord out;
  out.id = r.id;
  out.measure = r.measure;
  out.kind = code(r.kind);
  out.control = code(r.control);
  out.table = code(r.table);
  out.parameters = parameters(r.parameters, r.kind, r.control, rules);
  out.defaulted = codes(r.defaulted);
  out.outcome = r.outcome;
  out.softens = r.softens;
  out.complete = r.complete;
  out.passed = r.passed;
  out.failed = r.failed;
  out.unknown = r.unknown;
  out.errors = r.errors;
  out.not_applicable = r.not_applicable;
  out.reason = code(r.reason);
  out.required_by = is_dispatch_number(r.required_by) ? r.required_by : code(r.required_by);
  return out;
}

ControlRecord control(const ControlRecord& c) {
  ControlRecord out;
  out.id = code(c.id);
  out.severity = code(c.severity);
  out.satisfies = codes(c.satisfies);
  if (c.work_list.is_map()) {
    out.work_list = Node::map({{"list", code(c.work_list["list"].text())},
                               {"observed", c.work_list["observed"].boolean()}});
    const std::string rows = code(c.work_list["rows"].text());
    if (!rows.empty()) out.work_list.set("rows", rows);
  }
  return out;
}

}  // namespace

bool is_dispatch_number(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash == 0) return false;
  return made_of(text.substr(0, slash), "0123456789", kNumberDigits) &&
         is_symbol(text.substr(slash + 1));
}

Assessment shared_copy(const Assessment& a, const std::string& original_sha256,
                       const ShareRules& rules) {
  Assessment out;
  out.id = digest(a.id);
  out.as_of = a.as_of;
  out.created_at = a.created_at;
  out.program_version = version(a.program_version);
  out.content_version = version(a.content_version);
  out.supersedes = digest(original_sha256);
  out.shared = true;
  out.agency = agency(a.agency);
  for (const DispatchRecord& d : a.dispatches) out.dispatches.push_back(dispatch(d, rules));
  for (const MeasureRecord& m : a.measures) out.measures.push_back(measure(m, rules));
  for (const RunRecord& r : a.runs) out.runs.push_back(run(r, rules));
  for (const ControlRecord& c : a.controls) out.controls.push_back(control(c));
  for (const NormRecord& n : a.norms) {
    if (rules.norm(n)) out.norms.push_back(n);
  }
  out.coverage = a.coverage;
  return out;
}

}  // namespace khien
