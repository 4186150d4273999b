// sudoers(5): who is given rights of root, over all files read. Users may stand in lists, behind
// aliases, as "#uid", "%group", "%#gid" or ALL; a rule that only lets act as another user than root
// gives none.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace khien::host {

class Sudoers {
 public:
  struct Include {
    std::string path;
    bool folder = false;
  };
  // Takes in the text of one file; gives what it includes, in order.
  std::vector<Include> take(std::string_view text);
  // Users, "%group", "#uid", "%#gid", "+netgroup" and "ALL", aliases resolved. Aliases may stand
  // in any of the files, so this is asked after the last.
  [[nodiscard]] std::set<std::string> trusted() const;
  // The password asked for is that of root or of the target: ALL then trusts nobody by itself.
  [[nodiscard]] bool asks_target() const { return asks_target_; }

 private:
  void take_rule(std::string_view line);
  void take_aliases(std::string_view definitions);

  std::map<std::string, std::vector<std::string>> aliases_;
  std::vector<std::string> named_;
  bool asks_target_ = false;
};

}  // namespace khien::host
