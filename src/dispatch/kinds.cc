#include "dispatch/kinds.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

using Role = Vocabulary::Role;
constexpr double kExact = 0.99;        // a phrase written as one that leaves no doubt
constexpr double kSaidExactly = 0.9;
constexpr double kThreshold = 0.38;  // where most kinds are right, by whole documents held back
constexpr double kByActor = 0.9;     // a kind that its addressee's name says
constexpr std::size_t kHeadingLetters = 200;  // of one clause above

bool vetoed(const Vocabulary& v, const std::vector<Hit>& hits, int kind, const Hit& hit) {
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
    const auto& o = v.owner(h.owner);
    if (o.index != kind) return false;
    if (o.role == Role::unless) return true;
    return o.role == Role::near_miss && h.first <= hit.last && h.last >= hit.first;
  });
}

bool in_background(const Vocabulary& v, const std::vector<Token>& tokens,
                   const std::vector<Hit>& hits, const Hit& hit) {
  const int list = v.list("aside");
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
    const auto& o = v.owner(h.owner);
    return o.role == Role::list && o.index == list &&
           tokens[h.first].sentence == tokens[hit.first].sentence;
  });
}

bool has_need(const Vocabulary& v, const std::vector<Hit>& hits, int need) {
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
    return v.owner(h.owner).role == Role::need && v.owner(h.owner).index == need;
  });
}

// What no kind covers is other.manual; it is never judged.
bool is_judged(const std::string& column) {
  return column != "other.manual" && !column.starts_with("role.");
}

}  // namespace

std::vector<PhraseKind> kinds_by_phrases(const Vocabulary& v, const std::vector<Token>& tokens,
                                         const std::vector<Hit>& clause,
                                         const std::vector<Hit>& document) {
  std::map<int, PhraseKind> found;
  for (const Hit& h : clause) {
    const auto& o = v.owner(h.owner);
    if (o.role != Role::kind) continue;
    const auto& phrase = v.kind_phrase(o.index);
    const auto& where = phrase.need_in_document ? document : clause;
    if (phrase.need >= 0 && !has_need(v, where, phrase.need)) continue;
    if (vetoed(v, clause, phrase.kind, h) || in_background(v, tokens, clause, h)) continue;
    PhraseKind& f = found[phrase.kind];
    f.kind = phrase.kind;
    f.hits.push_back(h);
    f.confidence = std::max(f.confidence, phrase.confidence * (h.exact ? 1.0 : 0.9));
  }
  std::vector<PhraseKind> out;
  for (auto& [kind, f] : found) out.push_back(std::move(f));
  return out;
}

std::set<int> kinds_by_actor(const Vocabulary& v, std::string_view actor, bool bare) {
  std::set<int> out;
  if (actor.empty()) return out;
  const std::vector<Token> tokens = v.phrases().tokenize(to_u32(actor));
  for (const Hit& h : v.phrases().find(tokens, 0, tokens.size(), bare)) {
    const auto& o = v.owner(h.owner);
    if (o.role == Role::actor) out.insert(o.index);
  }
  return out;
}

namespace {

// Kinds that every one of them is ordered.
std::set<int> kinds_by_recipients(const Vocabulary& v, const std::vector<std::string>& recipients,
                                  bool bare) {
  std::set<int> out;
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    const std::set<int> one = kinds_by_actor(v, recipients[i], bare);
    if (i == 0) out = one;
    std::erase_if(out, [&](int kind) { return !one.contains(kind); });
  }
  return out;
}

bool is_routine(const KindMatch& k) {
  return k.kind == "directive.report_back" || k.kind.starts_with("support.");
}

}  // namespace

void add_kinds_of_actor(const Vocabulary& v, const std::vector<std::string>& recipients, bool bare,
                        Measure& m) {
  const bool unnamed = m.actor.empty();
  if (unnamed && std::all_of(m.kinds.begin(), m.kinds.end(), is_routine)) return;
  for (const int kind :
       unnamed ? kinds_by_recipients(v, recipients, bare) : kinds_by_actor(v, m.actor, bare)) {
    const std::string& name = v.kinds()[static_cast<std::size_t>(kind)].name;
    const auto same = [&](const KindMatch& k) { return k.kind == name; };
    if (std::none_of(m.kinds.begin(), m.kinds.end(), same))
      m.kinds.push_back({name, kByActor, unnamed ? recipients.front() : m.actor, Node::map()});
  }
}

std::u32string heading_above(const Anatomy& a, const Clause& clause) {
  std::u32string out;
  for (int up = clause.parent; up >= 0; up = a.clauses[static_cast<std::size_t>(up)].parent) {
    const Clause& c = a.clauses[static_cast<std::size_t>(up)];
    if (c.end <= c.text_begin) continue;
    out += a.clean.substr(c.text_begin, std::min<std::size_t>(c.end - c.text_begin,
                                                              kHeadingLetters));
    out += U" . ";
  }
  return out;
}

