// The bridge from the dispatch room's values to the file's records.
#include "judge/orders.h"

#include <algorithm>

#include "base/text.h"

namespace khien {
namespace {

std::vector<std::string> folded(const Node& list) {
  std::vector<std::string> out;
  for (const std::string& word : list.texts()) out.push_back(fold(word));
  return out;
}

bool is_letter_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// `word` stands in `text` as whole words.
bool has_word(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_letter_byte(text[at - 1])) &&
        (end == text.size() || !is_letter_byte(text[end]))) {
      return true;
    }
  }
  return false;
}

bool has_any(const std::string& text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& w) { return has_word(text, w); });
}

}  // namespace

Result<AddresseeRules> AddresseeRules::load(const Content& content) {
  KHIEN_TRY(const Node node, content.yaml("judge/addressees.yaml"));
  KHIEN_DO(allow_keys(node, {"enterprise", "specific", "generic"}, "judge/addressees.yaml"));
  AddresseeRules out;
  out.enterprise_ = folded(node["enterprise"]);
  out.specific_ = folded(node["specific"]);
  out.generic_ = folded(node["generic"]);
  return out;
}

bool AddresseeRules::addressed(const std::string& actor, const Addressee& agency) const {
  if (actor.empty()) return true;
  const std::string text = squeeze(fold(actor));
  for (const std::string& name : agency.names) {
    const std::string own = squeeze(fold(name));
    if (!own.empty() && (has_word(text, own) || has_word(own, text))) return true;
  }
  if (has_any(text, generic_)) return true;
  if (has_any(text, enterprise_)) return agency.enterprise;
  if (agency.names.empty()) return true;  // one machine alone: nobody to tell apart
  return !has_any(text, specific_);
}

void add_order(const Order& order, const AddresseeRules& rules, const Addressee& agency,
               Assessment& a) {
  const Dispatch& from = order.dispatch;
  DispatchRecord d;
  d.id = static_cast<std::int64_t>(a.dispatches.size()) + 1;
  d.sha256 = from.sha256;
  d.source = from.source;
  d.by_hand = from.by_hand;
  d.number = from.number;
  d.symbol = from.symbol;
  d.form = from.form;
  d.issuer = from.issuer;
  d.parent = from.parent;
  d.place = from.place;
  d.issued_on = from.issued_on;
  d.subject_line = from.subject_line;
  d.due_on = from.due_on;
  for (const Cited& c : from.legal_basis) d.legal_basis.push_back({c.number, c.issued_on, ""});
  d.recipients = from.recipients;
  for (const Warning& w : order.warnings) d.warnings.push_back(w.text);
  a.dispatches.push_back(d);

  for (const Measure& m : order.measures) {
    MeasureRecord r;
    r.id = static_cast<std::int64_t>(a.measures.size()) + 1;
    r.dispatch = d.id;
    r.doc_id = m.id;
    r.cite_vi = m.cite_vi;
    r.text = m.text;
    r.span_from = m.span_from;
    r.span_to = m.span_to;
    r.obligation = to_string(m.obligation);
    r.actor = m.actor;
    r.due_on = m.due_on;
    r.addressed = rules.addressed(m.actor, agency);
    for (const KindMatch& k : m.kinds) {
      KindRecord kind;
      kind.kind = k.kind;
      kind.confidence = k.confidence;
      kind.phrase = k.phrase;
      kind.parameters = k.parameters;
      r.kinds.push_back(std::move(kind));
    }
    a.measures.push_back(std::move(r));
  }
}

}  // namespace khien
