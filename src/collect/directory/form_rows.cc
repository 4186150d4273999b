#include "collect/directory/form_rows.h"

#include "collect/directory/mapping.h"

namespace khien::directory {
namespace {

void put_complexity(Row& rule, bool complex) {
  rule["classes_count"] = complex ? kComplexClasses : std::int64_t{0};
  put_flag(rule, "need_letter", complex);
  for (const char* column : {"need_digit", "need_lower", "need_upper", "need_special"}) {
    put_flag(rule, column, false);
  }
}

void put_number(Row& row, const char* column, const std::optional<std::int64_t>& value) {
  if (value) row[column] = *value;
}

}  // namespace

Row policy_row(const WindowsPolicy& policy) {
  Row row;
  row["rule_key"] = policy.name;
  put_number(row, "max_age_days", policy.max_age_days);
  put_number(row, "min_length", policy.min_length);
  put_number(row, "history", policy.history);
  put_number(row, "lockout_tries", policy.lockout_tries);
  if (policy.complex) put_complexity(row, *policy.complex);
  put_text(row, "as_written", policy.as_written);
  return row;
}

std::vector<Row> user_rows(const std::vector<MailUser>& users) {
  std::vector<Row> out;
  for (const MailUser& user : users) {
    Row& row = out.emplace_back();
    put_text(row, "login", user.login);
    put_text(row, "mail", user.mail);
    put_text(row, "password_store", user.password_store);
  }
  return out;
}

}  // namespace khien::directory
