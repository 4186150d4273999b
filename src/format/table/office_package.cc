#include "format/table/office_package.h"

#include <pugixml.hpp>

#include "format/errors.h"

namespace khien {

Done load_xml(ZipParts& parts, const std::string& part, const std::string& place,
              std::string& kept, pugi::xml_document& out) {
  const auto broken = [&](const std::string& detail) {
    return fail(err::xlsx_broken, place, {{"detail", part + ": " + detail}});
  };
  KHIEN_TRY(kept, parts.read(part));
  if (kept.find("<!DOCTYPE") != std::string::npos) return broken("DOCTYPE");
  // White space alone matters in <t xml:space="preserve"> </t>; it is squeezed later anyway.
  const auto parsed = out.load_buffer_inplace(kept.data(), kept.size(), pugi::parse_default);
  if (!parsed) return broken(parsed.description());
  return {};
}

Result<std::vector<PackageLink>> package_links(ZipParts& parts, const std::string& part,
                                               const std::string& place) {
  const std::size_t slash = part.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
  const std::string list = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  std::vector<PackageLink> out;
  if (!parts.has(list)) return out;
  std::string kept;
  pugi::xml_document links;
  KHIEN_DO(load_xml(parts, list, place, kept, links));
  for (const pugi::xml_node& link : links.document_element().children()) {
    const std::string target = link.attribute("Target").value();
    out.push_back({link.attribute("Id").value(), link.attribute("Type").value(),
                   target.starts_with('/') ? target.substr(1) : folder + target});
  }
  return out;
}

Result<std::string> document_part(ZipParts& parts, const std::string& usual,
                                  const std::string& place) {
  KHIEN_TRY(const auto links, package_links(parts, "", place));
  for (const PackageLink& link : links) {
    if (!link.is("officeDocument")) continue;
    return parts.has(link.target) ? link.target : usual;
  }
  return usual;
}

}  // namespace khien
