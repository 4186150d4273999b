// What all directories share, and what only the whole source can settle.
#include "collect/directory/mapping.h"

#include <charconv>

#include "base/calendar.h"
#include "base/text.h"
#include "format/clean_text.h"
#include "format/directory/times.h"

namespace khien::directory {
namespace {

constexpr std::size_t kRoleBytes = 2000;
constexpr std::size_t kTextBytes = 4000;

// Groups whose members administer (well-known relative ids of MS-ADTS 7.1.1.6).
bool is_admin_rid(std::int64_t rid) {
  static constexpr std::int64_t all[] = {498, 512, 518, 519, 520, 526, 527,
                                         544, 548, 549, 550, 551};
  return std::find(std::begin(all), std::end(all), rid) != std::end(all);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = ascii_lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

// Parts of a DN as type and value, unescaped (RFC 4514).
template <class Use>
void each_rdn(std::string_view dn, Use&& use) {
  std::string type;
  std::string value;
  bool in_value = false;
  for (std::size_t i = 0; i <= dn.size(); ++i) {
    const char c = i < dn.size() ? dn[i] : ',';
    if (c == ',' || (c == '+' && in_value && i < dn.size())) {
      if (!use(std::string(trim(type)), std::string(trim(value)))) return;
      type.clear();
      value.clear();
      in_value = false;
    } else if (!in_value && c == '=') {
      in_value = true;
    } else if (!in_value) {
      type += ascii_lower(c);
    } else if (c == '\\' && i + 1 < dn.size()) {
      const int high = hex_digit(dn[i + 1]);
      const int low = i + 2 < dn.size() ? hex_digit(dn[i + 2]) : -1;
      if (high >= 0 && low >= 0) {
        value += static_cast<char>(high * 16 + low);
        i += 2;
      } else {
        value += dn[++i];
      }
    } else {
      value += c;
    }
  }
}

}  // namespace

void put_text(Row& row, const char* column, std::string_view value) {
  value = trim(value);
  if (value.empty()) return;
  if (value.size() > kTextBytes) value = value.substr(0, kTextBytes);
  std::string text = clean_text(value);
  if (!text.empty()) row[column] = std::move(text);
}

void put_flag(Row& row, const char* column, bool value) { row[column] = std::int64_t{value}; }

void put_at(Row& row, const char* column, std::int64_t at_ms, bool day_only) {
  row[column] = at_ms;
  row[std::string(column) + "_precision"] = std::string(day_only ? "day" : "ms");
}

std::string dn_key(std::string_view dn) {
  std::string out;
  out.reserve(dn.size());
  for (const char c : dn) {
    if (c == ' ' && (out.empty() || out.back() == ',' || out.back() == ' ')) continue;
    if ((c == ',' || c == '=') && !out.empty() && out.back() == ' ') out.pop_back();
    out += ascii_lower(c);
  }
  return is_ascii(out) ? out : fold(out);
}

std::string first_rdn(std::string_view dn) {
  std::string out;
  each_rdn(dn, [&](const std::string&, std::string value) {
    out = std::move(value);
    return false;
  });
  return out;
}

std::vector<std::string> units_of(std::string_view dn) {
  std::vector<std::string> out;
  bool first = true;
  each_rdn(dn, [&](const std::string& type, std::string value) {
    if (type == "ou" && !first && !value.empty()) out.push_back(std::move(value));
    first = false;
    return out.size() < 16;
  });
  return out;
}

std::int64_t rid_of(std::string_view sid) {
  if (sid.size() < 12 || sid[0] != 1) return 0;
  const auto count = static_cast<unsigned char>(sid[1]);
  if (sid.size() != 8 + std::size_t{4} * count) return 0;
  std::int64_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    out |= std::int64_t{static_cast<unsigned char>(sid[sid.size() - 4 + i])} << (8 * i);
  }
  return out;
}

void put_generalized(Mapping& mapping, Row& row, const char* column, const Entry& entry,
                     std::string_view attribute) {
  const std::string_view text = entry.get(attribute);
  if (text.empty()) return;
  if (const auto at = generalized_time(text)) put_at(row, column, *at);
  else ++mapping.unreadable[column];
}

void put_holder(const Entry& entry, Row& row) {
  const auto first_of = [&](const char* column, std::initializer_list<const char*> attributes) {
    for (const char* attribute : attributes) {
      if (!row.contains(column)) put_text(row, column, entry.get(attribute));
    }
  };
  first_of("display_name", {"displayname", "cn"});
  first_of("mail", {"mail"});
  first_of("title", {"title"});
  first_of("phone", {"mobile", "telephonenumber"});
  first_of("unit", {"department", "ou"});
  first_of("staff_key", {"employeeid", "employeenumber"});
  const std::string_view birth = entry.get("schacdateofbirth");
  if (birth.size() == 8 && whole_number(birth)) {
    const auto date = parse_date(std::string(birth.substr(0, 4)) + "-" +
                                 std::string(birth.substr(4, 2)) + "-" +
                                 std::string(birth.substr(6, 2)));
    if (date) row["birth_on"] = to_iso(*date);
  }
  std::string units;
  for (const std::string& unit : units_of(entry.dn)) {
    Row one;
    put_text(one, "agency", unit);
    if (one.empty()) continue;
    if (!units.empty()) units += kListMark;
    units += to_text(one["agency"]);
  }
  if (!units.empty()) row["agency"] = std::move(units);
}

void Mapping::add(const Entry& entry) {
  const std::size_t before = waiting_.size() + rules.size() + groups_.size() + members_.size();
  Kind kind = Kind::openldap;
  if (entry.has_class_prefix("zimbra")) kind = Kind::zimbra;
  else if (entry.find("samaccountname") != nullptr || entry.is("domaindns") ||
           entry.is("msds-passwordsettings")) {
    kind = Kind::active_directory;
  }
  if (kind == Kind::zimbra) add_zimbra(*this, entry);
  else if (kind == Kind::active_directory) add_active_directory(*this, entry);
  else add_openldap(*this, entry);
  const std::size_t after = waiting_.size() + rules.size() + groups_.size() + members_.size();
  if (after > before) ++seen_[kind];
  else ++passed_over;
}

std::optional<Kind> Mapping::kind() const {
  std::optional<Kind> out;
  std::size_t most = 0;
  for (const auto& [kind, count] : seen_) {
    if (count <= most) continue;
    most = count;
    out = kind;
  }
  return out;
}

// A lockout after failed tries ends by itself, unless the policy says until an administrator lifts
// it: such an account is not locked as a leaver's should be.
void Mapping::settle_lockout(Account& account) {
  if (!account.lockout_at || account.row.contains("locked")) return;
  if (*account.lockout_at > as_of_ms_) return put_flag(account.row, "locked", false);
  if (!lockout_ms_ || several_lockouts_) {
    gaps.insert("locked");
    return;
  }
  put_flag(account.row, "locked",
           *lockout_ms_ == 0 || *account.lockout_at + *lockout_ms_ > as_of_ms_);
}

void Mapping::settle_groups(Account& account) {
  std::set<std::string> names;
  bool privileged = account.privileged;
  for (const std::string& key : account.groups) {
    const auto at = groups_.find(key);
    names.insert(at != groups_.end() ? at->second.name : first_rdn(key));
    privileged = privileged || (at != groups_.end() && is_admin_rid(at->second.rid));
  }
  std::vector<std::string> keys;
  if (!members_.empty()) {
    keys = {account.dn_key, "uid:" + fold(to_text(account.row["login"]))};
    if (!account.gid.empty()) keys.push_back("gid:" + account.gid);
  }
  for (const std::string& key : keys) {
    const auto at = members_.find(key);
    if (at != members_.end()) names.insert(at->second.begin(), at->second.end());
  }
  std::string role;
  for (const std::string& name : names) {
    if (role.size() + name.size() > kRoleBytes) break;
    role += (role.empty() ? "" : "; ") + name;
  }
  put_text(account.row, "role", role);
  if (privileged || saw_groups_) put_flag(account.row, "privileged", privileged);
}

void Mapping::finish() {
  accounts.reserve(waiting_.size());
  for (Account& account : waiting_) {
    settle_lockout(account);
    settle_groups(account);
    if (!account.login_seen && saw_last_login_) put_flag(account.row, "never_logged_in", true);
    accounts.push_back(std::move(account.row));
  }
  waiting_.clear();
}

}  // namespace khien::directory
