// The lists of a Word file's numbering.xml.
#pragma once

#include <pugixml.hpp>

#include "dispatch/docx_styles.h"
#include "dispatch/list_numbering.h"

namespace khien {

void load_numbering(const pugi::xml_node& root, const DocxStyles& styles, ListNumbering& out);

}  // namespace khien
