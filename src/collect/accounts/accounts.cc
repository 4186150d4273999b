// One pass over the rows under the header. Rows that are no data (group titles, footers, a header
// printed again) are told from data that lacks its key by how much stands in them.
#include "collect/accounts/accounts.h"

#include <algorithm>
#include <cctype>
#include <unordered_set>

#include "base/text.h"
#include "collect/source/row_cells.h"
#include "people/missing_ids.h"
#include "people/staff_key.h"

namespace khien {
namespace {

constexpr const char* kVersion = "0.2";
constexpr std::size_t kRowsToTell = 5;  // fewer rows tell nothing of a column's habit

// Columns that only help to find the person: no control asks for them.
bool helps_the_join(std::string_view field) {
  return field == "staff_id" || field == "agency" || field == "title" || field == "phone" ||
         field == "birth_on";
}

// 12, 1.2, IV, b
bool is_running_number(std::string_view text) {
  if (!text.empty() && (text.back() == '.' || text.back() == ')')) text.remove_suffix(1);
  const auto all_of = [&](std::string_view allowed) {
    return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
  };
  const bool letter = text.size() == 1 && std::isalpha(static_cast<unsigned char>(text[0])) != 0;
  return all_of("0123456789.") || all_of("IVXLC") || all_of("ivxlc") || letter;
}

// Every word begins with a capital: "Ngô Thị Sáu", not "Văn phòng", "VĂN PHÒNG".
bool like_a_name(std::string_view text) {
  bool small = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::u32string word = to_u32(text.substr(at, end - at));
    if (word.empty() || !is_upper(word.front())) return false;
    small = small || std::any_of(word.begin(), word.end(), [](char32_t c) {
      return is_letter(c) && !is_upper(c);
    });
    at = end + 1;
  }
  return small;
}

class Importer {
 public:
  Importer(const Table& table, const ImportSpec& spec, const Lexicon& lexicon, const char* name)
      : table_(table), spec_(spec), lexicon_(lexicon), name_(name) {}

  // `key`: the field without which a row is no data. `use` fills one row.
  // `begin` sees the header first.
  template <class Begin, class Use>
  Result<Import> run(const std::string& key, Begin&& begin, Use&& use) {
    KHIEN_TRY(header_, lexicon_.find_header(table_, name_, spec_.columns, spec_.source));
    decide_dates(header_, table_);
    begin(header_);
    Import out;
    out.mapping = header_.columns;
    out.unused = unused_columns(header_, table_);
    look_for_groups();
    out.collection.collector = "account_file";
    out.collection.collector_version = kVersion;
    out.collection.source = spec_.source;
    TableFacts& facts = out.collection.tables[name_];
    Problems problems;
    for (const std::string& field : lexicon_.fields(name_)) {
      if (header_.find(field) == nullptr && !helps_the_join(field)) problems.lacking(field);
    }
    for (std::size_t i = header_.row + 1; i < table_.rows.size(); ++i) {
      const RowCells cells(header_, table_.rows[i], lexicon_, problems);
      if (is_data(cells, table_.rows[i], key, facts)) use(cells, facts.rows);
    }
    write_problems(problems, facts);
    finish(facts);
    return out;
  }

 private:
  // Where rows fill many columns, one that holds a running number and one text heads a group.
  void look_for_groups() {
    std::size_t full = 0;
    for (std::size_t i = header_.row + 1; i < table_.rows.size(); ++i) {
      const auto& cells = table_.rows[i].cells;
      const auto filled = std::count_if(cells.begin(), cells.end(),
                                        [](const std::string& c) { return !c.empty(); });
      full += filled > 3;
    }
    groups_ = full * 2 > table_.rows.size() - header_.row - 1;
  }

  [[nodiscard]] bool heads_a_group(const TableRow& row, const std::string& value) const {
    if (!groups_) return false;
    bool counted = false;  // by letters: I, II, A, b
    for (const std::string& cell : row.cells) {  // a merged cell has its text in all its columns
      if (cell.empty() || cell == value) continue;
      if (!is_running_number(cell)) return false;
      counted = counted || std::isdigit(static_cast<unsigned char>(cell[0])) == 0;
    }
    return counted || !like_a_name(value);
  }

  bool is_data(const RowCells& cells, const TableRow& row, const std::string& key,
               TableFacts& facts) {
    const std::string value = cells.text(key);
    if (value.empty()) {
      const std::size_t few = std::min<std::size_t>(2, header_.columns.size() / 2);
      if (cells.filled() <= few) return false;  // a group title, a footer
      ++without_key_;
      cells.unreadable(key, "reason.accounts.row_without_key");
      facts.reason = "reason.accounts.row_without_key";
      return false;
    }
    if (value == header_.find(key)->header) return false;  // the header of the next printed page
    // A log-in has no space: "Văn phòng" in its column heads a group.
    if ((key == "full_name" || value.find(' ') != std::string::npos) &&
        heads_a_group(row, value)) {
      ++group_rows_;
      return false;
    }
    std::string all;
    for (const MappedColumn& column : header_.columns) {
      all += cells.raw(column);
      all += '\x1F';
    }
    if (seen_.insert(std::move(all)).second) return true;
    ++repeated_;
    return false;
  }

