#include "store/due.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

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

std::string due_of_paper(const Order& order) {
  std::vector<std::string> recipients;
  for (const std::string& r : order.dispatch.recipients) recipients.push_back(squeeze(skeleton(r)));
  const std::string due = due_of(order, [&](const Measure& m) {
    const bool report = std::any_of(m.kinds.begin(), m.kinds.end(), [](const KindMatch& k) {
      return k.kind == "directive.report_back";
    });
    const std::string actor = squeeze(skeleton(m.actor));
    const bool many = actor.starts_with("cac ") || actor.find(" cac ") != std::string::npos;
    return !report || actor.empty() || many ||
           std::any_of(recipients.begin(), recipients.end(), [&](const std::string& r) {
             return r.find(actor) != std::string::npos || actor.find(r) != std::string::npos;
           });
  });
  return due.empty() ? due_of(order, [](const Measure&) { return true; }) : due;
}

}  // namespace khien
