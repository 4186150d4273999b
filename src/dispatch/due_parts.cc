// The part of a deadline runs from the deadline before it; whom it is for stands at its start or
// right after the date.
#include "dispatch/due_parts.h"

#include <algorithm>
#include <array>
#include <set>

#include "dispatch/actors.h"
#include "dispatch/deadlines.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

bool says_word(const ClauseText& clause, std::size_t token, std::u32string_view word) {
  if (token >= clause.token_to) return false;
  const Token& t = clause.anatomy->tokens[token];
  const std::u32string_view have = cut(*clause.folded, t.begin, t.end);
  return have.size() == word.size() && begins(have, word);
}

std::string actor_before(const ClauseText& clause, std::size_t from, const Deadline& d) {
  static constexpr std::array<std::u32string_view, 3> kLinks = {U"và", U"còn", U"riêng"};
  ClauseText part = clause;
  part.token_from = std::max(clause.token_from, token_at(*clause.anatomy, from));
  part.token_to = std::min(clause.token_to, token_at(*clause.anatomy, d.end));
  for (const std::u32string_view link : kLinks) {
    if (says_word(part, part.token_from, link)) ++part.token_from;
  }
  if (part.token_from >= part.token_to) return "";
  part.begin = clause.anatomy->tokens[part.token_from].begin;
  part.end = static_cast<std::uint32_t>(d.end);
  return own_actor(part);
}

std::string actor_after(const ClauseText& clause, const Deadline& d) {
  const std::size_t token = token_at(*clause.anatomy, d.end);
  const bool toward = says_word(clause, token, U"đối") && says_word(clause, token + 1, U"với");
  return toward ? body_named_at(clause, token + 2) : "";
}

}  // namespace

std::vector<DueFor> deadlines_by_actor(const ClauseText& clause) {
  const std::vector<Deadline> deadlines = find_deadlines(clause);
  if (deadlines.size() < 2 || clause.hits == nullptr) return {};
  std::vector<DueFor> out;
  std::set<std::string> bodies;
  std::set<std::string> days;
  std::size_t from = clause.begin;
  for (const Deadline& d : deadlines) {
    std::string actor = actor_after(clause, d);
    if (actor.empty()) actor = actor_before(clause, from, d);
    if (!actor.empty()) bodies.insert(actor);
    days.insert(d.iso);
    out.push_back({d.iso, std::move(actor)});
    from = d.end;
  }
  if (bodies.size() < 2 && days.size() < 2) out.clear();
  return out;
}

}  // namespace khien
