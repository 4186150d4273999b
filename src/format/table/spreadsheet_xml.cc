// SpreadsheetML 2003, the XML that programs write and call .xls.
#include <pugixml.hpp>

#include "base/limits.h"
#include "base/text.h"
#include "format/errors.h"
#include "format/table/cell_value.h"
#include "format/table/pick_sheet.h"
#include "format/table/table.h"

namespace khien {
namespace {

int number(const pugi::xml_node& node, std::string_view attribute, int otherwise) {
  for (const pugi::xml_attribute& a : node.attributes()) {
    if (local(a.name()) == attribute) return std::clamp(a.as_int(otherwise), 0, kLastRow);
  }
  return otherwise;
}

std::string attribute_of(const pugi::xml_node& node, std::string_view attribute) {
  for (const pugi::xml_attribute& a : node.attributes()) {
    if (local(a.name()) == attribute) return a.value();
  }
  return "";
}

// Rich text is HTML inside: <ss:Data><B>Tên</B></ss:Data>.
void add_rich_text(const pugi::xml_node& node, int depth, std::string& out) {
  for (const pugi::xml_node& c : node.children()) {
    out += c.value();
    if (depth < 16) add_rich_text(c, depth + 1, out);
  }
}

std::string value_of(const pugi::xml_node& cell, Table& out) {
  for (const pugi::xml_node& data : cell.children()) {
    if (local(data.name()) != "Data") continue;
    std::string text;
    add_rich_text(data, 0, text);
    const std::string type = attribute_of(data, "Type");
    if (type == "Boolean") return text == "1" ? "TRUE" : "FALSE";
    if (type == "DateTime") {
      if (text.ends_with(".000")) text.resize(text.size() - 4);
      if (text.ends_with("T00:00:00")) text.resize(text.size() - 9);
    }
    return text;
  }
  if (!attribute_of(cell, "Formula").empty()) ++out.uncounted;
  return "";
}

// A cell without a place of its own stands in the next one no merged cell covers.
class Covered {
 public:
  void add(int row, int column, int across, int down) {
    const int last = std::min<int>(column + across, limits::table_columns);
    for (int c = column; c <= last; ++c) until_[c] = row + down;
  }
  [[nodiscard]] int next_free(int row, int column) const {
    for (auto at = until_.find(column); at != until_.end() && at->second >= row;) {
      at = until_.find(++column);
    }
    return column;
  }

 private:
  std::map<int, int> until_;  // column, 1-based, to row
};

Done read_rows(const pugi::xml_node& sheet, Table& out, const std::string& place) {
  TableBuilder builder(out, place);
  Covered covered;
  int row = 0;
  for (const pugi::xml_node& r : sheet.children()) {
    if (local(r.name()) != "Row") continue;
    const int stated = number(r, "Index", row + 1);
    if (stated <= row) {
      return fail(err::table_broken, place, {{"format", "XML"}, {"detail", "row order"}});
    }
    row = stated;
    int column = 0;  // 1-based
    int last = 0;
    for (const pugi::xml_node& c : r.children()) {
      if (local(c.name()) != "Cell") continue;
      column = number(c, "Index", 0);
      if (column == 0) column = covered.next_free(row, last + 1);
      const std::string text = value_of(c, out);
      const auto at = static_cast<std::size_t>(column - 1);
      KHIEN_DO(builder.cell(row, at, text));
      const int across = number(c, "MergeAcross", 0);
      const int down = number(c, "MergeDown", 0);
      if (across + down > 0) {
        builder.merged(row, row + down, at, at + static_cast<std::size_t>(across));
        covered.add(row, column, across, down);
      }
      last = column + across;
    }
    row += number(r, "Span", 0);
  }
  builder.finish();
  return {};
}

struct Sheet {
  std::string name;
  pugi::xml_node node;
  bool hidden = false;
};

Result<Table> read_sheet(const Sheet& sheet, const std::string& place) {
  Table out;
  out.format = "xml";
  out.sheet = sheet.name;
  for (const pugi::xml_node& table : sheet.node.children()) {
    if (local(table.name()) == "Table") KHIEN_DO(read_rows(table, out, place));
  }
  return out;
}

}  // namespace

Result<Table> read_spreadsheet_xml(std::string_view bytes, const std::string& place,
                                   const std::string& wanted) {
  pugi::xml_document doc;
  const auto parsed = doc.load_buffer(bytes.data(), bytes.size());
  if (!parsed) {
    return fail(err::table_broken, place, {{"format", "XML"}, {"detail", parsed.description()}});
  }
  std::vector<Sheet> sheets;
  for (const pugi::xml_node& sheet : doc.document_element().children()) {
    if (local(sheet.name()) == "Worksheet") sheets.push_back({attribute_of(sheet, "Name"), sheet});
  }
  return pick_sheet(sheets, wanted, "xml", place,
                    [&](const Sheet& sheet) { return read_sheet(sheet, place); });
}

}  // namespace khien
