// The annex workbook: Tổng hợp, Kết quả, Tồn tại (every finding), Nguồn số liệu; filters and frozen
// titles. Cells are strings or numbers, never formulas or links. Fixed times: same bytes. K0604.
#pragma once

#include <string>

#include "base/error.h"
#include "base/texts.h"
#include "report/answer.h"
#include "report/view.h"

namespace khien::report {

[[nodiscard]] Result<std::string> xlsx(const View& view, const Texts& texts, const Seal& seal = {});

}  // namespace khien::report
