// libxlsxwriter writes to a file only, so a private folder holds it for a moment. Texts go through
// worksheet_write_string alone: "=cmd" stays four letters.
#include "report/register_template.h"

#include <ctime>

#include <xlsxwriter.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "report/errors.h"

namespace khien::report {
namespace {

constexpr lxw_row_t kHeadingRow = 2;   // 0: title, 1: what it is for
constexpr lxw_row_t kLastRow = 1000;   // drop-downs reach so far
constexpr std::size_t kListChars = 255;  // Excel's limit of a typed-in list, commas included

class TemplateBook {
 public:
  TemplateBook(lxw_workbook* book, const RegisterTemplate& what, const Texts& texts)
      : book_(book), what_(what), texts_(texts) {
    title_ = format(14, true);
    note_ = format(12, false);
    format_set_italic(note_);
    heading_ = format(12, true);
    format_set_align(heading_, LXW_ALIGN_CENTER);
    format_set_bg_color(heading_, 0xE7E6E6);
    example_ = format(12, false);
    format_set_italic(example_);
    format_set_font_color(example_, 0x7F7F7F);
    text_ = format(12, false);
    date_ = format(12, false);
    format_set_num_format(date_, "dd/mm/yyyy");
    datetime_ = format(12, false);
    format_set_num_format(datetime_, "dd/mm/yyyy hh:mm");
    for (lxw_format* one : {heading_, example_, text_}) {
      format_set_text_wrap(one);
      format_set_border(one, LXW_BORDER_THIN);
    }
  }

  void write() {
    fill_sheet();
    help_sheet();
  }

 private:
  lxw_format* format(double size, bool bold) {
    lxw_format* f = workbook_add_format(book_);
    format_set_font_name(f, "Times New Roman");
    format_set_font_size(f, size);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (bold) format_set_bold(f);
    return f;
  }

  static void put(lxw_worksheet* sheet, lxw_row_t row, std::size_t column, const std::string& words,
                  lxw_format* f) {
    worksheet_write_string(sheet, row, static_cast<lxw_col_t>(column), words.c_str(), f);
  }

  void fill_sheet() {
    lxw_worksheet* s = workbook_add_worksheet(book_, texts_("register.sheet.fill").c_str());
    worksheet_set_paper(s, 9);  // A4
    worksheet_set_landscape(s);
    worksheet_fit_to_pages(s, 1, 0);
    put(s, 0, 0, what_.title, title_);
    put(s, 1, 0, what_.help, note_);
    put(s, kHeadingRow, 0, texts_("register.column.number"), heading_);
    worksheet_set_column(s, 0, 0, 8, nullptr);
    for (std::size_t i = 0; i < what_.columns.size(); ++i) column(s, i + 1, what_.columns[i]);
    if (!what_.filled) put(s, kHeadingRow + 1, 0, texts_("register.example"), example_);
    for (std::size_t r = 0; r < what_.rows.size(); ++r) {
      const auto row = static_cast<lxw_row_t>(kHeadingRow + 1 + r);
      put(s, row, 0, std::to_string(r + 1), text_);
      for (std::size_t i = 0; i < what_.rows[r].size(); ++i) {
        put(s, row, i + 1, what_.rows[r][i], text_);
      }
    }
    worksheet_repeat_rows(s, kHeadingRow, kHeadingRow);
    worksheet_freeze_panes(s, kHeadingRow + 1, 2);
  }

  void column(lxw_worksheet* s, std::size_t at, const TemplateColumn& c) {
    const auto col = static_cast<lxw_col_t>(at);
    put(s, kHeadingRow, at, c.heading + (c.required ? " (*)" : ""), heading_);
    const double width = static_cast<double>(
        std::max(code_points(c.heading) + 4, std::min<std::size_t>(code_points(c.example), 36)));
    lxw_format* f = c.kind == "date" ? date_ : c.kind == "datetime" ? datetime_ : nullptr;
    worksheet_set_column(s, col, col, std::clamp(width, 12.0, 40.0), f);
    if (!what_.filled) put(s, kHeadingRow + 1, at, c.example, example_);
    if (!c.choices.empty()) drop_down(s, col, c.choices);
  }

  static void drop_down(lxw_worksheet* s, lxw_col_t col, std::vector<std::string> words) {
    std::vector<char*> list;
    std::size_t length = 0;
    for (std::string& word : words) {
      if (word.find(',') != std::string::npos) return;  // a comma would split the word in two
      length += code_points(word) + 1;
      list.push_back(word.data());
    }
    if (length > kListChars) return;
    list.push_back(nullptr);
    lxw_data_validation rule{};
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = list.data();
    rule.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
    worksheet_data_validation_range(s, kHeadingRow + 1, col, kLastRow, col, &rule);
  }

  void help_sheet() {
    lxw_worksheet* s = workbook_add_worksheet(book_, texts_("register.sheet.help").c_str());
    worksheet_set_paper(s, 9);
    worksheet_fit_to_pages(s, 1, 0);
    lxw_row_t row = 0;
    put(s, row++, 0, what_.title, title_);
    for (const char* id : {"register.help.fill", "register.help.required", "register.help.example",
                           "register.help.nothing", "register.help.check"}) {
      put(s, row++, 0, texts_(std::string(id)), note_);
    }
    ++row;
    const double widths[] = {34, 22, 60, 40};
    const char* heads[] = {"column", "type", "meaning", "example"};
    for (std::size_t i = 0; i < 4; ++i) {
      const auto col = static_cast<lxw_col_t>(i);
      worksheet_set_column(s, col, col, widths[i], nullptr);
      put(s, row, i, texts_(std::string("register.help_head.") + heads[i]), heading_);
    }
    for (const TemplateColumn& c : what_.columns) {
      ++row;
      put(s, row, 0, c.heading + (c.required ? " (*)" : ""), text_);
      put(s, row, 1, texts_("register.type." + c.kind), text_);
      put(s, row, 2, c.help, text_);
      put(s, row, 3, c.example, text_);
    }
  }

  lxw_workbook* book_;
  const RegisterTemplate& what_;
  const Texts& texts_;
  lxw_format *title_, *note_, *heading_, *example_, *text_, *date_, *datetime_;
};

}  // namespace

Result<std::string> register_template(const RegisterTemplate& what, const Texts& texts,
                                      std::int64_t created_at) {
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  const std::string path = folder.path() / "register.xlsx";
  std::string tmp = folder.path();
  lxw_workbook_options options{};
  options.tmpdir = tmp.data();
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  if (book == nullptr) return fail(err::report_xlsx, "", {{"detail", "workbook"}});
  lxw_doc_properties properties{};
  properties.created = static_cast<time_t>(created_at / 1000);
  workbook_set_properties(book, &properties);
  TemplateBook(book, what, texts).write();
  const lxw_error status = workbook_close(book);
  if (status != LXW_NO_ERROR) {
    return fail(err::report_xlsx, "", {{"detail", lxw_strerror(status)}});
  }
  return read_file(path, limits::zip_total_bytes);
}

}  // namespace khien::report
