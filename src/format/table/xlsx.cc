// ECMA-376 SpreadsheetML, the part a table needs: workbook, styles (only: is this a date?), shared
// strings, one sheet. pugixml loads no DTD; a part that declares one is refused all the same.
#include <charconv>

#include <pugixml.hpp>

#include "base/text.h"
#include "base/zip_parts.h"
#include "format/errors.h"
#include "format/table/cell_value.h"
#include "format/table/office_package.h"
#include "format/table/pick_sheet.h"
#include "format/table/table.h"

namespace khien {
namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10;  // of rows, parsed at a time

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& c : node.children()) {
    if (local(c.name()) == name) return c;
  }
  return {};
}

// ECMA-376 22.9.2.19: "_x000D_" stands for the character with that number, "_x005F_" for "_".
std::string without_escapes(std::string text) {
  for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at)) {
    unsigned code = 0;
    const char* digits = text.data() + at + 2;
    const bool fits = at + 7 <= text.size() && text[at + 6] == '_';
    const auto read = fits ? std::from_chars(digits, digits + 4, code, 16)
                           : std::from_chars_result{digits, std::errc::invalid_argument};
    if (read.ec != std::errc() || read.ptr != digits + 4) {
      at += 2;
      continue;
    }
    const std::string letter =
        code == 0 || (code >= 0xD800 && code < 0xE000)
            ? " "
            : to_utf8(std::u32string(1, static_cast<char32_t>(code)));
    text.replace(at, 7, letter);
    at += letter.size();
  }
  return text;
}

// The text of <si> or <is>: all <t>, those of <r> runs too; phonetic runs (<rPh>) left out.
std::string rich_text(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& c : node.children()) {
    const std::string_view name = local(c.name());
    if (name == "t") out += c.text().get();
    if (name == "r") out += child(c, "t").text().get();
  }
  return without_escapes(std::move(out));
}

class Workbook {
 public:
  Workbook(ZipParts parts, std::string place)
      : parts_(std::move(parts)), place_(std::move(place)) {}

  Done open() {
    KHIEN_TRY(book_, document_part(parts_, "xl/workbook.xml", place_));
    if (!parts_.has(book_)) return broken("no " + book_);
    pugi::xml_document book;
    KHIEN_DO(load(book_, book));
    KHIEN_DO(sheets(book));
    KHIEN_DO(styles());
    return shared();
  }

  Result<Table> table(const std::string& wanted) {
    return pick_sheet(sheets_, wanted, "xlsx", place_,
                      [this](const Sheet& sheet) { return read(sheet); });
  }

 private:
  struct Sheet {
    std::string name, part;
    bool hidden = false;
  };

  [[nodiscard]] tl::unexpected<Error> broken(const std::string& detail) const {
    return fail(err::xlsx_broken, place_, {{"detail", detail}});
  }

  Done load(const std::string& part, pugi::xml_document& out) {
    texts_.push_back(std::make_unique<std::string>());
    return load_xml(parts_, part, place_, *texts_.back(), out);
  }

  Done sheets(const pugi::xml_document& book) {
    const pugi::xml_node root = book.document_element();
    date_1904_ = child(root, "workbookPr").attribute("date1904").as_bool();
    KHIEN_TRY(const auto links, package_links(parts_, book_, place_));
    std::map<std::string, std::string> targets;
    for (const PackageLink& link : links) {
      if (link.may_hold_cells()) targets[link.id] = link.target;
      if (link.is("styles")) styles_ = link.target;
      if (link.is("sharedStrings")) shared_part_ = link.target;
    }
    for (const pugi::xml_node& sheet : child(root, "sheets").children()) {
      Sheet s;
      s.name = sheet.attribute("name").value();
      s.hidden = sheet.attribute("state") && sheet.attribute("state").value() !=
                                                 std::string_view("visible");
      for (const pugi::xml_attribute& a : sheet.attributes()) {
        if (local(a.name()) == "id" && std::string_view(a.name()) != "sheetId") {
          s.part = targets[a.value()];
        }
      }
      if (!s.part.empty()) sheets_.push_back(std::move(s));
    }
    if (sheets_.empty()) return broken("no sheets");
    return {};
  }

