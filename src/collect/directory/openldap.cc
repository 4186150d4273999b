// OpenLDAP, 389 and their like: inetOrgPerson and posixAccount, ppolicy, lastbind, shadow, groups.
//
// Nothing there says "enabled": an account can be used unless it is locked. That is known only
// where the operational attributes were exported (slapcat, ldapsearch with "+").
#include "base/calendar.h"
#include "base/text.h"
#include "collect/directory/mapping.h"
#include "format/directory/times.h"

namespace khien::directory {
namespace {

constexpr std::string_view kForEver = "000001010000Z";  // pwdAccountLockedTime
constexpr std::int64_t kForeverDays = 9999;
constexpr std::int64_t kLastDay = 2'932'896;            // 9999-12-31
constexpr std::int64_t kDaySeconds = 86'400;

}  // namespace

class LdapMapper {
 public:
  LdapMapper(Mapping& to, const Entry& entry) : to_(to), entry_(entry) {}

  void run() {
    if (entry_.find("pwdminlength") != nullptr || entry_.is("pwdpolicy")) return policy();
    if (entry_.is("groupofnames") || entry_.is("groupofuniquenames") || entry_.is("posixgroup")) {
      return group();
    }
    if (is_account()) account();
  }

 private:
  // A person of an address book has neither log-in nor password.
  [[nodiscard]] bool is_account() const {
    if (entry_.find("uid") != nullptr) {
      return entry_.is("inetorgperson") || entry_.is("posixaccount") || entry_.is("account") ||
             entry_.is("person") || entry_.is("organizationalperson") ||
             entry_.is("shadowaccount") || !entry_.password_scheme.empty();
    }
    return !entry_.password_scheme.empty() && entry_.find("objectclass") != nullptr;
  }

  void account() {
    Account account;
    Row& row = account.row;
    const std::string_view uid = entry_.get("uid");
    const bool named_by_uid = fold(entry_.dn.substr(0, 4)) == "uid=";
    if (!uid.empty()) put_text(row, "login", uid);
    else put_text(row, "login", named_by_uid ? first_rdn(entry_.dn) : entry_.get("cn"));
    if (!row.contains("login")) put_text(row, "login", first_rdn(entry_.dn));
    if (!row.contains("login")) return;
    put_holder(entry_, row);
    put_generalized(to_, row, "created_at", entry_, "createtimestamp");
    if (!entry_.password_scheme.empty()) put_text(row, "password_store", entry_.password_scheme);
    state(account);
    password(row);
    last_login(account);
    for (const auto& [name, value] : entry_.values) {
      if (name != "memberof") continue;
      account.groups.push_back(dn_key(value));
      to_.groups_.try_emplace(account.groups.back(), Group{first_rdn(value), 0});
      to_.saw_groups_ = true;
    }
    account.gid = entry_.get("gidnumber");
    account.dn_key = dn_key(entry_.dn);
    to_.waiting_.push_back(std::move(account));
  }

  [[nodiscard]] bool expired() const {
    const auto day = whole_number(entry_.get("shadowexpire"));
    if (day && *day >= 0 && *day <= to_days(local_date(to_.as_of_ms_))) return true;
    const auto end = generalized_time(entry_.get("pwdendtime"));
    return end && *end <= to_.as_of_ms_;
  }

  void state(Account& account) {
    Row& row = account.row;
    const std::string_view locked = entry_.get("pwdaccountlockedtime");
    const bool for_ever = locked == kForEver || true_or_false(entry_.get("nsaccountlock")) == true;
    if (for_ever || expired()) {
      put_flag(row, "enabled", false);
      put_flag(row, "locked", true);
      return;
    }
    const bool operational = !locked.empty() || entry_.find("entryuuid") != nullptr ||
                             entry_.find("createtimestamp") != nullptr;
    if (operational) put_flag(row, "enabled", true);
    if (!locked.empty()) {
      account.lockout_at = generalized_time(locked);
      if (!account.lockout_at) ++to_.unreadable["locked"];
    } else if (operational) {
      put_flag(row, "locked", false);
    }
  }

