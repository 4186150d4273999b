// `khien compile --pages FOLDER`: the pages of a dispatch as pictures, with the places of the words
// of its text, for programs that show the paper beside what was read in it.
#pragma once

#include <filesystem>

#include "app/context.h"
#include "dispatch/document.h"

namespace khien::app {

// Writes 1.jpg, 2.jpg ... into `folder`; K0744 where one is there. [{page, file, width,
// height, words: [from, to, x0, y0, x1, y1, ...]}]: sizes in points, places in parts of 10,000 of
// the page, from and to in code points of the text. A page that cannot be drawn is left out; so are
// those after the first sixty. Empty for a format without pages.
[[nodiscard]] Result<Node> write_page_pictures(Context& context, const Document& document,
                                               const std::filesystem::path& folder);

}  // namespace khien::app
