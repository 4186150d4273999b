// A state may stand in three columns: one that says "in use", one that says the opposite, and
// userAccountControl. One that shuts the account is believed before one that opens it.
#include "collect/accounts/account_row.h"

#include <algorithm>

#include "base/text.h"
#include "format/directory/account_control.h"
#include "format/directory/values.h"

namespace khien {
namespace {

constexpr std::size_t kRowsToTell = 5;  // fewer rows tell nothing of a column's habit
constexpr int kFirstYear = 1990;        // before it a date is a zero somebody printed

enum class State { none, on, off, unread };

State state_of(const std::string& written, const Lexicon& lexicon, bool inverse) {
  if (written.empty()) return State::none;
  const std::string before(trim(std::string_view(written).substr(0, written.find('('))));
  for (const std::string& text : {written, before}) {
    const bool said_no = lexicon.is(text, "no");
    const bool said_yes = lexicon.is(text, "yes");
    const bool on = lexicon.is(text, "enabled") || (inverse ? said_no : said_yes);
    const bool off = lexicon.is(text, "locked") || (inverse ? said_yes : said_no);
    if (on != off) return on ? State::on : State::off;
  }
  return lexicon.starts(written) == "account_locked" ? State::off : State::unread;
}

void put_control(const RowCells& cells, State& state, Row& row) {
  const std::string written = cells.text("account_control");
  if (written.empty()) return;
  const auto flags = directory::whole_number(written);
  if (!flags) return cells.unreadable("enabled", "reason.accounts.unreadable_number");
  const directory::AccountControl control = directory::account_control(*flags);
  if (state != State::off) state = control.disabled ? State::off : State::on;
  const auto put = [&](const char* column, bool value) { row[column] = std::int64_t{value}; };
  put("password_not_required", control.password_not_required);
  put("password_cannot_change", control.password_cannot_change);
  put("password_reversible", control.password_reversible);
  put("password_never_expires", control.password_never_expires);
  put("smartcard_required", control.smartcard_required);
  put("preauth_not_required", control.preauth_not_required);
}

// Letters of Samba: D disabled, L locked, N without a password, X never expires.
void put_flags(const RowCells& cells, State& state, Row& row) {
  const std::string flags = cells.text("account_flags");
  if (flags.empty()) return;
  if (flags.find_first_not_of("DHIJLMNSTUWX ") != std::string::npos) {
    return cells.unreadable("enabled", "reason.accounts.unreadable_word");
  }
  const auto has = [&](char letter) { return flags.find(letter) != std::string::npos; };
  if (state != State::off) state = has('D') || has('L') ? State::off : State::on;
  row["password_not_required"] = std::int64_t{has('N')};
  row["password_never_expires"] = std::int64_t{has('X')};
}

// "Superuser, Create DB" of psql: who may not log in is told, and nothing else shuts a role. A cell
// that goes on in the next line ("+") does not tell all.
void put_attributes(const RowCells& cells, State& state) {
  if (!cells.has("role_attributes")) return;
  const std::string said = cells.text("role_attributes");
  if (fold(said).find("cannot login") != std::string::npos) {
    state = State::off;
  } else if (said.ends_with('+')) {
    cells.unreadable("enabled", "reason.accounts.unreadable_word");
  } else if (state == State::none) {
    state = State::on;
  }
}

void put_state(const RowCells& cells, const Lexicon& lexicon, Row& row) {
  State state = State::none;
  bool unread = false;
  for (const char* field : {"enabled", "activated", "disabled"}) {
    const bool inverse = std::string_view(field) == "disabled";
    const State said = state_of(cells.text(field), lexicon, inverse);
    if (said == State::unread) cells.unreadable_word(field);
    unread = unread || said == State::unread;
    if (said == State::off || (said == State::on && state == State::none)) state = said;
  }
  put_control(cells, state, row);
  put_flags(cells, state, row);
  put_attributes(cells, state);
  if (unread && state != State::off) {
    return cells.unreadable("enabled", "reason.accounts.unreadable_word");
  }
  if (state == State::none) return;
  row["enabled"] = std::int64_t{state == State::on};
  row["locked"] = std::int64_t{state == State::off};
}

void put_shared(const RowCells& cells, const Lexicon& lexicon, Row& row) {
  const std::string kind = cells.text("shared_declared");
  if (kind.empty()) return;
  const bool shared = lexicon.is(kind, "shared") || lexicon.is(kind, "yes");
  const bool own = lexicon.is(kind, "personal") || lexicon.is(kind, "no");
  if (shared == own) return cells.unreadable("shared_declared", "reason.accounts.unreadable_word");
  row["shared_declared"] = std::int64_t{shared};
}

// 0001, 1601: what programs print for "no date".
bool is_no_date(std::string_view text) {
  for (const char* year : {"0000", "0001", "1601"}) {
    const std::size_t at = text.find(year);
    if (at == std::string_view::npos) continue;
    const auto digit = [&](std::size_t i) {
      return i < text.size() && text[i] >= '0' && text[i] <= '9';
    };
    if (!digit(at + 4) && (at == 0 || !digit(at - 1)) && text.size() > 4) return true;
  }
  return false;
}

// The date of a column in which a word or a zero means "never".
std::optional<Moment> moment_or_never(const RowCells& cells, const Lexicon& lexicon,
                                      const char* field, const char* words, bool empty_is_never,
                                      bool& never) {
  const std::string value = cells.text(field);
  never = value.empty() ? empty_is_never : lexicon.is(value, words) || is_no_date(value);
  if (value.empty() || never) return std::nullopt;
  const auto at = cells.moment(field);
  never = at && at->day.year < kFirstYear;
  return never ? std::nullopt : at;
}

// "Chưa đổi" is knowledge: the password is still the one handed out.
void put_password_change(const RowCells& cells, const Lexicon& lexicon,
                         const ColumnHabits& habits, Row& row) {
  bool never = false;
  const auto at = moment_or_never(cells, lexicon, "password_changed_at", "never_changed",
                                  habits.changed, never);
  if (at) return put_moment(row, "password_changed_at", *at);
  if (!never) return;
  for (const char* from : {"issued_at", "created_at"}) {
    if (!row.contains(from)) continue;
    row["password_changed_at"] = row[from];
    row["password_changed_at_precision"] = std::string("ms");  // exactly then, whatever the hour
    return;
  }
  cells.unreadable("password_changed_at", "reason.accounts.never_changed_no_issue");
}

void put_last_login(const RowCells& cells, const Lexicon& lexicon, const ColumnHabits& habits,
                    Row& row) {
  bool never = false;
  const auto at = moment_or_never(cells, lexicon, "last_login_at", "never_logged_in",
                                  habits.logged_in, never);
  if (at) put_moment(row, "last_login_at", *at);
  if (at && habits.lags) row["last_login_lag_days"] = directory::kTimestampLagDays;
  if (at || never) row["never_logged_in"] = std::int64_t{never};
}

// Columns that say the opposite, or more than yes and no: "Password expires: Never".
void put_password_flags(const RowCells& cells, const Lexicon& lexicon, Row& row) {
  for (const char* field : {"password_must_change", "password_never_expires",
                            "password_not_required", "password_reversible",
                            "password_cannot_change", "preauth_not_required",
                            "smartcard_required", "mfa"}) {
    if (!row.contains(field)) cells.put_flag(row, field);
  }
  if (const auto required = cells.flag("password_required")) {
    row["password_not_required"] = std::int64_t{!*required};
  }
  const std::string expires = cells.text("password_expires");
  if (expires.empty()) return;
  const bool never = lexicon.is(expires, "never_logged_in") || lexicon.is(expires, "no");
  const bool ends = lexicon.is(expires, "yes") || parse_moment(expires, DayOrder::dmy) ||
                    parse_moment(expires, DayOrder::mdy);
  if (never != ends) row["password_never_expires"] = std::int64_t{never};
}

// Export-Csv prints the type of what is no single value.
bool is_type_name(const std::string& role) {
  return role.find(' ') == std::string::npos &&
         (role.starts_with("Microsoft.") || role.starts_with("System."));
}

void put_rights(const RowCells& cells, const Lexicon& lexicon, Row& row) {
  cells.put_text(row, "role");
  if (const auto role = row.find("role"); role != row.end()) {
    if (is_type_name(to_text(role->second))) {
      row.erase("role");
      cells.unreadable("role", "reason.accounts.unreadable_word");
    } else {
      row["privileged"] = std::int64_t{lexicon.is_privileged(to_text(role->second))};
    }
  }
  if (cells.has("role_attributes")) {
    const std::string said = cells.text("role_attributes");
    const bool super = fold(said).find("superuser") != std::string::npos;
    if (super || !row.contains("privileged")) row["privileged"] = std::int64_t{super};
    if (!said.empty() && !row.contains("role")) row["role"] = said;
  }
  const auto administrator = cells.flag("administrator");
  const bool said = administrator && (*administrator || !row.contains("privileged"));
  if (said) row["privileged"] = std::int64_t{*administrator};
}

}  // namespace

ColumnHabits column_habits(const Table& table, const Header& header, const Lexicon& lexicon) {
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
  const MappedColumn* login = header.find("last_login_at");
  return {mostly_filled("password_changed_at"), mostly_filled("last_login_at"),
          login != nullptr && lexicon.is(login->header, "lagging")};
}

Row account_row(const RowCells& cells, const ImportSpec& spec, const Lexicon& lexicon,
                const ColumnHabits& habits) {
  Row row;
  row.reserve(24);
  row["scope"] = spec.scope;
  if (!spec.app.empty()) row["app"] = spec.app;
  for (const char* field : {"display_name", "mail", "unit", "agency", "title", "phone"}) {
    cells.put_text(row, field);
  }
  const std::string written = cells.text("login");  // DOMAIN\login
  const std::string_view login = without_claim(written);
  row["login"] = std::string(login.substr(login.rfind('\\') + 1));
  if (!row.contains("agency") && !spec.agency.empty()) row["agency"] = spec.agency;
  cells.put_date(row, "birth_on");
  if (std::string id = cells.text("staff_id"); !id.empty()) row["staff_key"] = std::move(id);
  for (const char* field : {"created_at", "issued_at"}) cells.put_instant(row, field);
  put_state(cells, lexicon, row);
  put_password_flags(cells, lexicon, row);
  put_shared(cells, lexicon, row);
  put_password_change(cells, lexicon, habits, row);
  put_last_login(cells, lexicon, habits, row);
  put_rights(cells, lexicon, row);
  return row;
}

}  // namespace khien
