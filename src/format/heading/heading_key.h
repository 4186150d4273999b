// What headings are compared by: "Ngày cấp (dd/mm/yyyy) *:" -> "ngày cấp".
#pragma once

#include <string>
#include <string_view>

namespace khien {

[[nodiscard]] std::string heading_key(std::string_view heading);

}  // namespace khien
