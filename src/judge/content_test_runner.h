// Runs the text test beside each control (content/controls/<family>/<name>.test.yaml):
//
//   cases:
//     - name: due on the day is still in time
//       as_of: 2024-05-01            # judged at the end of this day
//       parameters: {max_age: P3M}   # as an order would state them
//       account:                     # rows of any fact table; a *_at date is 00:00 +07:00 of
//                                    # precision day, "2024-05-01 08:30" of precision ms
//         - {account_key: a, enabled: 1, password_changed_at: 2024-02-01, expect: pass}
//         - {account_key: b, enabled: 1, password_changed_at: 2024-01-31, expect: fail,
//            expect_observed: "2024-01-31"}
//       collections: complete        # complete (default) | partial | none
//       collector: account_file      # who collected, where the control asks
//       gaps: {plan: [tested_on]}    # columns the source does not have
//       states:                      # one collection a machine (rows by their host column, each
//         pc-2: {antivirus: missing} # host once in the first table); missing | partial tables
//       expect_control: pass         # outcome of the whole run; needed when no row has expect
//       expect_reason: reason.x      # of the whole run
//       findings:                    # what the control says of no row of its first table
//         - {subject: Mail, expect: unknown, expect_reason: reason.no_mfa_column}
//
// `expect` on a row of the control's first table is the result of that row; "absent": the control
// must not return it. Every returned row must be expected. `expect_subject`, `expect_observed` and
// `expect_reason` are what an officer reads of a fail or an unknown.
//
// A file does not pass whose cases do not between them expect pass, fail and unknown, and state the
// observed value of a failing row, the reason of an unknown one, and every reason the SQL can give.
// A control that never has one of the first two says why: `no_observed: ...`, `no_reason: ...`
// beside `cases`. Of what passes it is tried that it would not with one of its tables partial,
// missing or absent, nor with facts a year old (content_test_gaps.h).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "judge/catalog.h"

namespace khien {

struct CaseResult {
  std::string control;
  std::string name;
  std::vector<std::string> problems;  // empty: passed
};

[[nodiscard]] Result<std::vector<CaseResult>> test_control(const Content& content,
                                                           const Catalog& catalog,
                                                           const FactSchema& schema,
                                                           const Control& control);

}  // namespace khien
