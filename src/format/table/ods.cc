// OpenDocument spreadsheets (ODF 1.2, part 1): content.xml of the container. Rows and cells may be
// repeated a million times; empty ones only move the place, others meet the limits of tables.
#include <set>

#include <pugixml.hpp>

#include "base/text.h"
#include "base/zip_parts.h"
#include "format/errors.h"
#include "format/table/cell_value.h"
#include "format/table/pick_sheet.h"
#include "format/table/table.h"

namespace khien {
namespace {

constexpr int kDeepest = 32;

std::string_view name_of(const pugi::xml_node& node) { return node.name(); }

int repeated(const pugi::xml_node& node, const char* attribute) {
  return std::clamp(node.attribute(attribute).as_int(1), 1, kLastRow);
}

void add_text(const pugi::xml_node& node, int depth, std::string& out) {
  if (depth > kDeepest) return;
  for (const pugi::xml_node& c : node.children()) {
    const std::string_view name = name_of(c);
    if (c.type() == pugi::node_pcdata || c.type() == pugi::node_cdata) out += c.value();
    else if (name == "text:s" || name == "text:tab" || name == "text:line-break") out += ' ';
    else if (name != "office:annotation" && name != "text:note") add_text(c, depth + 1, out);
  }
}

std::string paragraphs(const pugi::xml_node& cell) {
  std::string out;
  for (const pugi::xml_node& p : cell.children("text:p")) {
    if (!out.empty()) out += ' ';
    add_text(p, 0, out);
  }
  return out;
}

std::string value_of(const pugi::xml_node& cell) {
  const std::string_view type = cell.attribute("office:value-type").value();
  if (type == "date") {
    std::string date = cell.attribute("office:date-value").value();
    if (date.ends_with("T00:00:00")) date.resize(date.size() - 9);
    return date;
  }
  if (type == "boolean") {
    const bool yes = cell.attribute("office:boolean-value").as_bool();
    return yes ? "TRUE" : "FALSE";
  }
  if (type == "float") return cell.attribute("office:value").value();
  return paragraphs(cell);
}

class Sheets {
 public:
  Sheets(const pugi::xml_document& doc, std::string place) : doc_(doc), place_(std::move(place)) {}

  Result<Table> table(const std::string& wanted) {
    const pugi::xml_node root = doc_.document_element();
    find_hidden(root.child("office:automatic-styles"));
    const pugi::xml_node sheets = root.child("office:body").child("office:spreadsheet");
    if (!sheets) return fail(err::table_unknown, place_, {{"detail", "ODF"}});
    std::vector<Sheet> all;
    for (const pugi::xml_node& sheet : sheets.children("table:table")) {
      all.push_back({sheet.attribute("table:name").value(), sheet,
                     hidden_.contains(sheet.attribute("table:style-name").value())});
    }
    return pick_sheet(all, wanted, "ods", place_,
                      [this](const Sheet& sheet) { return read(sheet.node, sheet.name); });
  }

 private:
  struct Sheet {
    std::string name;
    pugi::xml_node node;
    bool hidden = false;
  };

  void find_hidden(const pugi::xml_node& styles) {
    for (const pugi::xml_node& style : styles.children("style:style")) {
      const pugi::xml_node look = style.child("style:table-properties");
      if (std::string_view(look.attribute("table:display").value()) == "false") {
        hidden_.insert(style.attribute("style:name").value());
      }
    }
  }

  Result<Table> read(const pugi::xml_node& sheet, const std::string& name) const {
    Table out;
    out.format = "ods";
    out.sheet = name;
    TableBuilder builder(out, place_);
    int row = 0;
    KHIEN_DO(rows(sheet, 0, row, builder));
    builder.finish();
    return out;
  }

  // Rows lie in groups and header groups as well.
  Done rows(const pugi::xml_node& parent, int depth, int& row, TableBuilder& builder) const {
    if (depth > kDeepest) {
      return fail(err::table_broken, place_, {{"format", "ODS"}, {"detail", "groups"}});
    }
    for (const pugi::xml_node& r : parent.children()) {
      const std::string_view name = name_of(r);
      if (name == "table:table-row-group" || name == "table:table-header-rows" ||
          name == "table:table-rows") {
        KHIEN_DO(rows(r, depth + 1, row, builder));
      }
      if (name != "table:table-row") continue;
      const int times = repeated(r, "table:number-rows-repeated");
      const bool empty = !r.find_child(
          [](const pugi::xml_node& c) { return !value_of(c).empty(); });
      for (int i = 1; !empty && i <= times; ++i) KHIEN_DO(cells(r, row + i, builder));
      row = std::min(row + times, kLastRow);
    }
    return {};
  }

  static Done cells(const pugi::xml_node& r, int row, TableBuilder& builder) {
    std::size_t column = 0;
    for (const pugi::xml_node& c : r.children()) {
      const bool covered = name_of(c) == "table:covered-table-cell";
      if (!covered && name_of(c) != "table:table-cell") continue;
      const auto times = static_cast<std::size_t>(repeated(c, "table:number-columns-repeated"));
      const std::string text = covered ? "" : value_of(c);
      for (std::size_t i = 0; !text.empty() && i < times; ++i) {
        KHIEN_DO(builder.cell(row, column + i, text));
      }
      const int wide = repeated(c, "table:number-columns-spanned");
      const int high = repeated(c, "table:number-rows-spanned");
      if (!text.empty() && (wide > 1 || high > 1)) {
        builder.merged(row, row + high - 1, column, column + static_cast<std::size_t>(wide) - 1);
      }
      column += times;
    }
    return {};
  }

  const pugi::xml_document& doc_;
  std::string place_;
  std::set<std::string> hidden_;
};

}  // namespace

Result<Table> read_ods(std::string_view bytes, const std::string& place,
                       const std::string& sheet) {
  const auto broken = [&](const std::string& detail) {
    return fail(err::table_broken, place, {{"format", "ODS"}, {"detail", detail}});
  };
  KHIEN_TRY(ZipParts parts, ZipParts::open(bytes, place,
                                           {err::xlsx_broken, err::xlsx_bomb,
                                            err::table_password}));
  if (parts.has("META-INF/manifest.xml")) {
    KHIEN_TRY(const std::string manifest, parts.read("META-INF/manifest.xml"));
    const bool locked = manifest.find("encryption-data") != std::string::npos;
    if (locked) return fail(err::table_password, place);
  }
  KHIEN_TRY(std::string text, parts.read("content.xml"));
  if (text.find("<!DOCTYPE") != std::string::npos) return broken("DOCTYPE");
  pugi::xml_document doc;
  const auto parsed = doc.load_buffer_inplace(
      text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!parsed) return broken(parsed.description());
  return Sheets(doc, place).table(sheet);
}

}  // namespace khien
