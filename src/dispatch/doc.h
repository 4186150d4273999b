// A DOC of Word 97-2003 ([MS-DOC]): text by its piece table, the numbers of its lists, tables,
// footnotes. Own reader: antiword and catdoc lose automatic numbers. Runs in a worker.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "dispatch/reading.h"

namespace khien {

// K0301, K0303, K0304 (older than Word 97), K0307, K0310.
[[nodiscard]] Result<Reading> read_doc(std::string_view bytes, const std::string& name);

}  // namespace khien
