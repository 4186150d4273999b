// Days to watch closely: the holidays a dispatch names, in the year it is issued for.
#pragma once

#include <vector>

#include "dispatch/anatomy.h"
#include "dispatch/vocabulary.h"

namespace khien {

// `hits` are of the whole document. Nothing when the document has no date.
[[nodiscard]] std::vector<WatchWindow> find_windows(const Anatomy& anatomy,
                                                    const Vocabulary& vocabulary,
                                                    const std::vector<Hit>& hits);

}  // namespace khien
