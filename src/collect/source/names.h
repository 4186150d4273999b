// agency.yaml in Vietnamese: every field, type and value of it has a Vietnamese name, with or
// without its marks, written with spaces or hyphens ("cơ quan chủ quản", "co-quan-chu-quan"). What
// reads the file knows one name of each.
#pragma once

#include <string>
#include <string_view>

#include "base/node.h"

namespace khien {

// The whole file with the names its readers know; lines stay. What is no Vietnamese name stays as
// it is: the headings of `columns`, the names of registers, every name that is known already.
[[nodiscard]] Node agency_in_known_names(const Node& root);
// The fields of an attestation file likewise.
[[nodiscard]] Node attestations_in_known_names(const Node& root);

// The Vietnamese name of a field, of a type of source; the name itself where there is none.
[[nodiscard]] std::string vietnamese_name(std::string_view known);
[[nodiscard]] std::string vietnamese_type(std::string_view known);
// An error that names fields or types, told in Vietnamese by both names: "tên (name), địa danh
// (place)".
[[nodiscard]] Error with_both_names(Error error);

}  // namespace khien
