// Pairs are taken best first. Two measures are the same demand when their words are much alike, or
// when they ask the same kinds and their words are somewhat alike or no other asks those kinds.
#include "dispatch/order_diff.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/calendar.h"
#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kMost = 1000;   // measures compared with each other
constexpr double kAlike = 0.6;
constexpr double kSomewhat = 0.25;

using Words = std::vector<std::string>;  // sorted

Words words_of(const std::string& text) {
  Words out;
  std::string word;
  for (const char c : fold(text) + " ") {
    const bool part = (static_cast<unsigned char>(c) & 0x80) != 0 || std::isalnum(c) != 0;
    if (part) word += c;
    else if (!word.empty()) out.push_back(std::exchange(word, {}));
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Shared words twice over all words.
double likeness(const Words& a, const Words& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t shared = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) {
      ++shared;
      ++i;
      ++j;
    } else {
      *i < *j ? static_cast<void>(++i) : static_cast<void>(++j);
    }
  }
  return 2.0 * static_cast<double>(shared) / static_cast<double>(a.size() + b.size());
}

std::set<std::string> kinds_of(const Measure& m) {
  std::set<std::string> out;
  for (const KindMatch& k : m.kinds) {
    if (k.kind != "other.manual") out.insert(k.kind);
  }
  return out;
}

struct Side {
  const Order& order;
  std::vector<Words> words;
  std::vector<std::set<std::string>> kinds;
  std::map<std::set<std::string>, int> count;  // measures of exactly these kinds
  std::vector<int> partner;

  explicit Side(const Order& o) : order(o), partner(std::min(o.measures.size(), kMost), -1) {
    for (std::size_t i = 0; i < partner.size(); ++i) {
      words.push_back(words_of(o.measures[i].text));
      kinds.push_back(kinds_of(o.measures[i]));
      ++count[kinds.back()];
    }
  }
};

void pair_up(Side& a, Side& b) {
  struct Candidate {
    double score;
    std::size_t i, j;
  };
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < a.partner.size(); ++i) {
    for (std::size_t j = 0; j < b.partner.size(); ++j) {
      const double text = likeness(a.words[i], b.words[j]);
      const auto& x = a.kinds[i];
      const auto& y = b.kinds[j];
      std::set<std::string> both;
      std::set_intersection(x.begin(), x.end(), y.begin(), y.end(),
                            std::inserter(both, both.end()));
      const std::size_t all = x.size() + y.size() - both.size();
      const double kinds =
          all == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(all);
      const bool only = kinds == 1 && a.count[x] == 1 && b.count[y] == 1;
      const bool same = text >= kAlike || (kinds >= 0.5 && text >= kSomewhat) || only;
      if (same) candidates.push_back({text + kinds, i, j});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& x, const Candidate& y) { return x.score > y.score; });
  for (const Candidate& c : candidates) {
    if (a.partner[c.i] >= 0 || b.partner[c.j] >= 0) continue;
    a.partner[c.i] = static_cast<int>(c.j);
    b.partner[c.j] = static_cast<int>(c.i);
  }
}

// -1: less, 1: more; 0: equal or not to be compared.
int compare_values(const Node& before, const Node& after) {
  double x = 0;
  double y = 0;
  const auto number = [](const Node& node, double& out) {
    if (node.type() == Node::Type::integer) {
      out = static_cast<double>(node.integer());
      return true;
    }
    const auto period = parse_period(node.text());
    if (!period) return false;
    out = approximate_days(*period);
    return true;
  };
  if (!number(before, x) || !number(after, y)) return 0;
  return x < y ? 1 : x > y ? -1 : 0;
}

OrderChange direction(const ParameterInfo* info, const Node& before, const Node& after) {
  if (info == nullptr || info->stricter.empty()) return OrderChange::changed;
  const int more = compare_values(before, after);
  if (more == 0 || info->stricter == "superset") return OrderChange::changed;
  return (more > 0) == (info->stricter == "higher") ? OrderChange::stricter : OrderChange::looser;
}

Node null_if_empty(const std::string& text) { return text.empty() ? Node() : Node(text); }

void compare_text(std::vector<FieldChange>& out, const char* what, const std::string& before,
                  const std::string& after) {
  if (squeeze(fold(before)) == squeeze(fold(after))) return;
  out.push_back({what, "", "", null_if_empty(before), null_if_empty(after), OrderChange::changed});
}

void compare_parameters(std::vector<FieldChange>& out, const KindMatch& before,
                        const KindMatch& after, const Vocabulary& vocabulary) {
  std::set<std::string> names;
  for (const KindMatch* k : {&before, &after}) {
    for (const auto& [name, value] : k->parameters.pairs()) names.insert(name);
  }
  names.erase("as_written");
  const KindInfo* info = vocabulary.find(before.kind);
  for (const std::string& name : names) {
    const Node& x = before.parameters[name];
    const Node& y = after.parameters[name];
    if (to_json(x) == to_json(y)) continue;
    const OrderChange how = x.is_null()   ? OrderChange::added
                       : y.is_null() ? OrderChange::dropped
                                     : direction(info == nullptr ? nullptr : info->parameter(name),
                                                 x, y);
    out.push_back({"parameter", before.kind, name, x, y, how});
  }
}

