// Property modifiers of a DOC ([MS-DOC] 2.6) and its lists (2.9.147 LVLF and around it).
#pragma once

#include <string_view>

#include "dispatch/doc_file.h"

namespace khien {

void apply_paragraph(std::string_view sprms, DocParagraph& look);
void apply_run(std::string_view sprms, DocRun& run);
// `lists` begins with PlfLst and holds the levels behind it; `overrides` is PlfLfo.
void read_lists(std::string_view lists, std::string_view overrides, ListNumbering& out);

}  // namespace khien
