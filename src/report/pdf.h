// Document -> PDF bytes by pango and cairo, with an embedded metric twin of Times New Roman and a
// ToUnicode map (text can be searched and copied, NFC). Breaks tables and pages itself. No clock:
// the same document and fonts give the same bytes. K0601 no font, K0602 cairo.
#pragma once

#include <string>

#include "base/error.h"
#include "report/blocks.h"

namespace khien::report {

[[nodiscard]] Result<std::string> pdf(const Document& document);

}  // namespace khien::report