const KindMatch* kind_in(const Measure& m, const std::string& kind) {
  const auto at = std::find_if(m.kinds.begin(), m.kinds.end(),
                               [&](const KindMatch& k) { return k.kind == kind; });
  return at == m.kinds.end() ? nullptr : &*at;
}

std::vector<FieldChange> compare_measures(const Measure& before, const Measure& after,
                                          const Vocabulary& vocabulary) {
  std::vector<FieldChange> out;
  compare_text(out, "due_on", before.due_on, after.due_on);
  compare_text(out, "actor", before.actor, after.actor);
  compare_text(out, "obligation", to_string(before.obligation), to_string(after.obligation));
  for (const KindMatch& k : before.kinds) {
    const KindMatch* now = kind_in(after, k.kind);
    if (now != nullptr) compare_parameters(out, k, *now, vocabulary);
    else if (k.kind != "other.manual")
      out.push_back({"kind", k.kind, "", Node(k.kind), Node(), OrderChange::dropped});
  }
  for (const KindMatch& k : after.kinds) {
    if (kind_in(before, k.kind) == nullptr && k.kind != "other.manual")
      out.push_back({"kind", k.kind, "", Node(), Node(k.kind), OrderChange::added});
  }
  return out;
}

void compare_heads(OrderDiff& out, const Dispatch& before, const Dispatch& after) {
  compare_text(out.head, "number", before.number, after.number);
  compare_text(out.head, "issued_on", before.issued_on, after.issued_on);
  compare_text(out.head, "issuer", before.issuer, after.issuer);
  compare_text(out.head, "due_on", before.due_on, after.due_on);
  const auto keys = [](const std::vector<std::string>& names) {
    std::set<std::string> all;
    for (const std::string& name : names) all.insert(squeeze(fold(name)));
    return all;
  };
  const auto old_keys = keys(before.recipients);
  const auto new_keys = keys(after.recipients);
  for (const std::string& r : after.recipients) {
    if (!old_keys.contains(squeeze(fold(r)))) out.addressees_added.push_back(r);
  }
  for (const std::string& r : before.recipients) {
    if (!new_keys.contains(squeeze(fold(r)))) out.addressees_dropped.push_back(r);
  }
}

Node change_node(const FieldChange& c) {
  Node out = Node::map({{"what", c.what}, {"how", to_string(c.how)}});
  if (!c.kind.empty()) out.set("kind", c.kind);
  if (!c.parameter.empty()) out.set("parameter", c.parameter);
  out.set("old", c.before);
  out.set("new", c.after);
  return out;
}

Node brief_measure(const Measure& m) {
  Node kinds = Node::list();
  for (const KindMatch& k : m.kinds) kinds.push(Node(k.kind));
  return Node::map({{"id", m.id}, {"cite_vi", m.cite_vi}, {"text", m.text}, {"kinds", kinds}});
}

}  // namespace

const char* to_string(OrderChange change) {
  switch (change) {
    case OrderChange::changed: return "changed";
    case OrderChange::added: return "added";
    case OrderChange::dropped: return "dropped";
    case OrderChange::stricter: return "stricter";
    case OrderChange::looser: return "looser";
  }
  return "changed";
}

OrderDiff compare_orders(const Order& before, const Order& after, const Vocabulary& vocabulary) {
  OrderDiff out;
  compare_heads(out, before.dispatch, after.dispatch);
  Side a(before);
  Side b(after);
  pair_up(a, b);
  for (std::size_t j = 0; j < after.measures.size(); ++j) {
    const Measure& now = after.measures[j];
    const int partner = j < b.partner.size() ? b.partner[j] : -1;
    if (partner < 0) {
      out.measures.push_back({nullptr, &now, {}});
      continue;
    }
    const Measure& then = before.measures[static_cast<std::size_t>(partner)];
    auto changes = compare_measures(then, now, vocabulary);
    if (changes.empty()) ++out.same;
    else out.measures.push_back({&then, &now, std::move(changes)});
  }
  for (std::size_t i = 0; i < before.measures.size(); ++i) {
    if (i >= a.partner.size() || a.partner[i] < 0)
      out.measures.push_back({&before.measures[i], nullptr, {}});
  }
  return out;
}

Node to_node(const OrderDiff& diff) {
  Node head = Node::list();
  for (const FieldChange& c : diff.head) head.push(change_node(c));
  Node added = Node::list();
  Node dropped = Node::list();
  Node changed = Node::list();
  for (const MeasurePair& p : diff.measures) {
    if (p.before == nullptr) {
      added.push(brief_measure(*p.after));
    } else if (p.after == nullptr) {
      dropped.push(brief_measure(*p.before));
    } else {
      Node changes = Node::list();
      for (const FieldChange& c : p.changes) changes.push(change_node(c));
      changed.push(Node::map({{"old", brief_measure(*p.before)},
                              {"new", brief_measure(*p.after)},
                              {"changes", changes}}));
    }
  }
  return Node::map({{"dispatch", head},
                    {"addressees", Node::map({{"added", Node::list_of(diff.addressees_added)},
                                              {"dropped",
                                               Node::list_of(diff.addressees_dropped)}})},
                    {"measures", Node::map({{"added", added},
                                            {"dropped", dropped},
                                            {"changed", changed},
                                            {"same", Node(diff.same)}})}});
}

}  // namespace khien
