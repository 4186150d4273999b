// An addressee is read from its first word to the verb that says what it is to do.
#include "dispatch/actors.h"

#include <algorithm>

#include "base/text.h"
#include "dispatch/commands.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kLongest = 45;  // words of an addressee
constexpr std::size_t kUnknown = 4;   // words of a name that no list holds

struct ActorReader {
  const ClauseText& t;
  // All in capitals: these tell nothing.
  bool shouted = is_upper_line(cut(t.anatomy->clean, t.begin, t.end));

  [[nodiscard]] const Token& token(std::size_t i) const { return t.anatomy->tokens[i]; }
  [[nodiscard]] bool is(const Hit& h, int list) const {
    const auto& o = t.vocabulary->owner(h.owner);
    return o.role == Vocabulary::Role::list && o.index == list;
  }
  // The longest hit of the list that begins at the word.
  [[nodiscard]] const Hit* at(std::size_t i, std::string_view name) const {
    const int list = t.vocabulary->list(name);
    const auto earlier = [](const Hit& h, std::size_t word) { return h.first < word; };
    const Hit* best = nullptr;
    auto h = std::lower_bound(t.hits->begin(), t.hits->end(), i, earlier);
    for (; h != t.hits->end() && h->first == i; ++h) {
      if (is(*h, list) && (best == nullptr || h->last > best->last)) best = &*h;
    }
    return best;
  }
  [[nodiscard]] const Hit* addressee(std::size_t i) const {
    const Hit* who = at(i, "no_addressee") == nullptr ? at(i, "addressee") : nullptr;
    // "Doi mat khau": without marks "đổi" looks like "đội"
    return who != nullptr && (who->exact || at(i, "imperative") == nullptr) ? who : nullptr;
  }
  [[nodiscard]] std::u32string_view between(std::size_t a, std::size_t b) const {
    return cut(t.anatomy->clean, token(a).end, token(b).begin);
  }
  [[nodiscard]] bool apart(std::size_t i, char32_t mark) const {
    return between(i - 1, i).find(mark) != std::u32string_view::npos;
  }
  [[nodiscard]] bool capital(std::size_t i) const {
    return is_upper(t.anatomy->clean[token(i).begin]);
  }

  // Where an addressee may begin: at the start, after "Giao", after a phrase of time and a comma.
  [[nodiscard]] std::vector<std::size_t> places() const {
    std::vector<std::size_t> out = {t.token_from};
    const int hands = t.vocabulary->list("hands_to");
    for (const Hit& h : *t.hits) {
      if (h.first == t.token_from && is(h, hands)) out.push_back(h.last + 1);
    }
    const HeadWords::List& time = t.vocabulary->head_words().time;
    const std::u32string_view first = cut(*t.folded, token(t.token_from).begin,
                                          token(t.token_from).end);
    if (first == U"riêng") out.push_back(t.token_from + 1);
    if (std::find(time.begin(), time.end(), first) == time.end()) return out;
    for (std::size_t i = t.token_from + 1; i < std::min(t.token_to, t.token_from + 16); ++i) {
      if (between(i - 1, i).find(U',') == std::u32string_view::npos) continue;
      out.push_back(i);
      break;
    }
    return out;
  }

  // The word stands in a name: "Sở Xây dựng", "Phòng Kiểm tra, giám sát", "SỞ XÂY DỰNG".
  [[nodiscard]] bool in_name(std::size_t i) const {
    if (!shouted && capital(i) && i > t.token_from && !apart(i, U':')) return true;
    const int parts = t.vocabulary->list(shouted ? "name_shouted" : "name_part");
    const int tails = t.vocabulary->list("name_tail");
    return std::any_of(t.hits->begin(), t.hits->end(), [&](const Hit& h) {
      if (h.first > i || h.last < i) return false;
      if (is(h, tails)) return h.first < i;
      return is(h, parts) && (shouted || (h.first > t.token_from && capital(h.first)));
    });
  }
  [[nodiscard]] bool verb_at(std::size_t i) const {
    return at(i, "actor_verb") != nullptr && !in_name(i);
  }
  // A word of command, written small, right after a name.
  [[nodiscard]] bool acts(std::size_t i) const {
    return i < t.token_to && !capital(i) && !in_name(i) &&
           (at(i, "imperative") != nullptr || at(i, "imperative_more") != nullptr ||
            verb_at(i));
  }

  // The verb that ends an addressee whose first words end at `from`; 0 when none follows in time.
  [[nodiscard]] std::size_t verb_after(std::size_t from) const {
    const int verbs = t.vocabulary->list("actor_verb");
    for (const Hit& h : *t.hits) {
      if (h.first <= from || !is(h, verbs)) continue;
      if (h.first - from > kLongest || token(h.first).sentence != token(from).sentence) return 0;
      if (!in_name(h.first)) return h.first;
    }
    return 0;
  }

