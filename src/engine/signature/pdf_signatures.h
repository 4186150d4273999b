// The signatures of one PDF: who signed, is what was signed unchanged, is anything after it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "engine/signature/cms.h"
#include "engine/signature/pdf_changes.h"

namespace khien::signature {

struct Signature {
  CmsAnswer answer;             // signed_ms: of the signature, else as the document claims
  std::string sub_filter;       // "?" where it is no text
  bool covers_document = false;  // from the first byte to the last
  bool last = false;
  Change later = Change::unknown;  // what was added to the document after it
  // Those of the answer, "left_out" (bytes beside its own value that it does not cover) and
  // "docmdp_broken" (more was added than a certifying signature allows).
  std::vector<std::string> problems;
};

// In the order of the file. K0936, K0940.
[[nodiscard]] Result<std::vector<Signature>> read_signatures(std::string_view pdf,
                                                             const std::string& place);

}  // namespace khien::signature
