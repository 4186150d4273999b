// What the parts of an Office package (ECMA-376, part 2) say of one another: which part is the
// workbook and which parts it links to. The workbook of XLSX is XML, that of XLSB binary; the links
// are XML in both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/zip_parts.h"

namespace pugi {
class xml_document;
}

namespace khien {

struct PackageLink {
  std::string id;
  std::string type;    // a URL whose last word counts: ".../worksheet"
  std::string target;  // a part's name from the top of the package
  [[nodiscard]] bool may_hold_cells() const { return !is("chartsheet") && !is("dialogsheet"); }
  [[nodiscard]] bool is(std::string_view word) const {
    return type.ends_with("/" + std::string(word));
  }
};

// A part of XML as a tree that points into `kept`. err::xlsx_broken: absent, malformed, a DOCTYPE.
[[nodiscard]] Done load_xml(ZipParts& parts, const std::string& part, const std::string& place,
                            std::string& kept, pugi::xml_document& out);
// The links of `part`, "" = of the package itself; none where it has no list. As load_xml().
[[nodiscard]] Result<std::vector<PackageLink>> package_links(ZipParts& parts,
                                                             const std::string& part,
                                                             const std::string& place);
// The part the package names as its document, where there is such a part; else `usual`.
[[nodiscard]] Result<std::string> document_part(ZipParts& parts, const std::string& usual,
                                                const std::string& place);

}  // namespace khien
