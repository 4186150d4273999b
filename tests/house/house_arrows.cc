// Who may use whom: the table in ARCHITECTURE.md against includes and CMake; headers nobody uses;
// functions that are too long.
#include <algorithm>
#include <regex>

#include "house/house.h"

namespace house {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  static const std::regex word("[A-Za-z_]\\w*");
  std::vector<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), word), end; it != end; ++it) {
    out.push_back(it->str());
  }
  return out;
}

std::string room_of(const std::string& path) {  // "src/judge/run.cc" -> "judge"
  if (!path.starts_with("src/")) return "";
  const std::size_t end = path.find('/', 4);
  return end == std::string::npos ? "" : path.substr(4, end - 4);
}

std::string join(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& w : words) out += (out.empty() ? "" : ", ") + w;
  return out.empty() ? "nothing" : out;
}

struct Include {
  std::string target;  // "judge/run.h"
  std::size_t line;
};

std::vector<Include> includes_of(const File& file) {
  static const std::regex quoted(R"re(^\s*#\s*include\s*"([^"]+)")re");
  std::vector<Include> out;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    std::smatch found;
    if (std::regex_search(file.lines[i], found, quoted)) out.push_back({found[1].str(), i + 1});
  }
  return out;
}

}  // namespace

Arrows read_arrows(const Repo& repo) {
  static const std::regex header(R"(^\|\s*room\s*\|\s*may use\s*\|\s*$)");
  static const std::regex row(R"(^\|([^|]*)\|([^|]*)\|\s*$)");
  Arrows out;
  const File* file = find_file(repo, "ARCHITECTURE.md");
  bool inside = false;
  for (std::size_t i = 0; file != nullptr && i < file->lines.size(); ++i) {
    std::smatch found;
    if (std::regex_match(file->lines[i], header)) {
      inside = true;
    } else if (inside && std::regex_match(file->lines[i], found, row)) {
      const auto room = words_of(found[1]);
      const auto uses = words_of(found[2]);
      if (room.size() == 1) out[room[0]] = {uses.begin(), uses.end()};
    } else {
      inside = false;
    }
  }
  return out;
}

Arrows read_links(const Repo& repo) {
  static const std::regex room(R"(\broom\(\s*(\w+)\s*(?:ROOMS\s+([\w\s]+?))?\s*)"
                               R"((?:(?:LIBS|APART)[^)]*)?\))");
  static const std::regex app(R"(target_link_libraries\(khien_app\s+PUBLIC([^)]*)\))");
  Arrows out;
  const File* file = find_file(repo, "CMakeLists.txt");
  if (file == nullptr) return out;
  const std::string& text = file->text;
  for (std::sregex_iterator it(text.begin(), text.end(), room), end; it != end; ++it) {
    const auto uses = words_of((*it)[2]);
    out[(*it)[1]] = {uses.begin(), uses.end()};
    out[(*it)[1]].erase("LIBS");
  }
  std::smatch found;
  if (std::regex_search(text, found, app)) {
    for (const std::string& word : words_of(found[1])) {
      const std::string name = word.substr(std::min<std::size_t>(word.size(), 6));
      const bool packed = name == "content" || name == "console";  // bytes, no room
      if (word.starts_with("khien_") && !packed) out["app"].insert(name);
    }
  }
  return out;
}

Arrows closure(const Arrows& direct) {
  Arrows out = direct;
  for (bool grew = true; grew;) {
    grew = false;
    for (auto& [room, uses] : out) {
      std::set<std::string> more = uses;
      for (const std::string& used : uses) {
        if (const auto it = out.find(used); it != out.end()) {
          more.insert(it->second.begin(), it->second.end());
        }
      }
      grew = grew || more.size() > uses.size();
      uses = std::move(more);
    }
  }
  return out;
}

Violations check_includes(const Repo& repo) {
  const Arrows arrows = read_arrows(repo);
  Violations out;
  if (arrows.empty()) {
    return {{"no table of arrows", "ARCHITECTURE.md", "a table \"| room | may use |\""}};
  }
  for (const File& file : repo.files) {
    const std::string room = room_of(file.path);
    if (room.empty() || file.code.empty()) continue;
    const auto it = arrows.find(room);
    if (it == arrows.end()) {
      out.push_back({"room without a row: " + room, file.path, "a row in ARCHITECTURE.md"});
      continue;
    }
    for (const Include& include : includes_of(file)) {
      const std::string used = include.target.substr(0, include.target.find('/'));
      const std::string where = file.path + ":" + std::to_string(include.line);
      if (find_file(repo, "src/" + include.target) == nullptr) {
        out.push_back(
            {"include of " + include.target, where, "the path from src: \"room/file.h\""});
      } else if (used != room && !it->second.contains(used)) {
        out.push_back({"arrow " + room + " -> " + used, where,
                       room + " may use " + join(it->second) + "; what is common belongs in base"});
      }
    }
  }
  return out;
}

