// The clause tree. Marker styles form a stack: a style already open makes a sibling, a new one a
// child, and a style of higher rank closes lower ones. This survives restarts of numbering, bullets
// in bullets and footnotes between items.
#include "dispatch/anatomy.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/head.h"
#include "dispatch/head_mend.h"
#include "dispatch/leads.h"
#include "dispatch/lines.h"
#include "dispatch/numbers.h"
#include "dispatch/sentences.h"

namespace khien {
namespace {

constexpr std::size_t kLookAhead = 2000;  // paragraphs; keeps hostile texts linear

int rank_of(const Marker& m) {
  switch (m.form) {
    case ClauseForm::roman:
    case ClauseForm::article: return 0;
    case ClauseForm::number:
      if (m.style == "(1)") return 6;
      if (m.style == "1)") return 4;
      return 2 + static_cast<int>(std::count(m.style.begin() + 1, m.style.end(), '.')) -
             (m.style == "1." ? 1 : 0);
    case ClauseForm::letter:
      if (m.style[0] == 'A' || m.style == "(A)") return 1;
      return m.style == "i)" || m.style == "(i)" ? 7 : 5;
    case ClauseForm::ordinal: return 3;
    case ClauseForm::bullet: return 8;
    case ClauseForm::paragraph: return 9;
  }
  return 9;
}

std::string ordinal(const Vocabulary& vocabulary, int n) {
  const std::string word = vocabulary.cite("n" + std::to_string(n), "");
  return word.empty() ? std::to_string(n) : word;
}

// Builds the clauses of one run of paragraphs: the body, an annex, an attached document.
class TreeBuilder {
 public:
  TreeBuilder(Anatomy& out, const Vocabulary& vocabulary, const Part* part)
      : out_(out), vocabulary_(vocabulary), annex_(part != nullptr && !part->attached),
        attached_(part != nullptr && part->attached),
        prefix_(annex_ ? part->prefix : "") {}

  void run(const std::vector<Paragraph>& paragraphs) {
    find_opening(paragraphs);
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
      const Paragraph& p = paragraphs[i];
      if (p.footnote) continue;
      if (out_.clauses.size() > limits::dispatch_clauses) return;  // dissect() refuses it
      if (p.marker) {
        marked(p, i);
      } else {
        unmarked(paragraphs, i);
      }
    }
  }

 private:
  struct Open {
    std::string style;
    int rank = 0;
    int clause = -1;
    std::string label;
  };
  // What the demands that follow a leading line are made of, as long as they follow.
  enum class Block { none, fresh, bullets, paragraphs };
  Anatomy& out_;
  const Vocabulary& vocabulary_;
  bool annex_;
  bool attached_;
  std::string prefix_;
  std::vector<Open> stack_;
  std::size_t opening_ = 0;  // paragraphs before it are background
  std::size_t last_strong_ = 0;  // the last line that leads to demands by words of order
  Block block_ = Block::none;
  std::string bullets_;      // the style of the block's bullets

  void find_opening(const std::vector<Paragraph>& paragraphs) {
    if (!annex_) {
      for (std::size_t i = 0; i < paragraphs.size(); ++i) {
        if (lead_of(vocabulary_.head_words(), out_.clean, paragraphs[i]) == Lead::strong)
          last_strong_ = i;
      }
      const auto opens = [&](const Paragraph& p) {
        const bool item = p.marker && p.marker->form != ClauseForm::bullet;
        return item || leads(p, static_cast<std::size_t>(&p - paragraphs.data()));
      };
      const auto first = std::find_if(paragraphs.begin(), paragraphs.end(), opens);
      if (first != paragraphs.end())
        opening_ = static_cast<std::size_t>(first - paragraphs.begin());
    }
    if (!annex_ && !attached_ && !paragraphs.empty()) out_.opening = paragraphs[opening_].begin;
  }

  // "... như sau:" leads to demands only where no line after it orders.
  [[nodiscard]] bool leads(const Paragraph& p, std::size_t i) const {
    const Lead lead = lead_of(vocabulary_.head_words(), out_.clean, p);
    return lead == Lead::strong || (lead == Lead::weak && i >= last_strong_);
  }

  Clause base(std::uint32_t begin, std::uint32_t text_begin, std::uint32_t end) const {
    Clause c;
    c.begin = begin;
    c.text_begin = text_begin;
    c.end = end;
    c.introduces = end > begin && out_.clean[end - 1] == U':';
    c.in_annex = annex_;
    c.attached = attached_;
    return c;
  }
  [[nodiscard]] const Clause* up(const Clause& c) const {
    return c.parent >= 0 ? &out_.clauses[static_cast<std::size_t>(c.parent)] : nullptr;
  }

  // "i)" is the first of i) ii) iii), unless it follows h).
  [[nodiscard]] std::string style_of(const Marker& m) const {
    if (m.label != "i" || (m.style != "a)" && m.style != "(a)")) return m.style;
    const bool ninth = std::any_of(stack_.begin(), stack_.end(), [&](const Open& o) {
      return o.style == m.style && o.label == "h";
    });
    return ninth ? m.style : m.style == "a)" ? "i)" : "(i)";
  }

