// A word of release governs the rest of its sentence, up to ';' or a word that turns to an order.
#include "dispatch/release.h"

#include <algorithm>

#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kWordsBeforeFact = 1;   // words of a sentence before those that tell
constexpr std::size_t kTakenLetters = 160;

enum class TakenWhy { released, refused, told };
struct Release {                // tokens of the anatomy
  TakenWhy why = TakenWhy::released;
  std::size_t words = 0;      // the first word of release
  std::size_t from = 0;
  std::size_t to = 0;
};

class ReleaseFinder {
 public:
  explicit ReleaseFinder(const ClauseText& text) : t_(text), tokens_(text.anatomy->tokens) {}

  [[nodiscard]] std::vector<Release> scopes(bool checklist) const {
    std::vector<Release> out;
    for (const Hit& h : *t_.hits) {
      if (is(h, "release")) add(out, governed(h, TakenWhy::released));
      if (is(h, "refusal")) add(out, governed(h, TakenWhy::refused));
      if (is(h, "fact") && !checklist) add(out, fact(h));
    }
    return out;
  }

 private:
  const ClauseText& t_;
  const std::vector<Token>& tokens_;

  static void add(std::vector<Release>& out, const Release& scope) {
    if (scope.to > scope.from) out.push_back(scope);
  }
  [[nodiscard]] bool is(const Hit& h, std::string_view list) const {
    const auto& o = t_.vocabulary->owner(h.owner);
    return o.role == Vocabulary::Role::list && o.index == t_.vocabulary->list(list);
  }
  template <typename Wanted>
  [[nodiscard]] bool any(Wanted wanted) const {
    return std::any_of(t_.hits->begin(), t_.hits->end(), wanted);
  }
  [[nodiscard]] bool marked_before(std::size_t token, std::u32string_view marks) const {
    if (token == 0) return false;
    const std::u32string_view between =
        cut(t_.anatomy->clean, tokens_[token - 1].end, tokens_[token].begin);
    return between.find_first_of(marks) != std::u32string_view::npos;
  }
  [[nodiscard]] bool parts(std::size_t token) const {
    return tokens_[token].sentence != tokens_[token - 1].sentence ||
           marked_before(token, U";:");
  }
  [[nodiscard]] std::size_t start_of(std::size_t token) const {
    while (token > t_.token_from && !parts(token)) --token;
    return token;
  }
  [[nodiscard]] std::size_t sentence_end(std::size_t last) const {
    std::size_t end = last + 1;
    while (end < t_.token_to && !parts(end)) ++end;
    return end;
  }
  // Where the sentence ends, or turns to an order.
  [[nodiscard]] std::size_t end_of(std::size_t last) const {
    std::size_t end = sentence_end(last);
    for (const Hit& h : *t_.hits) {
      if (h.first <= last || h.first >= end) continue;
      const bool turns = is(h, "turn") || (is(h, "still_orders") && marked_before(h.first, U","));
      if (turns) end = h.first;
    }
    return end;
  }

  // Nothing is ordered before it in its sentence: what stands there names whom or what it frees.
  [[nodiscard]] bool leads(std::size_t start, std::size_t first) const {
    return !any([&](const Hit& h) {
      if (h.first < start || h.last >= first) return false;
      const bool command = h.first == start && (is(h, "imperative")) && !asks(h);
      return command || is(h, "acts");
    });
  }
  [[nodiscard]] bool asks(const Hit& hit) const {
    return any([&](const Hit& h) { return is(h, "asks") && h.first == hit.first; });
  }

  [[nodiscard]] Release governed(const Hit& h, TakenWhy why) const {
    const std::size_t start = start_of(h.first);
    const bool apart = h.first > start && marked_before(h.first, U",(");
    if (!apart && !leads(start, h.first)) return {};
    const std::size_t to = end_of(h.last);
    if (why == TakenWhy::refused && wanted_after_all(h, start, to)) return {};
    return {why, h.first, apart ? h.first : start, to};
  }
  // "Không cài đặt khi chưa thử nghiệm"; "Đơn vị không báo cáo phải giải trình".
  [[nodiscard]] bool wanted_after_all(const Hit& refusal, std::size_t start,
                                      std::size_t to) const {
    return any([&](const Hit& h) {
      if (h.first <= refusal.last || h.first > to) return false;
      return (is(h, "refusal_unless") && h.first < to) ||
             (is(h, "still_orders") && refusal.first > start && !asked(start, refusal.first));
    });
  }
  [[nodiscard]] bool asked(std::size_t start, std::size_t first) const {
    return any([&](const Hit& h) { return is(h, "asks") && h.first >= start && h.last < first; });
  }

  [[nodiscard]] Release fact(const Hit& h) const {
    const std::size_t start = start_of(h.first);
    const std::size_t to = sentence_end(h.last);
    if (h.first > start + kWordsBeforeFact) return {};
    const bool orders = any([&](const Hit& o) {
      return is(o, "still_orders") && o.first >= start && o.first < to && o.last != h.last;
    });
    return orders ? Release{} : Release{TakenWhy::told, start, start, to};
  }
};

std::size_t shared(const Release& s, std::size_t from, std::size_t to) {
  const std::size_t a = std::max(s.from, from);
  const std::size_t b = std::min(s.to, to);
  return b > a ? b - a : 0;
}

// Phrases say it: all of them are governed. The model says it: most of what it went by is.
bool governs(const Release& s, const ClauseText& t, const FoundKind& kind) {
  if (!kind.hits.empty()) {
    return std::all_of(kind.hits.begin(), kind.hits.end(), [&](const Hit& h) {
      return h.first >= s.from && h.first < s.to;
    });
  }
  std::size_t from = t.token_from;
  std::size_t to = t.token_to;
  if (kind.part >= 0) {
    const auto parts = parts_of(cut(t.anatomy->clean, t.begin, t.end));
    const ClausePart& part = parts[static_cast<std::size_t>(kind.part)];
    from = token_at(*t.anatomy, t.begin + part.begin);
    to = token_at(*t.anatomy, t.begin + part.end);
  }
  return shared(s, from, to) * 2 > to - from;
}

}  // namespace

TakenBack take_back(const ClauseText& text, const Clause& clause,
                    std::vector<FoundKind>& kinds) {
  TakenBack out;
  if (kinds.empty()) return out;
  const bool checklist = clause.led && (clause.form == ClauseForm::bullet ||
                                        clause.form == ClauseForm::paragraph);
  const ReleaseFinder finder(text);
  const std::vector<Release> scopes = finder.scopes(checklist);
  bool only_told = true;
  const Anatomy& a = *text.anatomy;
  std::erase_if(kinds, [&](const FoundKind& kind) {
    const bool forbids = text.vocabulary->kinds()[static_cast<std::size_t>(kind.kind)].forbids;
    const auto scope = std::find_if(scopes.begin(), scopes.end(), [&](const Release& s) {
      return !(forbids && s.why == TakenWhy::refused) && governs(s, text, kind);
    });
    if (scope == scopes.end()) return false;
    only_told = only_told && scope->why == TakenWhy::told;
    if (out.words.empty())
      out.words = plain(a.clean, a.tokens[scope->words].begin,
                        std::min<std::size_t>(a.tokens[scope->to - 1].end,
                                              a.tokens[scope->words].begin + kTakenLetters));
    return true;
  });
  out.told = !out.words.empty() && only_told;
  return out;
}

}  // namespace khien
