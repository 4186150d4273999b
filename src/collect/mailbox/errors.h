// Error codes of mailbox (K0930). Texts in content/text/*/files.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code no_mail = "K0930";  // no file in it is a message or a mailbox

}  // namespace khien::err
