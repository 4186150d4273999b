// XLSB ([MS-XLSB]), what Excel calls a binary workbook: the package of XLSX with binary parts. The
// part a table needs: workbook, styles (only: is this a date?), shared strings, one sheet.
#include "base/text.h"
#include "format/errors.h"
#include "format/table/biff12.h"
#include "format/table/cell_value.h"
#include "format/table/office_package.h"
#include "format/table/pick_sheet.h"
#include "format/table/table.h"

namespace khien {
namespace {

constexpr std::size_t kSharedStrings = 2'000'000;

class BinaryBook {
 public:
  BinaryBook(ZipParts parts, std::string place)
      : parts_(std::move(parts)), place_(std::move(place)) {}

  Done open() {
    KHIEN_TRY(const std::string book, document_part(parts_, "xl/workbook.bin", place_));
    if (!parts_.has(book)) return broken("no " + book);
    KHIEN_TRY(const auto links, package_links(parts_, book, place_));
    std::map<std::string, PackageLink> by_id;
    for (const PackageLink& link : links) {
      by_id[link.id] = link;
      if (link.is("styles")) KHIEN_DO(each(link.target, &BinaryBook::style));
      if (link.is("sharedStrings")) KHIEN_DO(each(link.target, &BinaryBook::shared));
    }
    links_ = std::move(by_id);
    KHIEN_DO(each(book, &BinaryBook::global));
    if (sheets_.empty()) return broken("no sheets");
    return {};
  }

  Result<Table> table(const std::string& wanted) {
    return pick_sheet(sheets_, wanted, "xlsb", place_,
                      [this](const Sheet& sheet) { return read(sheet); });
  }

 private:
  struct Sheet {
    std::string name, part;
    bool hidden = false;
  };

  [[nodiscard]] tl::unexpected<Error> broken(const std::string& detail) const {
    return fail(err::table_broken, place_, {{"format", "XLSB"}, {"detail", detail}});
  }

  Done each(const std::string& part, Done (BinaryBook::*take)(biff12::Record&)) {
    KHIEN_TRY(const std::string bytes, parts_.read(part));
    biff12::Reader reader(bytes);
    biff12::Record r;
    while (reader.next(r)) {
      KHIEN_DO((this->*take)(r));
      if (r.body.cut()) return broken(part + ": record " + std::to_string(r.kind));
    }
    if (reader.cut()) return broken(part + ": cut");
    return {};
  }

  Done global(biff12::Record& r) {
    if (r.kind == biff12::kBookProperties) date_1904_ = (r.body.u32() & 1) != 0;
    if (r.kind != biff12::kSheet) return {};
    Sheet sheet;
    sheet.hidden = r.body.u32() != 0;
    r.body.skip(4);
    const auto link = links_.find(biff12::wide_string(r.body));
    sheet.name = biff12::wide_string(r.body);
    if (link == links_.end() || !link->second.may_hold_cells()) return {};
    sheet.part = link->second.target;
    sheets_.push_back(std::move(sheet));
    return {};
  }

  Done style(biff12::Record& r) {
    if (r.kind == biff12::kFormat) {
      const auto id = static_cast<int>(r.body.u16());
      formats_[id] = is_date_format(biff12::wide_string(r.body));
    }
    if (r.kind == biff12::kBeginCellXfs) in_cell_styles_ = true;
    if (r.kind == biff12::kEndCellXfs) in_cell_styles_ = false;
    if (r.kind != biff12::kXf || !in_cell_styles_) return {};
    r.body.skip(2);
    const auto id = static_cast<int>(r.body.u16());
    const auto own = formats_.find(id);
    date_style_.push_back(own != formats_.end() ? own->second : is_builtin_date(id));
    return {};
  }

  Done shared(biff12::Record& r) {
    if (r.kind != biff12::kSharedItem) return {};
    if (shared_.size() >= kSharedStrings) return broken("shared strings");
    shared_.push_back(biff12::rich_string(r.body));
    return {};
  }

