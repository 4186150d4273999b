// Active Directory: userAccountControl (MS-ADTS 2.2.16), FILETIME, domain and fine-grained
// policies.
//
// pwdLastSet 0: the next log-on forces a change, and the password that stands is the one handed
// out: the account counts as never changed since it was made. lastLogonTimestamp is refreshed only
// when it is older than 9-14 days, lastLogon is of one controller alone: the later one is taken,
// with the delay stated where it is the former.
#include <limits>

#include "base/calendar.h"
#include "collect/directory/mapping.h"
#include "format/directory/account_control.h"
#include "format/directory/times.h"

namespace khien::directory {
namespace {

constexpr std::int64_t kLockedNow = 0x10;             // only in the computed attribute
constexpr std::int64_t kRidAdministrator = 500;
constexpr std::int64_t kRidKrbtgt = 502;
constexpr std::int64_t kSharedMailbox = 4;            // msExchRecipientTypeDetails
constexpr std::int64_t kComplex = 1;                  // pwdProperties
constexpr std::int64_t kTicksPerMs = 10'000;

}  // namespace

class AdMapper {
 public:
  AdMapper(Mapping& to, const Entry& entry) : to_(to), entry_(entry) {}

  void run() {
    if (entry_.is("group")) return group();
    if (entry_.is("domaindns")) return domain();
    if (entry_.is("msds-passwordsettings")) return settings();
    if (is_user()) user();
  }

 private:
  [[nodiscard]] std::int64_t number(std::string_view name) const {
    return whole_number(entry_.get(name)).value_or(0);
  }

  [[nodiscard]] bool is_user() const {
    const std::string_view login = entry_.get("samaccountname");
    if (login.empty() || login.ends_with('$')) return false;
    if (entry_.is("computer") || entry_.is("contact")) return false;
    if (account_control(number("useraccountcontrol")).no_person) return false;
    return entry_.is("user") || entry_.is("inetorgperson") ||
           (entry_.find("objectclass") == nullptr && entry_.find("useraccountcontrol") != nullptr);
  }

  void user() {
    Account account;
    Row& row = account.row;
    put_text(row, "login", entry_.get("samaccountname"));
    put_holder(entry_, row);
    put_generalized(to_, row, "created_at", entry_, "whencreated");
    control(row);
    expiry(row);
    lockout(account);
    password(row);
    last_login(account);
    rights(account);
    if (number("msexchrecipienttypedetails") == kSharedMailbox) put_flag(row, "shared_declared", 1);
    account.dn_key = dn_key(entry_.dn);
    to_.waiting_.push_back(std::move(account));
  }

  void control(Row& row) {
    const std::string_view text = entry_.get("useraccountcontrol");
    if (text.empty()) return;
    const auto flags = whole_number(text);
    if (!flags) {
      ++to_.unreadable["enabled"];
      return;
    }
    const AccountControl control = account_control(*flags);
    put_flag(row, "enabled", !control.disabled);
    if (control.disabled) put_flag(row, "locked", true);
    put_flag(row, "password_not_required", control.password_not_required);
    put_flag(row, "password_cannot_change", control.password_cannot_change);
    put_flag(row, "password_reversible", control.password_reversible);
    put_flag(row, "password_never_expires", control.password_never_expires);
    put_flag(row, "smartcard_required", control.smartcard_required);
    put_flag(row, "preauth_not_required", control.preauth_not_required);
    if (control.smartcard_required) put_flag(row, "mfa", true);
  }

  void expiry(Row& row) {
    const Filetime expires = filetime(entry_.get("accountexpires"));
    if (expires.kind != Filetime::Kind::instant || expires.at_ms > to_.as_of_ms_) return;
    put_flag(row, "enabled", false);
    put_flag(row, "locked", true);
  }

  void lockout(Account& account) {
    if (account.row.contains("locked")) return;
    if (const auto now = whole_number(entry_.get("msds-user-account-control-computed"))) {
      return put_flag(account.row, "locked", (*now & kLockedNow) != 0);
    }
    const Filetime at = filetime(entry_.get("lockouttime"));
    if (at.kind == Filetime::Kind::instant) account.lockout_at = at.at_ms;
    else if (account.row.contains("enabled")) put_flag(account.row, "locked", false);
  }

  void password(Row& row) {
    const std::string_view text = entry_.get("pwdlastset");
    if (!text.empty()) {
      const Filetime set = filetime(text);
      if (set.kind == Filetime::Kind::invalid) ++to_.unreadable["password_changed_at"];
      else put_flag(row, "password_must_change", set.zero);
      if (set.kind == Filetime::Kind::instant) put_at(row, "password_changed_at", set.at_ms);
      if (set.zero && row.contains("created_at")) {
        put_at(row, "password_changed_at", std::get<std::int64_t>(row["created_at"]));
      }
    }
    const Filetime ends = filetime(entry_.get("msds-userpasswordexpirytimecomputed"));
    if (ends.kind == Filetime::Kind::never && !ends.zero) {
      put_flag(row, "password_never_expires", true);
    }
    if (!entry_.password_scheme.empty()) {
      put_text(row, "password_store", entry_.password_scheme);
    }
  }

