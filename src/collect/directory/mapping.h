// Entries to rows of `account` and `password_rule`. Three vocabularies, told apart entry by entry:
// Active Directory (MS-ADTS), OpenLDAP with ppolicy (RFC draft behera), Zimbra. Runs in a worker;
// pure. What needs the whole source (groups, how long a lockout lasts, whether an attribute was
// exported at all) is settled in finish().
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "format/directory/ldif.h"
#include "format/directory/values.h"
#include "store/facts.h"

namespace khien::directory {

enum class Kind { active_directory, openldap, zimbra };

// An account whose row still waits for what other entries say.
struct Account {
  Row row;
  std::string dn_key;
  std::vector<std::string> groups;   // keys of DNs
  std::string gid;                   // posixAccount: its own group
  std::optional<std::int64_t> lockout_at;  // failed tries locked it then
  bool privileged = false;           // by its own attributes
  bool login_seen = false;           // it has a last log-in, or a stated "never"
};

struct Group {
  std::string name;
  std::int64_t rid = 0;
};

class Mapping {
 public:
  explicit Mapping(std::int64_t as_of_ms) : as_of_ms_(as_of_ms) {}

  void add(const Entry& entry);
  void finish();

  std::vector<Row> accounts;  // after finish(); app, scope and account_key are the caller's
  std::vector<Row> rules;     // rule_key holds the rule's own name
  std::map<std::string, std::size_t> unreadable;  // column -> values that could not be read
  std::set<std::string> gaps;                     // columns unknown for some accounts
  std::size_t passed_over = 0;                    // entries that are no account, group or rule
  [[nodiscard]] std::optional<Kind> kind() const;

 private:
  friend class AdMapper;
  friend class LdapMapper;
  friend class ZimbraMapper;

  void settle_lockout(Account& account);
  void settle_groups(Account& account);

  std::int64_t as_of_ms_;
  std::vector<Account> waiting_;
  std::unordered_map<std::string, Group> groups_;                      // by key of the DN
  std::unordered_map<std::string, std::vector<std::string>> members_;  // DN key, "uid:x", "gid:x"
  std::optional<std::int64_t> lockout_ms_;  // how long a lockout lasts; 0 = until it is lifted
  bool several_lockouts_ = false;           // policies differ, and who has which is not known
  bool saw_groups_ = false;                 // memberOf, adminCount or group entries were exported
  bool saw_last_login_ = false;             // lastLogonTimestamp was exported
  std::map<Kind, std::size_t> seen_;
};

// --- helpers of the three mappers ---
inline constexpr std::int64_t kComplexClasses = 3;  // of upper, lower, digit, special
// UTF-8 in NFC on one line; "" stays out of the row.
void put_text(Row& row, const char* column, std::string_view value);
void put_flag(Row& row, const char* column, bool value);
void put_at(Row& row, const char* column, std::int64_t at_ms, bool day_only = false);
// Case and spaces of a DN do not tell entries apart.
[[nodiscard]] std::string dn_key(std::string_view dn);
// Value of the first part of a DN ("An Lê" of "CN=An Lê,OU=x"); its OUs, nearest first.
[[nodiscard]] std::string first_rdn(std::string_view dn);
[[nodiscard]] std::vector<std::string> units_of(std::string_view dn);
// The last number of a binary SID; 0 when it is none.
[[nodiscard]] std::int64_t rid_of(std::string_view sid);
inline constexpr char kListMark =
    '\x1D';  // between the OUs in Row["agency"] until the caller chose

void put_generalized(Mapping& mapping, Row& row, const char* column, const Entry& entry,
                     std::string_view attribute);
void put_holder(const Entry& entry, Row& row);  // name, mail, title, phone, unit, agency, staff id

void add_active_directory(Mapping& mapping, const Entry& entry);
void add_openldap(Mapping& mapping, const Entry& entry);
void add_zimbra(Mapping& mapping, const Entry& entry);

}  // namespace khien::directory
