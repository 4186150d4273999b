// Error codes of attestations (K0401). Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code attestation_date = "K0401";  // args: field, value

}  // namespace khien::err
