// The signatures of one PDF: who signed, is what was signed unchanged, is anything after it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "engine/signature/cms.h"

namespace khien::pdf_signature {

struct Signature {
  CmsAnswer answer;             // signed_ms: of the signature, else as the document claims
  std::string sub_filter;       // "?" where it is no text
  bool covers_document = false;  // from the first byte to the last
  bool last = false;
};

// In the order of the file. K0936, K0940.
[[nodiscard]] Result<std::vector<Signature>> read_signatures(std::string_view pdf,
                                                             const std::string& place);

}  // namespace khien::pdf_signature
