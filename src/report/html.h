// Document -> one self-contained HTML file: semantic, no script, no outside reference (its policy
// forbids both), laid out as paper on screen and in print. Every text is escaped.
#pragma once

#include <string>

#include "base/texts.h"
#include "report/blocks.h"

namespace khien::report {

[[nodiscard]] std::string html(const Document& document, const Texts& texts);

}  // namespace khien::report
