// <column><value>US...RS: a column is one character, texts have no control characters.
#include "collect/directory/rows.h"

#include <charconv>

namespace khien::directory {
namespace {

constexpr char kCell = '\x1F';
constexpr char kRow = '\x1E';

struct Column {
  const char* name;
  bool text;
};

constexpr Column kColumns[] = {
    {"login", true},
    {"display_name", true},
    {"mail", true},
    {"unit", true},
    {"staff_key", true},
    {"role", true},
    {"agency", true},
    {"title", true},
    {"phone", true},
    {"birth_on", true},
    {"password_store", true},
    {"enabled", false},
    {"locked", false},
    {"login_allowed", false},
    {"privileged", false},
    {"shared_declared", false},
    {"created_at", false},
    {"created_at_precision", true},
    {"password_changed_at", false},
    {"password_changed_at_precision", true},
    {"password_must_change", false},
    {"password_never_expires", false},
    {"password_not_required", false},
    {"last_login_at", false},
    {"last_login_at_precision", true},
    {"never_logged_in", false},
    {"mfa", false},
    {"last_login_lag_days", false},
    {"password_reversible", false},
    {"password_cannot_change", false},
    {"preauth_not_required", false},
    {"smartcard_required", false},
    {"rule_key", true},
    {"min_length", false},
    {"need_digit", false},
    {"need_letter", false},
    {"need_lower", false},
    {"need_upper", false},
    {"need_special", false},
    {"classes_count", false},
    {"history", false},
    {"max_age_days", false},
    {"change_on_issue", false},
    {"lockout_tries", false},
    {"as_written", true},
};
constexpr char kFirst = '0';

char letter_of(std::string_view column) {
  static const std::unordered_map<std::string_view, char> all = [] {
    std::unordered_map<std::string_view, char> out;
    for (std::size_t i = 0; i < std::size(kColumns); ++i) {
      out[kColumns[i].name] = static_cast<char>(kFirst + i);
    }
    return out;
  }();
  const auto at = all.find(column);
  return at == all.end() ? '\0' : at->second;
}

void unpack_cell(std::string_view cell, Row& row) {
  if (cell.empty() || cell[0] < kFirst) return;
  const auto index = static_cast<std::size_t>(cell[0] - kFirst);
  if (index >= std::size(kColumns)) return;
  cell.remove_prefix(1);
  if (kColumns[index].text) {
    row[kColumns[index].name] = std::string(cell);
    return;
  }
  std::int64_t value = 0;
  const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (read.ec == std::errc() && read.ptr == cell.data() + cell.size()) {
    row[kColumns[index].name] = value;
  }
}

}  // namespace

std::string pack_rows(const std::vector<Row>& rows) {
  std::string out;
  for (const Row& row : rows) {
    for (const auto& [column, value] : row) {
      const char letter = letter_of(column);
      if (letter == '\0') continue;
      out += letter;
      out += to_text(value);
      out += kCell;
    }
    out += kRow;
  }
  return out;
}

std::vector<Row> unpack_rows(std::string_view text) {
  std::vector<Row> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(kRow), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    Row row;
    while (!line.empty()) {
      const std::size_t stop = std::min(line.find(kCell), line.size());
      unpack_cell(line.substr(0, stop), row);
      line.remove_prefix(std::min(stop + 1, line.size()));
    }
    if (!row.empty()) out.push_back(std::move(row));
  }
  return out;
}

}  // namespace khien::directory