  Result<Table> read(const Sheet& sheet) {
    Table out;
    out.format = "xlsb";
    out.sheet = sheet.name;
    row_ = 0;
    TableBuilder builder(out, place_);
    KHIEN_TRY(const std::string bytes, parts_.read(sheet.part));
    biff12::Reader reader(bytes);
    biff12::Record r;
    while (reader.next(r)) {
      KHIEN_DO(record(r, builder));
      if (r.body.cut()) return broken(sheet.part + ": record " + std::to_string(r.kind));
    }
    if (reader.cut()) return broken(sheet.part + ": cut");
    builder.finish();
    return out;
  }

  Done record(biff12::Record& r, TableBuilder& builder) {
    if (r.kind == biff12::kMerged) {
      merged(r.body, builder);
      return {};
    }
    if (r.kind == biff12::kRow) {
      const std::uint32_t row = r.body.u32();
      const auto last = static_cast<std::uint32_t>(row_);
      if (row >= kLastRow || row < last) return broken("row order");
      row_ = static_cast<int>(row) + 1;
      column_ = std::string::npos;  // the next is 0
      return {};
    }
    const bool brief = r.kind >= biff12::kShortBlank && r.kind <= biff12::kShortShared;
    if (r.kind > biff12::kShortShared && r.kind != biff12::kCellRich) return {};
    if (row_ == 0) return broken("cell without a row");
    column_ = brief ? column_ + 1 : std::size_t{r.body.u32()};
    const std::uint32_t style = r.body.u32() & 0xFFFFFF;
    const auto long_form = static_cast<biff12::Kind>(
        brief ? r.kind - biff12::kShortBlank + biff12::kCellBlank : r.kind);
    KHIEN_TRY(const std::string text, value(long_form, style, r.body));
    if (r.body.cut()) return {};
    return builder.cell(row_, column_, text);
  }

  Result<std::string> value(biff12::Kind kind, std::uint32_t style, biff::Body& b) const {
    const bool date = style < date_style_.size() && date_style_[style];
    switch (kind) {
      case biff12::kCellRk: return number_text(biff::rk_number(b.u32()), date, date_1904_);
      case biff12::kCellReal:
      case biff12::kFormulaNumber: return number_text(biff::real_number(b), date, date_1904_);
      case biff12::kCellBool:
      case biff12::kFormulaBool: return std::string(b.u8() != 0 ? "TRUE" : "FALSE");
      case biff12::kCellError:
      case biff12::kFormulaError: return std::string("#N/A");
      case biff12::kCellText:
      case biff12::kFormulaText: return biff12::wide_string(b);
      case biff12::kCellRich: return biff12::rich_string(b);
      case biff12::kCellShared: {
        const std::uint32_t index = b.u32();
        if (index >= shared_.size()) return broken("shared string " + std::to_string(index));
        return shared_[index];
      }
      default: return std::string();  // blank
    }
  }

  static void merged(biff::Body& b, TableBuilder& builder) {
    const std::uint32_t top = b.u32();
    const std::uint32_t bottom = b.u32();
    const std::size_t left = b.u32();
    const std::size_t right = b.u32();
    if (b.cut() || top >= kLastRow || bottom >= kLastRow) return;
    builder.merged(static_cast<int>(top) + 1, static_cast<int>(bottom) + 1, left, right);
  }

  ZipParts parts_;
  std::string place_;
  std::map<std::string, PackageLink> links_;
  std::vector<Sheet> sheets_;
  std::vector<std::string> shared_;
  std::map<int, bool> formats_;
  std::vector<bool> date_style_;
  bool in_cell_styles_ = false;
  bool date_1904_ = false;
  int row_ = 0;
  std::size_t column_ = 0;
};

}  // namespace

Result<Table> read_xlsb(std::string_view bytes, const std::string& place,
                        const std::string& sheet) {
  KHIEN_TRY(ZipParts parts, ZipParts::open(bytes, place,
                                          {err::xlsx_broken, err::xlsx_bomb, err::table_password}));
  BinaryBook book(std::move(parts), place);
  KHIEN_DO(book.open());
  return book.table(sheet);
}

}  // namespace khien
