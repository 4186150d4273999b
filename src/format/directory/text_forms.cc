// Each form is recognised by shape and read at once; a text that has none is left to the tables.
#include "format/directory/text_forms.h"

#include "base/text.h"
#include "format/directory/ldif.h"
#include "format/directory/values.h"
#include "format/errors.h"

namespace khien::directory {
namespace {

constexpr std::size_t kPolicyBytes = std::size_t{1} << 20;
constexpr std::size_t kPolicyLines = 9;
constexpr std::size_t kLoginBytes = 320;

template <class Use>
void each_line(std::string_view text, Use&& use) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && !use(line)) return;
  }
}

bool is_number(std::string_view text) { return whole_number(text).has_value(); }

// "Maximum password age (days):    42" -> "42"; the label may hold colons, the value none.
std::optional<std::string_view> value_of(std::string_view line) {
  const std::size_t colon = line.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view rest = line.substr(colon + 1);
  const std::string_view value = trim(rest);
  if (value.empty() || rest.front() != ' ') return std::nullopt;
  return value;
}

std::int64_t number_or_none(std::string_view value) {
  return std::max<std::int64_t>(0, whole_number(value).value_or(0));
}

// A login of a mail server: what Dovecot takes as a user name.
bool is_login(std::string_view text) {
  return !text.empty() && text.size() <= kLoginBytes &&
         text.find_first_of(" \t,;\"'<>()") == std::string_view::npos;
}

bool is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return is_login(text) && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find(':') == std::string_view::npos;
}

// The password field ends at the first colon after its hash; a scheme stands in braces.
bool is_user_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_login(line.substr(0, colon))) return false;
  const std::string_view field = line.substr(colon + 1);
  const auto colons = std::count(field.begin(), field.end(), ':');
  return field.starts_with('{') ? field.find('}') != std::string_view::npos : colons >= 5;
}

MailUser user_of(std::string_view line) {
  MailUser out;
  const std::size_t colon = line.find(':');
  out.login = line.substr(0, colon);
  if (is_address(out.login)) out.mail = out.login;
  if (colon == std::string_view::npos) return out;
  const std::string_view rest = line.substr(colon + 1);
  out.password_store = password_scheme(rest.substr(0, rest.find(':')));
  if (out.password_store == "plain" && rest.starts_with('$')) out.password_store = "CRYPT";
  return out;
}

}  // namespace

std::optional<WindowsPolicy> read_net_accounts(std::string_view text) {
  if (text.size() > kPolicyBytes) return std::nullopt;
  std::vector<std::string_view> values;
  std::vector<std::string_view> lines;
  each_line(text, [&](std::string_view line) {
    const auto value = value_of(line);
    if (!value) return true;
    values.push_back(*value);
    lines.push_back(line);
    return values.size() <= kPolicyLines;
  });
  if (values.size() != kPolicyLines) return std::nullopt;
  // Ages, length, history, tries, duration, window, role: numbers where only numbers can stand.
  const bool shaped = is_number(values[1]) && is_number(values[3]) && is_number(values[6]) &&
                      is_number(values[7]) && !is_number(values[8]);
  if (!shaped) return std::nullopt;
  WindowsPolicy out;
  out.name = "net accounts";
  out.max_age_days = number_or_none(values[2]);
  out.min_length = number_or_none(values[3]);
  out.history = number_or_none(values[4]);
  out.lockout_tries = number_or_none(values[5]);
  for (std::size_t i = 2; i <= 5; ++i) out.as_written += (i == 2 ? "" : "; ") + squeeze(lines[i]);
  out.controller = values[8] == "PRIMARY" || values[8] == "BACKUP";
  return out;
}

std::optional<WindowsPolicy> read_secedit(std::string_view text) {
  if (text.size() > 4 * kPolicyBytes) return std::nullopt;
  std::map<std::string, std::int64_t> settings;
  bool inside = false;
  bool seen = false;
  std::string note;
  each_line(text, [&](std::string_view line) {
    if (line.front() == '[') {
      inside = fold(line) == "[system access]";
      seen = seen || inside;
      return true;
    }
    const std::size_t equals = line.find('=');
    if (!inside || equals == std::string_view::npos) return true;
    const std::string name = fold(trim(line.substr(0, equals)));
    static const std::set<std::string> wanted = {
        "minimumpasswordlength", "passwordcomplexity", "maximumpasswordage",
        "passwordhistorysize", "lockoutbadcount", "cleartextpassword"};
    const auto value = whole_number(trim(line.substr(equals + 1)));
    if (!value || !wanted.contains(name)) return true;
    settings[name] = *value;
    note += (note.empty() ? "" : "; ") + squeeze(line);
    return true;
  });
  if (!seen || settings.empty()) return std::nullopt;
  WindowsPolicy out;
  out.name = "secedit";
  const auto take = [&](std::optional<std::int64_t>& to, const char* name) {
    const auto at = settings.find(name);  // -1: never
    if (at != settings.end()) to = std::max<std::int64_t>(0, at->second);
  };
  take(out.min_length, "minimumpasswordlength");
  take(out.max_age_days, "maximumpasswordage");
  take(out.history, "passwordhistorysize");
  take(out.lockout_tries, "lockoutbadcount");
  if (const auto at = settings.find("passwordcomplexity"); at != settings.end()) {
    out.complex = at->second == 1;
  }
  out.as_written = note;
  return out;
}

Result<std::optional<std::vector<MailUser>>> read_mail_users(std::string_view text,
                                                             const std::string& place) {
  std::vector<MailUser> users;
  std::size_t other = 0;
  bool too_many = false;
  each_line(text, [&](std::string_view line) {
    if (line.front() == '#') return true;
    if (!is_user_line(line) && !is_address(line)) return ++other == 0;
    too_many = users.size() >= kEntries;
    if (!too_many) users.push_back(user_of(line));
    return !too_many;
  });
  if (too_many) {
    return fail(err::directory_entries, place, {{"limit", std::to_string(kEntries)}});
  }
  if (other > 0 || users.empty()) return std::optional<std::vector<MailUser>>();
  return std::optional<std::vector<MailUser>>(std::move(users));
}

}  // namespace khien::directory
