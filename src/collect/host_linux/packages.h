// The local package database: what is installed (/var/lib/dpkg/status) and what the machine's own
// package lists (/var/lib/apt/lists) offer beyond it. No network: the lists are as old as they are,
// and say so.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/host_linux/files.h"

namespace khien::host {

inline constexpr std::size_t kStatusBytes = std::size_t{64} << 20;
inline constexpr std::size_t kListBytes = std::size_t{512} << 20;  // one list, unpacked
inline constexpr std::size_t kListFiles = 400;

struct Package {
  std::string name;
  std::string architecture;
  std::string version;
  bool held = false;
};

// Stanzas of "Field: value" lines separated by blank lines, fed in pieces of any size. Only the
// fields asked for are kept; a stanza's values are valid during the call of `use`.
struct Stanza {
  std::string package, version, architecture, status;
};
class StanzaReader {
 public:
  template <class Use>
  void feed(std::string_view piece, Use&& use) {
    while (!piece.empty()) {
      const std::size_t end = piece.find('\n');
      if (end == std::string_view::npos) {
        keep(piece);
        return;
      }
      if (carry_.empty()) {
        if (line(piece.substr(0, end))) flush(use);
      } else {
        keep(piece.substr(0, end));
        if (line(carry_)) flush(use);
        carry_.clear();
      }
      piece.remove_prefix(end + 1);
    }
  }
  template <class Use>
  void finish(Use&& use) {
    if (!carry_.empty()) line(carry_);
    carry_.clear();
    flush(use);
  }

 private:
  void keep(std::string_view part);   // bounded: the rest of an endless line is dropped
  bool line(std::string_view text);   // true: blank line, the stanza ends
  template <class Use>
  void flush(Use&& use) {
    if (!stanza_.package.empty()) use(stanza_);
    stanza_.package.clear();
    stanza_.version.clear();
    stanza_.architecture.clear();
    stanza_.status.clear();
  }
  std::string carry_;
  Stanza stanza_;
};

[[nodiscard]] std::vector<Package> parse_dpkg_status(std::string_view text);

struct Packages {
  std::vector<Package> installed;  // sorted by name, architecture
  Problem problem = Problem::none;
  [[nodiscard]] const Package* find(std::string_view name) const;
};
[[nodiscard]] Packages read_packages(const Files& files);

struct Update {
  std::string package, installed, candidate, list;
  bool security = false;
  bool held = false;
  std::optional<std::int64_t> lists_at;
};

struct Updates {
  std::vector<Update> pending;           // sorted by package
  std::optional<std::int64_t> lists_at;  // date of the newest list; none: no list was read
  // Of the oldest list of a security archive; none also where one of them has no date.
  std::optional<std::int64_t> security_at;
  bool security_source = false;
  std::size_t lists_read = 0;
  std::vector<std::string> unread;       // names of lists that could not be read
  Problem problem = Problem::none;       // of the folder
};
[[nodiscard]] Updates read_updates(const Files& files, const Packages& packages);

// What a repository says about itself in its Release or InRelease file.
struct ReleaseFacts {
  std::optional<std::int64_t> date_at;
  std::string suite, codename, label;
  bool not_automatic = false;  // backports: never a candidate by itself
  [[nodiscard]] bool is_security() const;
};
[[nodiscard]] ReleaseFacts parse_release(std::string_view text);

}  // namespace khien::host
