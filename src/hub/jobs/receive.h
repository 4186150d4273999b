// A result that came up: *.khien or what `khien share` made of it. A child looks at its seal and
// reads it.
#pragma once

#include "hub/jobs/runner.h"

namespace khien::hub {

// args: agency_id, sha256 (kept in files/), name, by, open. result: {assessment_id, already, seal,
// as_of, older_than}: already = it was here before; older_than = the day of a newer result, which
// stays the one that counts today. A result that is refused is kept with its reason, and the job
// fails with it: K1385, K1386, K1387, or what the reader said.
[[nodiscard]] Result<Node> receive_job(JobContext& context);

// Whether two names can be the same agency's, as one office writes it and another: equal, or one
// goes on with its province ("UBND xã An", "Ủy ban nhân dân xã An, tỉnh Mẫu").
[[nodiscard]] bool same_agency(const std::string& one, const std::string& other);

}  // namespace khien::hub
