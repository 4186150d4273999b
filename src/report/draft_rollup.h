// Báo cáo tổng hợp: what the agencies below have done, on one day, in the form of Decree 30.
#pragma once

#include "base/node.h"
#include "report/draft.h"

namespace khien::report {

struct RollupRow {             // an agency or a dispatch
  std::string name;            // of a dispatch: number and subject
  std::string as_of;           // of an agency: day of its newest result; "" = none
  std::int64_t ordered = 0;    // cells that count: agencies of a dispatch, dispatches of an agency
  std::int64_t met = 0, partly_met = 0, not_met = 0, undetermined = 0;
  std::int64_t late = 0;       // cells
  std::int64_t days = 0;       // the longest, of an agency
  double coverage = -1;        // 0-1, < 0: nothing to say it of
};
struct RollupPaper {
  Sender sender;
  std::string as_of;           // YYYY-MM-DD
  std::int64_t due = 0, all_met = 0, undetermined = 0, silent = 0;
  std::vector<RollupRow> dispatches, agencies;
};
// {as_of, due, all_met, undetermined, silent, dispatches: [row], agencies: [row]}; a row has the
// fields of RollupRow, coverage null for none. K0016 for a day that is none.
[[nodiscard]] Result<RollupPaper> rollup_paper_from(const Node& node, const std::string& place);
[[nodiscard]] Draft draft_rollup(const RollupPaper& paper, const Texts& texts);

}  // namespace khien::report