  [[nodiscard]] std::string beside(const char* name) const {
    return book_.substr(0, book_.rfind('/') + 1) + name;
  }

  Done styles() {
    if (styles_.empty()) styles_ = beside("styles.xml");
    if (!parts_.has(styles_)) return {};
    pugi::xml_document doc;
    KHIEN_DO(load(styles_, doc));
    std::map<int, bool> custom;
    for (const pugi::xml_node& f : child(doc.document_element(), "numFmts").children()) {
      custom[f.attribute("numFmtId").as_int()] = is_date_format(f.attribute("formatCode").value());
    }
    for (const pugi::xml_node& x : child(doc.document_element(), "cellXfs").children()) {
      const int id = x.attribute("numFmtId").as_int();
      const auto own = custom.find(id);
      date_style_.push_back(own != custom.end() ? own->second : is_builtin_date(id));
    }
    return {};
  }

  Done shared() {
    if (shared_part_.empty()) shared_part_ = beside("sharedStrings.xml");
    if (!parts_.has(shared_part_)) return {};
    pugi::xml_document doc;
    KHIEN_DO(load(shared_part_, doc));
    for (const pugi::xml_node& si : doc.document_element().children()) {
      if (local(si.name()) == "si") shared_.push_back(rich_text(si));
    }
    return {};
  }

  std::string number(std::string_view text, std::size_t style) const {
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::string(text);
    return number_text(value, style < date_style_.size() && date_style_[style], date_1904_);
  }