  void last_login(Account& account) {
    const auto read = [&](std::string_view name) {
      const std::string_view text = entry_.get(name);
      const Filetime out = filetime(text);
      if (!text.empty() && out.kind == Filetime::Kind::invalid) ++to_.unreadable["last_login_at"];
      return out;
    };
    const Filetime here = read("lastlogon");
    const Filetime stamp = read("lastlogontimestamp");
    const bool has_here = here.kind == Filetime::Kind::instant;
    const bool has_stamp = stamp.kind == Filetime::Kind::instant;
    to_.saw_last_login_ = to_.saw_last_login_ || !entry_.get("lastlogontimestamp").empty();
    account.login_seen = has_here || has_stamp;
    if (!account.login_seen) return;
    const bool by_stamp = has_stamp && (!has_here || stamp.at_ms > here.at_ms);
    put_at(account.row, "last_login_at", by_stamp ? stamp.at_ms : here.at_ms);
    account.row["last_login_lag_days"] = by_stamp ? kTimestampLagDays : std::int64_t{0};
    put_flag(account.row, "never_logged_in", false);
  }

  void rights(Account& account) {
    const std::int64_t rid = rid_of(entry_.get("objectsid"));
    const std::int64_t primary = number("primarygroupid");
    account.privileged = rid == kRidAdministrator || number("admincount") == 1 ||
                         (primary >= 512 && primary <= 520 && primary != 513 && primary != 514 &&
                          primary != 515 && primary != 517);
    if (rid == kRidKrbtgt) put_flag(account.row, "login_allowed", false);
    for (const auto& [name, value] : entry_.values) {
      if (name == "memberof") account.groups.push_back(dn_key(value));
      if (name == "memberof" || name == "admincount") to_.saw_groups_ = true;
    }
    // The name as it is written, where the group itself is not in the source.
    for (const auto& [name, value] : entry_.values) {
      if (name == "memberof") to_.groups_.try_emplace(dn_key(value), Group{first_rdn(value), 0});
    }
  }

  void group() {
    Group& group = to_.groups_[dn_key(entry_.dn)];
    const std::string_view name = entry_.get("samaccountname");
    group.name = name.empty() ? first_rdn(entry_.dn) : std::string(name);
    group.rid = rid_of(entry_.get("objectsid"));
  }

  // Negative intervals of 100 ns; the smallest number and 0 mean "no end".
  static std::optional<std::int64_t> interval_ms(std::string_view text) {
    const auto ticks = whole_number(text);
    if (!ticks || *ticks > 0) return std::nullopt;
    if (*ticks == std::numeric_limits<std::int64_t>::min()) return 0;
    return -*ticks / kTicksPerMs;
  }

  void put_count(Row& rule, const char* column, std::string_view name) const {
    if (const auto n = whole_number(entry_.get(name)); n && *n >= 0) rule[column] = *n;
  }

  void put_days(Row& rule, std::string_view name) const {
    if (const auto ms = interval_ms(entry_.get(name))) rule["max_age_days"] = *ms / kDayMs;
  }

  static void put_classes(Row& rule, bool complex) {
    rule["classes_count"] = complex ? kComplexClasses : std::int64_t{0};
    put_flag(rule, "need_letter", complex);  // of four kinds two are letters: three include one
    for (const char* column : {"need_digit", "need_lower", "need_upper", "need_special"}) {
      put_flag(rule, column, false);
    }
  }

  void note(Row& rule, std::initializer_list<const char*> names) const {
    std::string text;
    for (const char* name : names) {
      const std::string_view value = entry_.get(name);
      if (!value.empty()) text += (text.empty() ? "" : " ") + std::string(name) + "=" +
                                  std::string(value);
    }
    put_text(rule, "as_written", text);
  }

  void take_lockout(std::string_view name) {
    const auto ms = interval_ms(entry_.get(name));
    if (!ms) return;
    if (to_.lockout_ms_ && *to_.lockout_ms_ != *ms) to_.several_lockouts_ = true;
    to_.lockout_ms_ = *ms;
  }

  void domain() {
    if (entry_.find("minpwdlength") == nullptr && entry_.find("pwdproperties") == nullptr) return;
    Row rule;
    put_text(rule, "rule_key", first_rdn(entry_.dn));
    put_count(rule, "min_length", "minpwdlength");
    put_count(rule, "history", "pwdhistorylength");
    put_count(rule, "lockout_tries", "lockoutthreshold");
    put_days(rule, "maxpwdage");
    if (const auto properties = whole_number(entry_.get("pwdproperties"))) {
      put_classes(rule, (*properties & kComplex) != 0);
    }
    note(rule, {"minpwdlength", "pwdproperties", "maxpwdage", "pwdhistorylength",
                "lockoutthreshold"});
    take_lockout("lockoutduration");
    to_.rules.push_back(std::move(rule));
  }

  void settings() {
    Row rule;
    put_text(rule, "rule_key", first_rdn(entry_.dn));
    put_count(rule, "min_length", "msds-minimumpasswordlength");
    put_count(rule, "history", "msds-passwordhistorylength");
    put_count(rule, "lockout_tries", "msds-lockoutthreshold");
    put_days(rule, "msds-maximumpasswordage");
    if (const auto complex = true_or_false(entry_.get("msds-passwordcomplexityenabled"))) {
      put_classes(rule, *complex);
    }
    note(rule, {"msds-minimumpasswordlength", "msds-passwordcomplexityenabled",
                "msds-maximumpasswordage", "msds-passwordhistorylength", "msds-lockoutthreshold",
                "msds-passwordreversibleencryptionenabled", "msds-passwordsettingsprecedence"});
    take_lockout("msds-lockoutduration");
    to_.rules.push_back(std::move(rule));
  }

  Mapping& to_;
  const Entry& entry_;
};

void add_active_directory(Mapping& mapping, const Entry& entry) { AdMapper(mapping, entry).run(); }

}  // namespace khien::directory
