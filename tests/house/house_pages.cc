// What the pages say against what is there: folders of content/, the reading path, the error codes
// of each room, documents that are cited.
#include <algorithm>
#include <regex>

#include "base/text.h"
#include "house/house.h"

namespace house {
namespace {

// The rows below the heading "| a | b |" of a page, as their cells.
std::vector<std::vector<std::string>> rows_of(const Repo& repo, const std::string& page,
                                              const std::string& heading) {
  std::vector<std::vector<std::string>> out;
  const File* file = find_file(repo, page);
  bool inside = false;
  for (std::size_t i = 0; file != nullptr && i < file->lines.size(); ++i) {
    const std::string& line = file->lines[i];
    if (line == heading) {
      inside = true;
    } else if (inside && line.starts_with("|")) {
      std::vector<std::string> cells;
      for (std::size_t at = 1, end = line.find('|', at); end != std::string::npos;
           at = end + 1, end = line.find('|', at)) {
        cells.emplace_back(khien::trim(std::string_view(line).substr(at, end - at)));
      }
      if (!cells[0].starts_with("---")) out.push_back(std::move(cells));
    } else {
      inside = false;
    }
  }
  return out;
}

// What stands in backquotes.
std::vector<std::string> quoted(const std::string& text) {
  static const std::regex piece("`([^`]+)`");
  std::vector<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), piece), end; it != end; ++it) {
    out.push_back((*it)[1]);
  }
  return out;
}

std::string line_of(const File& file, std::size_t index) {
  return file.path + ":" + std::to_string(index + 1);
}

bool is_source(const File& file) {
  return file.path.starts_with("src/") && !file.code.empty() &&
         !file.path.ends_with("_test.cc") && file.path.find("/testing") == std::string::npos;
}

}  // namespace

Violations check_content_table(const Repo& repo) {
  std::set<std::string> there;
  for (const File& file : repo.files) {
    if (!file.path.starts_with("content/")) continue;
    const std::size_t end = file.path.find('/', 8);
    if (end != std::string::npos) there.insert(file.path.substr(8, end - 8));
  }
  std::set<std::string> named;
  Violations out;
  for (const auto& row : rows_of(repo, "ARCHITECTURE.md", "| folder | one file is |")) {
    for (const std::string& path : quoted(row[0])) named.insert(path.substr(0, path.find('/')));
  }
  for (const std::string& folder : there) {
    if (named.contains(folder)) continue;
    out.push_back({"folder without a row: content/" + folder, "ARCHITECTURE.md",
                   "a row in its table of content/"});
  }
  for (const std::string& folder : named) {
    if (there.contains(folder)) continue;
    out.push_back({"row without a folder: content/" + folder, "ARCHITECTURE.md", "remove the row"});
  }
  return out;
}

Violations check_reading_path(const Repo& repo) {
  const File* page = find_file(repo, "ARCHITECTURE.md");
  const std::size_t start =
      page == nullptr ? std::string::npos : page->text.find("## Reading path");
  if (start == std::string::npos) {
    return {{"no reading path", "ARCHITECTURE.md", "a section \"## Reading path\""}};
  }
  const std::string section = page->text.substr(start, page->text.find("\n## ", start) - start);
  std::vector<std::string> path;
  for (const std::string& piece : quoted(section)) {
    if (piece.ends_with(".cc") || piece.ends_with(".h")) path.push_back("src/" + piece);
  }
  Violations out;
  std::set<std::string> steps(path.begin(), path.end());
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::string head =
        "// Reading path " + std::to_string(i + 1) + "/" + std::to_string(path.size());
    const File* file = find_file(repo, path[i]);
    const std::string first = file == nullptr || file->lines.empty() ? "" : file->lines[0];
    if (!first.starts_with(head) ||
        (first.size() > head.size() && std::isdigit(first[head.size()]))) {
      out.push_back(
          {"not this step of the reading path", path[i], "a first line \"" + head + "\""});
    }
  }
  for (const File& file : repo.files) {
    if (!is_source(file) || file.lines.empty() || steps.contains(file.path)) continue;
    if (file.lines[0].starts_with("// Reading path")) {
      out.push_back(
          {"a step the reading path does not name", file.path, "name it there or not here"});
    }
  }
  return out;
}

