// Which clauses are measures and what they ask. One pass of the phrase matcher over the document
// gives every hit; the rest is looking them up by clause.
#include "dispatch/measures.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/account.h"
#include "dispatch/actors.h"
#include "dispatch/bare_lines.h"
#include "dispatch/commands.h"
#include "dispatch/deadlines.h"
#include "dispatch/due_parts.h"
#include "dispatch/errors.h"
#include "dispatch/finders.h"
#include "dispatch/head.h"
#include "dispatch/kinds.h"
#include "dispatch/lines.h"
#include "dispatch/order_warnings.h"
#include "dispatch/papers.h"
#include "dispatch/parameters.h"
#include "dispatch/release.h"
#include "dispatch/subject.h"
#include "dispatch/watch_windows.h"
#include "store/due.h"

namespace khien {
namespace {

using Role = Vocabulary::Role;

constexpr std::ptrdiff_t kClauseHits = 4000;    // a real clause has some dozens
constexpr std::size_t kWordsShown = 120;
constexpr double kCorrected = 0.99;  // as an officer of this agency decided
constexpr std::size_t kDocumentHits = 200'000;  // keeps hostile texts linear

struct Draft {                    // a clause with what was found in it
  const Clause* clause = nullptr;
  ClauseText text;
  ClauseText read;                  // without a paper's old wording that it corrects
  std::vector<Hit> hits;
  std::vector<KindMatch> kinds;
  bool ours = false;              // surely orders a kind of the subject's own families
  Sight sight;
  Shape shape;
  TakenBack taken;                  // what its words take back again
  const OwnExample* own = nullptr;  // the correction of this agency it is all but equal to
  bool measure = false;
};

class Compiler {
 public:
  Compiler(Anatomy anatomy, const Vocabulary& vocabulary)
      : a_(std::move(anatomy)), v_(vocabulary), folded_(fold(std::u32string_view(a_.clean))),
        subject_(to_u32(a_.head.subject_line)) {}

  Order run(const Document& document) {
    part_clauses();
    all_hits_ = v_.phrases().find(a_.tokens, 0, a_.tokens.size(), a_.bare, &cut_short_);
    cut_short_ = cut_short_ || all_hits_.size() > kDocumentHits;
    if (all_hits_.size() > kDocumentHits) all_hits_.resize(kDocumentHits);
    find_issue_date();
    drafts_.reserve(a_.clauses.size());
    for (const Clause& clause : a_.clauses) draft(clause);
    std::size_t ours = 0;
    for (const Draft& d : drafts_) ours += d.ours ? 1 : 0;
    none_of_ours_ = why_none_of_ours(a_, v_, all_hits_, ours);
    std::vector<BareLine> lines;
    for (const Draft& d : drafts_) lines.push_back({d.clause, &d.text, demands(d)});
    bare_ = bare_commands(lines);
    for (std::size_t i = 0; i < drafts_.size(); ++i)
      drafts_[i].measure = none_of_ours_.empty() && measure_at(i);
    fold_continuations();
    finish_head();
    Order out;
    out.text = document.text;
    for (Draft& d : drafts_) {
      if (d.measure) out.measures.push_back(measure_of(d));
    }
    for (Measure& m : out.measures) number_unnumbered(m);
    out.sentences = account(out);
    out.dispatch = a_.head;
    out.dispatch.sha256 = document.sha256;
    out.dispatch.source = document.path;
    out.dispatch.due_on = due_of_paper(out);
    out.watch_windows = find_windows(a_, v_, all_hits_);
    add_warnings(out, a_, v_, all_hits_, cut_short_, none_of_ours_);
    return out;
  }

 private:
  Anatomy a_;
  const Vocabulary& v_;
  std::u32string folded_;
  std::u32string subject_;
  std::vector<Hit> all_hits_;
  std::vector<Draft> drafts_;
  std::vector<bool> bare_;  // one of a list of bare commands, of each draft
  std::string none_of_ours_;  // why nothing is made of this text; "" for a dispatch
  bool consults_ = asks_for_comments(a_, v_);  // on a draft
  bool cut_short_ = false;  // matching stopped at a limit
  int loose_ = 0;  // measures without a number so far

  // read_basis() needs the demands and they need the year: the head's own date comes first.
  void find_issue_date() {
    if (a_.head.issued_on.empty()) read_basis(a_, v_.head_words());
    a_.head.legal_basis.clear();
  }

