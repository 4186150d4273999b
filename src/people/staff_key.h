// staff.staff_key, and the two things it says besides an id: that it was made for a person whose
// list gives no id ("p-3f2a..."), and which of several people with one id it means ("CB01@sb").
// Written and read here alone.
#pragma once

#include <string>
#include <string_view>

namespace khien {

// A hash: the key is not personal data, name and birth date are.
[[nodiscard]] std::string made_staff_key(std::string_view name, std::string_view birth_on,
                                         std::string_view unit);
[[nodiscard]] bool is_made_staff_key(std::string_view key);

// `by`: the agency, or a number where the list names none.
[[nodiscard]] std::string staff_key_told_apart(std::string_view id, std::string_view by);
// The id as the list wrote it.
[[nodiscard]] std::string_view id_in_staff_key(std::string_view key);

}  // namespace khien
