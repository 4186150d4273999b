// Numbers are compared folded and without blanks.
#include "judge/chain.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace khien {
namespace {

std::string key_of(const std::string& number) {
  std::string out;
  for (const char c : fold(number)) {
    if (c != ' ') out += c;
  }
  return out;
}

// The last day of "2026-06-30", "2026-06", "2026".
std::optional<Date> last_day(const std::string& date) {
  if (const auto whole = parse_date(date)) return *whole;
  const auto first = parse_date(date.size() == 7 ? date + "-01" : date + "-12-01");
  if (!first) return std::nullopt;
  return Date{first->year, first->month, days_in_month(first->year, first->month)};
}

struct Chain {
  const Order& order;
  const Vocabulary& vocabulary;
  const Catalog& catalog;
  std::span<const Order> at_hand;
  const Date& as_of;
  std::vector<Warning> out = {};

  void add(const char* code, std::map<std::string, std::string> args) {
    out.push_back({code, std::string("warning.") + code, std::move(args)});
  }

  [[nodiscard]] const Norm* norm_of(const std::string& number) const {
    const std::string key = key_of(number);
    for (const Norm& n : catalog.norms()) {
      if (key_of(n.title_vi).find(key) != std::string::npos) return &n;
    }
    return nullptr;
  }

  // Every document named as the basis or inside a measure, once.
  [[nodiscard]] std::set<std::string> cited() const {
    std::set<std::string> numbers;
    for (const Cited& c : order.dispatch.legal_basis) numbers.insert(c.number);
    for (const Measure& m : order.measures) {
      for (const KindMatch& k : m.kinds) {
        for (const std::string& n : k.parameters["refs"].texts()) numbers.insert(n);
      }
    }
    return numbers;
  }

  void documents() {
    for (const std::string& number : cited()) {
      const Norm* norm = norm_of(number);
      if (norm != nullptr) {
        if (!norm->valid_to.empty() && !norm->in_force(as_of)) {
          add("norm_replaced", {{"number", number}, {"until", norm->valid_to}});
        }
        continue;
      }
      const bool known = std::any_of(at_hand.begin(), at_hand.end(), [&](const Order& o) {
        return key_of(o.dispatch.number) == key_of(number);
      });
      if (!known) add("superior_missing", {{"number", number}});
    }
  }

  void deadlines() {
    for (const Measure& m : order.measures) {
      const auto last = m.due_on.empty() ? std::nullopt : last_day(m.due_on);
      if (last && *last < as_of) add("deadline_past", {{"cite", m.cite_vi}, {"date", m.due_on}});
    }
  }

  // A number the order states against the same number a norm in force asks.
  void weaker() {
    for (const Measure& m : order.measures) {
      for (const KindMatch& k : m.kinds) {
        for (const Norm& norm : catalog.norms()) {
          if (!norm.in_force(as_of)) continue;
          for (const NormDemand& ask : norm.asks) {
            if (ask.kind == k.kind) compare(m, k, norm, ask);
          }
        }
      }
    }
  }
  void compare(const Measure& m, const KindMatch& k, const Norm& norm, const NormDemand& ask) {
    const KindInfo* info = vocabulary.find(k.kind);
    if (info == nullptr) return;
    for (const auto& [name, value] : ask.parameters.pairs()) {
      const ParameterInfo* p = info->parameter(name);
      const Node& own = k.parameters[name];
      const bool number = p != nullptr && p->type == ParameterType::integer && !own.is_null();
      if (!number || p->stricter.empty()) continue;
      const bool less = p->stricter == "lower" ? own.integer() > value.integer()
                                               : own.integer() < value.integer();
      if (less) {
        add("weaker_than_norm", {{"cite", m.cite_vi}, {"norm", norm.title_vi},
                                 {"own", own.text()}, {"asked", value.text()}});
      }
    }
  }
};

}  // namespace

std::vector<Warning> chain_warnings(const Order& order, const Vocabulary& vocabulary,
                                    const Catalog& catalog, std::span<const Order> at_hand,
                                    const Date& as_of) {
  Chain chain{order, vocabulary, catalog, at_hand, as_of};
  chain.documents();
  chain.deadlines();
  chain.weaker();
  return std::move(chain.out);
}

}  // namespace khien
