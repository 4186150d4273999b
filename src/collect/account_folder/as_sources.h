// What was recognised, as an officer would write it in agency.yaml.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "collect/account_folder/seen.h"

namespace khien {

class AsSources {
 public:
  AsSources(const std::filesystem::path& folder, const Lexicon& lexicon, const FolderMap& map)
      : folder_(folder), lexicon_(lexicon), map_(map) {}

  void add(const Seen& s, Agency& agency);
  // collect() reports it as it does a file that is not there: nothing may be said of all accounts.
  static void add_unread(const Recognised& what, Agency& agency);

 private:
  [[nodiscard]] Node fields_of(const Seen& s) const;

  const std::filesystem::path& folder_;
  const Lexicon& lexicon_;
  const FolderMap& map_;
  std::set<std::string> browser_tops_;
};

}  // namespace khien
