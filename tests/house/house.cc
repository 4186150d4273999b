// Reading the repository, and the rules that look at one line at a time.
#include "house/house.h"

#include <algorithm>
#include <regex>

#include "base/file.h"
#include "base/text.h"

namespace house {
namespace fs = std::filesystem;
namespace {

bool skipped(const std::string& path) {
  static const std::regex skip(
      R"(^(build|out|\.git|\.cache|node_modules|web/node_modules|web/dist)(/|$))"
      R"(|^tests/(fuzz_corpus|house/testdata)/)");
  return std::regex_search(path, skip);
}

bool ends_with_any(const std::string& path, std::initializer_list<const char*> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const char* e) { return path.ends_with(e); });
}

bool is_cpp(const std::string& path) { return ends_with_any(path, {".cc", ".h"}); }
bool is_test(const std::string& path) {
  return path.starts_with("tests/") || path.find("/testing") != std::string::npos ||
         ends_with_any(path, {"_test.cc", "_fuzz.cc"});
}
bool is_sample(const std::string& path) {  // what tools or other machines wrote, as they wrote it
  return path.find("testdata/") != std::string::npos || path.starts_with("tests/golden/") ||
         path.starts_with("samples/");
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Blanks comments and the insides of strings and character literals; columns stay.
class Blanker {
 public:
  std::string run(const std::string& in) {
    std::string out = in;
    for (std::size_t i = 0; i < in.size();) i = step(in, i, out);
    return out;
  }

 private:
  static void blank(std::string& out, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && i < out.size(); ++i) {
      if (out[i] != '\n') out[i] = ' ';
    }
  }
  static std::size_t end_of_literal(const std::string& in, std::size_t i, char quote) {
    for (++i; i < in.size() && in[i] != quote && in[i] != '\n'; ++i) i += in[i] == '\\';
    return std::min(i, in.size());
  }
  std::size_t step(const std::string& in, std::size_t i, std::string& out) {
    const bool word_before = i > 0 && (std::isalnum(static_cast<unsigned char>(in[i - 1])) != 0);
    if (in.compare(i, 2, "//") == 0)
      return skip_to(in, i, std::min(in.find('\n', i), in.size()), out);
    if (in.compare(i, 2, "/*") == 0) return skip_to(in, i, in.find("*/", i), out);
    if (in.compare(i, 2, "R\"") == 0 && !word_before) {
      const std::size_t open = in.find('(', i);
      if (open == std::string::npos) return i + 2;
      const std::string close = ")" + in.substr(i + 2, open - i - 2) + "\"";
      return skip_to(in, i + 2, in.find(close, open), out) + close.size();
    }
    if (in[i] == '"' || (in[i] == '\'' && !word_before)) {
      const std::size_t end = end_of_literal(in, i, in[i]);
      blank(out, i + 1, end);
      return end + 1;
    }
    return i + 1;
  }
  static std::size_t skip_to(const std::string& in, std::size_t from, std::size_t to,
                             std::string& out) {
    to = std::min(to, in.size());
    blank(out, from, to);
    return to == from ? from + 1 : to;
  }
};

std::string place(const File& file, std::size_t line_index) {
  return file.path + ":" + std::to_string(line_index + 1);
}

struct Ban {
  std::regex pattern;
  std::string instead;
  bool outside_base_only;  // and not in tests
};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> all = {
      {std::regex(R"((^|[^\w.>])system\s*\()"), "run_outside() of base/outside.h", false},
      {std::regex(R"(\bpopen\s*\()"), "run_outside() of base/outside.h", false},
      {std::regex(R"(\b(strcpy|strcat|sprintf|vsprintf|gets)\s*\()"), "std::string, fmt::format",
       false},
      {std::regex(R"(\busing\s+namespace\s+std\s*;)"), "the names with std::", false},
      {std::regex(R"((^|[^\w.>:])(std::)?s?rand\s*\()"), "a seeded std::mt19937 handed in", false},
      {std::regex(R"(\brandom_device\b)"), "a key of base/hash.h or a seed handed in", true},
      {std::regex(R"((^|[^\w.>:]|\bstd::|[^\w]::)time\s*\(\s*(nullptr|NULL|0|&)?)"),
       "a Clock or as_of handed in", true},
      {std::regex(R"(\bsystem_clock\b)"), "a Clock of base/clock.h handed in", true},
      {std::regex(R"(\b(secure_)?getenv\s*\()"), "base/environment.h", true},
      {std::regex(R"(\bsetlocale\s*\(|\bstd::locale\b)"), "Texts of base/texts.h", true},
      {std::regex(R"(\bstd::[io]?fstream\b)"), "read_file, write_file of base/file.h", true},
      {std::regex(R"(\bfopen\s*\()"), "read_file, write_file of base/file.h", true},
      // These throw, and nobody catches: the ones that take an error code do not.
      {std::regex(R"(for\s*\([^;]*:\s*(std::filesystem|fs)::(recursive_)?directory_iterator)"),
       "a loop with increment(ec)", true},
      {std::regex(R"(\bfs::(exists|file_size|relative|absolute|canonical|weakly_canonical|remove)"
                  R"(|remove_all|rename|equivalent|current_path|last_write_time|create_director\w+)"
                  R"(|copy_file|temp_directory_path|is_empty)\s*\((?!.*\b(ec|ignored|unknown)\)))"),
       "the same with an error code", true},
  };
  return all;
}

}  // namespace

