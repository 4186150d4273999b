#include "report/one_order.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace khien::report {
namespace {

constexpr std::size_t kWord = 40;  // letters of a file name

}  // namespace

std::vector<const DispatchRecord*> orders_of(const Assessment& a) {
  std::vector<const DispatchRecord*> out;
  for (const DispatchRecord& d : a.dispatches) out.push_back(&d);
  std::stable_sort(out.begin(), out.end(), [](const DispatchRecord* x, const DispatchRecord* y) {
    const auto rank = [](const DispatchRecord* d) { return 2 * d->by_hand + d->number.empty(); };
    return rank(x) < rank(y);
  });
  return out;
}

void put_own_first(View& view) {
  std::vector<DispatchView> sorted;
  for (const DispatchRecord* order : orders_of(*view.assessment)) {
    for (DispatchView& d : view.dispatches) {
      if (d.dispatch == order) sorted.push_back(std::move(d));
    }
  }
  view.dispatches = std::move(sorted);
}

Assessment only(const Assessment& a, std::int64_t dispatch) {
  Assessment out = a;
  std::erase_if(out.dispatches, [&](const DispatchRecord& d) { return d.id != dispatch; });
  std::erase_if(out.measures, [&](const MeasureRecord& m) { return m.dispatch != dispatch; });
  std::set<std::int64_t> measures;
  std::set<std::string> kinds;
  out.coverage = {};
  for (const MeasureRecord& m : out.measures) {
    measures.insert(m.id);
    for (const KindRecord& k : m.kinds) kinds.insert(k.kind);
    if (m.addressed) count_measure(m, out.coverage);
  }
  std::set<std::int64_t> runs;
  std::erase_if(out.runs, [&](const RunRecord& r) {
    const bool kept = r.measure == 0 ? kinds.contains(r.kind) : measures.contains(r.measure);
    if (kept) runs.insert(r.id);
    return !kept;
  });
  std::erase_if(out.findings, [&](const FindingRecord& f) { return !runs.contains(f.run); });
  std::erase_if(out.comparison.changes, [&](const ChangeRecord& c) {
    if (c.measure != 0 || out.dispatches.empty()) return !measures.contains(c.measure);
    const DispatchRecord& order = out.dispatches.front();
    return c.dispatch != (order.number.empty() ? order.symbol : order.number);
  });
  std::erase_if(out.comparison.cases,
                [&](const CaseRecord& c) { return !measures.contains(c.measure); });
  std::set<std::string> norms;  // that stand behind what was found, or ask more
  for (const FindingRecord& f : out.findings) norms.insert(f.norms.begin(), f.norms.end());
  for (const RunRecord& r : out.runs) norms.insert(r.required_by);
  std::erase_if(out.norms, [&](const NormRecord& n) { return !norms.contains(n.id); });
  return out;
}

std::string file_word(const DispatchRecord& d) {
  std::string out;
  const std::string& name = !d.number.empty() ? d.number
                            : !d.symbol.empty() ? d.symbol : d.subject_line;
  for (const char c : skeleton(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) out += c;
    else if (!out.empty() && out.back() != '-') out += '-';
    if (out.size() == kWord) break;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? std::to_string(d.id) : out;
}

}  // namespace khien::report