Violations check_error_ranges(const Repo& repo) {
  static const std::regex range(R"(K(\d{4})(?:-K(\d{4}))?)");
  static const std::regex declared(R"re(\bCode\s+(\w+)\s*=\s*"K(\d{4})")re");
  std::map<int, std::string> owner;  // each code of the table -> its room
  Violations out;
  for (const auto& row : rows_of(repo, "CONTRIBUTING.md", "| room | error codes |")) {
    const std::string& text = row.at(1);
    for (std::sregex_iterator it(text.begin(), text.end(), range), end; it != end; ++it) {
      const int first = std::stoi((*it)[1]);
      const int last = (*it)[2].matched ? std::stoi((*it)[2]) : first;
      for (int code = first; code <= last; ++code) {
        if (owner.emplace(code, row[0]).second) continue;
        out.push_back({"code of two rooms: " + it->str(), "CONTRIBUTING.md", "one room a code"});
        break;
      }
    }
  }
  for (const File& file : repo.files) {
    if (!file.path.starts_with("src/") || !file.path.ends_with("errors.h")) continue;
    const std::string room = file.path.substr(4, file.path.find('/', 4) - 4);
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      std::smatch found;
      if (!std::regex_search(file.lines[i], found, declared)) continue;
      const auto at = owner.find(std::stoi(found[2]));
      if (at != owner.end() && at->second == room) continue;
      out.push_back({"code K" + found[2].str() + " is not one of " + room, line_of(file, i),
                     at == owner.end() ? "widen the room's codes in CONTRIBUTING.md"
                                       : "a free code; this one is of " + at->second});
    }
  }
  return out;
}

Violations check_documents(const Repo& repo) {
  // Put together, so that this file does not find itself.
  static const std::regex elsewhere(std::string("\\b(DESI") + "GN|REQUI" + "REMENTS)\\.md\\b");
  Violations out;
  for (const File& file : repo.files) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      std::smatch found;
      if (!std::regex_search(file.lines[i], found, elsewhere)) continue;
      out.push_back({"a document that is not in the tree: " + found.str(), line_of(file, i),
                     "say it here, or cite a page of docs/"});
    }
  }
  return out;
}

Violations check_control_ids(const Repo& repo) {
  static const std::regex control(R"(^content/controls/(\w+)/(\w+)\.yaml$)");
  static const std::regex kind(R"(^  (\w+):\s*$)");
  static const std::regex literal(R"re("(?:control\.)?([a-z]\w*\.[a-z]\w*)(?:\.\w+)?")re");
  std::set<std::string> ids, kinds;  // a kind may bear the name of its control
  for (const File& file : repo.files) {
    std::smatch found;
    if (std::regex_match(file.path, found, control))
      ids.insert(found[1].str() + "." + found[2].str());
    if (!file.path.starts_with("content/measures/")) continue;
    const std::string family = file.path.substr(17, file.path.size() - 17 - 5);
    for (const std::string& line : file.lines) {
      if (std::regex_match(line, found, kind)) kinds.insert(family + "." + found[1].str());
    }
  }
  Violations out;
  for (const File& file : repo.files) {
    if (!is_source(file)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (khien::trim(line).starts_with("//")) continue;
      for (std::sregex_iterator it(line.begin(), line.end(), literal), end; it != end; ++it) {
        const std::string id = (*it)[1];
        const bool text = it->str().starts_with("\"control.");
        if (!ids.contains(id) || (!text && ((*it)[0].length() != (*it)[1].length() + 2 ||
                                            kinds.contains(id)))) {
          continue;
        }
        out.push_back({"C++ names the control " + id, line_of(file, i),
                       "a field in the control's YAML that says what is wanted of it"});
      }
    }
  }
  return out;
}

Violations check_limits(const Repo& repo) {
  static const std::regex bytes(
      R"((^|[^\w)'.])(std::\w+\{)?[1-9][\d']*\}?\s*(<<\s*[123]0\b|\*\s*1024\b))");
  static const std::regex sizes(R"(\bsize\(\)\s*[<>]=?\s*([1-9][\d']*)\b)");
  static const std::regex read(R"(\bread_file\([^;]*,\s*[1-9][\d']*\))");
  Violations out;
  for (const File& file : repo.files) {
    if (!is_source(file) || file.path.ends_with("_fuzz.cc")) continue;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
      const std::string& line = file.code[i];
      if (line.find("constexpr") != std::string::npos) continue;
      std::smatch found;
      bool bare = std::regex_search(line, bytes) || std::regex_search(line, read);
      if (!bare && std::regex_search(line, found, sizes)) {
        std::string number = found[1];
        std::erase(number, '\'');
        bare = number.size() > 3 || std::stoi(number) > 255;  // smaller ones are shapes, no limits
      }
      if (!bare) continue;
      out.push_back(
          {"a limit without a name", line_of(file, i),
           "constexpr kName at the head of the file, or base/limits.h when it is shared"});
    }
  }
  return out;
}

}  // namespace house
