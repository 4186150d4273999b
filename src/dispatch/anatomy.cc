// The clause tree. Marker styles form a stack: a style already open makes a sibling, a new one a
// child, and a style of higher rank closes lower ones. This survives restarts of numbering, bullets
// in bullets and footnotes between items.
#include "dispatch/anatomy.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/head.h"
#include "dispatch/lines.h"

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
    case ClauseForm::letter: return m.style[0] == 'A' ? 1 : 5;
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

// Builds the clauses of one run of paragraphs (the body, or an annex).
class TreeBuilder {
 public:
  TreeBuilder(Anatomy& out, const Vocabulary& vocabulary, bool annex)
      : out_(out), vocabulary_(vocabulary), annex_(annex) {}

  void run(const std::vector<Paragraph>& paragraphs) {
    find_opening(paragraphs);
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
      const Paragraph& p = paragraphs[i];
      if (p.footnote) continue;
      if (out_.clauses.size() > limits::dispatch_clauses) return;  // dissect() refuses it
      if (p.marker) {
        marked(p);
      } else if (i >= opening_) {
        unmarked(paragraphs, i);
      }
    }
  }

 private:
  struct Open {
    std::string style;
    int rank = 0;
    int clause = -1;
  };
  Anatomy& out_;
  const Vocabulary& vocabulary_;
  bool annex_;
  std::vector<Open> stack_;
  std::size_t opening_ = 0;  // paragraphs before it are background
  bool led_ = false;

  [[nodiscard]] bool introduces(const Paragraph& p) const {
    return p.end > p.begin && out_.clean[p.end - 1] == U':';
  }

  // A line that leads to demands: ends with ':' and orders, or stands before a numbered item.
  [[nodiscard]] bool leads(const std::vector<Paragraph>& paragraphs, std::size_t i) const {
    const Paragraph& p = paragraphs[i];
    if (!introduces(p) || p.marker || p.footnote) return false;
    static constexpr std::u32string_view kWords[] = {
        U"đề nghị",  U"yêu cầu",  U"khuyến nghị", U"chỉ đạo",   U"thực hiện",
        U"như sau",  U"sau đây",  U"sau:",        U"làm ",      U"triển khai",
        U"nhiệm vụ", U"chủ tịch", U"bộ trưởng",   U"thủ trưởng"};
    const std::u32string f = fold(cut(out_.clean, p.begin, p.end));
    return std::any_of(std::begin(kWords), std::end(kWords),
                       [&](auto w) { return f.find(w) != std::u32string::npos; });
  }

  void find_opening(const std::vector<Paragraph>& paragraphs) {
    if (annex_) return;
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
      const auto& m = paragraphs[i].marker;
      if (m && m->form != ClauseForm::bullet) {
        opening_ = i;
        return;
      }
      if (leads(paragraphs, i)) {
        opening_ = i;
        return;
      }
    }
  }

  Clause base(const Paragraph& p, std::uint32_t text_begin) const {
    Clause c;
    c.begin = p.begin;
    c.text_begin = text_begin;
    c.end = p.end;
    c.introduces = introduces(p);
    c.led = led_;
    c.in_annex = annex_;
    return c;
  }

  void marked(const Paragraph& p) {
    const Marker& m = *p.marker;
    const int rank = rank_of(m);
    const auto same = std::find_if(stack_.begin(), stack_.end(),
                                   [&](const Open& o) { return o.style == m.style; });
    if (same != stack_.end()) {
      stack_.erase(same, stack_.end());
    } else {
      const bool loose = !stack_.empty() && stack_.front().style == "p";
      if (loose && m.form != ClauseForm::bullet) stack_.clear();
      while (!stack_.empty() && stack_.back().rank > rank && stack_.back().style != "p") {
        stack_.pop_back();
      }
    }
    Clause c = base(p, m.text_begin);
    c.form = m.form;
    c.label = m.label;
    c.parent = stack_.empty() ? -1 : stack_.back().clause;
    if (m.form == ClauseForm::bullet) c.position = count_siblings(c.parent, ClauseForm::bullet) + 1;
    if (m.form != ClauseForm::bullet) led_ = true;
    name(c);
    stack_.push_back({m.style, rank, static_cast<int>(out_.clauses.size())});
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

  void unmarked(const std::vector<Paragraph>& paragraphs, std::size_t i) {
    const Paragraph& p = paragraphs[i];
    Clause c = base(p, p.begin);
    if (continues(paragraphs, i)) {
      while (!stack_.empty() && stack_.back().rank >= 8) stack_.pop_back();
      c.parent = stack_.empty() ? -1 : stack_.back().clause;
    } else {
      stack_.clear();
      stack_.push_back({"p", -1, static_cast<int>(out_.clauses.size())});
    }
    if (leads(paragraphs, i)) led_ = true;
    out_.clauses.push_back(std::move(c));
  }

  void name(Clause& c) const {
    const Clause* up = c.parent >= 0 ? &out_.clauses[static_cast<std::size_t>(c.parent)] : nullptr;
    const bool under = up != nullptr && !up->id.empty();
    const std::string prefix = under ? up->id + "." : (annex_ ? "PL." : "");
    if (c.form == ClauseForm::bullet) {
      if (!under) return;
      c.id = prefix + std::to_string(c.position);
      c.cite_vi = vocabulary_.cite("bullet", ordinal(vocabulary_, c.position)) + ", " + up->cite_vi;
      return;
    }
    c.id = under && c.label.starts_with(up->label + ".") ? up->id + c.label.substr(up->label.size())
                                                         : prefix + c.label;
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
    if (under && !own) c.cite_vi += " " + up->cite_vi;
    if (!under && annex_) c.cite_vi += ", " + vocabulary_.cite("annex", "");
  }
};

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

Result<Anatomy> dissect(const Document& document, const Vocabulary& vocabulary) {
  Anatomy out;
  out.text = to_u32(document.text);
  out.clean = clean_marks(out.text);
  out.bare = lost_marks(out.clean);
  const std::vector<Line> lines = split_lines(out.clean);
  if (lines.empty()) return fail(err::document_empty, document.path);
  const Frame frame = read_head(out, lines);
  const auto offset = [&](std::size_t line) {
    return line < lines.size() ? lines[line].begin : static_cast<std::uint32_t>(out.clean.size());
  };
  out.body_begin = offset(frame.body);
  out.body_end = offset(frame.tail);
  const auto body = join_lines(out.clean, out.text, lines, frame.body,
                               std::max(frame.body, frame.tail));
  TreeBuilder(out, vocabulary, false).run(body);
  if (frame.annex < lines.size()) {
    const auto annex = join_lines(out.clean, out.text, lines, frame.annex + 1, lines.size());
    TreeBuilder(out, vocabulary, true).run(annex);
  }
  if (out.clauses.size() > limits::dispatch_clauses) {
    return fail(err::document_clauses, document.path,
                {{"limit", std::to_string(limits::dispatch_clauses)}});
  }
  make_ids_unique(out.clauses);
  out.first_clause = out.clauses.empty() ? out.body_end : out.clauses.front().begin;
  out.tokens = vocabulary.phrases().tokenize(out.clean);
  return out;
}

}  // namespace khien
