// What `csvde` exports of Active Directory: a heading "DN,objectClass,...", values as LDIF has
// them, several of one attribute apart by ';', bytes that are no text as X'hex'.
#pragma once

#include <string_view>
#include <vector>

#include "format/directory/ldif.h"
#include "format/table/table.h"

namespace khien::directory {

[[nodiscard]] bool looks_like_csvde(std::string_view head);
// As LDIF of the same entries would give them: attributes of kept_attributes() alone.
[[nodiscard]] std::vector<Entry> csvde_entries(const Table& table);

}  // namespace khien::directory
