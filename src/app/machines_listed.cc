#include "app/machines_listed.h"

#include <set>

#include "base/text.h"

namespace khien::app {
namespace {

std::string host_of(const Row& row) {
  const auto host = row.find("host");
  return host == row.end() ? std::string() : to_text(host->second);
}

}  // namespace

void add_listed_machines(std::vector<Collection>& collections) {
  std::set<std::string> known;
  for (const Collection& c : collections) {
    const auto hosts = c.tables.find("host");
    if (hosts == c.tables.end()) continue;
    for (const Row& row : hosts->second.rows) known.insert(fold(host_of(row)));
  }
  for (Collection& c : collections) {
    const auto listed = c.tables.find("machine");
    if (listed == c.tables.end()) continue;
    std::vector<Row> rows;
    for (const Row& row : listed->second.rows) {
      const std::string name = host_of(row);
      if (!name.empty() && known.insert(fold(name)).second) rows.push_back(Row{{"host", name}});
    }
    for (Row& row : rows) c.add("host") = std::move(row);
  }
}

}  // namespace khien::app
