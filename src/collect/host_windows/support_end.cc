// When support of a Windows ends: the table by build, the edition by the product's name.
#include "collect/host_windows/support_end.h"

#include <algorithm>

namespace khien::windows {
namespace {

// "10.0.19045.3570" -> "10.0.19045"
std::string branch_of(const std::string& version) {
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    at = version.find('.', at + (part > 0 ? 1 : 0));
    if (at == std::string::npos) return version;
  }
  return version.substr(0, at);
}

}  // namespace

bool is_server(const std::string& os_name) {
  return os_name.find("Server") != std::string::npos;
}

SupportEnd support_end(const Node& lifecycle, const std::string& os_name,
                       const std::string& version) {
  const std::string branch = branch_of(version);
  const auto says = [&](const char* part) { return os_name.find(part) != std::string::npos; };
  for (const Node& item : lifecycle[is_server(os_name) ? "servers" : "clients"].items()) {
    if (item["build"].text() != branch) continue;
    SupportEnd out{item["ends"].text(), item["extended"].text(), item["verified"].boolean()};
    const auto later = [&](const char* key) {
      out.ends_on = std::max(out.ends_on, item[key].text());
    };
    // An edition the name does not tell is given the latest date: never "ended" too early.
    const bool plain = says("Pro") || says("Home");
    const bool long_term = says("LTSC") || says("LTSB");
    const bool enterprise = says("Enterprise") || says("Education");
    if (!plain) later("enterprise");
    if (long_term || (!plain && !enterprise)) later("ltsc");
    return out;
  }
  return {};
}

}  // namespace khien::windows
