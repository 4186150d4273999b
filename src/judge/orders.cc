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
  DispatchRecord d;
  static_cast<DispatchHead&>(d) = order.dispatch;
  d.id = static_cast<std::int64_t>(a.dispatches.size()) + 1;
  for (const Warning& w : order.warnings) d.warnings.push_back(w.text);
  a.dispatches.push_back(std::move(d));
  for (const Measure& m : order.measures) {
    MeasureRecord& r = a.measures.emplace_back();
    static_cast<MeasureHead&>(r) = m;
    r.id = static_cast<std::int64_t>(a.measures.size());
    r.dispatch = a.dispatches.back().id;
    r.doc_id = m.id;
    r.obligation = to_string(m.obligation);
    r.addressed = rules.addressed(m.actor, agency);
    for (const KindMatch& k : m.kinds) static_cast<KindMatch&>(r.kinds.emplace_back()) = k;
  }
}

}  // namespace khien
