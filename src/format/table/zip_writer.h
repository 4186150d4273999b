// A small XLSX made in memory, for tests and the bench: parts in, container out.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <zip.h>

namespace khien::testing {

using ZipPartsIn = std::vector<std::pair<std::string, std::string>>;


// "" when libzip refuses.
inline std::string make_zip(const ZipPartsIn& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* zip = memory == nullptr ? nullptr : zip_open_from_source(memory, ZIP_TRUNCATE, &error);
  if (zip == nullptr) return "";
  zip_source_keep(memory);
  for (const auto& [name, bytes] : parts) {
    zip_source_t* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
    if (zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) zip_source_free(source);
  }
  std::string out;
  zip_stat_t stat;
  if (zip_close(zip) == 0 && zip_source_stat(memory, &stat) == 0 && zip_source_open(memory) == 0) {
    out.resize(stat.size);
    const zip_int64_t n = zip_source_read(memory, out.data(), out.size());
    zip_source_close(memory);
    if (n != static_cast<zip_int64_t>(out.size())) out.clear();
  }
  zip_source_free(memory);
  return out;
}

// A workbook with one sheet "S" whose <worksheet> holds `sheet`; `shared` are <si> elements.
// Cell styles: 0 general, 1 dd/mm/yyyy (built-in 14), 2 own format with text in quotes.
inline std::string make_xlsx(const std::string& sheet, const std::string& shared = "",
                             const std::string& workbook_extra = "") {
  const std::string main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  const std::string links =
      "\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
  return make_zip(
      {{"xl/workbook.xml", "<workbook " + main + " xmlns:r=" + links + ">" + workbook_extra +
                               "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
                               "</workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
        "</Relationships>"},
       {"xl/styles.xml", "<styleSheet " + main +
                             "><numFmts><numFmt numFmtId=\"170\" formatCode='\"day\" 0.00'/>"
                             "</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
                             "<xf numFmtId=\"170\"/></cellXfs></styleSheet>"},
       {"xl/sharedStrings.xml", "<sst " + main + ">" + shared + "</sst>"},
       {"xl/worksheets/sheet1.xml", "<worksheet " + main + ">" + sheet + "</worksheet>"}});
}

}  // namespace khien::testing
