// Lists a server takes in (content/lists): described and read as registers are, but they fill no
// fact table. A `fixed` field of the value "#row" becomes the number of the row in its file.
#pragma once

#include <optional>
#include <string_view>

#include "collect/register/register.h"

namespace khien {

// By either name; nullopt when there is none. K0474.
[[nodiscard]] Result<std::optional<Register>> find_list(const Content& content,
                                                        std::string_view name);

}  // namespace khien
