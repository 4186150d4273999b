#include "collect/account_folder/unread.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "collect/account_folder/errors.h"
#include "format/archive/members.h"

namespace khien {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kZipHeader = 30;     // bytes before the first part's name
constexpr std::size_t kZipNameSize = 26;   // ... where its size stands

// The name of the first part of a zip.
std::string_view first_part(std::string_view head) {
  if (head.size() < kZipHeader) return "";
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(head[i]); };
  const std::size_t size = byte(kZipNameSize) + 256U * byte(kZipNameSize + 1);
  return head.substr(kZipHeader, size);
}

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

// A document is a zip whose first part tells what it is; an archive may hold whole documents.
Container zip_kind(std::string_view head, const std::string& extension) {
  if (one_of(extension, {"xlsx", "xlsm", "xlsb", "ods"})) return Container::none;
  if (one_of(extension, {"docx", "pptx", "odt", "odp"})) return Container::other;
  const std::string_view first = first_part(head);
  bool document = first == "mimetype" || first == "[Content_Types].xml";
  for (const std::string_view folder : {"_rels/"sv, "docProps/"sv, "word/"sv, "xl/"sv, "ppt/"sv,
                                        "META-INF/"sv}) {
    document = document || first.starts_with(folder);
  }
  if (!document) return Container::archive;
  const bool workbook = holds(head, {"xl/workbook.", "xl/worksheets/", "xl/_rels/",
                                     "opendocument.spreadsheet"});
  return workbook ? Container::none : Container::other;
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
  if (is_archive(head)) return Container::archive;
  for (const std::string_view mark : {"%PDF"sv, "{\\rtf"sv, "SQLite format 3"sv, "MSCF"sv}) {
    if (head.starts_with(mark)) return Container::other;
  }
  // Databases, mailboxes, what is encrypted, shortcuts to a file that stayed behind and downloads
  // that broke off have no mark of their own, or many.
  if (one_of(extension, {"dbf", "db", "bak", "dmp", "dump", "pst", "ost", "wps", "numbers", "gpg",
                         "pgp", "p7m", "enc", "age", "eml", "mht", "mhtml", "mbox", "lnk", "url",
                         "webloc", "part", "crdownload"})) {
    return Container::other;
  }
  const bool access = head.size() > 8 && head.substr(4).starts_with("Standard ");  // .mdb, .accdb
  return access ? Container::other : Container::none;
}

bool is_of_a_desktop(std::string_view name) {
  for (const std::string_view known : {".DS_Store", ".directory", "desktop.ini", "Thumbs.db"}) {
    if (name == known) return true;
  }
  return name.starts_with("~$") || name.starts_with("._") || name.starts_with(".~lock.");
}

Error unread_container(const std::string& path) {
  const std::string extension = extension_of(path);
  return Error{err::container_unread, path,
               {{"kind", extension.empty() ? "?" : ascii_upper(extension)}}};
}

std::optional<Error> unread_shape(const std::string& shape, const std::string& path) {
  if (shape == "xml") return Error{err::container_unread, path, {{"kind", "XML"}}};
  if (shape == "sql") return Error{err::container_unread, path, {{"kind", "SQL"}}};
  if (shape == "yaml") return Error{err::container_unread, path, {{"kind", "YAML"}}};
  if (shape == "config") return Error{err::container_unread, path, {{"kind", "CONFIG"}}};
  if (shape == "potfile") return Error{err::clear_passwords, path, {}};
  if (shape == "names") return Error{err::names_alone, path, {}};
  if (shape == "colons") return Error{err::container_unread, path, {{"kind", "user:..."}}};
  return std::nullopt;
}

// zmprov prints "userPassword: VALUE-BLOCKED".
bool shows_passwords(std::string_view ldif) {
  if (ldif.find("sambaNTPassword:") != std::string_view::npos) return true;
  constexpr std::string_view name = "userPassword:";
  for (std::size_t at = 0; (at = ldif.find(name, at)) != std::string_view::npos;) {
    at += name.size();
    if (!ldif.substr(at).starts_with(" VALUE-BLOCKED")) return true;
  }
  return false;
}

}  // namespace khien
