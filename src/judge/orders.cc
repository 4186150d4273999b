// The bridge from the dispatch room's values to the file's records.
#include "judge/orders.h"

#include <algorithm>

#include "base/text.h"
#include "store/due.h"

namespace khien {
namespace {

constexpr std::size_t kTitleLength = 120;  // code points of a heading that names a body

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

// Without the words of the list: "các cơ quan Đảng" is no "các cơ quan".
void blank_words(std::string& text, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      if (has_word(text.substr(at), word)) text.replace(at, word.size(), word.size(), ' ');
    }
  }
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
  KHIEN_DO(allow_keys(node, {"everybody", "inside", "enterprise", "groups", "specific", "toward",
                            "headings"}, place));
  AddresseeRules out;
  out.everybody_ = folded(node["everybody"]);
  out.inside_ = folded(node["inside"]);
  out.enterprise_ = folded(node["enterprise"]);
  out.specific_ = folded(node["specific"]);
  out.toward_ = folded(node["toward"]);
  out.headings_ = folded(node["headings"]);
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
  const std::string list = plain_list(actor);
  std::string rest = text;
  bool grouped = false;
  bool ours = false;
  for (const Group& group : groups_) {
    if (!has_any(list, group.called)) continue;
    ours = ours || agency.names.empty() || belongs(agency, group);
    grouped = true;
    blank_words(rest, group.called);
  }
  if (ours || has_any(rest, everybody_)) return true;
  const auto parts = parts_of(actor);
  const auto own_part = [&](const std::string& part) {
    return std::find(inside_.begin(), inside_.end(), part) != inside_.end();
  };
  if (std::any_of(parts.begin(), parts.end(), own_part)) return true;
  if (has_any(text, enterprise_)) return agency.enterprise;
  if (agency.names.empty()) return true;  // one machine alone: nobody to tell apart
  return !grouped && !has_any(text, specific_);
}

bool AddresseeRules::only_companies(const std::vector<std::string>& recipients,
                                    const Addressee& agency) const {
  return !agency.names.empty() && !recipients.empty() &&
         std::all_of(recipients.begin(), recipients.end(), [&](const std::string& r) {
           return has_any(squeeze(fold(r)), enterprise_) && !addressed(r, agency);
         });
}

bool AddresseeRules::sent_to_others(const std::vector<std::string>& recipients,
                                    const Addressee& agency) const {
  return !agency.names.empty() && !recipients.empty() &&
         std::none_of(recipients.begin(), recipients.end(),
                      [&](const std::string& r) { return addressed(r, agency); });
}

std::string AddresseeRules::own_day(const Measure& measure, const Addressee& agency) const {
  std::string day;
  for (const DueFor& d : measure.deadlines) {
    if (!addressed(d.actor, agency)) continue;
    if (day.empty() || d.due_on < day) day = d.due_on;
  }
  return day;
}

// "công an tỉnh", "các xã": begins as bodies are called.
bool AddresseeRules::names_body(const std::string& part) const {
  const auto begins = [&](const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& w) {
      return begins_with_word(part, w) || begins_with_word(part, "các " + w);
    });
  };
  return begins(specific_) || begins(enterprise_) || begins(everybody_) || begins(inside_) ||
         std::any_of(groups_.begin(), groups_.end(),
                     [&](const Group& g) { return begins(g.is) || begins(g.called); });
}

bool AddresseeRules::is_title(const Order& order, const Measure& m) const {
  const auto open = [](const KindMatch& k) { return k.kind == "other.manual"; };
  if (!std::all_of(m.kinds.begin(), m.kinds.end(), open) || !m.due_on.empty()) return false;
  if (order.dispatch.by_hand) return false;
  const auto read_as = [&](std::string_view role) {
    return std::any_of(order.sentences.begin(), order.sentences.end(), [&](const Sentence& s) {
      return s.role == role && s.measure == m.id;
    });
  };
  if (read_as("purpose")) return true;
  std::string text = squeeze(fold(m.text));
  while (!text.empty() && (text.back() == ':' || text.back() == ' ')) text.pop_back();
  if (std::find(headings_.begin(), headings_.end(), text) != headings_.end()) return true;
  for (const std::string& word : toward_) {
    if (!begins_with_word(text, word)) continue;
    text = squeeze(text.substr(word.size()));
    break;
  }
  const bool heading = read_as("heading");
  // with more than the name it is an order: its actor is a part of its words
  const std::string actor = squeeze(fold(m.actor));
  const bool more = !actor.empty() && actor != text && has_word(text, actor);
  const bool plain = text.find_first_of(".:;(") == std::string::npos;
  return heading && plain && !more && code_points(text) <= kTitleLength && names_body(text);
}

std::vector<Warning> AddresseeRules::warnings(const Order& order) const {
  std::vector<Warning> out = order.warnings;
  for (const Measure& m : order.measures) {
    if (!is_title(order, m)) continue;
    std::erase_if(out, [&](const Warning& w) {
      const auto cite = w.args.find("cite");
      return w.code == "kind_open" && cite != w.args.end() && cite->second == m.cite_vi;
    });
  }
  return out;
}

namespace {

// Where one sentence gives several bodies their days, the measure is due on the agency's own.
Order with_own_days(const Order& order, const AddresseeRules& rules, const Addressee& agency) {
  Order out = order;
  for (Measure& m : out.measures) {
    const std::string own = rules.own_day(m, agency);
    if (own.empty() || own == m.due_on) continue;
    for (KindMatch& k : m.kinds) {
      for (const char* name : {"report_by", "complete_by"}) {
        if (k.parameters[name].text() == m.due_on) k.parameters.set(name, Node(own));
      }
    }
    m.due_on = own;
  }
  return out;
}

}  // namespace

void add_order(const Order& whole, const AddresseeRules& rules, const Addressee& agency,
               Assessment& a, Titles titles) {
  const Order order = with_own_days(whole, rules, agency);
  const bool others = rules.only_companies(order.dispatch.recipients, agency);
  const auto ours = [&](const Measure& m) {
    return !(others && m.actor.empty()) && rules.addressed(m.actor, agency);
  };
  DispatchRecord d;
  static_cast<DispatchHead&>(d) = order.dispatch;
  d.id = static_cast<std::int64_t>(a.dispatches.size()) + 1;
  for (const Warning& w : rules.warnings(order)) d.warnings.push_back(w.text);
  if (others) {
    d.warnings.emplace_back(kCompaniesOnly);
  } else if (rules.sent_to_others(order.dispatch.recipients, agency)) {
    d.warnings.emplace_back(kSentToOthers);
  }
  a.dispatches.push_back(std::move(d));
  for (const Measure& m : order.measures) {
    const bool title = rules.is_title(order, m);
    if (title && titles == Titles::left_out) continue;
    MeasureRecord& r = a.measures.emplace_back();
    static_cast<MeasureHead&>(r) = m;
    r.id = static_cast<std::int64_t>(a.measures.size());
    r.dispatch = a.dispatches.back().id;
    r.doc_id = m.id;
    r.obligation = to_string(m.obligation);
    r.addressed = !title && ours(m);
    for (const KindMatch& k : m.kinds) static_cast<KindMatch&>(r.kinds.emplace_back()) = k;
  }
  // Its own date, not one that somebody else is given. A date a person set by hand stays.
  if (order.dispatch.due_on == due_of_paper(whole)) {
    a.dispatches.back().due_on = due_of(order, ours);
  }
}

}  // namespace khien
