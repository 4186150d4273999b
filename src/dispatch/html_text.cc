// gumbo makes the tree browsers make; blocks become lines, tables rows.
#include "dispatch/html_text.h"

#include <algorithm>
#include <array>
#include <new>

#include <gumbo.h>

#include "base/limits.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/html_main.h"
#include "dispatch/letters.h"
#include "format/html_tree.h"

namespace khien {
namespace {

constexpr std::size_t kTreeBytes = 400 * limits::kMiB;
constexpr int kDepth = 200;  // what nests deeper is no text of a dispatch
constexpr int kSpan = 64;

bool is_block(GumboTag tag) {
  static constexpr std::array<GumboTag, 24> kBlocks = {
      GUMBO_TAG_P,       GUMBO_TAG_DIV,     GUMBO_TAG_LI,         GUMBO_TAG_UL,  GUMBO_TAG_OL,
      GUMBO_TAG_H1,      GUMBO_TAG_H2,      GUMBO_TAG_H3,         GUMBO_TAG_H4,  GUMBO_TAG_H5,
      GUMBO_TAG_H6,      GUMBO_TAG_TABLE,   GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE, GUMBO_TAG_SECTION,
      GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER,  GUMBO_TAG_MAIN,       GUMBO_TAG_DL,  GUMBO_TAG_DT,
      GUMBO_TAG_DD,      GUMBO_TAG_FIGURE,  GUMBO_TAG_ADDRESS,    GUMBO_TAG_HR};
  return std::find(kBlocks.begin(), kBlocks.end(), tag) != kBlocks.end();
}

bool is_struck(GumboTag tag) {
  return tag == GUMBO_TAG_S || tag == GUMBO_TAG_STRIKE || tag == GUMBO_TAG_DEL;
}

int span_of(const GumboNode* cell, const char* name) {
  return std::clamp(std::atoi(html_attribute(cell, name).c_str()), 1, kSpan);
}

class PageText {
 public:
  LineWriter& writer() { return writer_; }

  void children(const GumboNode* parent, int depth) {
    if (depth > kDepth) return writer_.warn("part_not_read", {{"detail", "HTML"}});
    const GumboVector& all = parent->type == GUMBO_NODE_DOCUMENT ? parent->v.document.children
                                                                 : parent->v.element.children;
    for (unsigned i = 0; i < all.length; ++i) {
      const auto* node = static_cast<const GumboNode*>(all.data[i]);
      if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
          node->type == GUMBO_NODE_CDATA) {
        text(node->v.text.text);
      } else if (is_element(node) && !is_chrome(node)) {
        element(node, depth);
      }
    }
  }

  void flush() {
    const std::string line = squeeze(line_);
    line_.clear();
    if (!line.empty()) writer_.line(std::exchange(mark_, "") + line);
  }

 private:
  LineWriter writer_;
  std::string line_;
  std::string mark_;          // of the list item that begins
  std::vector<int> counters_; // of open lists; 0: bullets
  bool keep_lines_ = false;   // inside <pre>

  void text(std::string_view piece) {
    if (!keep_lines_) {
      line_ += piece;
      return;
    }
    for (const char c : piece) {
      if (c == '\n') flush();
      else line_ += c;
    }
  }

  void element(const GumboNode* node, int depth) {
    const GumboTag tag = node->v.element.tag;
    if (is_struck(tag)) {
      const std::string left = squeeze(flat_text(node));
      if (!left.empty()) writer_.warn("text_struck", {{"sample", shorten(left, 80)}});
    } else if (tag == GUMBO_TAG_BR) {
      flush();
    } else if (tag == GUMBO_TAG_TABLE) {
      flush();
      table(node, depth);
    } else if (tag == GUMBO_TAG_SUP) {
      const std::string digits = squeeze(flat_text(node));
      const bool number = !digits.empty() && digits.size() < 4 &&
                          std::all_of(digits.begin(), digits.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
      line_ += number ? superscript(std::atoi(digits.c_str())) : digits;
    } else if (is_block(tag)) {
      block(node, depth);
    } else {
      children(node, depth + 1);
    }
  }

  void block(const GumboNode* node, int depth) {
    const GumboTag tag = node->v.element.tag;
    flush();
    const bool list = tag == GUMBO_TAG_OL || tag == GUMBO_TAG_UL;
    if (list) {
      const int start = std::clamp(std::atoi(html_attribute(node, "start").c_str()), 1, 9999);
      counters_.push_back(tag == GUMBO_TAG_OL ? start : 0);
    }
    if (tag == GUMBO_TAG_LI) mark_ = next_mark(node);
    const bool outer = std::exchange(keep_lines_, keep_lines_ || tag == GUMBO_TAG_PRE);
    children(node, depth + 1);
    flush();
    keep_lines_ = outer;
    if (tag == GUMBO_TAG_LI) mark_.clear();
    if (list) counters_.pop_back();
  }

  std::string next_mark(const GumboNode* item) {
    if (counters_.empty() || counters_.back() == 0) return "- ";
    const int n = counters_.back()++;
    const std::string type = html_attribute(item->parent, "type");
    const bool small = type == "a" && n <= 26;
    const bool large = type == "A" && n <= 26;
    if (small || large) return std::string(1, static_cast<char>(type[0] + n - 1)) + ") ";
    return std::to_string(n) + ". ";
  }

  // All text below, without structure.
  static std::string flat_text(const GumboNode* root) {
    std::string out;
    std::vector<const GumboNode*> todo = {root};
    while (!todo.empty() && out.size() < limits::dispatch_text_bytes) {
      const GumboNode* node = todo.back();
      todo.pop_back();
      if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
        out += node->v.text.text;
      }
      if (!is_element(node) || is_chrome(node) || (node != root && is_struck(node->v.element.tag)))
        continue;
      if (node->v.element.tag == GUMBO_TAG_BR || is_block(node->v.element.tag)) out += ' ';
      const GumboVector& all = node->v.element.children;
      for (unsigned i = all.length; i-- > 0;)
        todo.push_back(static_cast<const GumboNode*>(all.data[i]));
    }
    return out;
  }

