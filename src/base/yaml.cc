// YAML by libyaml's event parser: events let us stop at a limit before a tree is built, its scanner
// looks ahead a kilobyte at most, and we refuse aliases, which turn a small file into a huge one.
#include <yaml.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/limits.h"
#include "base/node.h"
#include "base/text.h"

namespace khien {
namespace {

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

struct Event {
  yaml_event_t raw{};
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&raw); }
  [[nodiscard]] int line() const { return static_cast<int>(raw.start_mark.line) + 1; }
};

// Events in, finished documents out; the first thing it refuses ends the parse.
class Builder {
 public:
  std::vector<Node> documents;
  std::optional<Error> refused;  // place: the line alone

  explicit Builder(std::size_t most_documents) : most_documents_(most_documents) {}

  void take(const Event& event) {
    const int line = event.line();
    const auto& data = event.raw.data;
    switch (event.raw.type) {
      case YAML_DOCUMENT_START_EVENT: return start_document(line);
      case YAML_ALIAS_EVENT: return refuse(err::yaml_invalid, line, "alias");
      case YAML_SCALAR_EVENT:
        if (!plain(data.scalar.anchor, data.scalar.tag, line)) return;
        return add(scalar(event), line);
      case YAML_SEQUENCE_START_EVENT:
        if (plain(data.sequence_start.anchor, data.sequence_start.tag, line)) open(false, line);
        return;
      case YAML_MAPPING_START_EVENT:
        if (plain(data.mapping_start.anchor, data.mapping_start.tag, line)) open(true, line);
        return;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: return close();
      default: return;
    }
  }

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
  std::size_t most_documents_;

  static Node scalar(const Event& event) {
    const auto& s = event.raw.data.scalar;
    std::string value(reinterpret_cast<const char*>(s.value), s.length);
    return s.style == YAML_PLAIN_SCALAR_STYLE ? plain_scalar(value) : Node(std::move(value));
  }
  void refuse(Code code, int line, std::string detail) {
    if (!refused) refused = Error{code, fmt::format("{}", line), {{"detail", std::move(detail)}}};
  }
  void start_document(int line) {
    if (documents.size() < most_documents_) {
      documents.emplace_back();
      return;
    }
    if (most_documents_ == 1) return refuse(err::yaml_documents, line, "");
    refuse(err::yaml_too_deep, line, "documents");
  }
  bool plain(const yaml_char_t* anchor, const yaml_char_t* tag, int line) {
    if (anchor != nullptr) refuse(err::yaml_invalid, line, "anchor");
    if (tag != nullptr) refuse(err::yaml_invalid, line, "tag");
    return !refused;
  }
  bool fits(int line) {
    if (++count_ > limits::yaml_nodes || stack_.size() >= limits::yaml_depth) {
      refuse(err::yaml_too_deep, line, "limit");
    }
    return !refused;
  }
  [[nodiscard]] bool wants_key() const {
    return !stack_.empty() && stack_.back().is_map && !stack_.back().have_key;
  }
  void open(bool is_map, int line) {
    if (wants_key()) refuse(err::yaml_invalid, line, "key");
    if (!fits(line)) return;
    stack_.emplace_back();
    stack_.back().is_map = is_map;
    stack_.back().line = line;
  }
  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    Node node = done.is_map ? Node::map(std::move(done.pairs)) : Node::list(std::move(done.items));
    node.set_line(done.line);
    place(std::move(node));
  }
  void add(Node node, int line) {
    if (!fits(line)) return;
    node.set_line(line);
    if (!wants_key()) return place(std::move(node));
    Open& top = stack_.back();
    top.key = node.text();
    if (top.key.empty()) return refuse(err::yaml_invalid, line, "empty_key");
    if (!top.keys.insert(top.key).second) {
      return refuse(err::yaml_invalid, line, "duplicate_key");
    }
    top.have_key = true;
  }
  void place(Node node) {
    if (stack_.empty()) {
      documents.back() = std::move(node);
    } else if (Open& top = stack_.back(); top.is_map) {
      top.pairs.emplace_back(std::move(top.key), std::move(node));
      top.have_key = false;
    } else {
      top.items.push_back(std::move(node));
    }
  }
};

