// staff.staff_key: what accounts are joined to. The id of the list (column staff_id); where it
// gives none, made of what it does give; where two people have one id, the id and who of them.
// Nothing is read out of a key: what it was made of stands in columns.
#pragma once

#include <string>
#include <string_view>

namespace khien {

// A hash: the key is not personal data, name and birth date are.
[[nodiscard]] std::string made_staff_key(std::string_view name, std::string_view birth_on,
                                         std::string_view unit);

// `by`: the agency, or a number where the list names none.
[[nodiscard]] std::string staff_key_told_apart(std::string_view id, std::string_view by);

}  // namespace khien