  void marked(const Paragraph& p, std::size_t i) {
    const Marker& m = *p.marker;
    const int rank = rank_of(m);
    const bool bullet = m.form == ClauseForm::bullet;
    const std::string style = style_of(m);
    const auto same = std::find_if(stack_.begin(), stack_.end(),
                                   [&](const Open& o) { return o.style == style; });
    if (same != stack_.end()) {
      stack_.erase(same, stack_.end());
    } else {
      const bool loose = !stack_.empty() && stack_.front().style == "p";
      if (loose && !bullet) stack_.clear();
      while (!stack_.empty() && stack_.back().rank > rank && stack_.back().style != "p") {
        stack_.pop_back();
      }
    }
    Clause c = base(p.begin, m.text_begin, p.end);
    c.form = m.form;
    c.label = m.label;
    c.parent = stack_.empty() ? -1 : stack_.back().clause;
    c.told = i < opening_;
    if (bullet) {
      c.position = count_siblings(c.parent, ClauseForm::bullet) + 1;
      c.led = block_ == Block::fresh || (block_ == Block::bullets && bullets_ == style);
      if (block_ == Block::fresh) bullets_ = style;
      if (c.led) block_ = Block::bullets;
    } else {
      c.led = true;
      block_ = c.introduces || is_heading(out_.clean, c.text_begin, c.end) ? Block::fresh
                                                                          : Block::none;
    }
    const Clause* above = up(c);
    c.purpose = (above != nullptr && above->purpose) ||
                (!bullet && is_purpose_heading(vocabulary_.head_words(), out_.clean, c.text_begin,
                                               c.end));
    name(c);
    stack_.push_back({style, rank, static_cast<int>(out_.clauses.size()), m.label});
    out_.clauses.push_back(std::move(c));
  }

  [[nodiscard]] int count_siblings(int parent, ClauseForm form) const {
    return static_cast<int>(
        std::count_if(out_.clauses.begin(), out_.clauses.end(), [&](const Clause& c) {
          return c.parent == parent && c.form == form && c.in_annex == annex_;
        }));
  }

  // Does a later item continue a numbering that is open now?
  [[nodiscard]] bool continues(const std::vector<Paragraph>& paragraphs, std::size_t i) const {
    const std::size_t to = std::min(paragraphs.size(), i + kLookAhead);
    for (std::size_t k = i + 1; k < to; ++k) {
      if (!paragraphs[k].marker || paragraphs[k].marker->form == ClauseForm::bullet) continue;
      const std::string& style = paragraphs[k].marker->style;
      if (paragraphs[k].marker->label == "1") return false;
      return std::any_of(stack_.begin(), stack_.end(),
                         [&](const Open& o) { return o.style == style; });
    }
    return false;
  }

  // "STT", "Nội dung": the headings of columns above the first row.
  [[nodiscard]] bool heads_table(const std::vector<Paragraph>& paragraphs, std::size_t i) const {
    for (std::size_t k = i; k < std::min(paragraphs.size(), i + 8); ++k) {
      const Paragraph& p = paragraphs[k];
      if (p.marker) return k > i && p.marker->style == "row" && p.marker->label == "1";
      const bool column = is_heading(out_.clean, p.begin, p.end) && out_.clean[p.end - 1] != U':';
      if (!column || p.end - p.begin > 60) return false;
    }
    return false;
  }

  // A clause for every sentence: each may order something of its own.
  void unmarked(const std::vector<Paragraph>& paragraphs, std::size_t i) {
    const Paragraph& p = paragraphs[i];
    if (heads_table(paragraphs, i)) return;
    const bool led = block_ == Block::fresh || block_ == Block::paragraphs;
    const bool inside = continues(paragraphs, i);
    const bool numbered = !stack_.empty() && stack_.front().style != "p";
    if (inside || numbered) {
      while (!stack_.empty() && stack_.back().rank >= 8) stack_.pop_back();
    }
    if (!inside) {
      // the paragraphs right under a heading, and all under "Mục đích, yêu cầu", belong to it
      const bool section =
          numbered && !stack_.empty() &&
          (led || out_.clauses[static_cast<std::size_t>(stack_.back().clause)].purpose);
      if (!section) stack_.clear();
    }
    const int parent = stack_.empty() ? -1 : stack_.back().clause;
    const bool lead = leads(p, i);
    int sentence = 0;
    for (const auto& [from, to] : split_sentences(out_.clean, p.begin, p.end)) {
      Clause c = base(from, from, to);
      c.sentence = sentence++;
      c.parent = parent;
      c.told = i < opening_;
      c.led = led && !lead;
      c.purpose = up(c) != nullptr && up(c)->purpose;
      out_.clauses.push_back(std::move(c));
    }
    if (lead) {
      block_ = Block::fresh;
    } else {
      block_ = led ? Block::paragraphs : Block::none;
    }
    if (!inside && parent < 0) {
      stack_.push_back({"p", -1, static_cast<int>(out_.clauses.size()) - 1, ""});
    }
  }