  static void collect(const GumboNode* parent, GumboTag one, GumboTag other,
                      std::vector<const GumboNode*>& out, bool through) {
    const GumboVector& all = parent->v.element.children;
    for (unsigned i = 0; i < all.length; ++i) {
      const auto* node = static_cast<const GumboNode*>(all.data[i]);
      if (!is_element(node)) continue;
      const GumboTag tag = node->v.element.tag;
      if (tag == one || tag == other) out.push_back(node);
      else if (through &&
               (tag == GUMBO_TAG_TBODY || tag == GUMBO_TAG_THEAD || tag == GUMBO_TAG_TFOOT))
        collect(node, one, other, out, false);
    }
  }

  void table(const GumboNode* node, int depth) {
    std::vector<const GumboNode*> rows;
    collect(node, GUMBO_TAG_TR, GUMBO_TAG_TR, rows, true);
    std::size_t widest = 0;
    std::vector<std::vector<const GumboNode*>> cells(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      collect(rows[i], GUMBO_TAG_TD, GUMBO_TAG_TH, cells[i], false);
      widest = std::max(widest, cells[i].size());
    }
    const bool layout = is_layout_table(flat_text(node), widest);
    if (widest < 2 || layout) {
      if (layout) writer_.as_printed(true);
      for (const auto& row : cells) {
        for (const GumboNode* cell : row) {
          children(cell, depth + 1);
          flush();
        }
      }
      writer_.as_printed(false);
      writer_.gap();
      return;
    }
    data_rows(cells);
  }

  void data_rows(const std::vector<std::vector<const GumboNode*>>& rows) {
    const std::size_t id = writer_.new_table();
    struct Above {
      int left = 0;
      std::string text;
    };
    std::vector<Above> above(kSpan);
    for (const auto& row : rows) {
      std::vector<std::string> printed;
      std::vector<std::string> full;
      std::size_t next = 0;
      for (std::size_t column = 0; column < above.size(); ++column) {
        if (above[column].left > 0) {
          --above[column].left;
          printed.emplace_back();
          full.push_back(above[column].text);
          continue;
        }
        if (next >= row.size()) continue;
        const GumboNode* cell = row[next++];
        const int wide = span_of(cell, "colspan");
        above[column] = {span_of(cell, "rowspan") - 1, squeeze(flat_text(cell))};
        printed.push_back(above[column].text);
        full.push_back(above[column].text);
        for (int i = 1; i < wide && column + 1 < above.size(); ++i) {
          above[++column] = {above[column].left, ""};
          printed.emplace_back();
          full.emplace_back();
        }
      }
      writer_.row(id, std::move(printed), std::move(full));
      if (writer_.full()) return;
    }
  }
};

Result<Reading> read_page(const Decoded& page, const std::string& name) {
  const HtmlTree tree(page.text, kTreeBytes);
  PageText text;
  text.children(find_main(tree.document()), 0);
  text.flush();
  return text.writer().finish(name, err::document_empty);
}

}  // namespace

Result<Reading> read_html_text(std::string_view bytes, const std::string& name) {
  KHIEN_TRY(const Decoded page, decode_text(bytes, name));
  if (page.text.size() > 4 * limits::dispatch_text_bytes) {
    return fail(err::document_text_large, name,
                {{"limit", std::to_string(limits::dispatch_text_bytes)}});
  }
  try {
    return read_page(page, name);
  } catch (const std::bad_alloc&) {
    return fail(err::document_bomb, name, {{"limit", std::to_string(kTreeBytes)}});
  }
}

}  // namespace khien
