// Local accounts and the password rule of the machine. Accounts are known by SID and RID, never by
// name: "Administrator" may be called anything, and is on many machines.
#include <algorithm>

#include "base/calendar.h"
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

// UF_* of lmaccess.h
constexpr std::uint32_t kLockedOut = 0x10;
constexpr std::uint32_t kNoPassword = 0x20;
constexpr std::uint32_t kCannotChange = 0x40;
constexpr std::uint32_t kReversible = 0x80;
constexpr std::uint32_t kNeverExpires = 0x10000;
constexpr std::uint32_t kSmartcard = 0x40000;
constexpr std::uint32_t kNoPreauth = 0x400000;

std::string rid_of(const std::string& sid) { return sid.substr(sid.rfind('-') + 1); }

const char* known_role(const std::string& rid) {
  if (rid == "500") return "RID 500 (Administrator)";
  if (rid == "501") return "RID 501 (Guest)";
  if (rid == "503") return "RID 503 (DefaultAccount)";
  if (rid == "504") return "RID 504 (WDAGUtilityAccount)";
  return "";
}

// Groups every account of the machine is in: Everyone, Interactive, Authenticated Users, Users.
bool holds_everybody(const std::string& group, const std::string& user) {
  return group == "S-1-1-0" || group == "S-1-5-4" || group == "S-1-5-11" ||
         group == "S-1-5-32-545" || group == user.substr(0, user.rfind('-')) + "-513";
}

void put_password(Survey& survey, Row& row, const LocalUser& user) {
  // The mark lets a password be empty; it does not say that it is.
  if ((user.flags & kNoPassword) == 0) put_flag(row, "password_not_required", false);
  else survey.gap("account", "password_not_required", "reason.windows.may_be_empty");
  put_flag(row, "password_never_expires", (user.flags & kNeverExpires) != 0);
  put_flag(row, "password_cannot_change", (user.flags & kCannotChange) != 0);
  put_flag(row, "password_reversible", (user.flags & kReversible) != 0);
  put_flag(row, "smartcard_required", (user.flags & kSmartcard) != 0);
  put_flag(row, "preauth_not_required", (user.flags & kNoPreauth) != 0);
  // Age 0 with "expired" is how "must change at next log-on" reads; a change today has no such
  // mark.
  const bool must_change = user.password_expired == true && user.password_age_s.value_or(1) == 0;
  if (user.password_expired) put_flag(row, "password_must_change", must_change);
  if (user.password_age_s && !must_change) {
    row["password_changed_at"] = survey.now - *user.password_age_s * 1000;
  }
}

void put_user(Survey& survey, const LocalUser& user) {
  Row& row = survey.add("account");
  const std::string rid = rid_of(user.sid);
  put(row, "account_key", survey.host + ":" + user.login);
  put(row, "scope", "host");
  put(row, "login", user.login);
  put(row, "display_name", user.full_name);
  const bool disabled = (user.flags & kAccountDisabled) != 0;
  put_flag(row, "enabled", !disabled);
  put_flag(row, "locked", disabled || (user.flags & kLockedOut) != 0);
  put_flag(row, "login_allowed", rid != "503" && rid != "504");
  put_password(survey, row, user);
  std::string role = known_role(rid);
  const auto& administrators = survey.answers.administrators;
  if (administrators.ok()) {
    const auto& list = administrators.value;
    const bool privileged = std::find(list.begin(), list.end(), user.sid) != list.end() ||
                            std::any_of(list.begin(), list.end(), [&](const std::string& sid) {
                              return holds_everybody(sid, user.sid);
                            });
    put_flag(row, "privileged", privileged);
    if (privileged) role += (role.empty() ? "" : ", ") + std::string("S-1-5-32-544");
  }
  put(row, "role", role);
  // 0 may be "never" and may be a log-on this interface does not count (a Microsoft account).
  if (user.last_login_s.value_or(0) <= 0) return;
  put_flag(row, "never_logged_in", false);
  row["last_login_at"] = *user.last_login_s * 1000;
}

// Administrators that are no account of this machine: groups of a domain and of everybody.
std::string foreign_administrators(const Survey& survey) {
  std::string out;
  for (const std::string& sid : survey.answers.administrators.value) {
    const auto& users = survey.answers.users.value;
    const bool own = std::any_of(users.begin(), users.end(),
                                 [&](const LocalUser& user) { return user.sid == sid; });
    if (!own) out += (out.empty() ? "" : ",") + sid;
  }
  return out;
}

}  // namespace

void collect_account(Survey& survey) {
  const Answer<std::vector<LocalUser>>& users = survey.answers.users;
  if (survey.service("NTDS") != nullptr) {  // its accounts are the directory's
    return survey.missing("account", "reason.windows.domain_controller", "NTDS");
  }
  if (!users.ok()) {
    return survey.missing("account", Survey::reason_of(users.problem), users.detail);
  }
  put(survey.out.tables["host"].rows.front(), "foreign_administrators",
      foreign_administrators(survey));
  for (const LocalUser& user : users.value) put_user(survey, user);
  const auto any = [&](auto has) {
    return std::any_of(users.value.begin(), users.value.end(), has);
  };
  if (any([](const LocalUser& u) { return !u.password_age_s; })) {
    survey.gap("account", "password_changed_at", "reason.windows.no_password_age");
  }
  if (any([](const LocalUser& u) { return u.last_login_s.value_or(0) <= 0; })) {
    survey.gap("account", "last_login_at", "reason.windows.no_last_login");
    survey.gap("account", "never_logged_in", "reason.windows.no_last_login");
  }
  const auto& administrators = survey.answers.administrators;
  if (!administrators.ok()) {
    survey.gap("account", "privileged", Survey::reason_of(administrators.problem));
    survey.note("account", administrators.problem, administrators.detail);
  }
  // Some were listed and would not be described: they are missing here, not harmless.
  if (users.value.empty() || !users.detail.empty()) {
    survey.partial("account", "reason.windows.no_answer", users.detail);
  }
}

void collect_password_rule(Survey& survey) {
  const Answer<PasswordRules>& rules = survey.answers.password_rules;
  if (!rules.ok()) {
    return survey.missing("password_rule", Survey::reason_of(rules.problem), rules.detail);
  }
  Row& row = survey.add("password_rule");
  put(row, "rule_key", survey.host);
  put(row, "scope", "host");
  row["min_length"] = rules.value.min_length;
  row["history"] = rules.value.history;
  row["max_age_days"] = rules.value.max_age_s.value_or(0) / 86'400;
  row["lockout_tries"] = rules.value.lockout_tries;
  put(row, "source", "NetUserModalsGet");
  // Complexity is not among what this interface tells an ordinary user.
  for (const char* column : {"need_digit", "need_letter", "need_lower", "need_upper",
                             "need_special"}) {
    survey.gap("password_rule", column, "reason.windows.no_complexity");
  }
  survey.gap("password_rule", "change_on_issue", "reason.host.not_a_host_setting");
}

}  // namespace khien::host_windows
