// What of a page is set in columns: the two halves of the head and of the signature, and tables.
#pragma once

#include <vector>

#include "dispatch/page_lines.h"

namespace khien {

struct Zone {
  std::size_t from = 0;         // lines of the page
  std::size_t to = 0;
  std::vector<Strip> gutters;   // one: two halves; more: a table
  std::vector<std::size_t> spans;  // lines over the columns: the name of a group of rows
  [[nodiscard]] bool is_table() const { return gutters.size() > 1; }
};

// In the order of the page; `opening`: no full line has been seen yet, as in the head.
[[nodiscard]] std::vector<Zone> find_zones(const std::vector<PrintedLine>& lines, bool opening);

// Words of the zone's lines by column.
[[nodiscard]] std::vector<std::vector<PageWord>> columns_of(const std::vector<PrintedLine>& lines,
                                                            const Zone& zone);

}  // namespace khien
