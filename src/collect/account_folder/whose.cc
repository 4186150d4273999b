#include "collect/account_folder/whose.h"

#include <filesystem>
#include <set>

#include "base/text.h"
#include "collect/account_folder/names.h"

namespace khien {
namespace {

// "web01/etc/passwd" is of web01.
std::string host_of(const Seen& s) {
  for (auto folder = s.folders.rbegin(); folder != s.folders.rend(); ++folder) {
    if (*folder != "etc") return *folder;
  }
  return s.stem;
}

// An archive is a folder of its name.
std::string named(const std::string& folder) {
  static const std::set<std::string> archives = {".zip", ".7z", ".rar", ".tar", ".tgz",
                                                 ".gz",  ".xz", ".zst", ".bz2"};
  std::filesystem::path path = folder;
  while (archives.contains(fold(path.extension().string()))) path = path.stem();
  return path.string();
}

// A code stands at the head of a name: "sa_canbo". A name written in words holds none.
std::string code_in(const std::string& stem) {
  const auto words = telling(stem);
  const bool written = words.size() > 1 && stem.find(' ') != std::string::npos;
  return words.empty() || written ? "" : words.front();
}

}  // namespace

void Whose::learn(Seen& s) {
  if (s.stated != nullptr && !s.stated->agency.empty()) {
    s.what.agency = s.stated->agency;
    agencies_.insert(fold(s.what.agency));
  } else if (s.what.type == "staff") {
    s.what.agency = code_in(s.stem);
    if (!s.what.agency.empty()) agencies_.insert(s.what.agency);
  }
}

void Whose::name(Seen& s) const {
  if (s.what.type == "staff") return;
  if (s.stated != nullptr) s.what.app = s.stated->app;
  if (s.shape == "policy") return;
  if (s.shape == "passwd" || s.shape == "shadow") {
    s.what.host = host_of(s);
    return;
  }
  for (const std::string& word : words_of(s.stem)) {
    const bool stated = s.stated != nullptr && !s.stated->agency.empty();
    if (!stated && agencies_.contains(word)) s.what.agency = word;
  }
  if (!s.what.app.empty()) return;
  for (auto folder = s.folders.rbegin(); folder != s.folders.rend(); ++folder) {
    const std::string written = named(*folder);
    const auto words = telling(written);
    if (words.empty()) continue;
    if (agencies_.contains(words.front())) {
      if (s.what.agency.empty()) s.what.agency = words.front();
      continue;
    }
    s.what.app = written;
    return;
  }
  for (const std::string& word : telling(s.stem)) {
    if (!agencies_.contains(word)) s.what.app += (s.what.app.empty() ? "" : "-") + word;
  }
  if (s.what.app.empty()) s.what.app = s.stem;
}

}  // namespace khien
