// Reading one machine's files, live ("/") or from a folder that holds a copy. Every path is
// resolved inside the root (an absolute symlink of a copy stays in the copy), every read has a
// limit, FIFOs and devices are never opened for reading, access times are left alone where the
// kernel lets us. Nothing here writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file.h"

namespace khien {

struct HostRoot {
  std::filesystem::path root = "/";
  // Paths (and all below them) that answer "permission denied": how a copy, read by root, stands in
  // for a live machine read by an ordinary user.
  std::vector<std::string> denied;
};

namespace host {

inline constexpr std::size_t kTextBytes = std::size_t{1} << 20;  // one configuration file
inline constexpr std::size_t kFolderNames = 20'000;              // names taken of one folder
inline constexpr std::size_t kLineBytes = 4096;                  // longer lines are skipped

enum class Problem { none, absent, denied, too_large, unusual, broken };

struct FileBytes {
  std::string bytes;
  Problem problem = Problem::none;
  [[nodiscard]] bool ok() const { return problem == Problem::none; }
};

struct Listing {
  std::vector<std::string> names;  // sorted, without "." and ".."
  Problem problem = Problem::none;
  bool cut = false;  // more than kFolderNames
};

struct Info {
  bool regular = false;
  bool folder = false;
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::int64_t size = 0;
};

class Files {
 public:
  [[nodiscard]] static Result<Files> open(const HostRoot& root);  // K0410
  // The same rules with `folder` as root and no symlink followed at all: what lies there belongs
  // to a user who might point us elsewhere.
  [[nodiscard]] std::optional<Files> below(const std::string& folder, Problem* problem) const;

  [[nodiscard]] FileBytes read(const std::string& path, std::size_t limit = kTextBytes) const;
  // The first or last `count` bytes, however large the file is.
  [[nodiscard]] FileBytes head(const std::string& path, std::size_t count) const;
  [[nodiscard]] FileBytes tail(const std::string& path, std::size_t count) const;
  [[nodiscard]] Listing list(const std::string& folder) const;
  [[nodiscard]] std::optional<std::string> link(const std::string& path) const;
  [[nodiscard]] std::optional<Info> info(const std::string& path) const;
  [[nodiscard]] bool exists(const std::string& path) const { return info(path).has_value(); }
  // An open regular file, for readers that go through it in pieces.
  [[nodiscard]] Fd open_file(const std::string& path, Problem* problem, Info* info) const;
  [[nodiscard]] bool live() const { return live_; }

 private:
  [[nodiscard]] int open_at(const std::string& path, int flags) const;  // -1 and errno
  [[nodiscard]] bool is_denied(const std::string& path) const;

  Fd root_;
  bool live_ = false;
  bool follow_ = true;
  std::string prefix_;  // where a below() root lies, for `denied_`
  std::vector<std::string> denied_;
};

// Calls `use(line)` for each line without its end; lines over kLineBytes are left out.
template <class Use>
void each_line(std::string_view text, Use&& use) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() <= kLineBytes) use(line);
  }
}

// Splits on one character (empty fields kept) or on runs of blanks.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char at);
[[nodiscard]] std::vector<std::string_view> words(std::string_view text);
// The value of a decimal number, nothing else around it.
[[nodiscard]] std::optional<std::int64_t> number(std::string_view text);
// Blanks around, and one pair of quotes, taken off.
[[nodiscard]] std::string_view bare(std::string_view text);

}  // namespace host
}  // namespace khien