  void finish(TableFacts& facts) const {
    const auto note = [&](const std::string& text) {
      facts.detail += (facts.detail.empty() ? "" : "; ") + text;
    };
    if (group_rows_ > 0) note("group rows: " + std::to_string(group_rows_));
    if (repeated_ > 0) note("repeated rows: " + std::to_string(repeated_));
    if (table_.uncounted > 0) {
      note("formulas without value: " + std::to_string(table_.uncounted));
      facts.reason = "reason.accounts.formula_without_value";
    }
    if (without_key_ > 0 || table_.uncounted > 0) facts.status = TableFacts::Status::partial;
  }

  const Table& table_;
  const ImportSpec& spec_;
  const Lexicon& lexicon_;
  const char* name_;
  Header header_;
  std::unordered_set<std::string> seen_;
  bool groups_ = false;
  int group_rows_ = 0;
  int repeated_ = 0;
  int without_key_ = 0;
};

void put_enabled(const RowCells& cells, const Lexicon& lexicon, Row& row) {
  const std::string state = cells.text("enabled");
  if (state.empty()) return;
  const bool on = lexicon.is(state, "enabled") || lexicon.is(state, "yes");
  const bool off = lexicon.is(state, "locked") || lexicon.is(state, "no");
  if (on == off) return cells.unreadable("enabled", "reason.accounts.unreadable_word");
  row["enabled"] = std::int64_t{on};
  row["locked"] = std::int64_t{off};
}

void put_shared(const RowCells& cells, const Lexicon& lexicon, Row& row) {
  const std::string kind = cells.text("shared_declared");
  if (kind.empty()) return;
  const bool shared = lexicon.is(kind, "shared") || lexicon.is(kind, "yes");
  const bool own = lexicon.is(kind, "personal") || lexicon.is(kind, "no");
  if (shared == own) return cells.unreadable("shared_declared", "reason.accounts.unreadable_word");
  row["shared_declared"] = std::int64_t{shared};
}

// Applications write a date when a password is changed or a person logs in, and nothing before. In
// a column most rows of which are filled, an empty cell says "never"; in a mostly empty one,
// nothing.
struct EmptyMeansNever {
  bool changed = false;
  bool logged_in = false;
};

EmptyMeansNever empty_means(const Table& table, const Header& header) {
  const auto mostly_filled = [&](const char* field) {
    const MappedColumn* column = header.find(field);
    const MappedColumn* login = header.find("login");
    if (column == nullptr || login == nullptr) return false;
    std::size_t rows = 0;
    std::size_t filled = 0;
    for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
      const auto& cells = table.rows[i].cells;
      const auto has = [&](int at) {
        return static_cast<std::size_t>(at) <= cells.size() &&
               !cells[static_cast<std::size_t>(at) - 1].empty();
      };
      if (!has(login->column)) continue;
      ++rows;
      filled += has(column->column);
    }
    return rows >= kRowsToTell && filled * 2 >= rows;
  };
  return {mostly_filled("password_changed_at"), mostly_filled("last_login_at")};
}

// "Chưa đổi" is knowledge: the password is still the one handed out.
void put_password_change(const RowCells& cells, const Lexicon& lexicon,
                         const EmptyMeansNever& empty, Row& row) {
  const std::string value = cells.text("password_changed_at");
  const bool never = lexicon.is(value, "never_changed") || (value.empty() && empty.changed);
  if (!never) return cells.put_instant(row, "password_changed_at");
  for (const char* from : {"issued_at", "created_at"}) {
    if (!row.contains(from)) continue;
    row["password_changed_at"] = row[from];
    row["password_changed_at_precision"] = std::string("ms");  // exactly then, whatever the hour
    return;
  }
  cells.unreadable("password_changed_at", "reason.accounts.never_changed_no_issue");
}

void put_last_login(const RowCells& cells, const Lexicon& lexicon, const EmptyMeansNever& empty,
                    Row& row) {
  const std::string value = cells.text("last_login_at");
  if (value.empty() && !empty.logged_in) return;
  const bool never = value.empty() || lexicon.is(value, "never_logged_in");
  if (!never) cells.put_instant(row, "last_login_at");
  if (never || row.contains("last_login_at")) row["never_logged_in"] = std::int64_t{never};
}

