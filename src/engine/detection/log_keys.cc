// key=value, key="value" and "key":"value", as firewalls and journald write whole lines.
#include "engine/detection/log_times.h"

namespace khien::detection {
namespace {

constexpr std::size_t kLineKeys = 4000;  // bytes of a line that are searched

bool ends_key(char c) { return std::string_view(" |>\"{,\t").find(c) != std::string_view::npos; }

}  // namespace

std::string_view key_value(std::string_view line, std::string_view key) {
  line = line.substr(0, kLineKeys);
  for (std::size_t at = line.find(key); at != std::string_view::npos; at = line.find(key, at + 1)) {
    if (at > 0 && !ends_key(line[at - 1])) continue;
    std::size_t p = at + key.size();
    const bool json = line.substr(p, 2) == "\":" || line.substr(p, 3) == "\" :";
    if (json) p = line.find(':', p);
    if (p >= line.size() || (line[p] != '=' && !json)) continue;
    ++p;
    while (p < line.size() && line[p] == ' ') ++p;
    if (p < line.size() && line[p] == '"') {
      // "devname=""FG-1""": a cell of CSV, as FortiAnalyzer exports lines.
      const bool doubled = line.substr(p, 2) == "\"\"" && p + 2 < line.size() &&
                           !ends_key(line[p + 2]);
      p += doubled ? 2 : 1;
      return line.substr(p, line.find('"', p) - p);
    }
    const std::size_t end = line.find_first_of(" |,}\"\t", p);
    return line.substr(p, end == std::string_view::npos ? std::string_view::npos : end - p);
  }
  return "";
}

}  // namespace khien::detection