  // One past the words at `i` that go on with a name; `i` when none do.
  [[nodiscard]] std::size_t step(std::size_t i) const {
    if (i >= t.token_to || verb_at(i)) return i;
    if (const Hit* part = at(i, "name_part"); part != nullptr && capital(i)) return part->last + 1;
    if (capital(i)) return i + 1;
    if (const Hit* tail = at(i, "name_tail")) return tail->last + 1;
    if (const Hit* other = addressee(i)) return other->last + 1;
    return i;
  }
  // One past the name whose first words end at `last`, as far as its words are known.
  [[nodiscard]] std::size_t name_end(std::size_t last) const {
    std::size_t end = last + 1;
    while (end < t.token_to && end - last <= kLongest) {
      if (token(end).sentence != token(last).sentence || apart(end, U':') || apart(end, U'(')) {
        break;
      }
      std::size_t next = step(end);
      const Hit* link = next == end ? at(end, "name_link") : nullptr;
      if (link != nullptr && step(link->last + 1) > link->last + 1) next = step(link->last + 1);
      if (next == end && token(end).number >= 0) next = step(end + 1) > end + 1 ? end + 1 : end;
      if (next == end) break;
      end = next;
    }
    return std::min(end, t.token_to);
  }
  // A name of its own, "Sở Y tế", "doanh nghiệp viễn thông"; no "đơn vị", "cán bộ".
  [[nodiscard]] bool named(std::size_t from, const Hit& who, std::size_t end) const {
    for (std::size_t i = from + 1; i < end; ++i) {
      if (capital(i) || (i > who.last && at(i, "name_tail") != nullptr)) return true;
    }
    return false;
  }

  // One past the addressee begun at `from`: before its verb, known or not, or before a colon; 0
  // when nothing shows that it is to act.
  [[nodiscard]] std::size_t end_of(std::size_t from) const {
    const Hit* who = addressee(from);
    if (who == nullptr) return 0;
    const std::size_t end = name_end(who->last);
    const std::size_t verb = verb_after(who->last);
    const std::size_t limit = std::min(verb > 0 ? verb : t.token_to, end + kUnknown + 1);
    if (verb > 0 && verb <= end) return verb;
    if (end < t.token_to && apart(end, U':')) return end;
    for (std::size_t i = end; i < limit; ++i) {
      if (i > end && apart(i, U':')) return i;
      if (named(from, *who, end) && acts(i)) return i;
    }
    if (verb == 0 || verb - end <= kUnknown || !named(from, *who, end)) return verb;
    return end > from + 1 && !capital(end - 1) ? end : 0;
  }

  [[nodiscard]] std::string text(std::size_t from, std::size_t to) const {
    std::string out = plain(t.anatomy->clean, token(from).begin, token(to - 1).end);
    const std::size_t open = out.rfind('(');
    if (open != std::string::npos && out.find(')', open) == std::string::npos) out += ")";
    return out;
  }

  // "các cơ quan, đơn vị", "thủ trưởng các đơn vị": everybody the paper is sent to.
  [[nodiscard]] bool everybody(const std::string& actor) const {
    const std::u32string f = fold(to_u32(actor));
    const HeadWords::List& all = t.vocabulary->head_words().everybody;
    return std::any_of(all.begin(), all.end(), [&](const auto& w) { return f.starts_with(w); });
  }
};

}  // namespace

std::string own_actor(const ClauseText& text) {
  if (text.token_from >= text.token_to) return "";
  const ActorReader r{text};
  const auto places = r.places();
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    if (*place >= text.token_to) continue;
    const std::size_t verb = r.end_of(*place);
    if (verb <= *place) continue;
    const Hit* asks = r.at(verb, "asks");
    if (asks == nullptr) return r.text(*place, verb);
    // "Trung tâm đề nghị các đơn vị ...": the issuer asks, the others are asked
    const std::size_t asked = asks->last + 1;
    const std::size_t does = asked < text.token_to ? r.end_of(asked) : 0;
    if (does <= verb) return "";
    const std::string actor = r.text(asked, does);
    return r.everybody(actor) ? "" : actor;
  }
  return "";
}

std::string body_named_at(const ClauseText& text, std::size_t token) {
  if (token >= text.token_to) return "";
  const ActorReader r{text};
  const Hit* who = r.addressee(token);
  return who == nullptr ? "" : r.text(token, r.name_end(who->last));
}

std::string heading_actor(const Clause& clause, const ClauseText& text) {
  if (text.token_from >= text.token_to) return "";
  const ActorReader r{text};
  const std::size_t words = text.token_to - text.token_from;
  if (clause.form == ClauseForm::paragraph) {
    // "Sở yêu cầu các doanh nghiệp viễn thông:" what follows the last word of order
    if (!clause.introduces) return "";
    std::size_t from = text.token_to;
    const int ordering = text.vocabulary->list("ordering");
    for (const Hit& h : *text.hits) {
      if (r.is(h, ordering) && r.addressee(h.last + 1) != nullptr) from = h.last + 1;
    }
    if (r.at(text.token_from, "toward") != nullptr) {
      const std::size_t next = r.at(text.token_from, "toward")->last + 1;
      if (r.addressee(next) != nullptr) from = next;
    }
    if (from >= text.token_to && words <= 20 && r.addressee(text.token_from) != nullptr) {
      from = text.token_from;
    }
    if (from >= text.token_to) return "";
    const std::size_t verb = r.end_of(from);
    const std::string actor = r.text(from, verb > from ? verb : text.token_to);
    return r.everybody(actor) ? "" : actor;
  }
  std::size_t from = text.token_from;
  if (const Hit* toward = r.at(from, "toward")) from = toward->last + 1;
  if (words > kLongest || from >= text.token_to || r.addressee(from) == nullptr) return "";
  const std::size_t verb = r.end_of(from);
  return r.text(from, verb > from ? verb : text.token_to);
}

}  // namespace khien
