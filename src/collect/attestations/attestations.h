// attestations.yaml: what a responsible person confirms with a signature and a document.
//
//   attestations:
//     - kind: awareness.training
//       subject: ""                     # optional; "" = the whole agency
//       statement: ...
//       signed_by: ..., title: ...
//       signed_on: 2026-03-02           # or 02/03/2026
//       valid_until: 2027-03-02
//       file: giay-xac-nhan.pdf         # beside the list
//
// The document is hashed, never parsed. Whether the attestation counts is judged elsewhere.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "collect/source/source.h"
#include "store/facts.h"

namespace khien {

// K0001, K0003, K0010-K0016 with the line, K0401 a date that is none. Fills `attestation`.
[[nodiscard]] Result<Collection> collect_attestations(const std::filesystem::path& file,
                                                      const std::string& source);
[[nodiscard]] Collections read_attestations(const AgencySource& source, Reading& reading);

}  // namespace khien
