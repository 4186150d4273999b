#include "collect/account_folder/unread.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "collect/account_folder/errors.h"

namespace khien {
namespace {

using std::string_view_literals::operator""sv;

bool holds(std::string_view head, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return head.find(name) != std::string_view::npos;
  });
}

std::string extension_of(const std::string& path) {
  const std::string out = fold(std::filesystem::path(path).extension().string());
  return out.empty() ? out : out.substr(1);
}

bool one_of(const std::string& text, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

Container zip_kind(std::string_view head, const std::string& extension) {
  if (holds(head, {"xl/workbook.bin"}) || extension == "xlsb") return Container::other;
  const bool workbook = holds(head, {"xl/workbook.xml", "xl/worksheets/", "xl/_rels/",
                                     "opendocument.spreadsheet"});
  if (workbook || one_of(extension, {"xlsx", "xlsm", "ods"})) return Container::none;
  if (holds(head, {"word/", "ppt/", "opendocument.", "META-INF/MANIFEST.MF"})) {
    return Container::other;
  }
  return one_of(extension, {"docx", "pptx", "odt", "odp"}) ? Container::other : Container::zip;
}

}  // namespace

Container container_of(std::string_view head, const std::string& path) {
  const std::string extension = extension_of(path);
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) {
    return zip_kind(head, extension);
  }
  if (head.starts_with("\xD0\xCF\x11\xE0")) {  // .xls, but also .doc and .msg
    const bool workbook = holds(head, {"W\0o\0r\0k\0b\0o\0o\0k"sv, "B\0o\0o\0k\0"sv});
    return one_of(extension, {"doc", "ppt", "msg"}) && !workbook ? Container::other
                                                                 : Container::none;
  }
  for (const std::string_view mark :
       {"Rar!\x1A\x07"sv, "7z\xBC\xAF\x27\x1C"sv, "\x1F\x8B"sv, "BZh"sv, "\xFD"
        "7zXZ"sv, "\x28\xB5\x2F\xFD"sv, "%PDF"sv, "{\\rtf"sv, "SQLite format 3"sv,
        "MSCF"sv}) {
    if (head.starts_with(mark)) return Container::other;
  }
  const bool tape = head.size() > 262 && head.substr(257).starts_with("ustar");
  const bool access = head.size() > 8 && head.substr(4).starts_with("Standard ");  // .mdb, .accdb
  return tape || access ? Container::other : Container::none;
}

Error unread_container(const std::string& path) {
  const std::string extension = extension_of(path);
  return Error{err::container_unread, path,
               {{"kind", extension.empty() ? "?" : ascii_upper(extension)}}};
}

std::optional<Error> unread_shape(const std::string& shape, const std::string& path) {
  if (shape == "sql") return Error{err::container_unread, path, {{"kind", "SQL"}}};
  if (shape == "potfile") return Error{err::clear_passwords, path, {}};
  if (shape == "addresses") return Error{err::addresses_alone, path, {}};
  return std::nullopt;
}

}  // namespace khien
