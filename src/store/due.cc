#include "store/due.h"

#include <algorithm>

namespace khien {

std::string due_of(const Order& order, const std::function<bool(const Measure&)>& counts) {
  std::string report;
  std::string last;
  for (const Measure& m : order.measures) {
    if (!counts(m)) continue;
    last = std::max(last, m.due_on);
    for (const KindMatch& k : m.kinds) {
      if (k.kind == "directive.report_back")
        report = std::max(report, k.parameters["report_by"].text());
    }
  }
  return report.empty() ? last : report;
}

}  // namespace khien
