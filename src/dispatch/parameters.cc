// Values said by phrases first, then the readers; nothing is ever defaulted here.
#include "dispatch/parameters.h"

#include <algorithm>

#include "base/text.h"
#include "dispatch/finders.h"
#include "dispatch/lines.h"
#include "dispatch/readers.h"

namespace khien {
namespace {

bool token_is(const ClauseText& c, std::size_t i, std::u32string_view word) {
  if (i < c.token_from || i >= c.token_to) return false;
  const Token& t = c.anatomy->tokens[i];
  const std::u32string_view have = cut(*c.folded, t.begin, t.end);
  return have == word || (c.anatomy->bare && have.size() == word.size() && begins(have, word));
}
std::int64_t token_number(const ClauseText& c, std::size_t i) {
  return i >= c.token_from && i < c.token_to ? c.anatomy->tokens[i].number : -1;
}

// "trước 12 giờ 00 ngày", "lúc 12 giờ ngày": no length of time.
bool is_time_of_day(const ClauseText& c, const Hit& hit) {
  if (!token_is(c, hit.last, U"giờ")) return false;
  std::size_t next = hit.last + 1;
  const bool minutes = token_number(c, next) >= 0;
  if (minutes) ++next;
  if (minutes && !token_is(c, next, U"phút")) return true;
  return token_is(c, minutes ? next + 1 : next, U"ngày");
}

// The number a phrase said; of a range its lower end: "từ 12 đến 16 ký tự", "12-16 ký tự".
std::int64_t least_number(const ClauseText& c, const Hit& hit) {
  std::size_t at = hit.last;
  while (at > hit.first && token_number(c, at) != hit.number) --at;
  if (at < c.token_from + 2 || token_number(c, at) != hit.number) return hit.number;
  const bool to = token_is(c, at - 1, U"đến") || token_is(c, at - 1, U"tới");
  const std::size_t low = to ? at - 2 : at - 1;
  const std::u32string_view gap =
      cut(c.anatomy->clean, c.anatomy->tokens[low].end, c.anatomy->tokens[at].begin);
  const bool range = to || gap == U"-" || gap == U"–" || gap == U" - " || gap == U" – ";
  const std::int64_t least = token_number(c, low);
  return range && least > 0 && least < hit.number ? least : hit.number;
}

// Values said by phrases; a hit inside a longer one of the same parameter does not count.
void read_by_phrases(const ClauseText& c, int kind, const std::vector<ParameterInfo>& parameters,
                     Node& out) {
  struct Said {
    const Hit* hit;
    const Vocabulary::Reading* reading;
  };
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const int index = static_cast<int>(p);
    std::vector<Said> said;
    std::vector<const Hit*> regions;
    for (const Hit& h : *c.hits) {
      const auto& owner = c.vocabulary->owner(h.owner);
      if (owner.role == Vocabulary::Role::region && owner.index == kind && owner.sub == index)
        regions.push_back(&h);
      if (owner.role != Vocabulary::Role::value) continue;
      const auto& reading = c.vocabulary->reading(owner.index);
      if (reading.kind == kind && reading.parameter == index && !is_time_of_day(c, h))
        said.push_back({&h, &reading});
    }
    const auto outside = [&](const Said& s) {
      // where the clause names no such place, its heading did
      if (!c.vocabulary->has_region(kind, index) || regions.empty()) return false;
      return std::none_of(regions.begin(), regions.end(), [&](const Hit* r) {
        return s.hit->first >= r->first &&
               c.anatomy->tokens[s.hit->first].sentence == c.anatomy->tokens[r->first].sentence;
      });
    };
    std::erase_if(said, outside);
    const auto inside_longer = [&](const Said& s) {
      return std::any_of(said.begin(), said.end(), [&](const Said& o) {
        const auto length = [](const Hit* h) { return h->last - h->first; };
        return o.hit->first <= s.hit->first && o.hit->last >= s.hit->last &&
               length(o.hit) > length(s.hit);
      });
    };
    std::vector<Said> kept;
    std::copy_if(said.begin(), said.end(), std::back_inserter(kept),
                 [&](const Said& s) { return !inside_longer(s); });
    Node value;
    for (const Said& s : kept) {
      Node one = s.reading->value;
      if (one.is_null()) {
        one = parameters[p].type == ParameterType::text
                  ? Node(plain(c.anatomy->clean, c.anatomy->tokens[s.hit->first].begin,
                               c.anatomy->tokens[s.hit->last].end))
                  : Node(least_number(c, *s.hit) + s.reading->add);
      }
      if (parameters[p].type != ParameterType::list) {
        value = one;
        break;
      }
      const auto& have = value.items();
      if (std::none_of(have.begin(), have.end(),
                       [&](const Node& n) { return n.text() == one.text(); }))
        value.push(one);
    }
    if (!value.is_null()) out.set(parameters[p].name, value);
  }
}

}  // namespace

Node read_parameters(const ClauseText& clause, int kind, const std::vector<Hit>& kind_hits) {
  const KindInfo& info = clause.vocabulary->kinds()[static_cast<std::size_t>(kind)];
  Node out = Node::map();
  read_by_phrases(clause, kind, info.parameters, out);
  for (const ParameterInfo& p : info.parameters) {
    if (p.common || p.reader.empty() || out.has(p.name)) continue;
    Node value = run_reader(clause, kind_hits, p, out);
    if (!value.is_null() && check_value(p, value).empty()) out.set(p.name, value);
  }
  return out;
}

void read_common(const ClauseText& clause, std::vector<KindMatch>& kinds) {
  if (kinds.empty()) return;
  const Vocabulary& v = *clause.vocabulary;
  // two names for one thing: a date to report by is no date to complete by
  const auto same_said = [&](const ParameterInfo& p, const Node& value) {
    return std::any_of(kinds.begin(), kinds.end(), [&](const KindMatch& k) {
      if (k.parameters.has(p.name)) return true;
      if (p.reader == "within" && k.parameters.has("within_hours")) return true;
      if (p.reader == "hours" && k.parameters.has("rto_hours")) return true;
      const KindInfo* own = v.find(k.kind);
      return own != nullptr &&
             std::any_of(own->parameters.begin(), own->parameters.end(),
                         [&](const ParameterInfo& o) {
                           return !o.reader.empty() && o.reader == p.reader &&
                                  k.parameters.has(o.name) &&
                                  to_json(k.parameters[o.name]) == to_json(value);
                         });
    });
  };
  Node said = Node::map();
  read_by_phrases(clause, Vocabulary::kCommon, v.common(), said);
  for (const ParameterInfo& p : v.common()) {
    Node& own = kinds.front().parameters;
    Node aside = Node::map();  // what a reader keeps beside its value
    const Node value = p.reader.empty() ? said[p.name] : run_reader(clause, {}, p, aside);
    if (value.is_null() || !check_value(p, value).empty() || same_said(p, value)) continue;
    if (own.is_null()) own = Node::map();
    for (const auto& [name, kept] : aside.pairs()) own.set(name, kept);
    own.set(p.name, value);
  }
}

}  // namespace khien
