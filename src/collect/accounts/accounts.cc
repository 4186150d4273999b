// One pass over the rows under the header. Rows that are no data (group titles, footers, a header
// printed again) are told from data that lacks its key by how much stands in them.
#include "collect/accounts/accounts.h"

#include <algorithm>
#include <cctype>
#include <unordered_set>

#include "base/text.h"
#include "collect/accounts/account_row.h"
#include "collect/accounts/errors.h"
#include "collect/accounts/staff_row.h"
#include "collect/source/row_cells.h"
#include "people/missing_ids.h"
#include "people/staff_key.h"

namespace khien {
namespace {

constexpr const char* kVersion = "0.2";
constexpr std::ptrdiff_t kMergedCells = 3;  // of one text in a row

// Columns that only help to find the person or tell another column's value: no control asks for
// them.
bool only_helps(std::string_view field) {
  static constexpr std::string_view all[] = {
      "staff_id", "agency", "title", "phone", "birth_on", "last_name", "middle_name",
      "first_name", "disabled", "account_control", "password_required", "password_expires",
      "administrator", "password_reversible", "password_cannot_change", "preauth_not_required",
      "smartcard_required", "left_on", "left_reason", "principal_type", "role_attributes",
      "account_flags", "activated"};
  return std::find(std::begin(all), std::end(all), field) != std::end(all);
}

// What no column of its own says may stand in another.
bool told_otherwise(std::string_view field, const Header& header) {
  static constexpr std::pair<std::string_view, std::string_view> all[] = {
      {"enabled", "activated"},
      {"enabled", "disabled"},
      {"enabled", "account_control"},
      {"enabled", "account_flags"},
      {"enabled", "role_attributes"},
      {"role", "role_attributes"},
      {"password_never_expires", "account_control"},
      {"password_never_expires", "password_expires"},
      {"password_not_required", "account_control"},
      {"password_not_required", "password_required"},
      {"status_on", "left_on"},
      {"status", "left_on"}};
  return std::any_of(std::begin(all), std::end(all), [&](const auto& pair) {
    return pair.first == field && header.find(pair.second) != nullptr;
  });
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

constexpr std::string_view kAccounts = "account";

class Importer {
 public:
  Importer(const Table& table, const ImportSpec& spec, const Lexicon& lexicon, const char* name)
      : table_(table), spec_(spec), lexicon_(lexicon), name_(name) {}

  // `key`: the field without which a row is no data. `use` fills one row.
  // `begin` sees the header first.
  template <class Begin, class Use>
  Result<Import> run(const std::string& key, Begin&& begin, Use&& use) {
    KHIEN_TRY(header_, lexicon_.find_header(table_, name_, spec_.columns, spec_.source));
    if (!holds_log_ins(header_, table_)) {
      return fail(err::no_log_ins, spec_.source, {{"heading", header_.find("login")->header}});
    }
    decide_dates(header_, table_);
    complete_names(header_, table_);
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
      const bool told = header_.find(field) != nullptr || told_otherwise(field, header_);
      if (!told && !only_helps(field)) problems.lacking(field);
    }
    for (std::size_t i = header_.row + 1; i < table_.rows.size(); ++i) {
      const RowCells cells(header_, table_.rows[i], lexicon_, problems);
      if (is_data(cells, table_.rows[i], key, facts)) use(cells, facts.rows);
    }
    write_problems(problems, facts);
    finish(facts);
    name_unread(problems, out);
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
    std::ptrdiff_t same = 0;  // a merged cell has its text in all its columns
    for (const std::string& cell : row.cells) {
      same += cell == value;
      if (cell.empty() || cell == value) continue;
      if (!is_running_number(cell)) return false;
      counted = counted || std::isdigit(static_cast<unsigned char>(cell[0])) == 0;
    }
    return counted || same >= kMergedCells || !like_a_name(value);
  }

  bool is_data(const RowCells& cells, const TableRow& row, const std::string& key,
               TableFacts& facts) {
    const std::string value = cells.text(key);
    if (is_no_account(cells, value)) {
      ++others_;
      return false;
    }
    if (value.empty()) {
      const std::size_t few = std::min<std::size_t>(2, header_.columns.size() / 2);
      if (cells.filled() <= few) return false;  // a group title, a footer
      ++without_key_;
      cells.unreadable(key, "reason.accounts.row_without_key");
      facts.reason = "reason.accounts.row_without_key";
      return false;
    }
    if (value == header_.find(key)->header) return false;  // the header of the next printed page
    if (is_rule_or_count(cells, value)) return false;
    // A log-in has no space: "Văn phòng" in its column heads a group, and so does a merged line.
    const bool may_head = key == "full_name" || value.find(' ') != std::string::npos ||
                          std::count(row.cells.begin(), row.cells.end(), value) >= kMergedCells;
    if (may_head && heads_a_group(row, value)) {
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

  // Groups, computers, contacts; who is everybody to SharePoint; the guest whom Drupal counts among
  // its users, with no name, no address and closed.
  [[nodiscard]] bool is_no_account(const RowCells& cells, const std::string& value) const {
    if (lexicon_.is(cells.text("principal_type"), "no_accounts")) return true;
    if (name_ != kAccounts) return false;
    if (value.empty()) {
      const std::string state = cells.text("enabled");
      const bool closed = lexicon_.is(state, "no") || lexicon_.is(state, "locked");
      return closed && cells.text("display_name").empty() && cells.text("mail").empty() &&
             cells.text("staff_id").empty();
    }
    return claims_group(value) || (spec_.scope == "directory" && value.ends_with('$'));
  }

  // "-----" under the headings and "(6 rows affected)" of programs that ask databases.
  static bool is_rule_or_count(const RowCells& cells, const std::string& value) {
    const bool count = value.front() == '(' && value.back() == ')' && cells.filled() == 1;
    return count || (value.size() > 1 && value.find_first_not_of('-') == std::string::npos);
  }

  // Words of states that say nothing to us are quoted: the people and accounts that have them are
  // not judged.
  void name_unread(const Problems& problems, Import& out) const {
    for (const char* field : {"enabled", "activated", "disabled", "status"}) {
      const std::string words = problems.words(field);
      if (words.empty()) continue;
      out.problems.push_back({err::state_words, spec_.source,
                              {{"heading", header_.find(field)->header}, {"words", words}}});
    }
  }

  void finish(TableFacts& facts) const {
    const auto note = [&](const std::string& text) {
      facts.detail += (facts.detail.empty() ? "" : "; ") + text;
    };
    if (group_rows_ > 0) note("group rows: " + std::to_string(group_rows_));
    if (others_ > 0) note("roles, groups, computers: " + std::to_string(others_));
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
  int others_ = 0;  // rows of what is no account
  int repeated_ = 0;
  int without_key_ = 0;
};

// A login may stand twice in one export with different contents: both are kept, told apart.
std::string unique_key(std::map<std::string, int>& used, const std::string& key) {
  const int n = ++used[key];
  return n == 1 ? key : key + "#" + std::to_string(n);
}

void no_begin(const Header&) {}

}  // namespace

Result<Import> import_accounts(const Table& table, const ImportSpec& spec,
                               const Lexicon& lexicon) {
  std::map<std::string, int> used;
  ColumnHabits habits;
  const auto begin = [&](const Header& header) {
    habits = column_habits(table, header, lexicon);
  };
  return Importer(table, spec, lexicon, "account")
      .run("login", begin, [&](const RowCells& cells, std::vector<Row>& rows) {
        Row row = account_row(cells, spec, lexicon, habits);
        std::string prefix = spec.app.empty() ? spec.source : spec.app;
        if (!spec.agency.empty()) prefix += "/" + spec.agency;  // each agency has its own vanthu
        row["account_key"] = unique_key(used, prefix + ":" + fold(text_of(row, "login")));
        rows.push_back(std::move(row));
      });
}

Result<Import> import_staff(const Table& table, const ImportSpec& spec, const Lexicon& lexicon) {
  std::map<std::string, int> used;
  std::map<int, std::string> shown;  // ids the running number gives
  StaffList list;
  const auto begin = [&](const Header& header) {
    shown = ids_by_running_number(table, header);
    list = staff_list(table, header, spec.source, lexicon);
  };
  return Importer(table, spec, lexicon, "staff")
      .run("full_name", begin, [&](const RowCells& cells, std::vector<Row>& rows) {
        Row row = staff_row(cells, spec, lexicon, list);
        std::string key = cells.text("staff_id");
        if (const auto at = shown.find(cells.number()); key.empty() && at != shown.end()) {
          row["shown_id"] = at->second;
        }
        const bool given = !key.empty();
        if (!given) {
          key = made_staff_key(text_of(row, "full_name"), text_of(row, "birth_on"),
                               text_of(row, "unit"));
        }
        key = unique_key(used, key);  // an id written twice is two people until names say one
        row["staff_key"] = key;
        if (given) row["staff_id"] = key;
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
