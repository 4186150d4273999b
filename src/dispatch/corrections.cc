#include "dispatch/corrections.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace khien {
namespace {

std::vector<std::string> names(const Measure& m) {
  std::vector<std::string> out;
  for (const KindMatch& k : m.kinds) out.push_back(k.kind);
  return out;
}

bool is_open(const Measure& m) {
  return m.kinds.size() == 1 && m.kinds[0].kind == "other.manual";
}

std::string line(const Measure& m, bool ordered) {
  const std::string kinds = ordered ? fmt::format("{}", fmt::join(names(m), ", ")) : "";
  return fmt::format("- {{text: {}, kinds: [{}], role: {}}}\n", to_json(Node(squeeze(m.text))),
                     kinds, ordered ? "measure" : "other");
}

}  // namespace

Remembered remember(const Order& before, const Order& after, std::string_view known) {
  Remembered out;
  out.yaml = known;
  if (!out.yaml.empty() && out.yaml.back() != '\n') out.yaml += '\n';
  const auto keep = [&](const std::string& text) {
    if (out.yaml.find(text) != std::string::npos) return;
    out.yaml += text;
    ++out.count;
  };
  for (const Measure& m : before.measures) {
    if (find_measure(after, m.id) == nullptr) keep(line(m, false));
  }
  for (const Measure& m : after.measures) {
    const Measure* was = find_measure(before, m.id);
    if (was == nullptr || names(*was) != names(m)) keep(line(m, true));
  }
  return out;
}

void settle_warnings(Order& order) {
  std::erase_if(order.warnings, [&](const Warning& w) {
    if (w.code == "no_measures" || w.code == "no_order" || w.code == "off_subject" ||
        w.code == "other_form" || w.code == "only_tells")
      return !order.measures.empty();
    if (w.code != "kind_open") return false;
    const auto cite = w.args.find("cite");
    return std::none_of(order.measures.begin(), order.measures.end(), [&](const Measure& m) {
      return cite != w.args.end() && m.cite_vi == cite->second && is_open(m);
    });
  });
}

}  // namespace khien
