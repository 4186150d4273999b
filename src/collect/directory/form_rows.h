// Rows of the text forms (format/directory/text_forms.h).
#pragma once

#include "format/directory/text_forms.h"
#include "store/facts.h"

namespace khien::directory {

[[nodiscard]] Row policy_row(const WindowsPolicy& policy);
[[nodiscard]] std::vector<Row> user_rows(const std::vector<MailUser>& users);

}  // namespace khien::directory
