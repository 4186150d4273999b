#include "dispatch/account.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "dispatch/commands.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr float kSureOrder = 0.9F;  // margin of the role "measure"
constexpr float kGoesOn = 0.1F;     // where the sentence before orders too and this has a kind
constexpr float kUnsure = -0.4F;

struct Best {
  SentenceRole role = SentenceRole::other;
  float margin = -9;
  float next = -9;
};

Best best_role(const KindModel& model, const Sight& sight) {
  Best out;
  for (std::size_t k = 0; k < model.columns().size() && k < sight.margins.size(); ++k) {
    for (std::size_t r = 0; r < kRoles; ++r) {
      const auto role = static_cast<SentenceRole>(r);
      if (model.columns()[k] != role_column(role)) continue;
      if (sight.margins[k] > out.margin) {
        out.next = out.margin;
        out.margin = sight.margins[k];
        out.role = role;
      } else {
        out.next = std::max(out.next, sight.margins[k]);
      }
    }
  }
  return out;
}

class Accountant {
 public:
  Accountant(const Anatomy& a, const Vocabulary& v, const std::vector<Measure>& measures)
      : a_(a), v_(v), measures_(measures) {}

  std::vector<Sentence> run(const std::vector<ReadClause>& clauses) {
    std::uint32_t at = a_.body_begin;
    std::size_t next = 0;
    for (const ReadClause& c : clauses) {
      if (c.end <= at) continue;
      gap(at, c.clause->begin);
      if (c.measure && next < measures_.size()) {
        const Measure& m = measures_[next++];
        const bool open = m.kinds.front().kind == "other.manual";
        const char* role = open && c.clause->purpose ? "purpose"
                           : open && is_heading(c)   ? "heading"
                                                     : "measure";
        add(role, c.clause->begin, c.end, c.clause->id.empty() ? "command" : "numbered", m.id);
      } else {
        rest(c);
      }
      at = std::max(at, c.end);
    }
    gap(at, a_.body_end);
    return std::move(out_);
  }

 private:
  const Anatomy& a_;
  const Vocabulary& v_;
  const std::vector<Measure>& measures_;
  std::vector<Sentence> out_;

  static bool is_heading(const ReadClause& c) {
    return c.clause->introduces || c.sight->heading;
  }

  // The full stop of "1." ends no sentence.
  [[nodiscard]] std::uint32_t after_number(std::uint32_t from) const {
    for (const Clause& c : a_.clauses) {
      if (c.begin == from) return c.text_begin;
    }
    return from;
  }

  void add(std::string role, std::uint32_t from, std::uint32_t to, const std::string& why,
           const std::string& measure = "") {
    const auto starts = [](const Token& t, std::uint32_t place) { return t.begin < place; };
    auto token = std::lower_bound(a_.tokens.begin(), a_.tokens.end(), after_number(from), starts);
    int count = 0;
    std::uint32_t last = 0;
    for (; token != a_.tokens.end() && token->begin < to; ++token) {
      count += count == 0 || token->sentence != last;
      last = token->sentence;
    }
    if (count == 0) return;
    out_.push_back({std::move(role), from, to, count, measure, "sentence.why." + why});
  }

  // What no clause holds: before the demands it is background, after them other matter.
  void gap(std::uint32_t from, std::uint32_t to) {
    if (to <= from) return;
    const bool before = from < a_.opening || measures_.empty();
    add(before ? "background" : "other", from, to, before ? "before" : "between");
  }

  void rest(const ReadClause& c) {
    const std::uint32_t from = c.clause->begin;
    if (in_list(*c.text, "contact") || at_start(*c.text, "contact_label") != nullptr)
      return add("contact", from, c.end, "contact");
    if (at_start(*c.text, "closing", 12) != nullptr) return add("closing", from, c.end, "closing");
    if (c.clause->purpose) return add("purpose", from, c.end, "purpose");
    if (is_upper_line(cut(a_.clean, from, c.end))) return add("heading", from, c.end, "title");
    if (c.clause->introduces) return add("heading", from, c.end, "leads");
    if (v_.model() == nullptr || c.sight->margins.empty())
      return add(c.clause->told ? "background" : "other", from, c.end, "words");
    const Best best = best_role(*v_.model(), *c.sight);
    if (best.role != SentenceRole::measure)
      return add(to_string(best.role), from, c.end, "model");
    if (c.clause->told && best.margin < kSureOrder)
      return add("background", from, c.end, "before");
    add(best.margin > kUnsure ? "unsure" : "background", from, c.end, "unsure");
  }
};

}  // namespace

std::vector<Sentence> account_for(const Anatomy& anatomy, const Vocabulary& vocabulary,
                                  const std::vector<ReadClause>& clauses,
                                  const std::vector<Measure>& measures) {
  return Accountant(anatomy, vocabulary, measures).run(clauses);
}

bool is_order_by_model(const KindModel& model, const Sight& sight, bool goes_on) {
  const Best best = best_role(model, sight);
  return best.role == SentenceRole::measure && best.margin > (goes_on ? kGoesOn : kSureOrder);
}

}  // namespace khien
