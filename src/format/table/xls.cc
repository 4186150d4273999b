// Workbooks of Excel 5 to 2003 ([MS-XLS]), from the first visible sheet with cells. Our own reader
// and not libfreexl: that one opens paths and loads converters from files, which a worker may not,
// and knows nothing of merged cells (docs/decisions/0006-read-xls-ourselves.md).
#include <bit>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "format/errors.h"
#include "format/table/biff.h"
#include "format/table/cell_value.h"
#include "format/table/ole.h"
#include "format/table/pick_sheet.h"
#include "format/table/table.h"

namespace khien {
namespace {

using biff::Record;

constexpr std::size_t kCells = 4'000'000;
constexpr std::size_t kShared = 2'000'000;

struct XlsCell {
  int row = 0;
  std::size_t column = 0;
  std::string text;
};

class XlsBook {
 public:
  XlsBook(std::string stream, std::string place)
      : stream_(std::move(stream)), place_(std::move(place)) {}

  Done open() {
    biff::Reader reader(stream_, 0);
    Record r;
    if (!reader.next(r) || r.kind != biff::kBof) return broken("no BOF");
    const std::uint32_t version = r.body.u16();
    if (version != 0x0600 && version != 0x0500) return fail(err::xls_ancient, place_);
    wide_ = version == 0x0600;
    while (reader.next(r) && r.kind != biff::kEof) KHIEN_DO(global(r));
    if (reader.cut()) return broken("cut");
    if (sheets_.empty()) return broken("no sheets");
    return {};
  }

  Result<Table> table(const std::string& wanted) {
    return pick_sheet(sheets_, wanted, "xls", place_,
                      [this](const Sheet& sheet) { return read(sheet); });
  }

 private:
  struct Sheet {
    std::string name;
    std::size_t at = 0;
    bool hidden = false;
  };

  [[nodiscard]] tl::unexpected<Error> broken(const std::string& detail) const {
    return fail(err::table_broken, place_, {{"format", "XLS"}, {"detail", detail}});
  }

  Done global(Record& r) {
    switch (r.kind) {
      case biff::kFilePass: return fail(err::table_password, place_);
      case biff::kCodePage: code_page_ = r.body.u16(); break;
      case biff::kDateMode: date_1904_ = r.body.u16() == 1; break;
      case biff::kFormat: {
        const auto id = static_cast<int>(r.body.u16());
        const std::size_t count = wide_ ? r.body.u16() : r.body.u8();
        formats_[id] = is_date_format(wide_ ? r.body.unicode(count) : r.body.bytes(count));
        break;
      }
      case biff::kXf: {
        r.body.skip(2);
        const auto id = static_cast<int>(r.body.u16());
        const auto own = formats_.find(id);
        date_style_.push_back(own != formats_.end() ? own->second : is_builtin_date(id));
        break;
      }
      case biff::kBoundSheet: {
        Sheet s;
        s.at = r.body.u32();
        s.hidden = (r.body.u8() & 3) != 0;
        const bool is_table = r.body.u8() == 0;
        s.name = text(r.body, r.body.u8());
        if (is_table) sheets_.push_back(std::move(s));
        break;
      }
      case biff::kSst: return shared(r);
      default: break;
    }
    return {};
  }

  Done shared(Record& r) {
    r.body.skip(4);
    const std::size_t count = r.body.u32();
    if (count > kShared) return broken("shared strings");
    for (std::size_t i = 0; i < count && !r.body.cut(); ++i) {
      const std::size_t size = r.body.u16();
      std::string one = r.body.unicode(size);
      if (r.body.cut()) return broken("shared string " + std::to_string(i));
      shared_.push_back(std::move(one));
    }
    return {};
  }

  std::string text(biff::Body& body, std::size_t count) const {
    if (wide_) return body.unicode(count);
    const std::string bytes = body.bytes(count);
    const std::string name = "windows-" + std::to_string(code_page_);
    UErrorCode status = U_ZERO_ERROR;
    const bool known = code_page_ >= 1250 && code_page_ <= 1258;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> conv(
        ucnv_open(known ? name.c_str() : "windows-1252", &status), ucnv_close);
    if (U_FAILURE(status)) return "";
    std::string out;
    icu::UnicodeString(bytes.data(), static_cast<std::int32_t>(bytes.size()), conv.get(), status)
        .toUTF8String(out);
    return out;
  }

  std::string number(double value, std::uint32_t style) const {
    const bool date = style < date_style_.size() && date_style_[style];
    return number_text(value, date, date_1904_);
  }

  Result<Table> read(const Sheet& sheet) {
    cells_.clear();
    Table out;
    out.format = "xls";
    out.sheet = sheet.name;
    TableBuilder builder(out, place_);
    biff::Reader reader(stream_, sheet.at);
    Record r;
    if (!reader.next(r) || r.kind != biff::kBof) return broken("sheet " + sheet.name);
    for (int depth = 1; depth > 0 && reader.next(r);) {  // charts lie inside
      if (r.kind == biff::kBof) ++depth;
      if (r.kind == biff::kEof) --depth;
      if (depth == 1) KHIEN_DO(record(r, out, builder));
      if (r.body.cut()) return broken("record");
    }
    if (reader.cut()) return broken("cut");
    std::stable_sort(cells_.begin(), cells_.end(),
                     [](const XlsCell& a, const XlsCell& b) { return a.row < b.row; });
    for (const XlsCell& cell : cells_) KHIEN_DO(builder.cell(cell.row, cell.column, cell.text));
    builder.finish();
    return out;
  }

