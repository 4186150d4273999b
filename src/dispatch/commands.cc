// Numbered items are measures by form; the rest must command where it stands.
#include "dispatch/commands.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dispatch/leads.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

using Role = Vocabulary::Role;

struct Judge {
  const Clause& c;
  const ClauseText& t;
  bool kinds;
  bool reports;
  bool leads_on;

  [[nodiscard]] std::u32string_view folded() const { return cut(*t.folded, t.begin, t.end); }
  [[nodiscard]] bool has(std::string_view list) const { return in_list(t, list); }
  [[nodiscard]] bool starts(std::string_view list, std::size_t reach = 0) const {
    return at_start(t, list, reach) != nullptr;
  }

  [[nodiscard]] bool command() const { return starts("imperative") || starts("imperative_more"); }
  [[nodiscard]] bool force() const { return has("must") || has("should"); }

  // A title, "(Kèm theo ...)", "Chương II", "Phần thứ nhất".
  [[nodiscard]] bool title() const {
    const std::u32string_view text = cut(t.anatomy->clean, t.begin, t.end);
    if (is_upper_line(text)) return true;
    const bool apart = c.form == ClauseForm::paragraph && !c.led && c.sentence == 0;
    if (apart && !c.introduces && text.size() < 100 && is_heading(t.anatomy->clean, t.begin, t.end))
      return true;
    const std::u32string_view f = folded();
    if (f.starts_with(U"(") && f.find(U"kèm theo") != std::u32string_view::npos) return true;
    static constexpr std::array<std::u32string_view, 5> kTitles = {
        U"chương ", U"phần thứ ", U"phụ lục", U"phần i", U"ghi chú"};
    return f.size() < 120 && std::any_of(kTitles.begin(), kTitles.end(),
                                         [&](auto w) { return begins(f, w); });
  }

  // "Đề nghị các đơn vị quan tâm, phối hợp thực hiện./.": next to nothing but words of form.
  [[nodiscard]] bool formula() const {
    std::size_t words = 0;
    std::size_t of_form = 0;
    std::size_t last = 0;
    const int list = t.vocabulary->list("formula");
    for (const Hit& h : *t.hits) {
      const auto& o = t.vocabulary->owner(h.owner);
      if (o.role != Role::list || o.index != list || h.last < t.token_from + last) continue;
      const std::size_t from = std::max<std::size_t>(h.first - t.token_from, last);
      of_form += h.last - t.token_from + 1 - from;
      last = h.last - t.token_from + 1;
    }
    words = t.token_to - t.token_from;
    return words <= 45 && of_form * 100 >= words * 82;
  }

  [[nodiscard]] bool closes() const {
    if (reports) return false;
    return starts("closing", 12) || formula();
  }
  [[nodiscard]] bool calls() const {
    return starts("contact", 12) || starts("contact_label");
  }

  // A line of data: a CVE, an address, a number.
  [[nodiscard]] bool data() const {
    const std::u32string_view f = folded();
    return f.starts_with(U"cve-") || f.starts_with(U"http") || f.starts_with(U"[") ||
           f.find_first_of(U" ") == std::u32string_view::npos;
  }

  // The issuer's own voice, not what another paper said.
  [[nodiscard]] bool orders() const { return has("orders") && !narrates(); }
  [[nodiscard]] bool narrates() const { return has("narrative"); }
  [[nodiscard]] bool urges() const {
    return starts("actor", 1) && (has("must") || starts("urge", 12));
  }

  [[nodiscard]] bool bullet() const {
    if (data()) return false;
    if (c.led) return true;
    if (c.told) return (command() || orders()) && (kinds || force());
    return command() || force() || kinds;
  }

  [[nodiscard]] bool paragraph() const {
    const bool tells = (starts("background", 3) && !starts("since")) || narrates();
    if (c.led && c.sentence == 0 && !tells) return true;
    if (c.told) return !narrates() && (has("own_order") || urges() || (!tells && has("duty")));
    if (tells) return has("own_order") || (has("duty") && !narrates());
    if (command() && (kinds || c.led || force())) return true;
    return orders() || urges() || has("duty") || (c.led && starts("actor", 1)) ||
           (starts("actor", 1) && kinds && has("may"));
  }
};

}  // namespace

bool in_list(const ClauseText& text, std::string_view name) {
  const int list = text.vocabulary->list(name);
  return std::any_of(text.hits->begin(), text.hits->end(), [&](const Hit& h) {
    const auto& o = text.vocabulary->owner(h.owner);
    return o.role == Role::list && o.index == list;
  });
}

const Hit* at_start(const ClauseText& text, std::string_view name, std::size_t reach) {
  const int list = text.vocabulary->list(name);
  for (const Hit& h : *text.hits) {
    const auto& o = text.vocabulary->owner(h.owner);
    if (o.role == Role::list && o.index == list && h.first <= text.token_from + reach) return &h;
  }
  return nullptr;
}

bool is_measure(const Clause& clause, const ClauseText& text, bool kinds, bool reports,
                bool leads_on) {
  const Judge j{clause, text, kinds, reports, leads_on};
  if (text.token_from >= text.token_to) return false;
  const bool numbered =
      clause.form != ClauseForm::bullet && clause.form != ClauseForm::paragraph;
  if (numbered) return !clause.in_annex || j.command() || j.force() || kinds;
  if (clause.purpose || j.title() || j.calls() || j.closes()) return false;
  const bool paragraph = clause.form == ClauseForm::paragraph;
  if (clause.introduces && (!j.command() || !kinds || (paragraph && leads_on))) return false;
  return paragraph ? j.paragraph() : j.bullet();
}

}  // namespace khien
