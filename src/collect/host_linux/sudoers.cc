#include "collect/host_linux/sudoers.h"

#include "collect/host_linux/files.h"

namespace khien::host {
namespace {

constexpr std::size_t kNames = 20'000;  // of one set of files

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The line without its comment. "#" and a number is a user, "#include" was seen to before.
std::string_view without_comment(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == '\\') {
      ++i;
      continue;
    }
    if (line[i] != '#' || quoted) continue;
    const bool number = i + 1 < line.size() && is_digit(line[i + 1]);
    const bool starts = i == 0 || is_blank(line[i - 1]) ||
                        std::string_view(",%!=(:").find(line[i - 1]) != std::string_view::npos;
    if (!number || !starts) return line.substr(0, i);
  }
  return line;
}

// Lines as sudo sees them: a backslash at the end joins the next.
template <class Use>
void each_logical_line(std::string_view text, Use&& use) {
  std::string whole;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool more = line.ends_with('\\') && !text.empty();
    whole += line.substr(0, line.size() - (line.ends_with('\\') ? 1 : 0));
    if (more) continue;
    use(std::string_view(whole));
    whole.clear();
  }
}

// Takes one name off the front: to a blank, a comma or `stop`; quotes and backslashes are undone.
std::string take_name(std::string_view& text, char stop) {
  std::string out;
  bool quoted = false;
  while (!text.empty()) {
    const char c = text.front();
    if (!quoted && (is_blank(c) || c == ',' || c == stop)) break;
    text.remove_prefix(1);
    if (c == '"') quoted = !quoted;
    else if (c == '\\' && !text.empty()) {
      out += text.front();
      text.remove_prefix(1);
    } else {
      out += c;
    }
  }
  return out;
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

// The names of a list with blanks around its commas; what follows it stays in `text`.
std::vector<std::string> take_list(std::string_view& text, char stop) {
  std::vector<std::string> out;
  for (;;) {
    skip_blanks(text);
    std::string name = take_name(text, stop);
    if (name == "!") {  // "! name"
      skip_blanks(text);
      name += take_name(text, stop);
    }
    if (!name.empty() && out.size() < kNames) out.push_back(std::move(name));
    skip_blanks(text);
    if (text.empty() || text.front() != ',') return out;
    text.remove_prefix(1);
  }
}

bool is_alias(std::string_view name) {
  if (name.empty() || name[0] < 'A' || name[0] > 'Z') return false;
  return name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == name.npos;
}

// Whether a part of a rule, "(user:group) commands", lets act as root. Without a list: root.
bool acts_as_root(std::string_view commands) {
  bool first = true;
  for (;;) {
    const std::size_t open = commands.find('(');
    if (first && open != commands.find_first_not_of(" \t")) return true;
    if (open == std::string_view::npos) return false;
    first = false;
    std::string_view inside = commands.substr(open + 1);
    const std::size_t close = inside.find(')');
    std::string_view users = inside.substr(0, std::min(close, inside.find(':')));
    for (const std::string& user : take_list(users, ':')) {
      // What an alias holds may be root: it is taken to.
      if (user == "root" || user == "#0" || is_alias(user) || user[0] == '%') return true;
    }
    if (close == std::string_view::npos) return false;
    commands = inside.substr(close + 1);
  }
}

}  // namespace

std::vector<Sudoers::Include> Sudoers::take(std::string_view text) {
  std::vector<Include> out;
  each_logical_line(text, [&](std::string_view line) {
    skip_blanks(line);
    for (const auto& [mark, folder] :
         {std::pair<std::string_view, bool>{"includedir", true}, {"include", false}}) {
      if (line.size() < mark.size() + 2 || (line[0] != '#' && line[0] != '@')) continue;
      std::string_view rest = line.substr(1);
      if (!rest.starts_with(mark) || !is_blank(rest[mark.size()])) continue;
      rest.remove_prefix(mark.size());
      skip_blanks(rest);
      const std::string path = take_name(rest, '\0');
      if (!path.empty()) out.push_back({path, folder});
      return;
    }
    line = without_comment(line);
    if (line.starts_with("Defaults")) {
      for (const std::string_view word : words(line)) {
        const std::string_view flag = word.substr(0, word.find_last_not_of(',') + 1);
        asks_target_ = asks_target_ || flag == "targetpw" || flag == "rootpw" || flag == "runaspw";
      }
    } else if (line.starts_with("User_Alias") && line.size() > 10 && is_blank(line[10])) {
      take_aliases(line.substr(10));
    } else if (line.substr(0, line.find_first_of(" \t")).find("_Alias") == line.npos) {
      take_rule(line);
    }
  });
  return out;
}

void Sudoers::take_aliases(std::string_view definitions) {  // A = x, y : B = z
  while (!definitions.empty() && aliases_.size() < kNames) {
    skip_blanks(definitions);
    const std::string name = take_name(definitions, '=');
    skip_blanks(definitions);
    if (definitions.empty() || definitions.front() != '=') return;
    definitions.remove_prefix(1);
    for (std::string& member : take_list(definitions, ':')) aliases_[name].push_back(member);
    if (definitions.empty() || definitions.front() != ':') return;
    definitions.remove_prefix(1);
  }
}

void Sudoers::take_rule(std::string_view line) {  // users hosts = commands
  std::vector<std::string> users = take_list(line, '\0');
  const std::size_t at = line.find('=');
  if (users.empty() || at == std::string_view::npos || !acts_as_root(line.substr(at + 1))) return;
  for (std::string& user : users) {
    if (named_.size() < kNames) named_.push_back(std::move(user));
  }
}

std::set<std::string> Sudoers::trusted() const {
  std::set<std::string> out;
  std::set<std::string> seen;  // an alias is followed once
  std::vector<std::string> open = named_;
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    if (name.empty() || name[0] == '!' || !seen.insert(name).second) continue;
    const auto alias = aliases_.find(name);
    if (alias == aliases_.end()) out.insert(name);
    else open.insert(open.end(), alias->second.begin(), alias->second.end());
  }
  return out;
}

}  // namespace khien::host
