#include "dispatch/papers.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/head_lines.h"
#include "dispatch/parts.h"
#include "store/due.h"

namespace khien {
namespace {

constexpr std::size_t kHeadAbove = 8;     // lines of a head above its number
constexpr std::size_t kHeadLines = 16;    // lines from its number to "Kính gửi"
constexpr std::size_t kMostPapers = 20;   // the last takes what follows
constexpr std::size_t kFirstHead = 3;     // lines that cannot be the end of a paper

struct Pile {
  const HeadWords& words;
  std::u32string clean;
  std::vector<Line> lines;

  [[nodiscard]] std::u32string_view text(std::size_t i) const {
    return cut(clean, lines[i].begin, lines[i].end);
  }
  [[nodiscard]] bool closes(std::size_t i) const {
    return is_signature(text(i), words) || begins(fold(text(i)).substr(0, 9), U"nơi nhận");
  }

  // The number of a paper that begins near line `i`; "" when none does.
  [[nodiscard]] std::string number_at(std::size_t i) const {
    const std::u32string f = fold(text(i).substr(0, 4));
    if (!begins(f, U"số:") && !begins(f, U"số ")) return "";
    Dispatch head;
    HeadReader reader(head, words);
    for (std::size_t k = i; k < std::min(lines.size(), i + kHeadLines); ++k) {
      const bool addressed = begins(fold(text(k).substr(0, 12)), U"kính gửi");
      if (addressed || (reader.has_form() && k > i + 1))
        return head.issued_on.size() == 10 ? head.number : "";
      for (const Piece& piece : pieces_of(clean, lines[k], words)) (void)reader.take(piece);
      if (head.number.empty()) return "";
    }
    return "";
  }

  // The name of the body and the motto stand above the number.
  [[nodiscard]] std::size_t top_of(std::size_t number, std::size_t from) const {
    std::size_t top = number;
    while (top > from && number - top < kHeadAbove) {
      const std::u32string_view line = text(top - 1);
      const std::u32string f = fold(line);
      const bool motto = find_like(f, U"cộng hòa xã hội") != std::u32string_view::npos ||
                         find_like(f, U"độc lập") != std::u32string_view::npos;
      const bool rule = line.find_first_not_of(U"-–—=._ ") == std::u32string_view::npos;
      if (closes(top - 1) || (!motto && !rule && !is_upper_line(line))) break;
      --top;
    }
    return top;
  }
};

// Of the second paper and those after it.
void rename_part(Order& order, std::size_t paper, std::uint32_t at, const std::string& of_paper) {
  const std::string prefix = fmt::format("VB{}.", paper);
  for (Measure& m : order.measures) {
    m.id = prefix + m.id;
    m.cite_vi += of_paper;
    m.span_from += at;
    m.span_to += at;
  }
  for (Sentence& s : order.sentences) {
    if (!s.measure.empty()) s.measure = prefix + s.measure;
    s.span_from += at;
    s.span_to += at;
  }
  for (Warning& w : order.warnings) {
    const auto cite = w.args.find("cite");
    if (cite != w.args.end()) cite->second += of_paper;
  }
}

// Whoever a later paper is sent to is to carry it out, not the recipients of the first.
void address_part(Order& part, const std::vector<std::string>& recipients) {
  if (part.dispatch.recipients.empty() || part.dispatch.recipients == recipients) return;
  const std::string actor = fmt::format("{}", fmt::join(part.dispatch.recipients, "; "));
  for (Measure& m : part.measures) {
    if (m.actor.empty()) m.actor = actor;
  }
}

template <typename T>
void append_moved(std::vector<T>& out, std::vector<T>& more) {
  out.insert(out.end(), std::make_move_iterator(more.begin()),
             std::make_move_iterator(more.end()));
}

std::vector<std::uint32_t> later_papers(std::u32string_view text, const HeadWords& words) {
  const Pile pile{words, clean_marks(text), split_lines(clean_marks(text))};
  std::vector<std::uint32_t> out;
  std::size_t ended = 0;  // the line after the last end of a paper; 0 while one goes on
  for (std::size_t i = kFirstHead; i < pile.lines.size(); ++i) {
    if (pile.closes(i)) ended = i + 1;
    if (ended == 0 || pile.number_at(i).empty()) continue;
    out.push_back(pile.lines[pile.top_of(i, ended)].begin);
    ended = 0;
    if (out.size() + 1 >= kMostPapers) break;
  }
  return out;
}

}  // namespace

std::vector<Paper> papers_in(const Document& document, const HeadWords& words) {
  const std::u32string text = to_u32(document.text);
  const std::vector<std::uint32_t> later = later_papers(text, words);
  if (later.empty()) return {{0, document}};
  std::vector<Paper> out;
  for (std::size_t i = 0; i <= later.size(); ++i) {
    Paper paper;
    paper.at = i == 0 ? 0 : later[i - 1];
    paper.document.path = document.path;
    paper.document.sha256 = document.sha256;
    const std::size_t end = i < later.size() ? later[i] : text.size();
    paper.document.text = to_utf8(cut(text, paper.at, end));
    out.push_back(std::move(paper));
  }
  return out;
}

Order join_orders(std::vector<Order> parts, const std::vector<Paper>& papers,
                  const std::string& text, const Vocabulary& vocabulary) {
  if (parts.size() == 1) return std::move(parts.front());
  const std::u32string wide = to_u32(text);
  std::vector<std::string> places;
  Order out = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    Order& part = parts[i];
    const std::uint32_t at = papers[i].at;
    const auto line = std::count(wide.begin(), wide.begin() + at, U'\n') + 1;
    places.push_back(fmt::format("{} ({})", line, part.dispatch.number));
    rename_part(part, i + 1, at, vocabulary.cite("of_paper", part.dispatch.number));
    address_part(part, out.dispatch.recipients);
    append_moved(out.measures, part.measures);
    append_moved(out.sentences, part.sentences);
    append_moved(out.watch_windows, part.watch_windows);
    append_moved(out.warnings, part.warnings);
    append_moved(out.dispatch.annexes, part.dispatch.annexes);
  }
  static const std::set<std::string> kOfOne = {"other_form", "no_order", "off_subject",
                                               "only_tells", "no_measures"};
  std::set<std::string> seen;
  std::erase_if(out.warnings, [&](const Warning& w) {
    if (kOfOne.contains(w.code)) return !out.measures.empty() || !seen.insert("none").second;
    return w.args.empty() && !seen.insert(w.code).second;
  });
  out.warnings.insert(out.warnings.begin(),
                      {"several_papers", "warning.several_papers",
                       {{"count", std::to_string(parts.size())},
                        {"places", fmt::format("{}", fmt::join(places, "; "))}}});
  out.dispatch.due_on = due_of_paper(out);
  out.text = text;
  return out;
}

}  // namespace khien
