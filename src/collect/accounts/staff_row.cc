// Who has left stands in a column of states, in a day of leaving, in a list of its own ("Danh sách
// nghỉ hưu, thôi việc") or in the sheet beside the others. A day of leaving still to come leaves a
// person here: that day is kept with the state, controls compare it with the day they judge for.
#include "collect/accounts/staff_row.h"

#include <filesystem>

#include "base/text.h"

namespace khien {
namespace {

// "Nghỉ hưu (theo Nghị định 178)", "Nghỉ việc từ 01/03/2026", "Chuyển sang Sở Nội vụ".
std::string status_of(const std::string& written, const Lexicon& lexicon) {
  const std::string before(trim(std::string_view(written).substr(0, written.find_first_of("(,;"))));
  for (const std::string& text : {written, before}) {
    for (const char* name : {"working", "left", "transferred", "long_leave"}) {
      if (lexicon.is(text, name)) return name;
    }
  }
  const std::string list = lexicon.starts(written);
  return list == "unclear" ? "" : list;
}

// The day may stand beside the word: "Nghỉ việc từ 01/03/2026".
void put_day_beside(const std::string& written, Row& row) {
  for (std::string_view rest = written; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(" (),;"), rest.size());
    const std::string word(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto at = word.size() < 8 ? std::nullopt : parse_moment(word, DayOrder::dmy);
    if (!at) continue;
    row["status_on"] = to_iso(at->day);
    return;
  }
}

bool is_gone(const std::string& status) { return status == "left" || status == "transferred"; }

// What the row says without a column of states.
std::string status_beside(const RowCells& cells, const Lexicon& lexicon, const StaffList& list,
                          bool has_day) {
  const std::string reason = status_of(cells.text("left_reason"), lexicon);
  const bool leaves = has_day || list.status == "left";
  if (leaves) return is_gone(reason) ? reason : "left";
  if (list.has_left_on && !list.has_status) return "working";  // a day for those who leave
  return list.status;
}

void put_status(const RowCells& cells, const Lexicon& lexicon, const StaffList& list, Row& row) {
  cells.put_date(row, "status_on");
  const auto left_on = cells.moment("left_on");
  const bool unread_day = !left_on && !cells.text("left_on").empty();
  const std::string written = cells.text("status");
  std::string status;
  if (written.empty()) {
    if (!unread_day) status = status_beside(cells, lexicon, list, left_on.has_value());
  } else {
    status = status_of(written, lexicon);
    if (status.empty()) {
      cells.unreadable("status", "reason.accounts.unreadable_word");
      return cells.unreadable_word("status");
    }
  }
  if (left_on) {
    if (status == "working") status = "left";  // from that day on; a long leave ends
    if (!row.contains("status_on") || !list.has_status) row["status_on"] = to_iso(left_on->day);
  }
  if (status.empty()) return;
  if (is_gone(status) && !row.contains("status_on")) put_day_beside(written, row);
  row["status"] = std::move(status);
}

}  // namespace

StaffList staff_list(const Table& table, const Header& header, const std::string& source,
                     const Lexicon& lexicon) {
  StaffList out;
  out.has_status = header.find("status") != nullptr;
  out.has_left_on = header.find("left_on") != nullptr;
  std::vector<std::string> titles = {table.sheet};
  for (std::size_t i = 0; i < header.row && i < table.rows.size(); ++i) {
    for (const std::string& cell : table.rows[i].cells) titles.push_back(cell);
  }
  titles.push_back(std::filesystem::path(source).stem().string());
  for (const std::string& title : titles) {
    if (out.status.empty()) out.status = lexicon.status_of_title(title);
  }
  return out;
}

Row staff_row(const RowCells& cells, const ImportSpec& spec, const Lexicon& lexicon,
              const StaffList& list) {
  Row row;
  row.reserve(12);
  for (const char* field : {"full_name", "unit", "title", "mail", "phone", "agency"}) {
    cells.put_text(row, field);
  }
  if (!row.contains("agency") && !spec.agency.empty()) row["agency"] = spec.agency;
  cells.put_date(row, "birth_on");
  put_status(cells, lexicon, list, row);
  if (row.contains("title")) row["function"] = lexicon.function_of(text_of(row, "title"));
  return row;
}

}  // namespace khien
