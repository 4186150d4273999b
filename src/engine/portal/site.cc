// Groups of robots.txt: consecutive User-agent lines share the rules below them.
#include "engine/portal/site.h"

#include <pugixml.hpp>

#include "base/limits.h"
#include "base/text.h"
#include "engine/portal/errors.h"
#include "engine/portal/url.h"

namespace khien::portal {
namespace {

constexpr const char* kAgent = "khien";
constexpr std::size_t kSitemaps = 20;
constexpr int kLongestDelay = 10'000;

struct Group {
  Node rules = Node::list();
  int delay_ms = 0;
  bool seen = false;
};

class RobotsReader {
 public:
  void line(std::string_view text) {
    text = trim(text.substr(0, text.find('#')));
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return;
    const std::string key = ascii_lower(trim(text.substr(0, colon)));
    const std::string_view value = trim(text.substr(colon + 1));
    if (key == "user-agent") return agent(value);
    if (key == "sitemap" && sitemaps_.items().size() < kSitemaps && value.size() <= kUrlBytes) {
      sitemaps_.push(Node(value));
      return;
    }
    in_agents_ = false;
    if (key == "allow" || key == "disallow") rule(key == "allow", value);
    if (key == "crawl-delay") delay(value);
  }
  Node done() {
    Group& group = own_.seen ? own_ : any_;
    return Node::map({{"rules", std::move(group.rules)},
                      {"sitemaps", std::move(sitemaps_)},
                      {"delay_ms", group.delay_ms}});
  }

 private:
  void agent(std::string_view value) {
    if (!in_agents_) {
      for_own_ = false;
      for_any_ = false;
    }
    in_agents_ = true;
    const std::string name = ascii_lower(value);
    if (name == "*") for_any_ = any_.seen = true;
    if (name == kAgent || name.starts_with(std::string(kAgent) + "/")) for_own_ = own_.seen = true;
  }
  template <class F>
  void each(F f) {
    if (for_own_) f(own_);
    if (for_any_) f(any_);
  }
  void rule(bool allow, std::string_view pattern) {
    if (pattern.empty() || pattern.size() > kUrlBytes) return;
    each([&](Group& g) {
      if (g.rules.items().size() >= kRobotsRules) return;
      g.rules.push(Node::map({{"allow", allow}, {"pattern", pattern}}));
    });
  }
  void delay(std::string_view value) {
    int seconds = 0;
    for (const char c : value.substr(0, 4)) {
      if (c < '0' || c > '9') break;
      seconds = seconds * 10 + (c - '0');
    }
    each([&](Group& g) { g.delay_ms = std::min(seconds * 1000, kLongestDelay); });
  }

  Group own_;
  Group any_;
  Node sitemaps_ = Node::list();
  bool in_agents_ = false;
  bool for_own_ = false;
  bool for_any_ = false;
};

// '*' any run, '$' at the end only; a pattern is a prefix. Greedy with one step back: linear.
bool matches(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t mark = 0;
  for (;;) {
    if (p == pattern.size() && (!anchored || t == path.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && t < path.size() && pattern[p] == path[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && mark < path.size()) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string child_text(const pugi::xml_node& node, std::string_view wanted) {
  for (const pugi::xml_node& child : node.children()) {
    if (local_name(child) == wanted) return std::string(trim(child.child_value()));
  }
  return "";
}

}  // namespace

Robots robots_from(const Node& reply) {
  Robots out;
  for (const Node& rule : reply["rules"].items()) {
    out.rules.push_back({rule["allow"].boolean(), rule["pattern"].text()});
  }
  out.sitemaps = reply["sitemaps"].texts();
  out.delay_ms = static_cast<int>(reply["delay_ms"].integer());
  return out;
}

bool may_read(const Robots& robots, std::string_view path) {
  const RobotsRule* best = nullptr;
  for (const RobotsRule& rule : robots.rules) {
    if (!matches(rule.pattern, path)) continue;
    const bool better = best == nullptr || rule.pattern.size() > best->pattern.size() ||
                        (rule.pattern.size() == best->pattern.size() && rule.allow);
    if (better) best = &rule;
  }
  return best == nullptr || best->allow;
}

Result<Node> read_robots(const JobInput& input) {
  RobotsReader reader;
  std::string_view rest = input.bytes;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    reader.line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return reader.done();
}

Result<Node> read_sitemap(const JobInput& input) {
  pugi::xml_document document;
  constexpr unsigned flags = pugi::parse_minimal | pugi::parse_escapes | pugi::parse_cdata;
  const auto parsed = document.load_buffer(input.bytes.data(), input.bytes.size(), flags);
  if (!parsed) return fail(err::page_malformed, input.name, {{"detail", parsed.description()}});
  const pugi::xml_node root = document.document_element();
  const bool index = local_name(root) == "sitemapindex";
  if (!index && local_name(root) != "urlset") {
    return fail(err::page_malformed, input.name, {{"detail", "urlset"}});
  }
  Node entries = Node::list();
  std::size_t count = 0;
  for (const pugi::xml_node& node : root.children()) {
    const std::string address = child_text(node, "loc");
    if (address.empty() || address.size() > kUrlBytes) continue;
    if (++count > kSitemapEntries) break;  // the file's own limit is 50 000
    entries.push(Node::map({{"address", address},
                            {"changed", child_text(node, "lastmod").substr(0, 32)}}));
  }
  return Node::map({{"index", index}, {"entries", std::move(entries)}});
}

}  // namespace khien::portal
