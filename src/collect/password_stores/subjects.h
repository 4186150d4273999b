// Whose account an entry of a password store is: the row of table account, and through it the row
// of table staff.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "collect/source/source.h"
#include "engine/password/types.h"

namespace khien::password {

struct StoreEntry {  // what the worker tells of an entry: no hash
  std::size_t store = 0;
  std::string login, domain, mail, full_name, scheme;
  bool none = false, unknown = false, unsalted = false;
  bool weak_store = false, lm_kept = false, disabled = false;
  bool alternative = false;  // of the entry before: one account, one answer
};

struct Holder {
  Subject subject;
  std::string account_key, agency, staff_key;
  std::string person;  // the same for all accounts of one person
};

class Holders {
 public:
  Holders(const Agency& agency, const std::vector<Collection>& collected);
  [[nodiscard]] Holder find(const StoreEntry& entry, const AgencySource& source) const;

 private:
  using Rows = std::unordered_map<std::string, std::vector<const Row*>>;
  [[nodiscard]] const Row* account_of(const StoreEntry& entry, const AgencySource& source) const;
  [[nodiscard]] const Row* staff_of(const Row* account, const StoreEntry& entry) const;

  void add_codes_of_domain(const std::string& domain, std::vector<std::string>& out) const;

  mutable std::unordered_map<std::string, std::vector<std::string>> of_domain_;  // short names
  Rows accounts_of_, by_login_, by_mail_, staff_by_key_, staff_by_mail_;
  std::vector<std::string> agency_codes_, domain_codes_;
};

}  // namespace khien::password
