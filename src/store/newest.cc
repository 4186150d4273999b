// A stick carries many bundles of the same machine; counting one machine twice would be false.
#include "store/newest.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace khien {
namespace {

bool is_complete(const Collection& c) {
  return std::all_of(c.tables.begin(), c.tables.end(), [](const auto& table) {
    return table.second.status == TableFacts::Status::complete;
  });
}

}  // namespace

std::vector<Collection> newest(std::vector<Collection> collections, std::int64_t as_of) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, Collection*> best;
  const auto rank = [](const Collection& c) { return std::pair(is_complete(c), c.finished_at); };
  for (Collection& c : collections) {
    if (c.finished_at > as_of) continue;
    // Collections about no single machine are told apart by their source.
    Collection*& slot = best[{c.collector, c.host, c.host.empty() ? c.source : ""}];
    if (slot == nullptr || rank(*slot) < rank(c)) slot = &c;
  }
  std::vector<Collection> out;
  for (auto& [key, collection] : best) out.push_back(std::move(*collection));
  return out;
}

}  // namespace khien
