// A measure is found when one starts where the annotation's text_start stands, give or take its
// number; kinds are compared as sets, parameters by the names that are scored.
#include "dispatch/score.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"

namespace khien {
namespace {

std::string new_name(const std::string& name) {
  static const std::map<std::string, std::string> kNames = {
      {"rotation_days", "max_age"}, {"target_percent", "coverage_percent"}, {"rule", "backup_rule"},
      {"levels", "grades"}, {"layer", "layers"}};
  const auto it = kNames.find(name);
  return it == kNames.end() ? name : it->second;
}

bool is_scored(const std::string& name) {
  static const std::set<std::string> kScored = {
      "min_length", "history", "max_age", "coverage", "coverage_percent", "licensed", "backup_rule",
      "copies", "rto_hours", "factors", "report_by", "complete_by", "classes", "months", "cves",
      "refs", "grades", "layers", "attachment_ext", "patterns", "roles", "forbidden_examples",
      "system", "tool_url", "guide_url"};
  return kScored.contains(name);
}

std::set<std::string> as_set(const Node& node) {
  std::set<std::string> out;
  for (const std::string& text : node.texts()) out.insert(squeeze(fold(text)));
  return out;
}

std::string as_text(const Node& node) {
  return fmt::format("{}", fmt::join(as_set(node), ","));
}

Node period_of_days(const Node& node) {
  if (node.type() != Node::Type::integer) return node;
  const auto days = node.integer();
  if (days % 365 == 0) return Node(fmt::format("P{}Y", days / 365));
  if (days % 30 == 0) return Node(fmt::format("P{}M", days / 30));
  return Node(fmt::format("P{}D", days));
}

struct KindRule {               // which kinds of an annotation count
  const Vocabulary& vocabulary;
  bool all = false;             // it follows the rule book
  [[nodiscard]] bool counts(const std::string& kind) const {
    const KindInfo* info = vocabulary.find(kind);
    return kind != "other.manual" && (all || info == nullptr || info->scored);
  }
};

void score_kinds(const KindRule& rule, const Measure* found, const Node& wanted,
                 const std::string& id, Score& score) {
  std::set<std::string> want;
  for (const std::string& k : wanted.texts()) {
    if (rule.counts(k)) want.insert(k);
  }
  std::set<std::string> have;
  if (found != nullptr) {
    for (const KindMatch& k : found->kinds) {
      if (rule.counts(k.kind)) have.insert(k.kind);
    }
  }
  std::vector<std::string> missing;
  std::vector<std::string> extra;
  for (const auto& k : want) {
    if (!have.contains(k)) missing.push_back(k);
    score.by_kind[k].wanted += 1;
  }
  for (const auto& k : have) {
    if (!want.contains(k)) extra.push_back(k);
    score.by_kind[k].found += 1;
    score.by_kind[k].hit += want.contains(k);
  }
  score.kinds += ScoreCount{static_cast<int>(want.size() - missing.size()),
                            static_cast<int>(have.size()), static_cast<int>(want.size())};
  for (const auto& k : missing) score.errors.push_back(fmt::format("{}: missing {}", id, k));
  for (const auto& k : extra) score.errors.push_back(fmt::format("{}: extra {}", id, k));
  if (missing.empty() && !extra.empty()) missing.emplace_back();
  if (extra.empty() && !missing.empty()) extra.emplace_back();
  for (const auto& m : missing) {
    for (const auto& e : extra) ++score.confused[{m, e}];
  }
  if (found == nullptr) return;
  for (const KindMatch& k : found->kinds) {
    if (rule.counts(k.kind)) score.sure.emplace_back(k.confidence, want.contains(k.kind));
  }
}

void score_parameters(const Measure* found, const Node& wanted, const std::string& id,
                      Score& score) {
  std::map<std::string, Node> have;
  if (found != nullptr) {
    for (const KindMatch& k : found->kinds) {
      for (const auto& [name, value] : k.parameters.pairs()) {
        if (!is_scored(name)) continue;
        for (const std::string& one : value.texts()) have[name].push(Node(one));
      }
    }
  }
  for (const auto& [old, value] : wanted.pairs()) {
    const std::string name = new_name(old);
    if (!is_scored(name) || value.is_null()) continue;
    const Node expected = name == "max_age" ? period_of_days(value) : value;
    ++score.parameters;
    const bool right = have.contains(name) && as_set(have[name]) == as_set(expected);
    score.parameters_right += right;
    if (!right) {
      score.errors.push_back(fmt::format("{}: {} wanted {} found {}", id, name, as_text(expected),
                                         have.contains(name) ? as_text(have[name]) : "-"));
    }
    have.erase(name);
  }
  for (const auto& [name, value] : have) {
    ++score.parameters_extra;
    score.errors.push_back(fmt::format("{}: extra parameter {} = {}", id, name, as_text(value)));
  }
}

bool is_contact(const std::string& kind) {
  return kind == "support.contact" || kind == "support.request";
}

// An unnumbered line that only says whom to call.
bool is_loose_contact(std::string_view id, const std::vector<std::string>& kinds) {
  return id.starts_with("p") && !kinds.empty() &&
         std::all_of(kinds.begin(), kinds.end(), is_contact);
}

std::vector<std::string> kinds_of(const Measure& m) {
  std::vector<std::string> out;
  for (const KindMatch& k : m.kinds) out.push_back(k.kind);
  return out;
}

}  // namespace

void Score::operator+=(const Score& o) {
  segments += o.segments;
  kinds += o.kinds;
  parameters += o.parameters;
  parameters_right += o.parameters_right;
  parameters_extra += o.parameters_extra;
  head += o.head;
  head_right += o.head_right;
  for (const auto& [kind, count] : o.by_kind) by_kind[kind] += count;
  for (const auto& [pair, count] : o.confused) confused[pair] += count;
  sure.insert(sure.end(), o.sure.begin(), o.sure.end());
}

SqueezedText::SqueezedText(std::u32string_view original) {
  for (std::size_t i = 0; i < original.size(); ++i) {
    const char32_t c = original[i];
    const bool blank = c == U' ' || c == U'\n' || c == U'\t';
    if (blank && (text.empty() || text.back() == U' ')) continue;
    text += blank ? U' ' : c;
    place.push_back(static_cast<std::uint32_t>(i));
  }
}

Score score_order(const Vocabulary& vocabulary, const Order& order, const Node& truth) {
  Score score;
  const SqueezedText text(to_u32(order.text));
  const KindRule rule{vocabulary, truth.has("guide")};
  std::set<const Measure*> used;
  for (const Node& wanted : truth["measures"].items()) {
    const std::string id = wanted["id"].text();
    const std::u32string start = to_u32(squeeze(nfc(wanted["text_start"].text())));
    const std::size_t at = text.text.find(start);
    const Measure* match = nullptr;
    if (at != std::u32string::npos) {
      const auto place = static_cast<std::int64_t>(text.place[at]);
      for (const Measure& m : order.measures) {
        const bool near =
            place >= m.span_from - 4 && place - m.span_from <= 14 && place < m.span_to;
        if (near && !used.contains(&m)) match = &m;
      }
    } else {
      score.errors.push_back(id + ": text_start is not in the text");
    }
    if (match != nullptr) used.insert(match);
    const Node& kinds = wanted.has("kinds") ? wanted["kinds"] : wanted["controls"];
    if (is_loose_contact(id, kinds.texts())) {
      score.segments.found -= match != nullptr;
      continue;
    }
    if (match == nullptr) score.errors.push_back(id + ": measure not found");
    score.segments += ScoreCount{match != nullptr, 0, 1};
    score_kinds(rule, match, kinds, id, score);
    score_parameters(match, wanted.has("parameters") ? wanted["parameters"] : wanted["params"], id,
                     score);
  }
  for (const Measure& m : order.measures) {
    score.segments.found += 1;
    if (used.contains(&m)) continue;
    if (is_loose_contact(m.id, kinds_of(m))) {
      score.segments.found -= 1;
      continue;
    }
    score.errors.push_back(fmt::format("{}: no such measure: {}", m.id, shorten(m.text, 60)));
    for (const KindMatch& k : m.kinds) {
      if (!rule.counts(k.kind)) continue;
      score.kinds.found += 1;
      score.by_kind[k.kind].found += 1;
      score.sure.emplace_back(k.confidence, false);
    }
  }
  score_head(order.dispatch, truth, score);
  return score;
}

}  // namespace khien