// What libyaml says, as the texts of K0010 tell it apart; the first that its words begin with.
constexpr std::pair<std::string_view, std::string_view> kProblems[] = {
    {"found a tab", "tab"},
    {"found character that cannot start any token", "letter"},
    {"mapping values are not allowed", "colon"},
    {"could not find expected ':'", "no_colon"},
    {"did not find expected ',' or", "bracket"},
    {"did not find expected", "indent"},
    {"found unexpected end of stream", "quote"},
    {"found unexpected document indicator", "quote"},
    {"found unknown escape character", "escape"},
};

// The key that the line holds, or the nearest one above it that does: "" when none does.
std::string key_near(std::string_view text, std::size_t line) {
  std::string key;
  for (std::size_t at = 0; at < text.size(); --line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view row = text.substr(at, end - at);
    row.remove_prefix(std::min(row.find_first_not_of(" -\t{"), row.size()));
    const std::size_t colon = row.find(':');
    const bool named = colon != row.npos && colon > 0 && row.front() != '#';
    if (named) key = row.substr(0, std::min<std::size_t>(colon, 60));
    at = end + 1;
    if (line == 0) break;
  }
  return is_valid_utf8(key) ? key : "";
}

tl::unexpected<Error> at_key(Error error, std::string_view text, std::size_t line) {
  const std::string key = key_near(text, line);
  error.args["line"] = fmt::format("{}", line + 1);
  error.args["where"] = key.empty() ? "line" : "key";
  error.args["key"] = key;
  return pass_on(std::move(error));
}

// libyaml names the line of what it met and, where that helps more, what it was in.
tl::unexpected<Error> syntax_error(const yaml_parser_t& parser, std::string_view text,
                                   std::string_view place) {
  std::size_t line = parser.problem_mark.line;
  if (parser.error == YAML_READER_ERROR) {
    const std::string_view before = text.substr(0, parser.problem_offset);
    line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  }
  const std::string_view said = parser.problem != nullptr ? parser.problem : "memory";
  std::string_view detail = said;
  for (const auto& [words, name] : kProblems) {
    if (said.starts_with(words)) { detail = name; break; }
  }
  return at_key({err::yaml_invalid, fmt::format("{}:{}", place, line + 1),
                 {{"detail", std::string(detail)}}}, text, line);
}

Result<std::vector<Node>> parse(std::string_view text, std::string_view place,
                                std::size_t most_documents) {
  if (text.size() > limits::yaml_file_bytes) {
    return fail(err::file_too_large, std::string(place),
                {{"limit", fmt::format("{}", limits::yaml_file_bytes)}});
  }
  if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
    return fail(err::encoding_unknown, std::string(place));
  }
  yaml_parser_t parser;
  if (yaml_parser_initialize(&parser) == 0) {
    return fail(err::yaml_invalid, std::string(place), {{"detail", "memory"}});
  }
  const std::unique_ptr<yaml_parser_t, decltype(&yaml_parser_delete)> owner(&parser,
                                                                            yaml_parser_delete);
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  if (text.data() == nullptr) text = "";  // libyaml asserts that there is an address
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  Builder builder(most_documents);
  for (bool more = true; more;) {
    Event event;
    if (yaml_parser_parse(&parser, &event.raw) == 0) return syntax_error(parser, text, place);
    more = event.raw.type != YAML_STREAM_END_EVENT;
    builder.take(event);
    if (builder.refused) {
      const std::size_t line = static_cast<std::size_t>(event.line()) - 1;
      builder.refused->place = fmt::format("{}:{}", place, builder.refused->place);
      return at_key(std::move(*builder.refused), text, line);
    }
  }
  return std::move(builder.documents);
}

}  // namespace

Result<Node> parse_yaml(std::string_view text, std::string_view place) {
  KHIEN_TRY(auto documents, parse(text, place, 1));
  return documents.empty() ? Node() : std::move(documents.front());
}

Result<std::vector<Node>> parse_yaml_documents(std::string_view text, std::string_view place) {
  return parse(text, place, limits::yaml_documents);
}

}  // namespace khien
