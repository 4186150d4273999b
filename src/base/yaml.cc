// YAML by yaml-cpp's event parser: events let us stop at a limit before a tree is built, and refuse
// aliases, which turn a small file into a huge one.
#include <exception>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "base/errors.h"
#include "base/limits.h"
#include "base/node.h"
#include "base/text.h"

namespace khien {
namespace {

struct Refused : std::exception {
  Code code;
  int line;
  std::string detail;
  Refused(Code c, int l, std::string d) : code(c), line(l), detail(std::move(d)) {}
};

Node plain_scalar(const std::string& v) {
  if (v.empty() || v == "~" || v == "null" || v == "Null" || v == "NULL") return {};
  if (v == "true" || v == "True" || v == "TRUE") return Node(true);
  if (v == "false" || v == "False" || v == "FALSE") return Node(false);
  const std::size_t sign = v[0] == '-' ? 1 : 0;
  const bool digits = v.size() > sign && v.size() - sign <= 18 &&
                      v.find_first_not_of("0123456789", sign) == std::string::npos;
  // "03" is a text: an order's "03 tháng" must stay as written.
  if (digits && (v[sign] != '0' || v.size() == sign + 1)) return Node(std::int64_t{std::stoll(v)});
  return Node(v);
}

class Builder final : public YAML::EventHandler {
 public:
  Node root;

  void OnDocumentStart(const YAML::Mark& m) override {
    if (++documents_ > 1) throw Refused(err::yaml_invalid, m.line + 1, "second document");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& m, YAML::anchor_t a) override { add(Node(), m, a); }
  void OnAlias(const YAML::Mark& m, YAML::anchor_t) override {
    throw Refused(err::yaml_invalid, m.line + 1, "alias");
  }
  void OnScalar(const YAML::Mark& m, const std::string& tag, YAML::anchor_t a,
                const std::string& value) override {
    refuse_tag(m, tag);
    add(tag == "?" || tag.empty() ? plain_scalar(value) : Node(value), m, a);
  }
  void OnSequenceStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t a,
                       YAML::EmitterStyle::value) override {
    refuse_tag(m, tag);
    open(false, m, a);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t a,
                  YAML::EmitterStyle::value) override {
    refuse_tag(m, tag);
    open(true, m, a);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {  // a list or map whose end has not come yet
    bool is_map = false;
    int line = 0;
    std::vector<Node> items;
    std::vector<Node::Pair> pairs;
    std::set<std::string> keys;
    std::string key;
    bool have_key = false;
  };
  std::vector<Open> stack_;
  std::size_t count_ = 0;
  int documents_ = 0;

  // yaml-cpp: tag "?" = plain, "!" = quoted or block.
  static void refuse_tag(const YAML::Mark& m, const std::string& tag) {
    if (tag != "?" && tag != "!" && !tag.empty()) {
      throw Refused(err::yaml_invalid, m.line + 1, "tag");
    }
  }
  void check(const YAML::Mark& m, YAML::anchor_t anchor) {
    if (anchor != 0) throw Refused(err::yaml_invalid, m.line + 1, "anchor");
    if (++count_ > limits::yaml_nodes || stack_.size() >= limits::yaml_depth) {
      throw Refused(err::yaml_too_deep, m.line + 1, "limit");
    }
  }
  [[nodiscard]] bool wants_key() const {
    return !stack_.empty() && stack_.back().is_map && !stack_.back().have_key;
  }
  void open(bool is_map, const YAML::Mark& m, YAML::anchor_t a) {
    check(m, a);
    if (wants_key()) throw Refused(err::yaml_invalid, m.line + 1, "key");
    stack_.emplace_back();
    stack_.back().is_map = is_map;
    stack_.back().line = m.line + 1;
  }
  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    Node node = done.is_map ? Node::map(std::move(done.pairs)) : Node::list(std::move(done.items));
    node.set_line(done.line);
    place(std::move(node));
  }
  void add(Node node, const YAML::Mark& m, YAML::anchor_t a) {
    check(m, a);
    node.set_line(m.line + 1);
    if (!wants_key()) {
      place(std::move(node));
      return;
    }
    Open& top = stack_.back();
    top.key = node.text();
    if (top.key.empty()) throw Refused(err::yaml_invalid, m.line + 1, "empty key");
    if (!top.keys.insert(top.key).second) {
      throw Refused(err::yaml_invalid, m.line + 1, "duplicate key " + top.key);
    }
    top.have_key = true;
  }
  void place(Node node) {
    if (stack_.empty()) {
      root = std::move(node);
    } else if (Open& top = stack_.back(); top.is_map) {
      top.pairs.emplace_back(std::move(top.key), std::move(node));
      top.have_key = false;
    } else {
      top.items.push_back(std::move(node));
    }
  }
};

}  // namespace

Result<Node> parse_yaml(std::string_view text, std::string_view place) {
  if (text.size() > limits::yaml_file_bytes) {
    return fail(err::file_too_large, std::string(place),
                {{"limit", fmt::format("{}", limits::yaml_file_bytes)}});
  }
  // A zero byte would make yaml-cpp guess UTF-16 and read something else than we checked.
  if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
    return fail(err::encoding_unknown, std::string(place));
  }
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    Builder builder;
    while (parser.HandleNextDocument(builder)) {  // a second document is refused, not dropped
    }
    return std::move(builder.root);
  } catch (const YAML::ParserException& e) {
    return fail(err::yaml_invalid, fmt::format("{}:{}", place, e.mark.line + 1),
                {{"detail", e.msg}});
  } catch (const Refused& e) {
    return fail(e.code, fmt::format("{}:{}", place, e.line), {{"detail", e.detail}});
  } catch (const std::exception& e) {
    return fail(err::yaml_invalid, std::string(place), {{"detail", e.what()}});
  }
}

}  // namespace khien