  void name(Clause& c) const {
    const Clause* above = up(c);
    const bool under = above != nullptr && !above->id.empty();
    const std::string prefix = under ? above->id + "." : prefix_;
    if (c.form == ClauseForm::bullet) {
      if (!under) return;
      c.id = prefix + std::to_string(c.position);
      c.cite_vi = vocabulary_.cite("bullet", ordinal(vocabulary_, c.position)) + ", " +
                  above->cite_vi;
      return;
    }
    const bool longer = under && c.label.starts_with(above->label + ".");
    c.id = longer ? above->id + c.label.substr(above->label.size()) : prefix + c.label;
    const char* word = "item";
    if (c.form == ClauseForm::article) word = "article";
    const bool capital =
        c.label == "Đ" || (!c.label.empty() && c.label[0] >= 'A' && c.label[0] <= 'Z');
    if (c.form == ClauseForm::letter && !capital) word = "letter";
    if (c.form == ClauseForm::number && under && c.label.find('.') == std::string::npos)
      word = "number";
    if (c.form == ClauseForm::ordinal) word = "content";
    const std::string label = c.form == ClauseForm::ordinal
                                  ? ordinal(vocabulary_, std::atoi(c.label.c_str()))
                                  : c.label;
    c.cite_vi = vocabulary_.cite(word, label);
    const bool own = c.label.find('.') != std::string::npos;
    if (under && !own) c.cite_vi += " " + above->cite_vi;
    if (!under && annex_) c.cite_vi += ", " + vocabulary_.cite("annex", "");
    if (!under && attached_) c.cite_vi += ", " + vocabulary_.cite("attached", "");
  }
};

// "Điều 1" of a decision and of the regulation it issues: the latter's ids get a prefix.
void tell_apart(std::vector<Clause>& clauses, std::size_t first, const std::string& prefix) {
  std::set<std::string_view> before;
  for (std::size_t i = 0; i < first; ++i) before.insert(clauses[i].id);
  const auto from = clauses.begin() + static_cast<std::ptrdiff_t>(first);
  const bool collide = std::any_of(from, clauses.end(), [&](const Clause& c) {
    return !c.id.empty() && before.contains(c.id);
  });
  if (!collide) return;
  for (auto c = from; c != clauses.end(); ++c) {
    if (!c->id.empty()) c->id = prefix + c->id;
  }
}

void make_ids_unique(std::vector<Clause>& clauses) {
  std::map<std::string, int> seen;
  for (Clause& c : clauses) {
    if (c.id.empty()) continue;
    const int n = ++seen[c.id];
    if (n > 1) c.id += fmt::format("({})", n);
  }
}

// Vietnamese text carries a mark on about every third letter; damaged text has next to none.
bool lost_marks(std::u32string_view text) {
  std::size_t letters = 0;
  std::size_t marked = 0;
  for (const char32_t c : text) {
    if (!is_letter(c)) continue;
    ++letters;
    marked += c > 0x7F;
  }
  return letters > 40 && marked * 50 < letters;
}

}  // namespace

std::size_t token_at(const Anatomy& anatomy, std::size_t place) {
  const auto before = [](const Token& t, std::size_t at) { return t.begin < at; };
  const auto found =
      std::lower_bound(anatomy.tokens.begin(), anatomy.tokens.end(), place, before);
  return static_cast<std::size_t>(found - anatomy.tokens.begin());
}

Result<Anatomy> dissect(const Document& document, const Vocabulary& vocabulary) {
  Anatomy out;
  out.text = to_u32(document.text);
  out.clean = clean_marks(out.text);
  out.bare = lost_marks(out.clean);
  mend_head(out.clean);
  const std::vector<Line> lines = split_lines(out.clean);
  if (lines.empty()) return fail(err::document_empty, document.path);
  const Frame frame = read_head(out, vocabulary, lines);
  const auto offset = [&](std::size_t line) {
    return line < lines.size() ? lines[line].begin : static_cast<std::uint32_t>(out.clean.size());
  };
  out.body_begin = offset(frame.body);
  out.body_end = offset(frame.tail);
  const auto body = join_lines(out.clean, out.text, lines, frame.body,
                               std::max(frame.body, frame.tail));
  TreeBuilder(out, vocabulary, nullptr).run(body);
  for (std::size_t i = 0; i < frame.parts.size(); ++i) {
    const Part& part = frame.parts[i];
    const std::size_t to = i + 1 < frame.parts.size() ? frame.parts[i + 1].title : lines.size();
    const auto paragraphs = join_lines(out.clean, out.text, lines, part.begin, to);
    const std::size_t first = out.clauses.size();
    TreeBuilder(out, vocabulary, &part).run(paragraphs);
    if (part.attached) tell_apart(out.clauses, first, part.prefix);
  }
  if (out.clauses.size() > limits::dispatch_clauses) {
    return fail(err::document_clauses, document.path,
                {{"limit", std::to_string(limits::dispatch_clauses)}});
  }
  make_ids_unique(out.clauses);
  out.first_clause = std::min(out.opening, out.body_end);
  out.tokens = vocabulary.phrases().tokenize(out.clean);
  read_numbers(fold(std::u32string_view(out.clean)), out.tokens);
  return out;
}

}  // namespace khien
