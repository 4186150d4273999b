// The bridge from the dispatch room's values to the file's records.
#include "judge/orders.h"

#include <algorithm>

#include "base/text.h"
#include "store/due.h"

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

namespace {

// Commas and "và" between bodies become one mark, so that "sở, ban, ngành" and "sở ban ngành" meet.
std::string plain_list(std::string_view text) {
  std::string out;
  for (const char c : squeeze(fold(text))) {
    if (c != ',') out += c;
  }
  return squeeze(out);
}

bool begins_with_word(const std::string& text, const std::string& word) {
  if (!text.starts_with(word)) return false;
  return text.size() == word.size() || !is_letter_byte(text[word.size()]);
}

std::vector<std::string> parts_of(const std::string& actor) {
  std::vector<std::string> out;
  std::string text = squeeze(fold(actor));
  for (std::size_t at = text.find(" và "); at != std::string::npos; at = text.find(" và ")) {
    text.replace(at, std::string_view(" và ").size(), ";");
  }
  std::string part;
  for (const char c : text + ";") {
    if (c != ';' && c != ',') {
      part += c;
    } else {
      if (!squeeze(part).empty()) out.push_back(squeeze(part));
      part.clear();
    }
  }
  return out;
}

}  // namespace

Result<AddresseeRules> AddresseeRules::load(const Content& content) {
  const std::string place = "judge/addressees.yaml";
  KHIEN_TRY(const Node node, content.yaml(place));
  KHIEN_DO(allow_keys(node, {"everybody", "inside", "enterprise", "groups", "specific"}, place));
  AddresseeRules out;
  out.everybody_ = folded(node["everybody"]);
  out.inside_ = folded(node["inside"]);
  out.enterprise_ = folded(node["enterprise"]);
  out.specific_ = folded(node["specific"]);
  for (const Node& group : node["groups"].items()) {
    KHIEN_DO(allow_keys(group, {"is", "called"}, at_line(place, group)));
    out.groups_.push_back({folded(group["is"]), folded(group["called"])});
  }
  return out;
}

bool AddresseeRules::belongs(const Addressee& agency, const Group& group) const {
  const auto begins = [&](const std::string& name) {
    return std::any_of(group.is.begin(), group.is.end(), [&](const std::string& type) {
      return begins_with_word(squeeze(fold(name)), type);
    });
  };
  const auto called = [&](const std::string& role) {
    return has_any(plain_list(role), group.called) || begins(role);
  };
  return std::any_of(agency.names.begin(), agency.names.end(),
                     [&](const std::string& n) { return begins(n) || called(n); }) ||
         std::any_of(agency.roles.begin(), agency.roles.end(), called);
}

bool AddresseeRules::addressed(const std::string& actor, const Addressee& agency) const {
  if (actor.empty()) return true;
  const std::string text = squeeze(fold(actor));
  for (const std::string& name : agency.names) {
    const std::string own = squeeze(fold(name));
    if (!own.empty() && (has_word(text, own) || has_word(own, text))) return true;
  }
  if (has_any(text, everybody_)) return true;
  const std::string list = plain_list(actor);
  bool grouped = false;
  for (const Group& group : groups_) {
    if (!has_any(list, group.called)) continue;
    if (agency.names.empty() || belongs(agency, group)) return true;
    grouped = true;
  }
  const auto parts = parts_of(actor);
  const auto own_part = [&](const std::string& part) {
    return std::find(inside_.begin(), inside_.end(), part) != inside_.end();
  };
  if (std::any_of(parts.begin(), parts.end(), own_part)) return true;
  if (has_any(text, enterprise_)) return agency.enterprise;
  if (agency.names.empty()) return true;  // one machine alone: nobody to tell apart
  return !grouped && !has_any(text, specific_);
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
  // Its own date, not one that somebody else is given. A date a person set by hand stays.
  if (order.dispatch.due_on == due_of(order, [](const Measure&) { return true; })) {
    a.dispatches.back().due_on =
        due_of(order, [&](const Measure& m) { return rules.addressed(m.actor, agency); });
  }
}

}  // namespace khien
