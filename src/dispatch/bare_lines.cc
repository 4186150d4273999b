#include "dispatch/bare_lines.h"

#include "dispatch/commands.h"
#include "dispatch/leads.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kShortestList = 3;  // lines of a list under which other text follows

bool bare_command(const BareLine& line) {
  const Clause& c = *line.clause;
  const ClauseText& t = *line.text;
  const std::u32string& clean = t.anatomy->clean;
  if (c.form != ClauseForm::paragraph || c.sentence > 0 || c.told || c.purpose || c.introduces ||
      c.in_annex || !is_heading(clean, c.text_begin, c.end) ||
      is_upper_line(cut(clean, c.text_begin, c.end)) || in_list(t, "contact"))
    return false;
  return at_start(t, "imperative") != nullptr || at_start(t, "imperative_more") != nullptr;
}

bool ends_list(const BareLine& line) {
  return at_start(*line.text, "closing", 12) != nullptr || in_list(*line.text, "contact");
}

}  // namespace

std::vector<bool> bare_commands(const std::vector<BareLine>& clauses) {
  std::vector<bool> out(clauses.size(), false);
  for (std::size_t from = 0; from < clauses.size();) {
    std::size_t to = from;
    bool kinds = false;
    while (to < clauses.size() && bare_command(clauses[to])) kinds = clauses[to++].kinds || kinds;
    const bool last = to == clauses.size() || ends_list(clauses[to]);
    const bool list = to - from >= (last ? 1 : kShortestList);
    for (std::size_t i = from; i < to; ++i) out[i] = list && kinds;
    from = to == from ? from + 1 : to;
  }
  return out;
}

}  // namespace khien
