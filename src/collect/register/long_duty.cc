#include "collect/register/long_duty.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

struct Stretch {
  std::int64_t from = 0, to = 0;
};

}  // namespace

std::vector<LongDuty> long_duties(const std::vector<Row>& shifts) {
  std::map<std::string, std::pair<std::string, std::vector<Stretch>>> by_person;
  for (const Row& row : shifts) {
    if (!row.contains("person") || !row.contains("from_at") || !row.contains("to_at")) continue;
    const std::string person = text_of(row, "person");
    auto& one = by_person[fold(person)];
    one.first = person;
    one.second.push_back({number_of(row, "from_at"), number_of(row, "to_at")});
  }
  std::vector<LongDuty> out;
  for (auto& [key, one] : by_person) {
    auto& all = one.second;
    std::sort(all.begin(), all.end(),
              [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
    for (std::size_t i = 0; i < all.size();) {
      Stretch joined = all[i];
      for (++i; i < all.size() && all[i].from <= joined.to; ++i) {
        joined.to = std::max(joined.to, all[i].to);
      }
      const std::int64_t hours = (joined.to - joined.from) / kHourMs;
      if (hours > kLongDutyHours) out.push_back({one.first, joined.from, hours});
    }
  }
  return out;
}

std::vector<LongDuty> backward_shifts(const std::vector<Row>& shifts) {
  std::vector<LongDuty> out;
  for (const Row& row : shifts) {
    if (!row.contains("from_at") || !row.contains("to_at")) continue;
    const std::int64_t from = number_of(row, "from_at");
    const std::int64_t to = number_of(row, "to_at");
    if (to <= from) out.push_back({text_of(row, "person"), from, (to - from) / kHourMs});
  }
  return out;
}

}  // namespace khien
