// Error codes of the mail engine. Texts in content/text/*/files.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code no_own_domain = "K0931";      // nothing tells which addresses are official
inline constexpr Code mail_words = "K0937";         // args: detail; the lexicon of senders
inline constexpr Code too_many_messages = "K0939";  // args: limit

}  // namespace khien::err
