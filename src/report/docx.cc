// The zip and its fixed parts: content types, relations, styles, headers, properties.
#include "report/docx.h"

#include <array>

#include <fmt/format.h>
#include <zip.h>

#include "base/calendar.h"
#include "report/errors.h"
#include "report/xml.h"

namespace khien::report {
namespace {

constexpr const char* kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* kW =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
constexpr const char* kOffice =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string content_types() {
  std::string out = std::string(kXml) +
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      "<Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
  const std::string word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  const auto part = [&](const char* name, const std::string& type) {
    out += fmt::format("<Override PartName=\"{}\" ContentType=\"{}+xml\"/>", name, type);
  };
  part("/word/document.xml", word + "document.main");
  part("/word/styles.xml", word + "styles");
  part("/word/header1.xml", word + "header");
  part("/word/header2.xml", word + "header");
  part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties");
  return out + "</Types>";
}

std::string relations(std::initializer_list<std::array<std::string, 2>> items) {
  std::string out = std::string(kXml) +
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  int n = 0;
  for (const auto& [type, target] : items) {
    out += fmt::format("<Relationship Id=\"rId{}\" Type=\"{}\" Target=\"{}\"/>", ++n, type, target);
  }
  return out + "</Relationships>";
}

std::string styles(const Document& d) {
  return std::string(kXml) +
         fmt::format(
             "<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr>"
             "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
             "w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
             "<w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/>"
             "<w:lang w:val=\"{}\" w:eastAsia=\"vi-VN\"/></w:rPr></w:rPrDefault>"
             "<w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" "
             "w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
             "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
             "<w:name w:val=\"Normal\"/></w:style>"
             "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/>"
             "<w:basedOn w:val=\"Normal\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>"
             "<w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/>"
             "<w:basedOn w:val=\"Normal\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>"
             "</w:styles>",
             kW, static_cast<int>(kBodyPt * 2), static_cast<int>(kBodyPt * 2),
             d.lang == "vi" ? "vi-VN" : "en-GB");
}

// Page number in the middle of the top margin (not on page 1), the sample mark at its right end.
std::string header(const Document& d, bool with_number) {
  const int width = static_cast<int>(body_width(d) / 25.4 * 1440);
  std::string out = std::string(kXml) +
      fmt::format("<w:hdr {}><w:p><w:pPr><w:tabs><w:tab w:val=\"center\" w:pos=\"{}\"/>"
                  "<w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs></w:pPr>",
                  kW, width / 2, width);
  out += "<w:r><w:tab/></w:r>";
  if (with_number) {
    out += "<w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:fldChar w:fldCharType=\"begin\"/></w:r>"
           "<w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr>"
           "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
           "<w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:fldChar w:fldCharType=\"end\"/></w:r>";
  }
  if (!d.sample_mark.empty()) {
    out += fmt::format(
        "<w:r><w:tab/></w:r><w:r><w:rPr><w:b/>"
        "<w:sz w:val=\"24\"/><w:bdr w:val=\"single\" w:sz=\"8\" w:space=\"0\"/></w:rPr>"
        "<w:t xml:space=\"preserve\"> {} </w:t></w:r>",
        escaped(d.sample_mark));
  }
  return out + "</w:p></w:hdr>";
}

std::string core(const Document& d) {
  const std::string at = to_iso(local_date(d.created_at)) + "T00:00:00Z";
  return std::string(kXml) +
         fmt::format(
             "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/"
             "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
             "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
             "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>"
             "<dc:creator>{}</dc:creator><dc:language>{}</dc:language>"
             "<dcterms:created xsi:type=\"dcterms:W3CDTF\">{}</dcterms:created>"
             "</cp:coreProperties>",
             escaped(d.title), escaped(d.author), d.lang, at);
}

}  // namespace

Result<std::string> zip_of(const std::vector<ZipPart>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (memory == nullptr) return fail(err::report_zip, "", {{"detail", zip_error_strerror(&error)}});
  zip_source_keep(memory);  // outlives the archive, which owns one reference
  zip_t* zip = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
  if (zip == nullptr) {
    zip_source_free(memory);
    zip_source_free(memory);
    return fail(err::report_zip, "", {{"detail", zip_error_strerror(&error)}});
  }
  bool good = true;
  for (const ZipPart& part : parts) {
    zip_source_t* source = zip_source_buffer(zip, part.bytes.data(), part.bytes.size(), 0);
    const zip_int64_t index =
        source == nullptr ? -1 : zip_file_add(zip, part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      good = false;
      break;
    }
    const auto at = static_cast<zip_uint64_t>(index);
    zip_file_set_dostime(zip, at, 0, (1 << 5) | 1, 0);  // 1980-01-01: same input, same bytes
    zip_set_file_compression(zip, at, ZIP_CM_DEFLATE, 6);
  }
  if (!good || zip_close(zip) != 0) {
    const std::string detail = zip_strerror(zip);
    zip_discard(zip);
    zip_source_free(memory);
    return fail(err::report_zip, "", {{"detail", detail}});
  }
  std::string out;
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(memory, &stat) == 0 && zip_source_open(memory) == 0) {
    out.resize(stat.size);
    const zip_int64_t got = zip_source_read(memory, out.data(), out.size());
    out.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    zip_source_close(memory);
  }
  zip_source_free(memory);
  if (out.empty()) return fail(err::report_zip, "", {{"detail", "empty"}});
  return out;
}

Result<std::string> docx(const Document& d) {
  const std::string office = kOffice;
  const std::vector<ZipPart> parts = {
      {"[Content_Types].xml", content_types()},
      {"_rels/.rels",
       relations({{office + "officeDocument", "word/document.xml"},
                  {"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
                   "core-properties",
                   "docProps/core.xml"}})},
      {"docProps/core.xml", core(d)},
      {"word/document.xml", docx_body(d)},
      {"word/_rels/document.xml.rels",
       relations({{office + "styles", "styles.xml"}, {office + "header", "header1.xml"},
                  {office + "header", "header2.xml"}})},
      {"word/styles.xml", styles(d)},
      {"word/header1.xml", header(d, d.numbered)},
      {"word/header2.xml", header(d, false)},
  };
  return zip_of(parts);
}

}  // namespace khien::report
