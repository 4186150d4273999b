// The house rules as functions: each takes the files of a repository and gives what breaks the
// rule, with the place and the thing to do instead. The same functions run over this repository
// (nothing may be found) and over testdata/bad (everything must be found).
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace house {

struct File {
  std::string path;                // relative to the root, with '/'
  std::string text;
  std::vector<std::string> lines;  // without line ends
  std::vector<std::string> code;   // C++: comments and string contents blanked, same columns
};

struct Repo {
  std::filesystem::path root;
  std::vector<File> files;  // sorted by path
};

struct Violation {
  std::string rule;
  std::string place;    // "src/judge/run.cc:12"
  std::string instead;  // what to do
};
using Violations = std::vector<Violation>;

// Text files below `root` without build output, version control and fuzz seeds.
[[nodiscard]] Repo read_repo(const std::filesystem::path& root);
[[nodiscard]] std::string to_string(const Violations& violations);
[[nodiscard]] const File* find_file(const Repo& repo, const std::string& path);  // or null

// The table "| room | may use |" of ARCHITECTURE.md.
using Arrows = std::map<std::string, std::set<std::string>>;
[[nodiscard]] Arrows read_arrows(const Repo& repo);
// What each room links, from room(...) in CMakeLists.txt.
[[nodiscard]] Arrows read_links(const Repo& repo);
[[nodiscard]] Arrows closure(const Arrows& direct);

[[nodiscard]] Violations check_includes(const Repo& repo);      // arrows
[[nodiscard]] Violations check_links(const Repo& repo);         // arrows, in CMake
[[nodiscard]] Violations check_folders(const Repo& repo);       // no circles within a room
[[nodiscard]] Violations check_calls(const Repo& repo);         // banned functions and types
// The numbers CONTRIBUTING.md names.
inline constexpr std::size_t kFileLines = 400;
inline constexpr std::size_t kFunctionLines = 60;
inline constexpr std::size_t kColumns = 100;
[[nodiscard]] Violations check_shape(const Repo& repo);         // columns, tabs, lengths
[[nodiscard]] Violations check_functions(const Repo& repo);     // longest function
[[nodiscard]] Violations check_dead_files(const Repo& repo);    // headers nobody includes
[[nodiscard]] Violations check_headers(const Repo& repo);       // libraries kept out of headers
[[nodiscard]] Violations check_words(const Repo& repo);         // unfinished work, private paths
[[nodiscard]] Violations check_text_files(const Repo& repo);    // both languages, ids, arguments
[[nodiscard]] Violations check_text_uses(const Repo& repo);     // ids in C++ exist
[[nodiscard]] Violations check_error_arguments(const Repo& repo);  // those its sentences name
[[nodiscard]] Violations check_error_codes(const Repo& repo);   // each has its two texts
[[nodiscard]] Violations check_error_ranges(const Repo& repo);  // each is its room's
[[nodiscard]] Violations check_content_table(const Repo& repo);  // folders of content/
[[nodiscard]] Violations check_reading_path(const Repo& repo);  // heads "Reading path n/m"
[[nodiscard]] Violations check_documents(const Repo& repo);     // no page of elsewhere
[[nodiscard]] Violations check_control_ids(const Repo& repo);   // none in C++
[[nodiscard]] Violations check_limits(const Repo& repo);        // numbers that bound have names

}  // namespace house