// Tests may include what stands above them: they are no part of the room.
Violations check_folders(const Repo& repo) {
  struct Step {
    std::string from, to, place;
  };
  std::vector<Step> steps;
  Arrows direct;
  for (const File& file : repo.files) {
    const std::string name = file.path.substr(file.path.rfind('/') + 1);
    const std::string room = room_of(file.path);
    if (room.empty() || name.ends_with("_test.cc") || name.starts_with("testing")) continue;
    const std::string from = file.path.substr(4, file.path.size() - name.size() - 5);
    for (const Include& include : includes_of(file)) {
      const std::string to = include.target.substr(0, include.target.rfind('/'));
      if (to == from || (to != room && !to.starts_with(room + "/"))) continue;
      direct[from].insert(to);
      steps.push_back({from, to, file.path + ":" + std::to_string(include.line)});
    }
  }
  const Arrows all = closure(direct);
  Violations out;
  for (const Step& step : steps) {
    const auto back = all.find(step.to);
    if (back == all.end() || !back->second.contains(step.from)) continue;
    out.push_back({"circle " + step.from + " -> " + step.to + " -> " + step.from, step.place,
                   "what both need in a folder below both"});
  }
  return out;
}

Violations check_links(const Repo& repo) {
  const Arrows arrows = read_arrows(repo);
  const Arrows linked = closure(read_links(repo));
  Violations out;
  for (const auto& [room, uses] : linked) {
    const auto row = arrows.find(room);
    for (const std::string& used : uses) {
      if (row != arrows.end() && row->second.contains(used)) continue;
      out.push_back({"room " + room + " links " + used, "CMakeLists.txt",
                     "what the table in ARCHITECTURE.md allows"});
    }
  }
  for (const File& file : repo.files) {
    const std::string room = room_of(file.path);
    if (room.empty() || file.code.empty() || file.path.ends_with("_test.cc")) continue;
    const auto links = linked.find(room);
    for (const Include& include : includes_of(file)) {
      const std::string used = include.target.substr(0, include.target.find('/'));
      if (used == room || find_file(repo, "src/" + include.target) == nullptr) continue;
      if (links != linked.end() && links->second.contains(used)) continue;
      out.push_back({"room " + room + " includes " + used + " without linking it",
                     file.path + ":" + std::to_string(include.line),
                     "name it in room(" + room + " ROOMS ...), if the arrows allow it"});
    }
  }
  // Whatever changes, the hub opens no document and judges nothing.
  const Arrows allowed = closure(arrows);
  if (const auto hub = allowed.find("hub"); hub != allowed.end()) {
    for (const char* never : {"dispatch", "judge", "watch", "collect", "engine"}) {
      if (!hub->second.contains(never)) continue;
      out.push_back({std::string("hub reaches ") + never, "ARCHITECTURE.md", "no such arrow"});
    }
  }
  return out;
}

Violations check_dead_files(const Repo& repo) {
  std::set<std::string> included;
  std::map<std::string, std::size_t> sources;
  for (const File& file : repo.files) {
    for (const Include& include : includes_of(file)) included.insert("src/" + include.target);
    if (file.path.ends_with(".cc")) ++sources[room_of(file.path)];
  }
  Violations out;
  for (const File& file : repo.files) {
    if (!file.path.starts_with("src/")) continue;
    if (file.path.ends_with(".h") && !included.contains(file.path)) {
      out.push_back({"header that nobody includes", file.path, "use it or remove it"});
    }
    if (file.path.ends_with("/zz.cc") && sources[room_of(file.path)] > 1) {
      out.push_back({"placeholder beside real sources", file.path, "remove it"});
    }
  }
  return out;
}

namespace {

// What a '{' opens, told from the text since the last ';', '{' or '}'.
enum class Block { container, function, other };
Block kind_of(const std::string& head) {
  std::string outside;  // without what stands in parentheses
  bool parentheses = false;
  int depth = 0;
  for (const char c : head) {
    depth += c == '(';
    parentheses = parentheses || c == '(';
    if (depth == 0) outside += c;
    depth -= c == ')' && depth > 0;
  }
  const bool assigns = outside.find('=') != std::string::npos &&
                       outside.find("operator") == std::string::npos;
  if (parentheses) return assigns ? Block::other : Block::function;
  for (const std::string& word : words_of(outside)) {
    for (const char* opens : {"namespace", "class", "struct", "union", "enum", "extern"}) {
      if (word == opens && !assigns) return Block::container;
    }
  }
  return Block::other;
}

void find_long(const File& file, Violations& out) {
  struct Open {
    Block kind;
    std::size_t line;
  };
  std::vector<Open> stack;
  std::string head;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    const std::string& line = file.code[i];
    if (line.starts_with('#')) continue;
    for (const char c : line) {
      if (c == '{') {
        const bool outer = std::all_of(stack.begin(), stack.end(),
                                       [](const Open& o) { return o.kind == Block::container; });
        stack.push_back({outer ? kind_of(head) : Block::other, i});
      } else if (c == '}' && !stack.empty()) {
        const Open open = stack.back();
        stack.pop_back();
        if (open.kind == Block::function && i - open.line + 1 > kFunctionLines) {
          out.push_back({"function of " + std::to_string(i - open.line + 1) + " lines",
                         file.path + ":" + std::to_string(open.line + 1),
                         "smaller functions with names (at most " +
                             std::to_string(kFunctionLines) + " lines)"});
        }
      }
      if (c == '{' || c == '}' || c == ';') {
        head.clear();
      } else {
        head += c;
      }
    }
    head += ' ';
  }
}

}  // namespace

Violations check_functions(const Repo& repo) {
  Violations out;
  for (const File& file : repo.files) {
    if (!file.code.empty()) find_long(file, out);
  }
  return out;
}

}  // namespace house
