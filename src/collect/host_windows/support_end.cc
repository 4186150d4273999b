// When support of a Windows ends: the table by build, the edition by the product's name.
#include "collect/host_windows/support_end.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

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

// The number after the branch; -1 when the version has none.
std::int64_t revision_of(const std::string& version) {
  const std::string branch = branch_of(version);
  if (branch.size() + 1 >= version.size()) return -1;
  std::int64_t out = -1;
  const char* const first = version.data() + branch.size() + 1;
  const char* const last = version.data() + version.size();
  const auto read = std::from_chars(first, last, out);
  return read.ec == std::errc() && read.ptr == last ? out : -1;
}

const Node& row_of(const Node& lifecycle, const std::string& os_name, const std::string& version) {
  const std::string branch = branch_of(version);
  for (const Node& item : lifecycle[is_server(os_name) ? "servers" : "clients"].items()) {
    if (item["build"].text() == branch) return item;
  }
  return lifecycle["(none)"];
}

}  // namespace

bool is_server(const std::string& os_name) {
  return os_name.find("Server") != std::string::npos;
}

SupportEnd support_end(const Node& lifecycle, const std::string& os_name,
                       const std::string& version, const std::string& edition) {
  const Node& item = row_of(lifecycle, os_name, version);
  if (item.is_null()) return {};
  SupportEnd out{item["ends"].text(), item["extended"].text(), item["verified"].boolean()};
  const auto says = [&](const char* part) { return os_name.find(part) != std::string::npos; };
  const auto later = [&](const char* key) {
    out.ends_on = std::max(out.ends_on, item[key].text());
  };
  // An edition nothing tells is given the latest date: never "ended" too early.
  const bool plain = says("Pro") || says("Home") || edition.starts_with("Core");
  const bool long_term = says("LTSC") || says("LTSB") || edition.starts_with("EnterpriseS") ||
                         edition.starts_with("IoTEnterpriseS");
  const bool enterprise = says("Enterprise") || says("Education");
  const bool iot = says("IoT") || edition.starts_with("IoT");
  const bool open = !plain && !enterprise && edition.empty();
  if (!plain) later("enterprise");
  if (long_term || open) later("ltsc");
  if ((long_term && iot) || open) later("iot");
  const std::int64_t revision = revision_of(version);
  if (item.has("free") && revision >= 0 && revision <= item["free"].integer()) {
    out.extended_on.clear();
  }
  return out;
}

std::string missed_update(const Node& lifecycle, const std::string& os_name,
                          const std::string& version) {
  std::string out;
  const std::int64_t revision = revision_of(version);
  if (revision < 0) return out;
  for (const auto& [brought, day] : row_of(lifecycle, os_name, version)["updates"].pairs()) {
    if (std::atoll(brought.c_str()) <= revision) continue;
    if (out.empty() || day.text() < out) out = day.text();
  }
  return out;
}

}  // namespace khien::windows
