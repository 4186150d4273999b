// Password stores as offices export them, told apart by content: pwdump and secretsdump, LDIF
// (OpenLDAP, Zimbra), shadow, and tables with a log-in and a hash column.
#pragma once

#include <string_view>

#include "base/error.h"
#include "engine/password/types.h"

namespace khien::password {

// K0980 no store we know, K0981 more than limits::password_entries. A row that cannot be made out
// is counted with its line, the rest goes on.
[[nodiscard]] Result<Store> read_store(std::string_view bytes, std::string_view place);

[[nodiscard]] bool looks_like_ldif(std::string_view text);
[[nodiscard]] Result<Store> read_ldif(std::string_view text, std::string_view place);
void note_bad(Store& store, std::uint64_t line);

}  // namespace khien::password
