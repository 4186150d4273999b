// The look of every sheet: Times New Roman 12, borders, wrapped.
#include "report/sheet.h"

#include <ctime>

#include "base/file.h"
#include "base/limits.h"
#include "report/errors.h"

namespace khien::report {

Formats formats_of(lxw_workbook* book) {
  Formats f;
  for (lxw_format** one : {&f.title, &f.cell, &f.plain, &f.number, &f.big, &f.mark}) {
    *one = workbook_add_format(book);
    format_set_font_name(*one, "Times New Roman");
    format_set_font_size(*one, 12);
    format_set_align(*one, LXW_ALIGN_VERTICAL_TOP);
  }
  for (lxw_format* one : {f.title, f.cell}) {
    format_set_text_wrap(one);
    format_set_border(one, LXW_BORDER_THIN);
  }
  static constexpr std::array<std::pair<lxw_color_t, lxw_color_t>, 4> kVerdicts = {
      {{0xC6EFCE, 0x006100}, {0xFFEB9C, 0x7F6000}, {0xFFC7CE, 0x9C0006}, {0xE1E5EA, 0x3F4854}}};
  for (std::size_t v = 0; v < kVerdicts.size(); ++v) {
    lxw_format*& one = f.verdict[v] = workbook_add_format(book);
    format_set_font_name(one, "Times New Roman");
    format_set_font_size(one, 12);
    format_set_bold(one);
    format_set_text_wrap(one);
    format_set_border(one, LXW_BORDER_THIN);
    format_set_align(one, LXW_ALIGN_VERTICAL_TOP);
    format_set_bg_color(one, kVerdicts[v].first);
    format_set_font_color(one, kVerdicts[v].second);
  }
  format_set_border(f.number, LXW_BORDER_THIN);
  format_set_num_format(f.number, "#,##0");
  format_set_bold(f.title);
  format_set_align(f.title, LXW_ALIGN_CENTER);
  format_set_bg_color(f.title, 0xE7E6E6);
  format_set_bold(f.big);
  format_set_font_size(f.big, 14);
  format_set_bold(f.mark);
  return f;
}

Result<std::string> write_book(const std::string& author, std::int64_t created_ms,
                               const std::function<void(lxw_workbook*)>& fill) {
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  const std::string path = folder.path() / "book.xlsx";
  std::string tmp = folder.path();
  lxw_workbook_options options{};
  options.tmpdir = tmp.data();
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  if (book == nullptr) return fail(err::report_xlsx, "", {{"detail", "workbook"}});
  std::string name = clean(author);
  lxw_doc_properties properties{};
  properties.author = name.data();
  properties.created = static_cast<time_t>(created_ms / 1000);
  workbook_set_properties(book, &properties);
  fill(book);
  const lxw_error status = workbook_close(book);
  if (status != LXW_NO_ERROR) {
    return fail(err::report_xlsx, "", {{"detail", lxw_strerror(status)}});
  }
  return read_file(path, limits::zip_total_bytes);
}

}  // namespace khien::report
