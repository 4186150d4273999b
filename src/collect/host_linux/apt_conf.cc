#include "collect/host_linux/apt_conf.h"

#include <vector>

#include "base/text.h"

namespace khien::host {
namespace {

constexpr std::size_t kDepth = 64;
constexpr std::size_t kValues = 100'000;

struct Token {
  char mark = 0;  // '{', '}', ';', 'w' a word, 'q' a quoted one, 0 the end
  std::string text;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Token next() {
    skip();
    if (rest_.empty()) return {};
    const char c = rest_.front();
    if (c == '{' || c == '}' || c == ';') {
      rest_.remove_prefix(1);
      return {c, ""};
    }
    if (c == '"') {
      const std::size_t end = rest_.find('"', 1);
      Token out{'q', std::string(rest_.substr(1, end == rest_.npos ? end : end - 1))};
      rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
      return out;
    }
    const std::size_t end = std::min(rest_.find_first_of(" \t\r\n{};\""), rest_.size());
    Token out{'w', std::string(rest_.substr(0, end))};
    rest_.remove_prefix(end);
    return out;
  }

 private:
  void drop_to(std::string_view mark, std::size_t keep) {
    const std::size_t at = rest_.find(mark);
    rest_.remove_prefix(at == rest_.npos ? rest_.size() : at + mark.size() - keep);
  }
  void skip() {
    for (;;) {
      while (!rest_.empty() && std::string_view(" \t\r\n").find(rest_[0]) != rest_.npos) {
        rest_.remove_prefix(1);
      }
      const bool order = rest_.starts_with("#clear") || rest_.starts_with("#include");
      if (rest_.starts_with("//") || (rest_.starts_with('#') && !order)) drop_to("\n", 0);
      else if (rest_.starts_with("/*")) drop_to("*/", 0);
      else return;
    }
  }

  std::string_view rest_;
};

std::string joined(const std::vector<std::string>& scope, const std::string& name) {
  std::string out;
  for (const std::string& part : scope) out += part.empty() ? "" : part + "::";
  return ascii_lower(out + name);
}

}  // namespace

void AptConf::take(std::string_view text) {
  Reader reader(text);
  std::vector<std::string> scope;
  std::vector<Token> statement;  // name and value, until a mark ends them
  const auto end_statement = [&] {
    if (statement.size() >= 2 && statement[0].text == "#clear") {
      const std::string name = joined(scope, statement[1].text);
      std::erase_if(values_, [&](const auto& value) {
        return value.first == name || value.first.starts_with(name + "::");
      });
    } else if (statement.size() >= 2 && statement[0].mark == 'w' && values_.size() < kValues) {
      values_[joined(scope, statement[0].text)] = statement[1].text;
    }
    statement.clear();
  };
  for (Token token = reader.next(); token.mark != 0; token = reader.next()) {
    if (token.mark == 'w' || token.mark == 'q') {
      statement.push_back(std::move(token));
    } else if (token.mark == ';') {
      end_statement();
    } else if (token.mark == '{') {
      if (scope.size() >= kDepth) return;
      scope.push_back(statement.empty() ? "" : statement[0].text);
      statement.clear();
    } else {
      end_statement();
      if (!scope.empty()) scope.pop_back();
    }
  }
  end_statement();
}

std::string AptConf::value(std::string_view name) const {
  const auto at = values_.find(ascii_lower(name));
  return at == values_.end() ? "" : at->second;
}

bool AptConf::on(std::string_view name) const {
  const std::string text = value(name);
  return !text.empty() && text != "0" && text != "false" && text != "no" && text != "off";
}

}  // namespace khien::host
