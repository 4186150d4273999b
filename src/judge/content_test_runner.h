// Runs the text test beside each control (content/controls/<family>/<name>.test.yaml):
//
//   cases:
//     - name: due on the day is still in time
//       as_of: 2024-05-01            # judged at the end of this day
//       parameters: {max_age: P3M}   # as an order would state them
//       account:                     # rows of any fact table; a *_at date is 00:00 +07:00 of
//                                    # precision day, "2024-05-01 08:30" of precision ms
//         - {account_key: a, enabled: 1, password_changed_at: 2024-02-01, expect: pass}
//       collections: complete        # complete (default) | partial | none
//       states:                      # one collection a machine (rows by their host column, each
//         pc-2: {antivirus: missing} # host once in the first table); missing | partial tables
//       expect_control: pass         # outcome of the whole run; needed when no row has expect
//
// `expect` on a row of the control's first table is the result of that row; "absent": the control
// must not return it. Every returned row must be expected. A file whose cases do not between them
// expect pass, fail and unknown does not pass. Of every case that passes it is tried that it would
// not with one of its tables partial, missing or absent, nor with facts a year old.
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
