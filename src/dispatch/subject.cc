#include "dispatch/subject.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kShortText = 250;  // words; in a longer one a single word is an aside
constexpr double kSure = 0.85;
constexpr double kSureOfSaid = 0.7;  // of what a phrase says too
constexpr std::size_t kNear = 3;
constexpr std::size_t kEnough = 3;  // clauses of ours in a paper of any length
constexpr std::ptrdiff_t kTooShort = 35;  // words of a body; fewer do not show what it is about
constexpr std::size_t kTitleLines = 14;
constexpr std::size_t kTitleLetters = 60;

struct Reader {
  const Anatomy& a;
  const Vocabulary& v;
  const std::vector<Hit>& hits;
  std::size_t ours;

  [[nodiscard]] bool is(const Hit& h, int list) const {
    const auto& o = v.owner(h.owner);
    return o.role == Vocabulary::Role::list && o.index == list;
  }
  [[nodiscard]] bool says(std::string_view list) const {
    const int index = v.list(list);
    return std::any_of(hits.begin(), hits.end(), [&](const Hit& h) { return is(h, index); });
  }

  // A line of the head that is the name of another kind of paper: "BIÊN BẢN HỌP".
  [[nodiscard]] bool titled_otherwise() const {
    const int list = v.list("other_form");
    const std::vector<Line> lines = split_lines(a.clean);
    for (std::size_t i = 0; i < std::min(lines.size(), kTitleLines); ++i) {
      const Line& line = lines[i];
      if (line.end - line.begin > kTitleLetters ||
          !is_upper_line(cut(a.clean, line.begin, line.end)))
        continue;
      if (std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
            return is(h, list) && a.tokens[h.first].begin <= line.begin + 2 &&
                   a.tokens[h.first].begin >= line.begin;
          }))
        return true;
    }
    return false;
  }

  // Hits of a list that the subject line begins with.
  [[nodiscard]] bool subject_begins(std::string_view list) const {
    const std::vector<Token> title = v.phrases().tokenize(to_u32(a.head.subject_line));
    const int index = v.list(list);
    const auto found = v.phrases().find(title, 0, title.size(), a.bare);
    return std::any_of(found.begin(), found.end(),
                       [&](const Hit& h) { return h.first == 0 && is(h, index); });
  }

  // The body asks something of somebody in its own voice, not as what another paper said.
  [[nodiscard]] bool asks_itself() const {
    std::set<std::uint32_t> told;  // sentences
    const int background = v.list("background");
    const int narrative = v.list("narrative");
    for (const Hit& h : hits) {
      if (is(h, background) || is(h, narrative)) told.insert(a.tokens[h.first].sentence);
    }
    const int asks = v.list("asks");
    const int duty = v.list("duty");
    return std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
      const Token& t = a.tokens[h.first];
      return (is(h, asks) || is(h, duty)) && t.begin >= a.body_begin && t.begin < a.body_end &&
             !told.contains(t.sentence);
    });
  }

  // A report of results, an answer, an invitation, thanks.
  [[nodiscard]] bool only_tells() const {
    const bool reports = subject_begins("results") && says("reports_results");
    return (reports || subject_begins("answers")) && !asks_itself();
  }

  // What a paper of an office has: a number, whom it is for, or the name of its form.
  [[nodiscard]] bool has_head() const {
    const Dispatch& d = a.head;
    return !d.number.empty() || !d.symbol.empty() || !d.recipients.empty() || !d.form.empty();
  }

  [[nodiscard]] bool on_subject() const {
    if (std::count_if(a.tokens.begin(), a.tokens.end(), [&](const Token& t) {
          return t.begin >= a.body_begin && t.begin < a.body_end;
        }) < kTooShort)
      return true;
    const int sure = v.list("subject");
    const std::vector<Token> title = v.phrases().tokenize(to_u32(a.head.subject_line));
    for (const Hit& h : v.phrases().find(title, 0, title.size(), a.bare)) {
      if (is(h, sure)) return true;
    }
    const int near = v.list("subject_near");
    std::size_t times = 0;
    std::set<std::string> words;
    for (const Hit& h : hits) {
      times += is(h, sure);
      if (is(h, near))
        words.insert(fold(plain(a.clean, a.tokens[h.first].begin, a.tokens[h.last].end)));
    }
    const bool many = ours >= kEnough || (ours > 0 && a.tokens.size() < kShortText);
    if (many && times + words.size() > 0) return true;
    return times > 1 || (times == 1 && a.tokens.size() < kShortText) || words.size() >= kNear;
  }
};

}  // namespace

bool surely_of_subject(const Vocabulary& vocabulary, const KindMatch& kind, bool said) {
  return kind.confidence >= (said ? kSureOfSaid : kSure) && vocabulary.find(kind.kind)->of_subject;
}

bool asks_for_comments(const Anatomy& anatomy, const Vocabulary& vocabulary) {
  const std::vector<Token> title =
      vocabulary.phrases().tokenize(to_u32(anatomy.head.subject_line));
  const int list = vocabulary.list("consults");
  const auto found = vocabulary.phrases().find(title, 0, title.size(), anatomy.bare);
  return std::any_of(found.begin(), found.end(), [&](const Hit& h) {
    const auto& o = vocabulary.owner(h.owner);
    return o.role == Vocabulary::Role::list && o.index == list;
  });
}

std::string why_none_of_ours(const Anatomy& anatomy, const Vocabulary& vocabulary,
                             const std::vector<Hit>& hits, std::size_t ours) {
  const Reader reader{anatomy, vocabulary, hits, ours};
  if (reader.titled_otherwise()) return "other_form";
  if (!reader.has_head() && !reader.says("issued_order")) return "no_order";
  if (!reader.on_subject()) return "off_subject";
  if (reader.only_tells()) return "only_tells";
  return "";
}

}  // namespace khien
