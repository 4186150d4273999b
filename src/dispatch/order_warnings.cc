#include "dispatch/order_warnings.h"

#include <algorithm>

#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
void add_warnings(Order& out, const Anatomy& anatomy, const Vocabulary& vocabulary,
                  const std::vector<Hit>& hits, bool cut_short, const std::string& none_of_ours) {
  const auto add = [&](const char* code, std::map<std::string, std::string> args = {}) {
    out.warnings.push_back({code, std::string("warning.") + code, std::move(args)});
  };
  const int annex = vocabulary.list("annex");
  const bool refers = std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
    const auto& o = vocabulary.owner(h.owner);
    return o.role == Vocabulary::Role::list && o.index == annex &&
           anatomy.tokens[h.first].begin < anatomy.body_end;
  });
  if (refers && anatomy.head.annexes.empty()) add("annex_missing");
  if (anatomy.head.number.empty()) add("number_missing");
  if (anatomy.head.issued_on.size() < 10) add("date_missing");
  if (anatomy.bare) add("marks_lost");
  if (cut_short) add("cut_short");
  if (!none_of_ours.empty()) {
    add(none_of_ours.c_str());
  } else if (out.measures.empty()) {
    add("no_measures");
  }
  for (const Measure& m : out.measures) {
    if (m.kinds.size() == 1 && m.kinds[0].kind == "other.manual")
      add("kind_open", {{"cite", m.cite_vi}});
  }
}

}  // namespace khien