  // No phrase may run from one clause into the next: a clause's ends are ends of sentences too.
  void part_clauses() {
    std::vector<std::uint32_t> cuts;
    for (const Clause& c : a_.clauses) cuts.insert(cuts.end(), {c.text_begin, c.end});
    std::sort(cuts.begin(), cuts.end());
    std::uint32_t passed = 0;
    for (Token& t : a_.tokens) {
      while (passed < cuts.size() && cuts[passed] <= t.begin) ++passed;
      t.sentence += passed;
    }
  }

  void draft(const Clause& clause) {
    Draft d;
    d.clause = &clause;
    d.text = {&a_, &v_, &folded_, clause.text_begin, clause.end, 0, 0, nullptr};
    fill(d);
    drafts_.push_back(std::move(d));
    drafts_.back().text.hits = drafts_.back().read.hits = &drafts_.back().hits;
  }

  void fill(Draft& d) {
    d.text.token_from = token_at(a_, d.text.begin);
    d.text.token_to = token_at(a_, d.text.end);
    d.read = d.text;
    const auto [old, now] = old_wording(v_.date_words(), folded_, d.text.begin, d.text.end);
    if (old < now) d.read.begin = static_cast<std::uint32_t>(now);
    d.read.token_from = std::min(token_at(a_, d.read.begin), d.read.token_to);
    const auto earlier = [](const Hit& h, std::size_t token) { return h.first < token; };
    const auto from =
        std::lower_bound(all_hits_.begin(), all_hits_.end(), d.read.token_from, earlier);
    const auto to = std::lower_bound(from, all_hits_.end(), d.text.token_to, earlier);
    d.hits.assign(from, from + std::min<std::ptrdiff_t>(to - from, kClauseHits));
    d.text.hits = d.read.hits = &d.hits;
    d.sight = see(d);
    d.shape = shape_of(a_, static_cast<std::size_t>(d.clause - a_.clauses.data()));
    d.own = v_.own_like(cut(a_.clean, d.text.begin, d.text.end));
    name_kinds(d);
  }

  [[nodiscard]] bool has(const std::vector<Hit>& hits, Role role, int index) const {
    return std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
      return v_.owner(h.owner).role == role && v_.owner(h.owner).index == index;
    });
  }
  // Phrases and the model together. Called again when the head is known: months and CVEs named
  // before the demands are parameters too.
  void name_kinds(Draft& d) const {
    std::vector<PhraseKind> phrases = kinds_by_phrases(v_, a_.tokens, d.hits, all_hits_);
    d.kinds.clear();
    d.ours = false;
    std::vector<FoundKind> found = judge(v_, d.sight, d.shape, std::move(phrases));
    std::erase_if(found, [&](const FoundKind& f) { return f.hits.empty() && denied(d, f.kind); });
    d.taken = take_back(d.read, *d.clause, found);
    if (d.own != nullptr) found = as_corrected(*d.own, std::move(found));
    for (FoundKind& f : found) {
      KindMatch match;
      match.kind = v_.kinds()[static_cast<std::size_t>(f.kind)].name;
      match.confidence = std::round(f.confidence * 100) / 100;
      match.phrase = words_for(d, f);
      match.parameters = read_parameters(d.read, f.kind, f.hits);
      d.ours = d.ours || surely_of_subject(v_, match, !f.hits.empty());
      d.kinds.push_back(std::move(match));
    }
  }

  // A near-miss of the vocabulary silences the model too, where no phrase of the kind fired.
  [[nodiscard]] bool denied(const Draft& d, int kind) const {
    return has(d.hits, Role::near_miss, kind) || has(d.hits, Role::unless, kind);
  }

  // What a person decided of the same words, with the hits that were found for it.
  static std::vector<FoundKind> as_corrected(const OwnExample& own,
                                             std::vector<FoundKind> found) {
    std::vector<FoundKind> out;
    for (const int kind : own.kinds) {
      const auto same = std::find_if(found.begin(), found.end(),
                                     [&](const FoundKind& f) { return f.kind == kind; });
      out.push_back(same == found.end() ? FoundKind{kind, 0, {}, -1} : std::move(*same));
      out.back().confidence = kCorrected;
    }
    return out;
  }

