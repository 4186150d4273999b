// Several papers in one file (a scan of a pile, a forwarded pair): where each begins, and the one
// order made of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dispatch/document.h"
#include "dispatch/vocabulary.h"
#include "store/order.h"

namespace khien {

struct Paper {
  std::uint32_t at = 0;        // its first code point in the file's text
  Document document;
};
// One, as it stands, in nearly every file. Another begins where after a "Nơi nhận" or a signature
// a full head stands: number, date, and "Kính gửi" or the name of a form.
[[nodiscard]] std::vector<Paper> papers_in(const Document& document, const HeadWords& words);

// `parts` are the papers, read one by one. The head is the first's, but for the day by which
// all are to be answered; the ids of the others begin with "VB2.", "VB3.", what they order of their
// recipients has these as its actor, and a warning names them. `text`: of the file.
[[nodiscard]] Order join_orders(std::vector<Order> parts, const std::vector<Paper>& papers,
                                const std::string& text, const Vocabulary& vocabulary);

}  // namespace khien