// What is said, by whole words: "ký" of "đăng ký" is no signature. Of hits one inside the other the
// longest counts; the group `words` only takes such pieces away.
std::vector<Hit> notions_of(const Vocabulary& v, const std::vector<Hit>& hits) {
  std::vector<Hit> all;
  std::copy_if(hits.begin(), hits.end(), std::back_inserter(all),
               [&](const Hit& h) { return v.owner(h.owner).role == Role::notion; });
  std::vector<Hit> out;
  for (const Hit& h : all) {
    const auto covers = [&](const Hit& o) {
      return o.first <= h.first && o.last >= h.last && o.last - o.first > h.last - h.first;
    };
    const bool word = v.notions()[static_cast<std::size_t>(v.owner(h.owner).index)].starts_with(
        "words.");
    if (!word && std::none_of(all.begin(), all.end(), covers)) out.push_back(h);
  }
  return out;
}

Shape shape_of(const Anatomy& a, std::size_t index) {
  const Clause& c = a.clauses[index];
  const auto starts = [](const Token& t, std::uint32_t at) { return t.begin < at; };
  const auto from = std::lower_bound(a.tokens.begin(), a.tokens.end(), c.text_begin, starts);
  const auto to = std::lower_bound(from, a.tokens.end(), c.end, starts);
  const auto words = static_cast<std::size_t>(to - from);
  const std::u32string_view after =
      words == 0 ? std::u32string_view{} : cut(a.clean, std::prev(to)->end, c.end);
  Shape out;
  out.leads = index + 1 < a.clauses.size() &&
              a.clauses[index + 1].parent == static_cast<int>(index);
  out.lengthy = out.leads && words > kAnnouncementWords;
  out.colon = out.leads && after.find(U':') != std::u32string_view::npos;
  out.terse = words < kTerseWords;
  return out;
}

std::vector<ClauseView> views_of(const Vocabulary& v, const Place& place,
                                 const std::vector<PhraseKind>& phrases) {
  const std::u32string_view text = place.clean.substr(place.begin, place.end - place.begin);
  std::vector<ClausePart> pieces = parts_of(text);
  pieces.insert(pieces.begin(), {0, text.size()});
  const std::vector<Hit> notions = notions_of(v, *place.hits);
  std::vector<ClauseView> out;
  for (const ClausePart& piece : pieces) {
    ClauseView view;
    view.text = text.substr(piece.begin, piece.end - piece.begin);
    view.heading = place.heading;
    view.subject = place.subject;
    const auto inside = [&](const Hit& h) {
      return (*place.tokens)[h.first].begin >= place.begin + piece.begin &&
             (*place.tokens)[h.last].end <= place.begin + piece.end;
    };
    for (const Hit& h : notions) {
      if (!inside(h)) continue;
      const std::string& name = v.notions()[static_cast<std::size_t>(v.owner(h.owner).index)];
      view.notions.push_back({name, (*place.tokens)[h.first].sentence, h.first});
    }
    for (const PhraseKind& p : phrases) {
      if (std::any_of(p.hits.begin(), p.hits.end(), inside))
        view.fired.push_back(v.kinds()[static_cast<std::size_t>(p.kind)].name);
    }
    out.push_back(std::move(view));
  }
  return out;
}

std::string role_column(SentenceRole role) { return std::string("role.") + to_string(role); }

namespace {

constexpr float kNone = -3;  // weaker than any kind of a real clause
struct Best {
  float first = kNone;
  float second = kNone;
};
Best best_of(const std::vector<float>& margins, const std::vector<std::string>& columns) {
  Best out;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    if (!is_judged(columns[k])) continue;
    if (margins[k] > out.first) out.second = std::exchange(out.first, margins[k]);
    else out.second = std::max(out.second, margins[k]);
  }
  return out;
}

// What a clause says clearly makes a faint second kind less likely.
std::vector<float> rivals_of(const std::vector<float>& margins,
                             const std::vector<std::string>& columns) {
  const Best best = best_of(margins, columns);
  std::vector<float> out(columns.size(), best.first);
  for (std::size_t k = 0; k < columns.size(); ++k) {
    if (is_judged(columns[k]) && margins[k] >= best.first) out[k] = best.second;
  }
  return out;
}

float lead_of(float margin, const Best& best) {
  return margin - (margin >= best.first ? best.second : best.first);
}