  // The words that say so: those of the phrase, else the part of the clause the model went by.
  [[nodiscard]] std::string words_for(const Draft& d, const FoundKind& f) const {
    if (!f.hits.empty()) {
      const Hit& first = f.hits.front();
      return plain(a_.clean, a_.tokens[first.first].begin, a_.tokens[first.last].end);
    }
    std::size_t begin = d.read.begin;
    std::size_t end = d.read.end;
    if (f.part >= 0) {
      const auto parts = parts_of(cut(a_.clean, begin, end));
      const ClausePart& part = parts[static_cast<std::size_t>(f.part)];
      end = begin + part.end;
      begin += part.begin;
    }
    return shorten(plain(a_.clean, begin, end), kWordsShown);
  }

  // What the model makes of the clause, once: it costs more than the rest together.
  [[nodiscard]] Sight see(const Draft& d) const {
    if (v_.model() == nullptr || d.read.token_from >= d.read.token_to) return {};
    const std::u32string heading = heading_above(a_, *d.clause);
    const Place place{a_.clean, &a_.tokens, &d.hits, d.read.begin, d.read.end, heading, subject_};
    return look(*v_.model(), views_of(v_, place, kinds_by_phrases(v_, a_.tokens, d.hits,
                                                                   all_hits_)));
  }

  // A line with ':' whose demands follow is no demand itself.
  [[nodiscard]] bool leads_on(std::size_t i) const {
    if (!drafts_[i].clause->introduces || i + 1 >= drafts_.size()) return false;
    const Draft& next = drafts_[i + 1];
    const ClauseForm form = next.clause->form;
    if (form != ClauseForm::bullet && form != ClauseForm::paragraph) return true;
    return next.clause->led || at_start(next.text, "imperative") != nullptr ||
           at_start(next.text, "actor", 1) != nullptr;
  }
  [[nodiscard]] bool has_kind(const Draft& d, std::string_view kind) const {
    return std::any_of(d.kinds.begin(), d.kinds.end(),
                       [&](const KindMatch& k) { return k.kind == kind; });
  }

  // It demands something of a kind, or takes such a demand back.
  [[nodiscard]] static bool demands(const Draft& d) {
    return !d.kinds.empty() || (!d.taken.words.empty() && !d.taken.told);
  }

  [[nodiscard]] bool measure_at(std::size_t i) const {
    const Draft& d = drafts_[i];
    const Clause& c = *d.clause;
    if (d.own != nullptr) return d.own->measure;
    if (consults_ && !in_list(d.text, "comments")) return false;  // what the draft says
    if (c.id.empty() && d.taken.told && !demands(d)) return false;
    if (bare_[i] || is_measure(c, d.text, demands(d), has_kind(d, "directive.report_back"),
                               leads_on(i)))
      return true;
    if (v_.model() == nullptr || c.told || c.purpose || c.introduces || c.in_annex ||
        in_list(d.text, "contact") || in_list(d.text, "closing") ||
        at_start(d.text, "contact_label") != nullptr)
      return false;
    return is_order_by_model(*v_.model(), d.sight,
                             i > 0 && drafts_[i - 1].measure && !d.kinds.empty());
  }