  void password(Row& row) {
    put_generalized(to_, row, "password_changed_at", entry_, "pwdchangedtime");
    if (const auto reset = true_or_false(entry_.get("pwdreset"))) {
      put_flag(row, "password_must_change", *reset);
    }
    if (const auto day = whole_number(entry_.get("shadowlastchange"))) {
      if (*day == 0) put_flag(row, "password_must_change", true);
      if (*day > 0 && *day <= kLastDay && !row.contains("password_changed_at")) {
        put_at(row, "password_changed_at", start_of_day_ms(from_days(*day)), true);
      }
    }
    if (const auto max = whole_number(entry_.get("shadowmax"))) {
      put_flag(row, "password_never_expires", *max < 0 || *max >= kForeverDays);
    }
  }

  void last_login(Account& account) {
    std::optional<std::int64_t> latest;
    for (const char* name : {"pwdlastsuccess", "authtimestamp"}) {
      const std::string_view text = entry_.get(name);
      if (text.empty()) continue;
      const auto at = generalized_time(text);
      if (!at) ++to_.unreadable["last_login_at"];
      else latest = std::max(latest.value_or(*at), *at);
    }
    account.login_seen = true;  // recording may have been switched on later: absence says nothing
    if (!latest) return;
    put_at(account.row, "last_login_at", *latest);
    put_flag(account.row, "never_logged_in", false);
  }

  void group() {
    to_.saw_groups_ = true;
    const std::string_view cn = entry_.get("cn");
    const std::string name = cn.empty() ? first_rdn(entry_.dn) : std::string(cn);
    to_.groups_[dn_key(entry_.dn)].name = name;
    for (const auto& [attribute, value] : entry_.values) {
      if (attribute == "member" || attribute == "uniquemember") {
        to_.members_[dn_key(value)].push_back(name);
      } else if (attribute == "memberuid") {
        to_.members_["uid:" + fold(value)].push_back(name);
      } else if (attribute == "gidnumber") {
        to_.members_["gid:" + value].push_back(name);
      }
    }
  }

  void policy() {
    Row rule;
    put_text(rule, "rule_key", first_rdn(entry_.dn));
    const auto number = [&](std::string_view name) { return whole_number(entry_.get(name)); };
    // Without a quality check the server does not look at the length.
    const bool checked = number("pwdcheckquality").value_or(0) > 0;
    if (const auto n = number("pwdminlength"); n && *n >= 0) {
      rule["min_length"] = checked ? *n : std::int64_t{0};
    }
    if (!checked) {
      for (const char* column : {"need_digit", "need_letter", "need_lower", "need_upper",
                                 "need_special"}) {
        put_flag(rule, column, false);
      }
    }
    if (const auto n = number("pwdmaxage"); n && *n >= 0) rule["max_age_days"] = *n / kDaySeconds;
    if (const auto n = number("pwdinhistory"); n && *n >= 0) rule["history"] = *n;
    const auto locks = true_or_false(entry_.get("pwdlockout"));
    const auto tries = number("pwdmaxfailure");
    if (locks == false) rule["lockout_tries"] = std::int64_t{0};
    else if (tries && *tries >= 0) rule["lockout_tries"] = *tries;
    if (const auto must = true_or_false(entry_.get("pwdmustchange"))) {
      put_flag(rule, "change_on_issue", *must);
    }
    take_lockout(number("pwdlockoutduration").value_or(0) * 1000);
    std::string text;
    for (const char* name : {"pwdminlength", "pwdcheckquality", "pwdmaxage", "pwdinhistory",
                             "pwdlockout", "pwdmaxfailure", "pwdmustchange"}) {
      const std::string_view value = entry_.get(name);
      if (!value.empty()) text += (text.empty() ? "" : " ") + std::string(name) + "=" +
                                  std::string(value);
    }
    put_text(rule, "as_written", text);
    to_.rules.push_back(std::move(rule));
  }

  void take_lockout(std::int64_t ms) {
    if (ms < 0) return;
    if (to_.lockout_ms_ && *to_.lockout_ms_ != ms) to_.several_lockouts_ = true;
    to_.lockout_ms_ = ms;
  }

  Mapping& to_;
  const Entry& entry_;
};

void add_openldap(Mapping& mapping, const Entry& entry) { LdapMapper(mapping, entry).run(); }

}  // namespace khien::directory
