#include "judge/facts_age.h"

#include <algorithm>

#include "base/text.h"

namespace khien {

FactsAge::FactsAge(const Control& control, const std::string& period, std::int64_t as_of,
                   const std::vector<CollectionRecord>& collections) {
  const auto limit = parse_period(period);
  if (!limit) return;
  const auto counts = [&](const CollectionRecord::TableState& t) {
    const auto in = [&](const std::vector<std::string>& tables) {
      return std::find(tables.begin(), tables.end(), t.table) != tables.end();
    };
    return t.status != "missing" && (in(control.needs) || in(control.may_be_absent));
  };
  const std::int64_t today = start_of_day_ms(local_date(as_of));
  for (const CollectionRecord& c : collections) {
    if (c.host.empty() || add(c.finished_at, *limit) >= today ||
        std::none_of(c.tables.begin(), c.tables.end(), counts)) {
      continue;
    }
    const auto [at, fresh] = since_.emplace(fold(c.host), c.finished_at);
    if (!fresh) at->second = std::min(at->second, c.finished_at);
  }
}

std::string FactsAge::too_old_since(const std::string& host) const {
  const auto at = since_.find(host);
  return at == since_.end() ? "" : to_iso(local_date(at->second));
}

}  // namespace khien
