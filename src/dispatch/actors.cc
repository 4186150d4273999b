// An addressee is read from its first word to the verb that says what it is to do.
#include "dispatch/actors.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dispatch/commands.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kLongest = 45;  // words of an addressee

struct ActorReader {
  const ClauseText& t;

  [[nodiscard]] const Token& token(std::size_t i) const { return t.anatomy->tokens[i]; }
  [[nodiscard]] bool is(const Hit& h, int list) const {
    const auto& o = t.vocabulary->owner(h.owner);
    return o.role == Vocabulary::Role::list && o.index == list;
  }
  [[nodiscard]] const Hit* at(std::size_t i, std::string_view name) const {
    const int list = t.vocabulary->list(name);
    for (const Hit& h : *t.hits) {
      if (h.first == i && is(h, list)) return &h;
    }
    return nullptr;
  }
  [[nodiscard]] const Hit* addressee(std::size_t i) const {
    return at(i, "no_addressee") == nullptr ? at(i, "addressee") : nullptr;
  }
  [[nodiscard]] std::u32string_view between(std::size_t a, std::size_t b) const {
    return cut(t.anatomy->clean, token(a).end, token(b).begin);
  }

  // Where an addressee may begin: at the start, after "Giao", after a phrase of time and a comma.
  [[nodiscard]] std::vector<std::size_t> places() const {
    std::vector<std::size_t> out = {t.token_from};
    const int hands = t.vocabulary->list("hands_to");
    for (const Hit& h : *t.hits) {
      if (h.first == t.token_from && is(h, hands)) out.push_back(h.last + 1);
    }
    static constexpr std::array<std::u32string_view, 12> kTime = {
        U"từ", U"trước", U"trong", U"khi", U"hằng", U"hàng", U"định", U"đến", U"căn", U"để",
        U"nhằm", U"trên"};
    const std::u32string_view first = cut(*t.folded, token(t.token_from).begin,
                                          token(t.token_from).end);
    if (std::find(kTime.begin(), kTime.end(), first) == kTime.end()) return out;
    for (std::size_t i = t.token_from + 1; i < std::min(t.token_to, t.token_from + 16); ++i) {
      if (between(i - 1, i).find(U',') == std::u32string_view::npos) continue;
      out.push_back(i);
      break;
    }
    return out;
  }

  // The verb that ends an addressee begun at `from`; 0 when none follows in time.
  [[nodiscard]] std::size_t verb_after(std::size_t from) const {
    const int verbs = t.vocabulary->list("actor_verb");
    for (const Hit& h : *t.hits) {
      if (h.first <= from || !is(h, verbs)) continue;
      const bool near = token(h.first).sentence == token(from).sentence;
      return near && h.first - from <= kLongest ? h.first : 0;
    }
    return 0;
  }

  [[nodiscard]] std::string text(std::size_t from, std::size_t to) const {
    std::string out = plain(t.anatomy->clean, token(from).begin, token(to - 1).end);
    const std::size_t open = out.rfind('(');
    if (open != std::string::npos && out.find(')', open) == std::string::npos) out += ")";
    return out;
  }

  // "các cơ quan, đơn vị", "thủ trưởng các đơn vị": everybody the paper is sent to.
  [[nodiscard]] bool everybody(const std::string& actor) const {
    static constexpr std::array<std::string_view, 12> kAll = {
        "các cơ quan", "các đơn vị", "các phòng",  "các sở, ban", "các sở, ngành", "thủ trưởng",
        "toàn thể",    "quý",        "các tổ chức", "cán bộ",     "tất cả",        "mọi"};
    const std::string f = fold(actor);
    return std::any_of(kAll.begin(), kAll.end(),
                       [&](std::string_view w) { return f.starts_with(w); });
  }
};

}  // namespace

std::string own_actor(const ClauseText& text) {
  if (text.token_from >= text.token_to) return "";
  const ActorReader r{text};
  const auto places = r.places();
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    const Hit* who = *place < text.token_to ? r.addressee(*place) : nullptr;
    if (who == nullptr) continue;
    const std::size_t verb = r.verb_after(who->last);
    if (verb <= *place) continue;
    const Hit* asks = r.at(verb, "asks");
    if (asks == nullptr) return r.text(*place, verb);
    // "Trung tâm đề nghị các đơn vị ...": the issuer asks, the others are asked
    const Hit* asked = r.addressee(asks->last + 1);
    const std::size_t does = asked == nullptr ? 0 : r.verb_after(asked->last);
    if (does <= verb) return "";
    const std::string actor = r.text(asks->last + 1, does);
    return r.everybody(actor) ? "" : actor;
  }
  return "";
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
    const std::size_t verb = r.verb_after(from);
    const std::string actor = r.text(from, verb > from ? verb : text.token_to);
    return r.everybody(actor) ? "" : actor;
  }
  std::size_t from = text.token_from;
  if (const Hit* toward = r.at(from, "toward")) from = toward->last + 1;
  if (words > kLongest || from >= text.token_to || r.addressee(from) == nullptr) return "";
  const std::size_t verb = r.verb_after(from);
  return r.text(from, verb > from ? verb : text.token_to);
}

}  // namespace khien
