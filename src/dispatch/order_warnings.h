// What the reader of an order should know of how it was read.
#pragma once

#include <string>

#include "dispatch/anatomy.h"

namespace khien {

// `hits`: of the whole text. `none_of_ours`: why nothing is made of it (dispatch/subject.h), or "".
void add_warnings(Order& out, const Anatomy& anatomy, const Vocabulary& vocabulary,
                  const std::vector<Hit>& hits, bool cut_short, const std::string& none_of_ours);

}  // namespace khien
