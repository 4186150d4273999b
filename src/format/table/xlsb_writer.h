// A small XLSB made in memory, for tests and the fuzzer: records in, container out.
#pragma once

#include <cstdint>
#include <string>

#include "format/table/zip_writer.h"

namespace khien::testing {

inline std::string little(std::uint64_t value, int size = 4) {
  std::string out;
  for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

inline std::string varint(std::uint32_t value) {
  std::string out;
  for (; value > 0x7F; value >>= 7) out += static_cast<char>((value & 0x7F) | 0x80);
  return out + static_cast<char>(value);
}

inline std::string record12(std::uint32_t kind, const std::string& body) {
  return varint(kind) + varint(static_cast<std::uint32_t>(body.size())) + body;
}

inline std::string wide12(std::u16string_view text) {
  std::string out = little(text.size());
  for (const char16_t c : text) out += little(c, 2);
  return out;
}

inline std::string row12(std::uint32_t row) { return record12(0, little(row) + little(0)); }

inline std::string cell12(std::uint32_t kind, std::uint32_t column, const std::string& value,
                          std::uint32_t style = 0) {
  return record12(kind, little(column) + little(style) + value);
}

struct Xlsb {
  std::string sheet;    // records of the sheet "S"
  std::string shared;   // ... and of the shared strings
  std::string second;   // records of a sheet "H"; "" = none
  std::uint32_t second_state = 1;  // 0 shown, 1 hidden, 2 hidden from the menu too
  std::uint32_t book_flags = 0;    // 1: days are counted from 1904
  std::string second_type = "worksheet";
};

// Cell styles: 0 general, 1 dd/mm/yyyy (built-in 14), 2 own format with text in quotes.
inline std::string make_xlsb(const Xlsb& in) {
  const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto link = [&](const std::string& id, const std::string& kind, const std::string& to) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + type + kind + "\" Target=\"" + to + "\"/>";
  };
  const auto bundle = [](std::uint32_t state, const std::string& id, std::u16string_view name) {
    return record12(156, little(state) + little(1) + id + wide12(name));
  };
  std::string book = record12(131, "") + record12(153, little(in.book_flags)) +
                     bundle(0, wide12(u"rId1"), u"S");
  std::string links = link("rId1", "worksheet", "worksheets/sheet1.bin") +
                      link("rId3", "styles", "styles.bin") +
                      link("rId4", "sharedStrings", "sharedStrings.bin");
  if (!in.second.empty()) {
    book += bundle(in.second_state, wide12(u"rId2"), u"H");
    links += link("rId2", in.second_type, "worksheets/sheet2.bin");
  }
  const auto xf = [](std::uint32_t format) {
    return record12(47, little(0, 2) + little(format, 2) + std::string(12, '\0'));
  };
  const std::string styles =
      record12(44, little(170, 2) + wide12(u"\"day\" 0.00")) + record12(626, little(1)) + xf(14) +
      record12(627, "") + record12(617, little(3)) + xf(0) + xf(14) + xf(170) + record12(618, "");
  return make_zip({{"_rels/.rels", "<Relationships>" + link("r", "officeDocument",
                                                            "xl/workbook.bin") +
                                       "</Relationships>"},
                   {"xl/workbook.bin", book + record12(132, "")},
                   {"xl/_rels/workbook.bin.rels", "<Relationships>" + links + "</Relationships>"},
                   {"xl/styles.bin", styles},
                   {"xl/sharedStrings.bin", in.shared},
                   {"xl/worksheets/sheet1.bin", in.sheet},
                   {"xl/worksheets/sheet2.bin", in.second}});
}

}  // namespace khien::testing
