// gumbo makes the tree browsers make.
#include "engine/portal/page.h"

#include <gumbo.h>

#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "engine/portal/errors.h"
#include "engine/portal/lead.h"
#include "engine/portal/url.h"
#include "engine/portal/words.h"
#include "format/html_tree.h"

namespace khien::portal {
namespace {

constexpr std::size_t kHosts = 5;

std::string attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? "" : found->value;
}

bool is_element(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

bool without_text(GumboTag tag) {
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_TEMPLATE ||
         tag == GUMBO_TAG_HEAD;
}

bool hides(const GumboElement& element) {
  if (element.tag == GUMBO_TAG_NOSCRIPT) return true;
  if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr) return true;
  return style_hides(attribute(element, "style"));
}

bool below(const std::string& host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

class PageReader {
 public:
  PageReader(const Node& args, Url base)
      : words_(args["words"]), trusted_(args["trusted"].texts()), base_(std::move(base)) {}

  Done walk(const GumboNode* root) {
    std::vector<Frame> stack = {{root, 0, false, false}};
    while (!stack.empty()) {
      Frame& top = stack.back();
      const GumboVector& children = top.node->type == GUMBO_NODE_DOCUMENT
                                        ? top.node->v.document.children
                                        : top.node->v.element.children;
      if (top.next == children.length) {
        leave(top);
        stack.pop_back();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children.data[top.next++]);
      const bool hidden = top.hidden;
      if (!is_element(child)) {
        text_of(child, hidden);
        continue;
      }
      const GumboElement& element = child->v.element;
      if (element.tag == GUMBO_TAG_HEAD) take_head(element);
      look_for_lead(element);
      if (without_text(element.tag)) continue;
      const bool own = !hidden && hides(element);
      if (own) hidden_text_.clear();
      if (element.tag == GUMBO_TAG_A) KHIEN_DO(open_anchor(element));
      else visible_ += ' ';
      stack.push_back({child, 0, hidden || own, own});
    }
    return {};
  }

  Node done() {
    Node out = Node::map({{"text_sha256", sha256_hex(squeeze(visible_))},
                          {"links", Node::list_of(links_)},
                          {"leads_to", lead_host_},
                          {"leads_by", lead_by_},
                          {"offsite_link_count", offsite_},
                          {"hidden_link_count", hidden_links_},
                          {"hidden_hosts", joined(hidden_hosts_, kHosts)},
                          {"gambling_count", gambling_},
                          {"gambling_words", joined(gambling_words_, 50)},
                          {"gambling_hosts", joined(gambling_hosts_, kHosts)}});
    const std::string text = as_words(visible_);
    std::set<std::string> found;
    int sure = 0;
    int look = 0;
    for (const Node& word : words_["hostile"].items()) {
      if (text.find(word["say"].text()) == std::string::npos) continue;
      ++(word["sure"].boolean() ? sure : look);
      found.insert(word["id"].text());
    }
    out.set("hostile_sure_count", sure);
    out.set("hostile_look_count", look);
    out.set("hostile_words", joined(found, 50));
    return out;
  }

 private:
  struct Frame {
    const GumboNode* node;
    unsigned next;
    bool hidden;
    bool hidden_root;
  };

  static std::string joined(const std::set<std::string>& items, std::size_t limit) {
    std::string out;
    for (const std::string& item : items) {
      if (limit-- == 0) return out + ", ...";
      out += (out.empty() ? "" : ", ") + item;
    }
    return out;
  }

  void take_head(const GumboElement& head) {
    for (unsigned i = 0; i < head.children.length; ++i) {
      const auto* child = static_cast<const GumboNode*>(head.children.data[i]);
      if (child->type != GUMBO_NODE_ELEMENT) continue;
      look_for_lead(child->v.element);
      if (child->v.element.tag != GUMBO_TAG_BASE || !reference_.host.empty()) continue;
      const auto url = resolve_url(base_, attribute(child->v.element, "href"));
      if (url) reference_ = *url;
    }
  }

  void look_for_lead(const GumboElement& element) {
    if (element.tag == GUMBO_TAG_META &&
        ascii_lower(attribute(element, "http-equiv")) == "refresh") {
      take_lead(refresh_target(attribute(element, "content")), "refresh");
    } else if (element.tag == GUMBO_TAG_LINK &&
               ascii_lower(attribute(element, "rel")) == "canonical") {
      take_lead(attribute(element, "href"), "canonical");
    } else if (element.tag == GUMBO_TAG_SCRIPT) {
      for (unsigned i = 0; i < element.children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(element.children.data[i]);
        if (child->type == GUMBO_NODE_TEXT) take_lead(script_target(child->v.text.text), "script");
      }
    }
  }

  // The first foreign host counts.
  void take_lead(const std::string& address, const char* by) {
    if (address.empty() || !lead_host_.empty()) return;
    const auto url = resolve_url(base_, address);
    if (!url || !is_foreign(url->host, base_.host, trusted_)) return;
    lead_host_ = shorten(nfc(url->host), 80);
    lead_by_ = by;
  }

  void text_of(const GumboNode* node, bool hidden) {
    if (node->type != GUMBO_NODE_TEXT && node->type != GUMBO_NODE_WHITESPACE &&
        node->type != GUMBO_NODE_CDATA) {
      return;
    }
    (hidden ? hidden_text_ : visible_) += node->v.text.text;
    if (in_anchor_) anchor_text_ += node->v.text.text;
  }

  Done open_anchor(const GumboElement& element) {
    if (++anchors_ > kPageAnchors) {
      return fail(err::answer_too_large, base_.text(), {{"limit", std::to_string(kPageAnchors)}});
    }
    in_anchor_ = true;
    anchor_text_ = attribute(element, "title") + " ";
    return {};
  }

  void leave(const Frame& frame) {
    if (is_element(frame.node) && frame.node->v.element.tag == GUMBO_TAG_A) {
      in_anchor_ = false;
      judge_link(attribute(frame.node->v.element, "href"), frame.hidden);
    }
    if (!frame.hidden_root) return;
    if (take_words(as_words(hidden_text_), "gambling")) ++gambling_;
    hidden_text_.clear();
  }

  bool take_words(const std::string& text, const char* list) {
    bool any = false;
    for (const Node& word : words_[list].items()) {
      if (text.find(word["say"].text()) == std::string::npos) continue;
      gambling_words_.insert(word["id"].text());
      any = true;
    }
    return any;
  }

  void judge_link(const std::string& href, bool hidden) {
    if (trim(href).empty() || trim(href).starts_with('#')) return;
    const auto url = resolve_url(reference_.host.empty() ? base_ : reference_, href);
    if (!url) return;
    if (url->host == base_.host) {
      const std::string text = url->text();
      if (!url->same_site(base_)) return;
      if (links_.size() < kPageLinks && known_.insert(text).second) links_.push_back(text);
      return;
    }
    ++offsite_;
    for (const std::string& host : trusted_) {
      if (below(url->host, host)) return;
    }
    if (hidden) {
      ++hidden_links_;
      hidden_hosts_.insert(shorten(nfc(url->host), 80));
    }
    const std::string address = ascii_lower(url->host + url->path);
    bool bad = take_words(address, "pieces");
    if (hidden || !below(url->host, "gov.vn")) {
      bad = take_words(as_words(anchor_text_), "gambling") || bad;
    }
    if (!bad) return;
    ++gambling_;
    gambling_hosts_.insert(shorten(nfc(url->host), 80));
  }

  const Node& words_;
  std::vector<std::string> trusted_;
  Url base_;
  Url reference_;  // of <base href>
  std::string visible_, hidden_text_, anchor_text_, lead_host_, lead_by_;
  bool in_anchor_ = false;
  std::size_t anchors_ = 0;
  std::vector<std::string> links_;
  std::set<std::string> known_, hidden_hosts_, gambling_words_, gambling_hosts_;
  int offsite_ = 0;
  int hidden_links_ = 0;
  int gambling_ = 0;
};

}  // namespace

bool style_hides(std::string_view style) {
  std::string s = ";";
  for (const char c : style.substr(0, 4096)) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') s += ascii_lower(c);
  }
  const auto says = [&](std::string_view what) { return s.find(what) != std::string::npos; };
  const auto zero = [&](const std::string& property) {  // 0, 0px, 0.0 but not 0.5
    const std::size_t at = s.find(";" + property + ":0");
    if (at == std::string::npos) return false;
    const std::string_view rest = std::string_view(s).substr(at + property.size() + 2);
    const std::string_view number = rest.substr(0, rest.find_first_not_of("0123456789."));
    return number.find_first_of("123456789") == std::string_view::npos;
  };
  if (says(";display:none") || says(";visibility:hidden")) return true;
  if (zero("font-size") || zero("opacity") || says(";text-indent:-9")) return true;
  const bool placed = says(";position:absolute") || says(";position:fixed");
  if (placed && (says(";left:-9") || says(";top:-9") || says(";right:-9"))) return true;
  const bool small = zero("height") || zero("width") || says(";height:1px") || says(";width:1px");
  return small && says(";overflow:hidden");
}

Result<Node> read_page(const JobInput& input) {
  KHIEN_TRY(const Decoded decoded, decode_text(input.bytes, input.name));
  KHIEN_TRY(Url base, parse_url(input.args["url"].text()));
  const HtmlTree tree(decoded.text, kPageMemory);
  PageReader reader(input.args, std::move(base));
  KHIEN_DO(reader.walk(tree.document()));
  return reader.done();
}

}  // namespace khien::portal
