// A bordered table over pages: titles repeated, short rows kept whole, tall rows split by lines.
#pragma once

#include "report/blocks.h"
#include "report/pdf_canvas.h"

namespace khien::report {

void draw_table(Canvas& canvas, const Table& table);
// Titles and the start of the first row: what must stand together.
[[nodiscard]] double least_height(Canvas& canvas, const Table& table);

}  // namespace khien::report
