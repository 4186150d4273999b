// The command line of thu-thap.exe.
#pragma once

#include <string>
#include <vector>

namespace khien::windows {

struct CommandLine {
  std::string out, agency, key, hash_list;
  std::string language = "vi";
  std::vector<std::string> domains, folders;
  bool search_updates = true;
  bool quiet = false;    // no progress, no summary, no waiting at the end
  bool version = false;
  bool help = false;
  std::string unknown;   // the first argument that is not understood; "" when all are
};
[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string>& arguments);

// thu-thap-MAY-01-2026-11-27.facts, with "-2" and so on; characters no file name may have become
// "_". `number` from 1.
[[nodiscard]] std::string bundle_name(const std::string& host, const std::string& day, int number);

}  // namespace khien::windows
