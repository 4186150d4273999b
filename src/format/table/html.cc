// HTML pages that programs save as .xls, and pages saved from a browser: the table with most cells
// is taken. gumbo reads what browsers read; spans are capped as browsers cap them.
#include <gumbo.h>

#include "base/limits.h"
#include "base/text.h"
#include "format/errors.h"
#include "format/html_tree.h"
#include "format/table/table.h"

namespace khien {
namespace {

constexpr std::size_t kPageBytes = 24 * limits::kMiB;
constexpr std::size_t kTreeBytes = 800 * limits::kMiB;
constexpr int kRowSpan = 65'534;

bool is_element(const GumboNode* node) { return node->type == GUMBO_NODE_ELEMENT; }
bool is_tag(const GumboNode* node, GumboTag tag) {
  return is_element(node) && node->v.element.tag == tag;
}

// Walks below `root`, not into what `enter` refuses. No recursion: pages may be any depth.
template <class Enter>
void walk(const GumboNode* root, Enter&& enter) {
  std::vector<std::pair<const GumboNode*, unsigned>> stack = {{root, 0}};
  while (!stack.empty()) {
    auto& [node, next] = stack.back();
    const GumboVector& children = node->type == GUMBO_NODE_DOCUMENT ? node->v.document.children
                                                                    : node->v.element.children;
    if (next == children.length) {
      stack.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children.data[next++]);
    if (enter(child) && is_element(child)) stack.emplace_back(child, 0U);
  }
}

std::string text_of(const GumboNode* cell) {
  std::string out;
  walk(cell, [&](const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA) {
      out += node->v.text.text;
      return false;
    }
    if (!is_element(node)) return false;
    const GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_BR || tag == GUMBO_TAG_P || tag == GUMBO_TAG_DIV) out += ' ';
    return tag != GUMBO_TAG_SCRIPT && tag != GUMBO_TAG_STYLE && tag != GUMBO_TAG_TABLE;
  });
  return out;
}

int span_of(const GumboNode* cell, const char* name, int most) {
  const GumboAttribute* a = gumbo_get_attribute(&cell->v.element.attributes, name);
  if (a == nullptr) return 1;
  int out = 0;
  for (const char* c = a->value; *c >= '0' && *c <= '9' && out <= most; ++c) {
    out = out * 10 + (*c - '0');
  }
  return std::clamp(out, 1, most);
}

struct Found {
  const GumboNode* table = nullptr;
  std::size_t cells = 0;
};

// Cells of this table, not of those inside it.
std::vector<std::vector<const GumboNode*>> rows_of(const GumboNode* table) {
  std::vector<std::vector<const GumboNode*>> out;
  walk(table, [&](const GumboNode* node) {
    if (is_tag(node, GUMBO_TAG_TABLE)) return false;
    if (is_tag(node, GUMBO_TAG_TR)) out.emplace_back();
    const bool cell = is_tag(node, GUMBO_TAG_TD) || is_tag(node, GUMBO_TAG_TH);
    if (cell && !out.empty()) out.back().push_back(node);
    return !cell;
  });
  return out;
}

Found largest(const GumboNode* root) {
  Found best;
  std::vector<const GumboNode*> open;  // tables that lie in each other: counted by their own cells
  walk(root, [&](const GumboNode* node) {
    if (is_tag(node, GUMBO_TAG_TABLE)) open.push_back(node);
    return true;
  });
  constexpr std::size_t most = 1000;  // a page of more tables is laid out with them
  for (std::size_t i = 0; i < std::min(open.size(), most); ++i) {
    std::size_t cells = 0;
    for (const auto& row : rows_of(open[i])) cells += row.size();
    if (cells > best.cells) best = {open[i], cells};
  }
  return best;
}

Done read_rows(const GumboNode* table, TableBuilder& builder) {
  std::vector<int> taken(limits::table_columns, 0);  // rows this column is still covered for
  int row = 0;
  for (const std::vector<const GumboNode*>& cells : rows_of(table)) {
    ++row;
    std::size_t column = 0;
    std::vector<int> next = taken;
    for (const GumboNode* cell : cells) {
      while (column < taken.size() && taken[column] > 0) ++column;
      const int wide = span_of(cell, "colspan", static_cast<int>(limits::table_columns));
      const int high = span_of(cell, "rowspan", kRowSpan);
      KHIEN_DO(builder.cell(row, column, text_of(cell)));
      const std::size_t end = column + static_cast<std::size_t>(wide);
      for (std::size_t i = column; i < std::min(end, next.size()); ++i) next[i] = high;
      if (wide > 1 || high > 1) builder.merged(row, row + high - 1, column, end - 1);
      column = end;
    }
    for (std::size_t i = 0; i < next.size(); ++i) taken[i] = std::max(next[i] - 1, 0);
  }
  return {};
}

Result<Table> read_page(const Decoded& page, const std::string& place) {
  const HtmlTree tree(page.text, kTreeBytes);
  const Found found = largest(tree.document());
  if (found.table == nullptr) return fail(err::table_unknown, place, {{"detail", "HTML"}});
  Table out;
  out.format = "html";
  out.encoding = page.encoding;
  TableBuilder builder(out, place);
  KHIEN_DO(read_rows(found.table, builder));
  builder.finish();
  return out;
}

}  // namespace

Result<Table> read_html(std::string_view bytes, const std::string& place) {
  if (bytes.size() > kPageBytes) {
    return fail(err::table_text, place, {{"limit", std::to_string(kPageBytes)}});
  }
  KHIEN_TRY(const Decoded page, decode_text(bytes, place));
  try {
    return read_page(page, place);
  } catch (const std::bad_alloc&) {
    return fail(err::table_text, place, {{"limit", std::to_string(kTreeBytes)}});
  }
}

}  // namespace khien
