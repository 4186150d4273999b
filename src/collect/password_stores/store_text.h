// What goes into the test and comes out of it: the bytes of a password store. A table that is no
// plain text file (a workbook, JSON, a member of an archive) is written out as CSV, which the
// engine reads.
#pragma once

#include <string>

#include "collect/source/source.h"

namespace khien::password {

[[nodiscard]] Result<std::string> store_bytes(const AgencySource& source);
// Of the outcomes of one digest read as two kinds, is `a` the one to tell: the kind that a word
// opens, else the one that was not tried to the end.
[[nodiscard]] bool says_more(const Node& a, const Node& b);

}  // namespace khien::password