Row account_row(const RowCells& cells, const ImportSpec& spec, const Lexicon& lexicon,
                const EmptyMeansNever& empty) {
  Row row;
  row.reserve(24);
  row["scope"] = spec.scope;
  if (!spec.app.empty()) row["app"] = spec.app;
  for (const char* field : {"login", "display_name", "mail", "unit", "role", "agency", "title",
                            "phone"}) {
    cells.put_text(row, field);
  }
  if (!row.contains("agency") && !spec.agency.empty()) row["agency"] = spec.agency;
  cells.put_date(row, "birth_on");
  if (std::string id = cells.text("staff_id"); !id.empty()) row["staff_key"] = std::move(id);
  for (const char* field : {"created_at", "issued_at"}) cells.put_instant(row, field);
  for (const char* field : {"password_must_change", "password_never_expires",
                            "password_not_required", "mfa"}) {
    cells.put_flag(row, field);
  }
  put_enabled(cells, lexicon, row);
  put_shared(cells, lexicon, row);
  put_password_change(cells, lexicon, empty, row);
  put_last_login(cells, lexicon, empty, row);
  if (const auto role = row.find("role"); role != row.end()) {
    row["privileged"] = std::int64_t{lexicon.is_privileged(to_text(role->second))};
  }
  return row;
}

// A login may stand twice in one export with different contents: both are kept, told apart.
std::string unique_key(std::map<std::string, int>& used, const std::string& key) {
  const int n = ++used[key];
  return n == 1 ? key : key + "#" + std::to_string(n);
}

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

void put_status(const RowCells& cells, const Lexicon& lexicon, Row& row) {
  const std::string written = cells.text("status");
  if (written.empty()) return;
  std::string status = status_of(written, lexicon);
  if (status.empty()) return cells.unreadable("status", "reason.accounts.unreadable_word");
  const bool gone = status == "left" || status == "transferred";
  row["status"] = std::move(status);
  if (!gone || row.contains("status_on")) return;
  for (std::string_view rest = written; !rest.empty();) {  // the day may stand beside the word
    const std::size_t end = std::min(rest.find_first_of(" (),;"), rest.size());
    const std::string word(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto at = word.size() < 8 ? std::nullopt : parse_moment(word, DayOrder::dmy);
    if (!at) continue;
    row["status_on"] = to_iso(at->day);
    return;
  }
}

void no_begin(const Header&) {}

}  // namespace

Result<Import> import_accounts(const Table& table, const ImportSpec& spec,
                               const Lexicon& lexicon) {
  std::map<std::string, int> used;
  EmptyMeansNever empty;
  const auto begin = [&](const Header& header) { empty = empty_means(table, header); };
  return Importer(table, spec, lexicon, "account")
      .run("login", begin, [&](const RowCells& cells, std::vector<Row>& rows) {
        Row row = account_row(cells, spec, lexicon, empty);
        std::string prefix = spec.app.empty() ? spec.source : spec.app;
        if (!spec.agency.empty()) prefix += "/" + spec.agency;  // each agency has its own vanthu
        row["account_key"] = unique_key(used, prefix + ":" + fold(text_of(row, "login")));
        rows.push_back(std::move(row));
      });
}

Result<Import> import_staff(const Table& table, const ImportSpec& spec, const Lexicon& lexicon) {
  std::map<std::string, int> used;
  std::map<int, std::string> shown;  // ids the running number gives
  const auto begin = [&](const Header& header) { shown = ids_by_running_number(table, header); };
  return Importer(table, spec, lexicon, "staff")
      .run("full_name", begin, [&](const RowCells& cells, std::vector<Row>& rows) {
        Row row;
        row.reserve(12);
        for (const char* field : {"full_name", "unit", "title", "mail", "phone", "agency"}) {
          cells.put_text(row, field);
        }
        if (!row.contains("agency") && !spec.agency.empty()) row["agency"] = spec.agency;
        cells.put_date(row, "birth_on");
        cells.put_date(row, "status_on");
        put_status(cells, lexicon, row);
        if (row.contains("title")) row["function"] = lexicon.function_of(text_of(row, "title"));
        std::string key = cells.text("staff_id");
        if (const auto at = shown.find(cells.number()); key.empty() && at != shown.end()) {
          row[kShownId] = at->second;
        }
        if (key.empty()) {
          key = made_staff_key(text_of(row, "full_name"), text_of(row, "birth_on"),
                               text_of(row, "unit"));
        }
        row["staff_key"] = unique_key(used, key);
        rows.push_back(std::move(row));
      });
}

Result<Import> import_password_rules(const Table& table, const ImportSpec& spec,
                                     const Lexicon& lexicon) {
  std::map<std::string, int> used;
  return Importer(table, spec, lexicon, "password_rule")
      .run("app", no_begin, [&](const RowCells& cells, std::vector<Row>& rows) {
        Row row;
        row["scope"] = spec.scope;
        for (const char* field : {"app", "source", "as_written"}) cells.put_text(row, field);
        for (const char* field : {"min_length", "classes_count", "history", "max_age_days",
                                  "lockout_tries"}) {
          cells.put_integer(row, field);
        }
        for (const char* field : {"need_digit", "need_letter", "need_lower", "need_upper",
                                  "need_special", "change_on_issue"}) {
          cells.put_flag(row, field);
        }
        if (!row.contains("source")) row["source"] = spec.source;
        row["rule_key"] = unique_key(used, text_of(row, "app"));
        rows.push_back(std::move(row));
      });
}

}  // namespace khien