  Result<std::string> value(const pugi::xml_node& cell, Table& out) const {
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr") return rich_text(child(cell, "is"));
    const pugi::xml_node v = child(cell, "v");
    const std::string_view text = v.text().get();
    if (text.empty()) {
      // Excel keeps an empty text as t="str" with an empty <v>; who counted nothing writes no type.
      const bool kept = type == "str" && v;
      if (child(cell, "f") && !kept) ++out.uncounted;
      return std::string();
    }
    if (type == "s") {
      std::size_t index = 0;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), index);
      if (read.ec != std::errc() || index >= shared_.size()) {
        return broken("shared string " + std::string(text));
      }
      return shared_[index];
    }
    if (type == "b") return std::string(text == "1" ? "TRUE" : "FALSE");
    if (type == "str") return without_escapes(std::string(text));
    if (type == "e" || type == "d") return std::string(text);
    return number(text, cell.attribute("s").as_uint());
  }

  // "BC12" -> 54 (0-based); npos when it is no reference.
  static std::size_t column_of(std::string_view reference) {
    std::size_t out = 0;
    std::size_t letters = 0;
    while (letters < reference.size() && letters < 4 && reference[letters] >= 'A' &&
           reference[letters] <= 'Z') {
      out = out * 26 + static_cast<std::size_t>(reference[letters] - 'A' + 1);
      ++letters;
    }
    return letters == 0 || letters > 3 ? std::string::npos : out - 1;
  }

  // The tree of a whole sheet would take ten times its text: rows are parsed some at a time.
  Result<Table> read(const Sheet& sheet) {
    Table out;
    out.format = "xlsx";
    out.sheet = sheet.name;
    TableBuilder builder(out, place_);
    KHIEN_TRY(std::string text, parts_.read(sheet.part));
    if (text.find("<!DOCTYPE") != std::string::npos) return broken(sheet.part + ": DOCTYPE");
    const SheetText parts = split(text);
    if (!parts.whole) return broken(sheet.part + ": sheetData");
    int row = 0;
    for (std::size_t at = parts.rows; at < parts.rows_end;) {
      std::size_t end = parts.rows_end;
      if (parts.rows_end - at > kChunk) {
        const std::size_t close = text.find(parts.row_end, at + kChunk);
        end = std::min(close + parts.row_end.size(), parts.rows_end);
        if (close == std::string::npos) end = parts.rows_end;
      }
      pugi::xml_document doc;
      const auto parsed = doc.load_buffer_inplace(text.data() + at, end - at,
                                                  pugi::parse_default | pugi::parse_fragment);
      if (!parsed) return broken(sheet.part + ": " + parsed.description());
      KHIEN_DO(rows(doc, row, out, builder));
      at = end;
    }
    merges(std::string_view(text).substr(parts.rows_end), builder);
    builder.finish();
    return out;
  }

  struct SheetText {
    bool whole = false;
    std::size_t rows = 0, rows_end = 0;  // what stands inside sheetData
    std::string row_end;                 // "</row>", with the sheet's own prefix
  };

  static SheetText split(const std::string& text) {
    SheetText out;
    const std::size_t name = text.find("sheetData");
    const std::size_t open = name == std::string::npos ? name : text.rfind('<', name);
    const std::size_t close = text.find('>', name);
    if (open == std::string::npos || close == std::string::npos) return out;
    const std::string prefix = text.substr(open + 1, name - open - 1);
    out.row_end = "</" + prefix + "row>";
    out.rows = out.rows_end = close + 1;
    out.whole = prefix.size() < 64;
    if (text[close - 1] == '/') return out;
    out.rows_end = text.find("</" + prefix + "sheetData", close);
    if (out.rows_end == std::string::npos) out.whole = false;
    return out;
  }

  Done rows(const pugi::xml_node& parent, int& row, Table& out, TableBuilder& builder) const {
    for (const pugi::xml_node& r : parent.children()) {
      if (local(r.name()) != "row") continue;
      const int stated = r.attribute("r").as_int(row + 1);
      if (stated <= row || stated > kLastRow) return broken("row order");
      row = stated;
      std::size_t column = 0;
      for (const pugi::xml_node& c : r.children()) {
        const std::string_view reference = c.attribute("r").value();
        if (!reference.empty()) column = column_of(reference);
        if (column == std::string::npos) return broken("cell reference");
        KHIEN_TRY(const std::string text, value(c, out));
        KHIEN_DO(builder.cell(row, column, text));
        ++column;
      }
    }
    return {};
  }

  static void merges(std::string_view tail, TableBuilder& builder) {
    const std::size_t begin = tail.find("mergeCells");
    const std::size_t end = tail.rfind("mergeCells");
    if (begin == std::string_view::npos || end == begin) return;
    const std::size_t open = tail.rfind('<', begin);
    pugi::xml_document doc;
    if (open == std::string_view::npos) return;
    const std::string part(tail.substr(open, tail.find('>', end) + 1 - open));
    if (!doc.load_buffer(part.data(), part.size())) return;
    for (const pugi::xml_node& range : doc.document_element().children()) {
      const std::string_view ref = range.attribute("ref").value();
      const std::size_t colon = ref.find(':');
      if (colon == std::string_view::npos) continue;
      const std::string_view from = ref.substr(0, colon);
      const std::string_view to = ref.substr(colon + 1);
      const std::size_t left = column_of(from);
      const std::size_t right = column_of(to);
      if (left != std::string::npos && right != std::string::npos) {
        builder.merged(row_of(from), row_of(to), left, right);
      }
    }
  }

  static int row_of(std::string_view reference) {
    const std::size_t digit = std::min(reference.find_first_of("0123456789"), reference.size());
    int out = 0;
    std::from_chars(reference.data() + digit, reference.data() + reference.size(), out);
    return out;
  }

  ZipParts parts_;
  std::string place_;
  std::vector<std::unique_ptr<std::string>> texts_;
  std::vector<Sheet> sheets_;
  std::vector<std::string> shared_;
  std::vector<bool> date_style_;
  std::string book_, styles_, shared_part_;  // parts, as the package names them
  bool date_1904_ = false;
};

}  // namespace

Result<Table> read_xlsx(std::string_view bytes, const std::string& place,
                        const std::string& sheet) {
  KHIEN_TRY(ZipParts parts, ZipParts::open(bytes, place,
                                          {err::xlsx_broken, err::xlsx_bomb, err::table_password}));
  Workbook book(std::move(parts), place);
  KHIEN_DO(book.open());
  return book.table(sheet);
}

}  // namespace khien
