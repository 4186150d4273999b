// Error codes of signed_documents (K0941). Texts in content/text/*/files.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code no_document = "K0941";  // a folder without a PDF

}  // namespace khien::err
