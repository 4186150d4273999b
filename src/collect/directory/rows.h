// Rows in the reply of the job: one text for all, since a tree of a million nodes would cost more
// than reading the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/facts.h"

namespace khien::directory {

[[nodiscard]] std::string pack_rows(const std::vector<Row>& rows);
// Cells that are malformed are left out: the worker read outside bytes.
[[nodiscard]] std::vector<Row> unpack_rows(std::string_view text);

}  // namespace khien::directory