  Done add(int row, std::size_t column, std::string text) {
    if (text.empty()) return {};
    if (cells_.size() >= kCells) return broken("too many cells");
    cells_.push_back({row, column, std::move(text)});
    return {};
  }

  Done record(Record& r, Table& out, TableBuilder& builder) {
    biff::Body& b = r.body;
    if (r.kind == biff::kFilePass) return fail(err::table_password, place_);
    if (r.kind == biff::kString) {
      const bool asked = waiting_;
      waiting_ = false;
      return asked ? add(row_, column_, text(b, b.u16())) : Done{};
    }
    if (r.kind == biff::kMerged) return merged(b, builder);
    const bool is_cell = r.kind == biff::kLabelSst || r.kind == biff::kLabel ||
                         r.kind == biff::kRString || r.kind == biff::kNumber ||
                         r.kind == biff::kRk || r.kind == biff::kMulRk ||
                         r.kind == biff::kBoolErr || r.kind == biff::kFormula;
    if (!is_cell) return {};
    row_ = static_cast<int>(b.u16()) + 1;
    column_ = b.u16();
    if (r.kind == biff::kMulRk) return many(b);
    const std::uint32_t style = b.u16();
    switch (r.kind) {
      case biff::kLabelSst: {
        const std::size_t index = b.u32();
        if (index >= shared_.size()) return broken("shared string " + std::to_string(index));
        return add(row_, column_, shared_[index]);
      }
      case biff::kLabel:
      case biff::kRString: return add(row_, column_, text(b, b.u16()));
      case biff::kRk: return add(row_, column_, number(biff::rk_number(b.u32()), style));
      case biff::kNumber: return add(row_, column_, number(biff::real_number(b), style));
      case biff::kBoolErr: {
        const std::uint32_t value = b.u8();
        if (b.u8() != 0) return add(row_, column_, "#N/A");
        return add(row_, column_, value != 0 ? "TRUE" : "FALSE");
      }
      default: return formula(b, style, out);
    }
  }

  // The kept result: a number, or 0xFFFF at its end and the kind at its start.
  Done formula(biff::Body& b, std::uint32_t style, Table&) {
    const std::string value = b.bytes(8);
    if (value.size() < 8) return broken("formula");
    if (little_u16(value, 6) != 0xFFFF) {
      const std::uint64_t low = little_u32(value, 0);
      const std::uint64_t high = little_u32(value, 4);
      return add(row_, column_, number(std::bit_cast<double>(low | (high << 32)), style));
    }
    waiting_ = value[0] == 0;
    if (value[0] == 1) return add(row_, column_, value[2] != 0 ? "TRUE" : "FALSE");
    if (value[0] == 2) return add(row_, column_, "#N/A");
    return {};
  }

  Done many(biff::Body& b) {
    const std::size_t size = b.first().size();
    if (size < 6) return broken("MULRK");
    for (std::size_t i = 0; i < (size - 6) / 6; ++i) {
      const std::uint32_t style = b.u16();
      KHIEN_DO(add(row_, column_ + i, number(biff::rk_number(b.u32()), style)));
    }
    return {};
  }

  static Done merged(biff::Body& b, TableBuilder& builder) {
    const std::uint32_t count = b.u16();
    for (std::uint32_t i = 0; i < count && !b.cut(); ++i) {
      const auto top = static_cast<int>(b.u16()) + 1;
      const auto bottom = static_cast<int>(b.u16()) + 1;
      const std::size_t left = b.u16();
      const std::size_t right = b.u16();
      if (!b.cut()) builder.merged(top, bottom, left, right);
    }
    return {};
  }

  std::string stream_;
  std::string place_;
  bool wide_ = true;
  bool date_1904_ = false;
  std::uint32_t code_page_ = 1252;
  std::map<int, bool> formats_;
  std::vector<bool> date_style_;
  std::vector<std::string> shared_;
  std::vector<Sheet> sheets_;
  std::vector<XlsCell> cells_;
  int row_ = 0;
  std::size_t column_ = 0;
  bool waiting_ = false;  // for the text of a formula
};

}  // namespace

Result<Table> read_xls(std::string_view bytes, const std::string& place,
                       const std::string& sheet) {
  KHIEN_TRY(const OleFile ole, OleFile::open(bytes, place, err::table_broken));
  if (ole.has("EncryptedPackage")) return fail(err::table_password, place);
  for (const char* name : {"Workbook", "Book"}) {
    if (!ole.has(name)) continue;
    KHIEN_TRY(std::string stream, ole.read(name));
    XlsBook book(std::move(stream), place);
    KHIEN_DO(book.open());
    return book.table(sheet);
  }
  return fail(err::table_unknown, place, {{"detail", "OLE"}});
}

}  // namespace khien
