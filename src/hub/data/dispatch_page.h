// Pages of a dispatch as pictures, each with the places of the words of its text. They are the
// paper's: a received dispatch shows those of the row it was issued from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

struct DispatchPage {
  std::int64_t page = 0;                 // from 1
  std::int64_t width = 0, height = 0;    // points
  std::string sha256;                    // of its JPEG in files/
  Node words;                            // list: from, to (UTF-16 units), x0, y0, x1, y1, from, ...
};

// In place of those that were there.
[[nodiscard]] Done save_dispatch_pages(const Database& db, std::int64_t dispatch_id,
                                       const std::vector<DispatchPage>& pages);
// In their order, without their words.
[[nodiscard]] Result<std::vector<DispatchPage>> dispatch_pages(const Database& db,
                                                               std::int64_t dispatch_id);
[[nodiscard]] Result<std::optional<DispatchPage>> find_dispatch_page(const Database& db,
                                                                     std::int64_t dispatch_id,
                                                                     std::int64_t page);

}  // namespace khien::hub
