// A recursive reader of bounded depth. Why by hand: the stores of Firefox are the only JSON this
// program meets, and it may not grow by a library for them.
#include "windows/json_text.h"

#include <charconv>
#include <cmath>

#include "base/errors.h"
#include "base/limits.h"
#include "base/text.h"

namespace khien::windows {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : in_(text) {}

  bool whole(Node& out) {
    const bool ok = value(out, 0);
    blanks();
    return ok && in_.empty();
  }

 private:
  void blanks() {
    const std::size_t n = in_.find_first_not_of(" \t\r\n");
    in_.remove_prefix(n == std::string_view::npos ? in_.size() : n);
  }
  bool take(std::string_view word) {
    if (!in_.starts_with(word)) return false;
    in_.remove_prefix(word.size());
    return true;
  }

  bool value(Node& out, std::size_t depth) {
    blanks();
    if (depth > limits::yaml_depth * 2 || ++nodes_ > limits::yaml_nodes || in_.empty()) {
      return false;
    }
    switch (in_[0]) {
      case '{': return object(out, depth);
      case '[': return array(out, depth);
      case '"': {
        std::string text;
        if (!string(text)) return false;
        out = Node(std::move(text));
        return true;
      }
      case 't': out = Node(true); return take("true");
      case 'f': out = Node(false); return take("false");
      case 'n': out = Node(); return take("null");
      default: return number(out);
    }
  }

  bool array(Node& out, std::size_t depth) {
    in_.remove_prefix(1);
    std::vector<Node> items;
    for (blanks(); !take("]"); blanks()) {
      if (!items.empty() && !take(",")) return false;
      if (!value(items.emplace_back(), depth + 1)) return false;
    }
    out = Node::list(std::move(items));
    return true;
  }

  bool object(Node& out, std::size_t depth) {
    in_.remove_prefix(1);
    std::vector<Node::Pair> pairs;
    for (blanks(); !take("}"); blanks()) {
      if (!pairs.empty()) {
        if (!take(",")) return false;
        blanks();
      }
      auto& [key, item] = pairs.emplace_back(std::string(), Node());
      if (!string(key)) return false;
      blanks();
      if (!take(":") || !value(item, depth + 1)) return false;
    }
    out = Node::map(std::move(pairs));
    return true;
  }

  bool digits4(char32_t& out) {
    unsigned v = 0;
    if (in_.size() < 4) return false;
    const auto [at, ec] = std::from_chars(in_.data(), in_.data() + 4, v, 16);
    if (ec != std::errc() || at != in_.data() + 4) return false;
    in_.remove_prefix(4);
    out = v;
    return true;
  }

  bool escape(std::string& out) {
    if (in_.empty()) return false;
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view means = "\"\\/\b\f\n\r\t";
    const char c = in_[0];
    in_.remove_prefix(1);
    if (const std::size_t at = names.find(c); at != std::string_view::npos) {
      out += means[at];
      return true;
    }
    char32_t code = 0;
    if (c != 'u' || !digits4(code)) return false;
    if (code >= 0xD800 && code < 0xDC00) {  // a pair of surrogates is one character
      char32_t low = 0;
      if (!take("\\u") || !digits4(low) || low < 0xDC00 || low >= 0xE000) return false;
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code < 0xE000) {
      return false;
    }
    out += to_utf8(std::u32string(1, code));
    return true;
  }

  bool string(std::string& out) {
    if (!take("\"")) return false;
    while (!in_.empty()) {
      const char c = in_[0];
      in_.remove_prefix(1);
      if (c == '"') return is_valid_utf8(out);
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c != '\\') out += c;
      else if (!escape(out)) return false;
    }
    return false;
  }

  bool number(Node& out) {
    const std::size_t end = std::min(in_.find_first_not_of("+-.0123456789eE"), in_.size());
    const std::string_view text = in_.substr(0, end);
    std::string_view bare = text;
    if (bare.starts_with('-')) bare.remove_prefix(1);
    const bool zeros = bare.size() > 1 && bare[0] == '0' && bare[1] >= '0' && bare[1] <= '9';
    const std::size_t dot = bare.find('.');
    const bool lonely = dot != std::string_view::npos &&
                        (dot + 1 >= bare.size() || bare[dot + 1] < '0' || bare[dot + 1] > '9');
    if (bare.empty() || bare[0] < '0' || bare[0] > '9' || zeros || lonely) return false;
    in_.remove_prefix(end);
    std::int64_t whole = 0;
    const char* last = text.data() + text.size();
    if (const auto [at, ec] = std::from_chars(text.data(), last, whole);
        ec == std::errc() && at == last) {
      out = Node(whole);
      return true;
    }
    double real = 0;
    const auto [at, ec] = std::from_chars(text.data(), last, real);
    out = Node(real);
    return ec == std::errc() && at == last && std::isfinite(real);
  }

  std::string_view in_;
  std::size_t nodes_ = 0;
};

void write_text(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void write(std::string& out, const Node& node) {
  switch (node.type()) {
    case Node::Type::null: out += "null"; break;
    case Node::Type::text: write_text(out, node.text()); break;
    case Node::Type::list: {
      out += '[';
      bool first = true;
      for (const Node& item : node.items()) {
        if (!first) out += ',';
        first = false;
        write(out, item);
      }
      out += ']';
      break;
    }
    case Node::Type::map: {
      out += '{';
      bool first = true;
      for (const auto& [key, value] : node.pairs()) {
        if (!first) out += ',';
        first = false;
        write_text(out, key);
        out += ':';
        write(out, value);
      }
      out += '}';
      break;
    }
    default: out += node.text();
  }
}

}  // namespace

Result<Node> read_json(std::string_view text, std::string_view place) {
  Node out;
  if (!Reader(text).whole(out)) {
    return fail(err::json_invalid, std::string(place), {{"detail", "malformed"}});
  }
  return out;
}

std::string write_json(const Node& node) {
  std::string out;
  write(out, node);
  return out;
}

}  // namespace khien::windows
