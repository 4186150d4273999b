// gzip (RFC 1952): all members of a file, one after the other.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace khien {

// gzip members to text. K0934 broken, K0935 more than `limit` bytes.
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t limit,
                                         const std::string& place);

}  // namespace khien