  // A paragraph or sentence that goes on with its item and orders nothing new belongs to the item.
  void fold_continuations() {
    int host = -1;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      const Clause& c = *drafts_[i].clause;
      const int here = static_cast<int>(i);
      if (drafts_[i].measure) {
        host = here;
        continue;
      }
      const bool follows = host >= 0 && c.form == ClauseForm::paragraph &&
                           (c.parent == host || (c.sentence > 0 && host >= here - c.sentence));
      if (!follows || c.introduces || c.purpose || in_list(drafts_[i].text, "contact") ||
          in_list(drafts_[i].text, "closing") ||
          is_upper_line(cut(a_.clean, c.text_begin, c.end))) {
        host = -1;
        continue;
      }
      Draft& up = drafts_[static_cast<std::size_t>(host)];
      up.text.end = c.end;
      fill(up);
    }
  }

  void finish_head() {
    const auto first =
        std::find_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.measure; });
    a_.first_clause = first == drafts_.end() ? a_.body_end : first->clause->begin;
    if (first != drafts_.end() && first->clause->form == ClauseForm::paragraph) {
      // "Thực hiện Công văn số .., Sở đề nghị ..": the reason stands in the same sentence
      const int orders = v_.list("orders");
      for (const Hit& h : first->hits) {
        const auto& o = v_.owner(h.owner);
        if (o.role != Role::list || o.index != orders) continue;
        a_.first_clause = a_.tokens[h.first].begin;
        break;
      }
    }
    read_basis(a_, v_.head_words());
    read_contacts(a_, v_);
    for (Draft& d : drafts_) {
      if (d.measure) name_kinds(d);  // months and CVEs named before the demands
    }
  }

  [[nodiscard]] Obligation obligation_of(const Draft& d) const {
    if (in_list(d.text, "may") && !in_list(d.text, "must")) return Obligation::may;
    if (in_list(d.text, "must")) return Obligation::must;
    if (in_list(d.text, "should")) return Obligation::should;
    // what the opening says: the last word of command before the first demand
    const int must = v_.list("must");
    const int should = v_.list("should");
    Obligation last = Obligation::must;
    for (const Hit& h : all_hits_) {
      if (a_.tokens[h.first].begin >= d.clause->begin ||
          a_.tokens[h.first].begin >= a_.first_clause)
        break;
      const auto& o = v_.owner(h.owner);
      if (o.role != Role::list || a_.tokens[h.first].begin < a_.body_begin) continue;
      if (o.index == must) last = Obligation::must;
      if (o.index == should) last = Obligation::should;
    }
    return last;
  }

  // Its own words first, then the headings above it.
  [[nodiscard]] std::string actor_of(const Draft& d) const {
    std::string actor = own_actor(d.text);
    for (int up = d.clause->parent; actor.empty() && up >= 0;) {
      const Draft& above = drafts_[static_cast<std::size_t>(up)];
      actor = heading_actor(*above.clause, above.text);
      up = above.clause->parent;
    }
    return actor.empty() ? heading_actor_of_item(d) : actor;
  }
  // "2. Sở Tài chính:" is ordered of the body it names.
  [[nodiscard]] static std::string heading_actor_of_item(const Draft& d) {
    const bool item = d.clause->form != ClauseForm::paragraph && d.clause->introduces;
    return item ? heading_actor(*d.clause, d.text) : "";
  }

  Measure measure_of(const Draft& d) const {
    Measure m;
    m.id = d.clause->id;
    m.cite_vi = d.clause->cite_vi;
    m.text = plain(a_.clean, d.text.begin, d.text.end);
    m.span_from = d.clause->begin;
    m.span_to = d.text.end;
    m.obligation = obligation_of(d);
    m.actor = actor_of(d);
    m.kinds = d.kinds;
    const bool taken = d.kinds.empty() && !d.taken.words.empty();
    if (taken) m.kinds.push_back({"other.manual", 0.5, d.taken.words, Node::map()});
    if (!taken) {
      m.due_on = read_due_date(d.read);
      m.deadlines = deadlines_by_actor(d.read);
    }
    if (!d.shape.leads && !taken) add_kinds_of_actor(v_, a_.head.recipients, a_.bare, m);
    if (d.clause->purpose) m.kinds.clear();  // its reasons and aims order nothing
    if (m.kinds.empty()) m.kinds.push_back({"other.manual", 0.5, "", Node::map()});
    if (!d.clause->purpose && !taken) read_common(d.read, m.kinds);
    return m;
  }

  void number_unnumbered(Measure& m) {
    if (!m.id.empty()) return;
    ++loose_;
    m.id = "p" + std::to_string(loose_);
    const std::string word = v_.cite("n" + std::to_string(loose_), "");
    m.cite_vi = v_.cite("content", word.empty() ? std::to_string(loose_) : word);
  }

  [[nodiscard]] std::vector<Sentence> account(const Order& out) const {
    std::vector<ReadClause> read;
    for (const Draft& d : drafts_)
      read.push_back({d.clause, &d.text, &d.sight, d.measure, d.text.end});
    return account_for(a_, v_, read, out.measures);
  }
};

}  // namespace

Result<Order> compile(const Document& document, const Vocabulary& vocabulary) {
  std::vector<Order> orders;
  const std::vector<Paper> papers = papers_in(document, vocabulary.head_words());
  for (const Paper& paper : papers) {
    KHIEN_TRY(Anatomy anatomy, dissect(paper.document, vocabulary));
    orders.push_back(Compiler(std::move(anatomy), vocabulary).run(paper.document));
  }
  return join_orders(std::move(orders), papers, document.text, vocabulary);
}

}  // namespace khien
