// Zimbra: accounts by zimbraAccountStatus, rules of classes of service. An account logs in by its
// address.
#include "base/text.h"
#include "collect/directory/mapping.h"

namespace khien::directory {

class ZimbraMapper {
 public:
  ZimbraMapper(Mapping& to, const Entry& entry) : to_(to), entry_(entry) {}

  void run() {
    if (entry_.is("zimbracos")) return cos();
    const bool other = entry_.is("zimbraalias") || entry_.is("zimbradistributionlist") ||
                       entry_.is("zimbragroup") || entry_.is("zimbradomain") ||
                       entry_.is("zimbraserver") || entry_.is("zimbraglobalconfig") ||
                       entry_.is("zimbraidentity") || entry_.is("zimbrasignature") ||
                       entry_.is("zimbradatasource");
    if (!other && (entry_.is("zimbraaccount") || entry_.is("zimbracalendarresource"))) account();
  }

 private:
  void account() {
    Account account;
    Row& row = account.row;
    for (const char* name : {"zimbramaildeliveryaddress", "mail", "uid"}) {
      if (!row.contains("login")) put_text(row, "login", entry_.get(name));
    }
    if (!row.contains("login")) return;
    put_holder(entry_, row);
    state(row);
    put_generalized(to_, row, "created_at", entry_, "zimbracreatetimestamp");
    put_generalized(to_, row, "password_changed_at", entry_, "zimbrapasswordmodifiedtime");
    put_generalized(to_, row, "last_login_at", entry_, "zimbralastlogontimestamp");
    if (row.contains("last_login_at")) put_flag(row, "never_logged_in", false);
    account.login_seen = true;  // an account made before a migration may lack the time
    put_known(row, "password_must_change", "zimbrapasswordmustchange");
    put_known(row, "mfa", "zimbratwofactorauthenabled");
    if (!entry_.password_scheme.empty()) put_text(row, "password_store", entry_.password_scheme);
    rights(account);
    account.dn_key = dn_key(entry_.dn);
    to_.waiting_.push_back(std::move(account));
  }

  void state(Row& row) {
    const std::string status = fold(entry_.get("zimbraaccountstatus"));
    if (status.empty()) return;
    static constexpr const char* off[] = {"locked", "closed", "lockout", "maintenance", "pending"};
    const bool shut = std::find(std::begin(off), std::end(off), status) != std::end(off);
    if (!shut && status != "active") {
      ++to_.unreadable["enabled"];
      return;
    }
    put_flag(row, "enabled", !shut);
    put_flag(row, "locked", shut);
  }

  void put_known(Row& row, const char* column, std::string_view name) const {
    if (const auto value = true_or_false(entry_.get(name))) put_flag(row, column, *value);
  }

  void rights(Account& account) {
    const auto admin = true_or_false(entry_.get("zimbraisadminaccount"));
    const auto delegated = true_or_false(entry_.get("zimbraisdelegatedadminaccount"));
    account.privileged = admin == true || delegated == true;
    if (admin || delegated) to_.saw_groups_ = true;
  }

  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const {
    const auto out = whole_number(entry_.get(name));
    return out && *out >= 0 ? out : std::nullopt;
  }

  void put_count(Row& rule, const char* column, std::string_view name) const {
    if (const auto n = number(name)) rule[column] = *n;
  }

  void put_need(Row& rule, const char* column, std::string_view name) const {
    if (const auto n = number(name)) put_flag(rule, column, *n > 0);
  }

  void cos() {
    Row rule;
    put_text(rule, "rule_key", entry_.get("cn"));
    if (!rule.contains("rule_key")) put_text(rule, "rule_key", first_rdn(entry_.dn));
    put_count(rule, "min_length", "zimbrapasswordminlength");
    put_count(rule, "max_age_days", "zimbrapasswordmaxage");
    put_count(rule, "history", "zimbrapasswordenforcehistory");
    put_need(rule, "need_upper", "zimbrapasswordminuppercasechars");
    put_need(rule, "need_lower", "zimbrapasswordminlowercasechars");
    put_need(rule, "need_digit", "zimbrapasswordminnumericchars");
    put_need(rule, "need_special", "zimbrapasswordminpunctuationchars");
    put_need(rule, "need_letter", "zimbrapasswordminalphachars");
    // MinDigitsOrPuncs asks for one or the other: alone it forces neither.
    if (true_or_false(entry_.get("zimbrapasswordlockoutenabled")) == false) {
      rule["lockout_tries"] = std::int64_t{0};
    } else {
      put_count(rule, "lockout_tries", "zimbrapasswordlockoutmaxfailures");
    }
    std::string text;
    for (const auto& [name, value] : entry_.values) {
      if (!name.starts_with("zimbrapassword")) continue;
      text += (text.empty() ? "" : " ") + std::string(name) + "=" + value;
    }
    if (text.empty()) return;
    put_text(rule, "as_written", text);
    to_.rules.push_back(std::move(rule));
  }

  Mapping& to_;
  const Entry& entry_;
};

void add_zimbra(Mapping& mapping, const Entry& entry) { ZimbraMapper(mapping, entry).run(); }

}  // namespace khien::directory
