// Error codes of the signature engine. Texts in content/text/*/files.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code not_a_pdf = "K0936";          // does not start as a PDF
inline constexpr Code signature_count = "K0940";    // args: limit

inline constexpr Code crl_broken = "K1100";         // not a revocation list, or a broken one
inline constexpr Code crl_count = "K1101";          // args: limit

}  // namespace khien::err