Repo read_repo(const fs::path& root) {
  Repo repo{root, {}};
  for (fs::recursive_directory_iterator it(root), end; it != end; ++it) {
    const std::string path = it->path().lexically_relative(root).generic_string();
    if (it->is_symlink()) continue;
    if (skipped(path)) {
      if (it->is_directory()) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file()) continue;
    auto bytes = khien::read_file(it->path(), std::size_t{8} << 20);
    if (!bytes || bytes->find('\0') != std::string::npos) continue;  // pictures, containers
    File file{path, std::move(*bytes), {}, {}};
    file.lines = split_lines(file.text);
    if (is_cpp(path)) file.code = split_lines(Blanker().run(file.text));
    repo.files.push_back(std::move(file));
  }
  std::sort(repo.files.begin(), repo.files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return repo;
}

std::string to_string(const Violations& violations) {
  std::string out;
  for (const Violation& v : violations) {
    out += v.place + ": " + v.rule + ". Instead: " + v.instead + "\n";
  }
  return out;
}

const File* find_file(const Repo& repo, const std::string& path) {
  for (const File& file : repo.files) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

Violations check_calls(const Repo& repo) {
  Violations out;
  for (const File& file : repo.files) {
    const bool free = is_test(file.path) || file.path.starts_with("src/base/") ||
                      !file.path.starts_with("src/");
    for (std::size_t i = 0; i < file.code.size(); ++i) {
      for (const Ban& ban : bans()) {
        std::smatch found;
        if ((ban.outside_base_only && free) ||
            !std::regex_search(file.code[i], found, ban.pattern)) {
          continue;
        }
        out.push_back({"banned: " + std::string(khien::trim(found.str())), place(file, i),
                       ban.instead});
      }
    }
  }
  return out;
}

Violations check_shape(const Repo& repo) {
  Violations out;
  for (const File& file : repo.files) {
    if (is_sample(file.path)) continue;
    const bool ours = ends_with_any(file.path, {".cc", ".h", ".yaml", ".sql", ".md", ".cmake",
                                                ".sh", "CMakeLists.txt"});
    if (!ours) continue;
    if (is_cpp(file.path) && file.lines.size() > kFileLines) {
      out.push_back({"file of " + std::to_string(file.lines.size()) + " lines", file.path,
                     "two files, one thing each (at most " +
                         std::to_string(kFileLines) + " lines)"});
    }
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (line.find('\t') != std::string::npos) {
        out.push_back({"tab", place(file, i), "spaces"});
      }
      if (line.ends_with('\r')) out.push_back({"CRLF line end", place(file, i), "LF"});
      // The inside of a raw string is data, not code.
      const bool data = is_cpp(file.path) && khien::trim(file.code[i]).empty() &&
                        !khien::trim(line).starts_with("//");
      if (is_cpp(file.path) && !data && khien::code_points(line) > kColumns) {
        out.push_back({"line of " + std::to_string(khien::code_points(line)) + " columns",
                       place(file, i),
                       "at most 100; tests/house/wrap_long_lines wraps what is longer"});
      }
    }
  }
  return out;
}

Violations check_headers(const Repo& repo) {
  static const std::regex kept_out(
      R"(#include <(nlohmann|spdlog|asio|boost/asio|boost/beast)[/.])");
  Violations out;
  for (const File& file : repo.files) {
    if (!file.path.starts_with("src/") || !file.path.ends_with(".h")) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      if (!std::regex_search(file.lines[i], kept_out)) continue;
      out.push_back({"a heavy library in a header", place(file, i),
                     "include it in the .cc and hide it behind a type of ours"});
    }
  }
  return out;
}

Violations check_words(const Repo& repo) {
  // Put together, so that this file does not find itself.
  static const std::regex unfinished(std::string("\\b(TO") + "DO|FIX" + "ME|XX" + "X|HA" + "CK|WI" +
                                     "P)\\b");
  static const std::regex elsewhere(std::string("(^|[^\\w.])/wo") + "rk/|\\.\\./sha" + "red|/Us" +
                                    "ers/[a-z]");
  Violations out;
  for (const File& file : repo.files) {
    if (is_sample(file.path)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      std::smatch found;
      const bool searches = file.path.starts_with("tests/") && file.path.ends_with("/run");
      if (!searches && std::regex_search(file.lines[i], found, unfinished)) {
        out.push_back({"unfinished work: " + found.str(), place(file, i),
                       "do it, or describe it as an issue"});
      }
      if (std::regex_search(file.lines[i], found, elsewhere)) {
        out.push_back({"a path of one machine: " + found.str(), place(file, i),
                       "a path inside the repository, or an argument"});
      }
    }
  }
  return out;
}

}  // namespace house
