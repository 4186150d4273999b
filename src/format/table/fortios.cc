// Commands "config", "edit", "set", "next" and "end", one a line; a text in quotes may go over
// several lines. Sections nest (config vdom / edit root / config user local).
#include "format/table/fortios.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kWords = 512;          // of one command; what stands behind is left out
constexpr std::size_t kDepth = 32;           // sections within sections
constexpr std::size_t kHeadLines = 60;
constexpr std::string_view kBanner = "#config-version=";
constexpr std::array<std::string_view, 8> kHeadings = {"user_name",   "section",   "status",
                                                       "type",        "role",      "two-factor",
                                                       "passwd-time", "email-to"};

bool is_users(std::string_view section) {
  return section == "system admin" || section == "user local";
}

struct Command {
  std::vector<std::string> words;
  int line = 0;
};

// The next command with words; false at the end.
class Commands {
 public:
  explicit Commands(std::string_view text) : rest_(text) {}

  bool next(Command& out) {
    out.words.clear();
    while (!rest_.empty()) {
      out.line = line_;
      read(out.words);
      if (!out.words.empty()) return true;
    }
    return false;
  }

 private:
  void read(std::vector<std::string>& words) {
    std::string word;
    bool quoted = false;
    bool any = false;
    const auto finish = [&] {
      if (any && words.size() < kWords) words.push_back(std::move(word));
      word.clear();
      any = false;
    };
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '\n') ++line_;
      if (c == '\\' && !rest_.empty() && rest_.front() != '\n') {
        word += rest_.front();
        any = true;
        rest_.remove_prefix(1);
      } else if (c == '"') {
        quoted = !quoted;
        any = true;
      } else if (!quoted && c == '\n') {
        break;
      } else if (!quoted && (c == ' ' || c == '\t' || c == '\r')) {
        finish();
      } else {
        word += c;
        any = true;
      }
    }
    finish();
  }

  std::string_view rest_;
  int line_ = 1;
};

std::string joined(const std::vector<std::string>& words, std::size_t from, const char* mark) {
  std::string out;
  for (std::size_t i = from; i < words.size(); ++i) out += (i == from ? "" : mark) + words[i];
  return out;
}

struct User {
  int line = 0;
  std::string section, name;
  std::map<std::string, std::string> set;
};

class Configuration {
 public:
  void take(const Command& command) {
    const std::vector<std::string>& words = command.words;
    if (words[0] == "config" && words.size() > 1) return open(joined(words, 1, " "));
    if (words[0] == "end") return close();
    if (sections_.empty() || beyond_ > 0) return;
    if (words[0] == "edit" && words.size() > 1) return edit(words[1], command.line);
    if (words[0] == "next") sections_.back().entry.clear();
    if (words[0] == "set" && words.size() > 2) set(words);
  }

  [[nodiscard]] bool has_users() const { return any_section_; }
  [[nodiscard]] const std::vector<User>& users() const { return users_; }

  [[nodiscard]] std::string groups_of(const std::string& name) const {
    const auto found = groups_.find(name);
    return found == groups_.end() ? "" : joined(found->second, 0, "; ");
  }

 private:
  struct Section {
    std::string name, entry;
  };

  void open(std::string name) {
    if (beyond_ > 0 || sections_.size() >= kDepth) {
      ++beyond_;
      return;
    }
    any_section_ = any_section_ || is_users(name);
    sections_.push_back({std::move(name), ""});
  }

  void close() {
    if (beyond_ > 0) {
      --beyond_;
    } else if (!sections_.empty()) {
      sections_.pop_back();
    }
  }

  void edit(const std::string& name, int line) {
    Section& section = sections_.back();
    section.entry = name;
    if (is_users(section.name)) users_.push_back({line, section.name, name, {}});
  }

  // Only what kHeadings names: never "passwd", "password", keys.
  void set(const std::vector<std::string>& words) {
    const Section& section = sections_.back();
    if (section.entry.empty()) return;
    if (section.name == "user group" && words[1] == "member") {
      for (std::size_t i = 2; i < words.size(); ++i) groups_[words[i]].push_back(section.entry);
    }
    if (!is_users(section.name) || users_.empty()) return;
    for (const char* kept : {"status", "type", "accprofile", "two-factor", "passwd-time",
                             "email-to"}) {
      if (words[1] == kept) users_.back().set[kept] = joined(words, 2, " ");
    }
  }

  std::vector<Section> sections_;
  std::vector<User> users_;
  std::map<std::string, std::vector<std::string>> groups_;
  std::size_t beyond_ = 0;  // sections deeper than kDepth that are open
  bool any_section_ = false;
};

std::string value_of(const User& user, std::string_view heading, const Configuration& all) {
  const auto said = [&](const char* name, const char* otherwise) {
    const auto found = user.set.find(name);
    return found == user.set.end() ? std::string(otherwise) : found->second;
  };
  if (heading == "user_name") return user.name;
  if (heading == "section") return user.section;
  if (heading == "status") return said("status", "enable");
  if (heading == "type") return said("type", "");
  if (heading == "role") {
    const std::string profile = said("accprofile", "");
    return profile.empty() ? all.groups_of(user.name) : profile;
  }
  if (heading == "two-factor") return said("two-factor", "disable") == "disable" ? "no" : "yes";
  if (heading == "passwd-time") return said("passwd-time", "");
  return said("email-to", "");
}

}  // namespace

bool looks_like_fortios(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (head.starts_with(kBanner)) return true;
  for (std::size_t i = 0; i < kHeadLines && !head.empty(); ++i) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = trim(head.substr(0, end));
    if (line.starts_with("config ") && is_users(trim(line.substr(7)))) return true;
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  return false;
}

Result<std::optional<Table>> read_fortios(std::string_view utf8, const std::string& place) {
  if (!looks_like_fortios(utf8)) return std::optional<Table>();
  Configuration all;
  Command command;
  for (Commands commands(utf8); commands.next(command);) all.take(command);
  if (!all.has_users()) return std::optional<Table>();
  Table out;
  out.format = "records";
  TableBuilder builder(out, place);
  int row = 1;
  for (std::size_t c = 0; c < kHeadings.size(); ++c) {
    KHIEN_DO(builder.cell(row, c, std::string(kHeadings[c])));
  }
  for (const User& user : all.users()) {
    row = std::max(row + 1, user.line);
    for (std::size_t c = 0; c < kHeadings.size(); ++c) {
      KHIEN_DO(builder.cell(row, c, value_of(user, kHeadings[c], all)));
    }
  }
  builder.finish();
  return std::optional(std::move(out));
}

}  // namespace khien
