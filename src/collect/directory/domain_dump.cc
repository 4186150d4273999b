#include "collect/directory/domain_dump.h"

#include "base/calendar.h"
#include "base/text.h"
#include "collect/directory/mapping.h"
#include "format/directory/values.h"

namespace khien::directory {
namespace {

constexpr std::int64_t kAdministrator = 500, kKrbtgt = 502;  // relative ids of every domain

struct DumpLine {
  std::string_view login;
  std::int64_t rid = 0;
  std::string_view set_at, status;  // "" = not told
};

std::string_view remark(std::string_view line, std::string_view name) {
  const std::size_t at = line.find(name);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = line.substr(at + name.size());
  const std::size_t end = rest.find(')');
  return end == std::string_view::npos ? std::string_view{} : trim(rest.substr(0, end));
}

bool is_former(std::string_view login) {
  const std::size_t at = login.rfind("_history");
  return at != std::string_view::npos && whole_number(login.substr(at + 8)).has_value();
}

// False where the line is no account with a remark.
bool read_line(std::string_view line, DumpLine& out) {
  const std::size_t remarks = line.find("::: (");
  const std::size_t name_end = line.find(':');
  if (remarks == std::string_view::npos || name_end == 0 || name_end >= remarks) return false;
  const std::string_view rest = line.substr(name_end + 1);
  const auto rid = whole_number(rest.substr(0, rest.find(':')));
  if (!rid) return false;
  out.login = line.substr(0, name_end);
  out.login.remove_prefix(out.login.rfind('\\') + 1);  // npos + 1 = 0: no domain before it
  out.rid = *rid;
  out.set_at = remark(line.substr(remarks), "(pwdLastSet=");
  out.status = remark(line.substr(remarks), "(status=");
  return !out.login.empty() && (!out.set_at.empty() || !out.status.empty());
}

template <class Use>
void each_account(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    DumpLine line;
    const bool goes_on = !read_line(trim(text.substr(0, end)), line) || use(line);
    if (!goes_on) return;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// "2026-01-20 08:15"
std::optional<std::int64_t> minute_ms(std::string_view text) {
  if (text.size() != 16 || text[10] != ' ' || text[13] != ':') return std::nullopt;
  const auto day = parse_date(text.substr(0, 10));
  const auto hour = whole_number(text.substr(11, 2));
  const auto minute = whole_number(text.substr(14, 2));
  if (!day || !hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return start_of_day_ms(*day) + (*hour * 60 + *minute) * 60'000;
}

Row row_of(const DumpLine& line) {
  Row row;
  put_text(row, "login", line.login);
  if (line.rid == kAdministrator) put_flag(row, "privileged", true);
  const std::string status = ascii_lower(line.status);
  if (status == "enabled" || status == "disabled") {
    put_flag(row, "enabled", status == "enabled");
    put_flag(row, "locked", status == "disabled");
  }
  const bool never = ascii_lower(line.set_at) == "never";  // the next log-on forces a change
  if (!line.set_at.empty()) put_flag(row, "password_must_change", never);
  if (const auto at = minute_ms(line.set_at)) put_at(row, "password_changed_at", *at);
  return row;
}

}  // namespace

bool looks_like_domain_dump(std::string_view text) {
  bool found = false;
  each_account(text, [&](const DumpLine&) {
    found = true;
    return false;
  });
  return found;
}

std::vector<Row> domain_dump_rows(std::string_view text) {
  std::vector<Row> out;
  each_account(text, [&](const DumpLine& line) {
    const bool person = !line.login.ends_with('$') && line.rid != kKrbtgt && !is_former(line.login);
    if (person) out.push_back(row_of(line));
    return true;
  });
  return out;
}

}  // namespace khien::directory