// A kind that leads a part of its own is ordered there, however faint it is in the whole.
void weigh_parts(const std::vector<std::vector<float>>& margins,
                 const std::vector<std::string>& columns, Sight& out) {
  std::vector<Best> best;
  for (const auto& view : margins) best.push_back(best_of(view, columns));
  out.views = margins.size();
  out.whole = margins.front();
  out.in_part = margins[margins.size() > 1 ? 1 : 0];
  out.lead.resize(columns.size());
  out.part_lead.resize(columns.size());
  for (std::size_t k = 0; k < columns.size(); ++k) {
    std::size_t said = margins.size() > 1 ? 1 : 0;
    for (std::size_t p = 2; p < margins.size(); ++p) {
      if (margins[p][k] > margins[said][k]) said = p;
    }
    out.lead[k] = lead_of(out.whole[k], best.front());
    out.in_part[k] = margins[said][k];
    out.part_lead[k] = lead_of(out.in_part[k], best[said]);
  }
}

}  // namespace

Sight merge(const std::vector<std::vector<float>>& margins,
            const std::vector<std::string>& columns) {
  Sight out;
  out.margins = margins.front();
  out.part.assign(columns.size(), -1);
  float heading = 0;
  float measure = 0;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    if (columns[k] == role_column(SentenceRole::heading)) heading = out.margins[k];
    if (columns[k] == role_column(SentenceRole::measure)) measure = out.margins[k];
    if (!is_judged(columns[k])) continue;
    for (std::size_t p = 1; p < margins.size(); ++p) {
      if (margins[p][k] - kPartHandicap <= out.margins[k]) continue;
      out.margins[k] = margins[p][k] - kPartHandicap;
      out.part[k] = static_cast<int>(p) - 1;
    }
  }
  out.heading = heading > measure;
  out.rival = rivals_of(out.margins, columns);
  weigh_parts(margins, columns, out);
  return out;
}

Signs signs_of(const Sight& sight, std::size_t k, bool fired, bool spoken, const Shape& shape) {
  return {.margin = sight.margins[k],
          .rival = sight.rival[k],
          .whole = sight.whole[k],
          .lead = sight.lead[k],
          .in_part = sight.in_part[k],
          .part_lead = sight.part_lead[k],
          .views = std::log(static_cast<double>(sight.views)),
          .fired = fired,
          .beside = !fired && spoken,
          .heading = sight.heading,
          .shape = shape};
}

Sight look(const KindModel& model, const std::vector<ClauseView>& views) {
  // the parts of a clause have its heading and subject in common
  const FeatureBlock heading = heading_block(views.front().heading);
  const FeatureBlock subject = subject_block(views.front().subject);
  std::vector<float> shared = model.margins(heading.features);
  const std::vector<float> by_subject = model.margins(subject.features);
  for (std::size_t k = 0; k < shared.size(); ++k) shared[k] += by_subject[k];
  std::vector<std::vector<float>> margins;
  for (const ClauseView& view : views) {
    const FeatureBlock text = text_block(view);
    const auto scale = static_cast<float>(
        1 / std::sqrt(text.square + heading.square + subject.square));
    margins.push_back(model.margins(text.features));
    for (std::size_t k = 0; k < shared.size(); ++k)
      margins.back()[k] = (margins.back()[k] + shared[k]) * scale;
  }
  return merge(margins, model.columns());
}

std::vector<FoundKind> judge(const Vocabulary& v, const Sight& sight, const Shape& shape,
                             std::vector<PhraseKind> phrases) {
  std::vector<FoundKind> out;
  std::map<int, PhraseKind*> said;
  for (PhraseKind& p : phrases) said[p.kind] = &p;
  const bool spoken = !phrases.empty();
  const KindModel* model = sight.margins.empty() ? nullptr : v.model();
  if (model != nullptr) {
    for (std::size_t k = 0; k < model->columns().size(); ++k) {
      const KindInfo* info = is_judged(model->columns()[k]) ? v.find(model->columns()[k]) : nullptr;
      if (info == nullptr) continue;
      const int kind = static_cast<int>(info - v.kinds().data());
      const auto it = said.find(kind);
      const bool fired = it != said.end();
      double sure = model->probability(k, signs_of(sight, k, fired, spoken, shape));
      if (fired && it->second->confidence >= kExact) sure = std::max(sure, kSaidExactly);
      if (sure >= kThreshold) {
        out.push_back({kind, sure, fired ? std::move(it->second->hits) : std::vector<Hit>{},
                       sight.part[k]});
      }
      if (fired) said.erase(it);
    }
  }
  for (auto& [kind, p] : said) out.push_back({kind, p->confidence, std::move(p->hits), -1});
  std::stable_sort(out.begin(), out.end(), [](const FoundKind& a, const FoundKind& b) {
    return a.confidence > b.confidence;
  });
  return out;
}

}  // namespace khien
