// What lies in a folder and is not read, though accounts may stand in it: why, and what to do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace khien {

enum class Container {
  none,  // text, a workbook, or what holds no table: pictures
  archive,  // its members can be looked at
  other,  // documents and databases that are not opened: DOCX, PDF, SQLite ...
};
// By the first bytes; of a zip also by the names of its parts and its own.
[[nodiscard]] Container container_of(std::string_view head, const std::string& path);
// What programs leave beside files: locks of open workbooks, views of folders, halves of files.
[[nodiscard]] bool is_of_a_desktop(std::string_view name);
[[nodiscard]] Error unread_container(const std::string& path);
// For shapes of sniff_text() that are named and not read: sql, xml, yaml, config, potfile, names,
// colons.
[[nodiscard]] std::optional<Error> unread_shape(const std::string& shape, const std::string& path);

// Of an LDIF: values of passwords stand in it.
[[nodiscard]] bool shows_passwords(std::string_view ldif);

}  // namespace khien
