// Weights are gathered bottom up with a stack of our own: pages nest as deep as they like.
#include "dispatch/html_main.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace khien {
namespace {


using Weights = std::unordered_map<const GumboNode*, std::size_t>;

const GumboVector& children_of(const GumboNode* node) {
  return node->type == GUMBO_NODE_DOCUMENT ? node->v.document.children : node->v.element.children;
}

struct Frame {
  const GumboNode* node;
  unsigned next;
  bool link;
};

Weights weigh(const GumboNode* root) {
  Weights out;
  std::vector<Frame> stack = {{root, 0, false}};
  while (!stack.empty()) {
    Frame& top = stack.back();
    const GumboVector& children = children_of(top.node);
    if (top.next == children.length) {
      const std::size_t own = out[top.node];
      stack.pop_back();
      if (!stack.empty()) out[stack.back().node] += own;
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children.data[top.next++]);
    if (child->type == GUMBO_NODE_TEXT && !top.link) {
      out[top.node] += trim(child->v.text.text).size();
    } else if (is_element(child) && !is_chrome(child)) {
      const bool link = top.link || child->v.element.tag == GUMBO_TAG_A;
      stack.push_back({child, 0, link});
    }
  }
  return out;
}

bool hides(const GumboNode* node) {
  if (gumbo_get_attribute(&node->v.element.attributes, "hidden") != nullptr) return true;
  std::string style = html_attribute(node, "style");
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

}  // namespace

bool is_element(const GumboNode* node) { return node->type == GUMBO_NODE_ELEMENT; }

std::string html_attribute(const GumboNode* element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element->v.element.attributes, name);
  return found == nullptr ? "" : found->value;
}

bool is_chrome(const GumboNode* element) {
  static constexpr std::array<GumboTag, 17> kTags = {
      GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_HEAD,   GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT,
      GUMBO_TAG_NAV,    GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE,  GUMBO_TAG_BUTTON,   GUMBO_TAG_SELECT,
      GUMBO_TAG_TEXTAREA, GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_SVG,    GUMBO_TAG_CANVAS,
      GUMBO_TAG_MENU,   GUMBO_TAG_TITLE};
  if (std::find(kTags.begin(), kTags.end(), element->v.element.tag) != kTags.end()) return true;
  const std::string role = html_attribute(element, "role");
  return role == "navigation" || role == "banner" || role == "contentinfo" || role == "search" ||
         hides(element);
}

const GumboNode* find_main(const GumboNode* root) {
  Weights weights = weigh(root);
  const std::size_t all = weights[root];
  const GumboNode* at = root;
  for (;;) {
    const GumboNode* heavy = nullptr;
    const GumboVector& children = children_of(at);
    for (unsigned i = 0; i < children.length; ++i) {
      const auto* child = static_cast<const GumboNode*>(children.data[i]);
      if (!is_element(child)) continue;
      const auto found = weights.find(child);
      if (found == weights.end() || found->second * 100 < all * 85) continue;
      heavy = child;
    }
    if (heavy == nullptr) return at;
    const GumboTag tag = heavy->v.element.tag;
    if (tag == GUMBO_TAG_TABLE || tag == GUMBO_TAG_P || tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL)
      return at;  // it needs the element around it to be read as what it is
    at = heavy;
  }
}

}  // namespace khien
