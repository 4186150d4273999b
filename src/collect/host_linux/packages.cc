// dpkg's status file and apt's package lists. The lists of a distribution are tens of megabytes, so
// they go through in pieces and only the lines that matter are looked at.
#include "collect/host_linux/packages.h"

#include <algorithm>

namespace khien::host {
namespace {

bool take_field(std::string_view line, std::string_view name, std::string& out) {
  if (!line.starts_with(name)) return false;
  out = bare(line.substr(name.size()));
  return true;
}

}  // namespace

void StanzaReader::keep(std::string_view part) {
  const std::size_t room = carry_.size() < kLineBytes ? kLineBytes - carry_.size() : 0;
  carry_ += part.substr(0, room);
}

bool StanzaReader::line(std::string_view text) {
  if (text.empty() || text == "\r") return true;
  if (text.size() >= kLineBytes) return false;
  switch (text.front()) {
    case 'P': take_field(text, "Package:", stanza_.package); break;
    case 'V': take_field(text, "Version:", stanza_.version); break;
    case 'A': take_field(text, "Architecture:", stanza_.architecture); break;
    case 'S': take_field(text, "Status:", stanza_.status); break;
    default: break;
  }
  return false;
}

std::vector<Package> parse_dpkg_status(std::string_view text) {
  std::vector<Package> out;
  StanzaReader reader;
  const auto use = [&](const Stanza& s) {
    // "want flag state": what is on the machine, whatever the administrator wants next.
    const std::vector<std::string_view> status = words(s.status);
    if (status.size() != 3 || s.version.empty()) return;
    if (status[2] == "not-installed" || status[2] == "config-files") return;
    out.push_back({s.package, s.architecture, s.version, status[0] == "hold"});
  };
  reader.feed(text, use);
  reader.finish(use);
  std::sort(out.begin(), out.end(), [](const Package& a, const Package& b) {
    return std::tie(a.name, a.architecture) < std::tie(b.name, b.architecture);
  });
  return out;
}

const Package* Packages::find(std::string_view name) const {
  const auto at = std::lower_bound(installed.begin(), installed.end(), name,
                                   [](const Package& p, std::string_view n) { return p.name < n; });
  return at != installed.end() && at->name == name ? &*at : nullptr;
}

Packages read_packages(const Files& files) {
  Packages out;
  const FileBytes status = files.read("/var/lib/dpkg/status", kStatusBytes);
  out.problem = status.problem;
  if (status.ok()) out.installed = parse_dpkg_status(status.bytes);
  // A database without a single package is no database: dpkg itself is one.
  if (status.ok() && out.installed.empty()) out.problem = Problem::broken;
  return out;
}

}  // namespace khien::host
