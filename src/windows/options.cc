// "--name value" and "--name=value"; a value is never guessed from the next option.
#include "windows/options.h"

namespace khien::windows {
namespace {

struct Reader {
  const std::vector<std::string>& all;
  std::size_t at = 0;

  // True when the argument here is `name`; its value goes to `out`.
  bool take(const std::string& name, std::string& out) {
    const std::string& here = all[at];
    if (here.starts_with(name + "=") && here.size() > name.size() + 1) {
      out = here.substr(name.size() + 1);
      return true;
    }
    if (here != name || at + 1 >= all.size() || all[at + 1].starts_with("--")) return false;
    out = all[++at];
    return true;
  }
};

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& arguments) {
  CommandLine out;
  Reader reader{arguments};
  for (; reader.at < arguments.size(); ++reader.at) {
    std::string value;
    const std::string& word = arguments[reader.at];
    if (reader.take("--out", out.out) || reader.take("--agency", out.agency) ||
        reader.take("--key", out.key) || reader.take("--ioc", out.hash_list)) {
      continue;
    }
    if (reader.take("--domain", value)) out.domains.push_back(value);
    else if (reader.take("--scan", value)) out.folders.push_back(value);
    else if (reader.take("--lang", value) && (value == "vi" || value == "en")) out.language = value;
    else if (word == "--skip-update-search") out.search_updates = false;
    else if (word == "--quiet") out.quiet = true;
    else if (word == "--version") out.version = true;
    else if (word == "--help") out.help = true;
    else if (out.unknown.empty()) out.unknown = word;
  }
  if (out.unknown.empty() && out.hash_list.empty() != out.folders.empty()) {
    out.unknown = out.hash_list.empty() ? "--scan" : "--ioc";
  }
  return out;
}

std::string bundle_name(const std::string& host, const std::string& day, int number) {
  std::string name;
  for (const char c : host) {
    const bool kept = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
                      (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    name += kept ? c : '_';
  }
  if (name.empty()) name = "may";
  return "thu-thap-" + name + "-" + day + (number > 1 ? "-" + std::to_string(number) : "") +
         ".facts";
}

}  // namespace khien::windows
