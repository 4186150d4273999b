// Parameters of Content-Type and Content-Disposition (RFC 2045, 2231): name=value, name="value",
// name*=charset''v, and values cut into name*0, name*1* ... in any order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khien::mail {

inline constexpr std::size_t kParameters = 200;  // of one header

// Every value a parameter has, decoded to UTF-8: programs differ in which of "name" and "name*"
// they show, so each counts. Empty ones are left out.
[[nodiscard]] std::vector<std::string> parameters(std::string_view header, std::string_view name);
[[nodiscard]] std::string parameter(std::string_view header, std::string_view name);  // the first

}  // namespace khien::mail
