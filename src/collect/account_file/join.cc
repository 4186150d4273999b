// Accounts to people, thinly: exact keys only. Two people of one name stay two people.
#include <unordered_map>

#include "base/text.h"
#include "collect/account_file/account_file.h"

namespace khien {
namespace {

std::string text_of(const Row& row, const std::string& column) {
  const auto at = row.find(column);
  return at == row.end() ? "" : to_text(at->second);
}

std::string local_part(const std::string& mail) { return mail.substr(0, mail.find('@')); }

class People {
 public:
  void add(const Row& row) {
    const std::string key = text_of(row, "staff_key");
    if (key.empty()) return;
    ++count_;
    put(by_id_, fold(key), key);
    if (const std::string mail = fold(text_of(row, "mail")); !mail.empty()) {
      put(by_mail_, mail, key);
      put(by_local_, local_part(mail), key);
    }
    const std::string name = fold(text_of(row, "full_name"));
    put(by_name_, name, key);
    put(by_name_unit_, name + "|" + fold(text_of(row, "unit")), key);
  }
  [[nodiscard]] bool empty() const { return count_ == 0; }

  // The one person; "" nobody; `several` is set when a key fits more than one.
  [[nodiscard]] std::string find(const Row& account, bool& several) const {
    const std::string mail = fold(text_of(account, "mail"));
    const std::string login = fold(text_of(account, "login"));
    const std::string name = fold(text_of(account, "display_name"));
    const std::string unit = fold(text_of(account, "unit"));
    struct Try { const Map& map; std::string key; };
    const Try tries[] = {{by_id_, fold(text_of(account, "staff_key"))},
                         {by_mail_, mail},
                         {by_mail_, login},  // the log-in is the address in mail systems
                         {by_local_, local_part(login)}};
    for (const Try& t : tries) {
      if (t.key.empty()) continue;
      const auto at = t.map.find(t.key);
      if (at == t.map.end()) continue;
      if (at->second.size() == 1) return at->second.front();
      several = true;
      return "";
    }
    if (name.empty()) return "";
    const auto named = by_name_.find(name);
    if (named == by_name_.end()) return "";
    if (named->second.size() == 1) return named->second.front();
    const auto both = by_name_unit_.find(name + "|" + unit);
    if (both != by_name_unit_.end() && both->second.size() == 1) return both->second.front();
    several = true;
    return "";
  }

 private:
  using Map = std::unordered_map<std::string, std::vector<std::string>>;
  static void put(Map& map, const std::string& key, const std::string& person) {
    if (key.empty()) return;
    std::vector<std::string>& people = map[key];
    if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
  }

  Map by_id_, by_mail_, by_local_, by_name_, by_name_unit_;
  std::size_t count_ = 0;
};

void join_table(const People& people, TableFacts& accounts) {
  int several = 0;
  for (Row& row : accounts.rows) {
    if (text_of(row, "scope") == "host") continue;
    bool doubtful = false;
    const std::string person = people.find(row, doubtful);
    several += doubtful;
    if (person.empty()) row.erase("staff_key");
    else row["staff_key"] = person;
  }
  if (several > 0) {
    accounts.gaps["staff_key"] = "reason.accounts.several_people";
    accounts.detail += (accounts.detail.empty() ? "" : "; ") + ("staff_key: " +
                       std::to_string(several));
  }
}

}  // namespace

void join_staff(std::vector<Collection>& collections) {
  People people;
  for (const Collection& c : collections) {
    const auto staff = c.tables.find("staff");
    if (staff == c.tables.end()) continue;
    for (const Row& row : staff->second.rows) people.add(row);
  }
  for (Collection& c : collections) {
    const auto accounts = c.tables.find("account");
    if (accounts == c.tables.end() || accounts->second.rows.empty()) continue;
    join_table(people, accounts->second);
    const bool of_apps = text_of(accounts->second.rows.front(), "scope") != "host";
    if (people.empty() && of_apps) {
      accounts->second.gaps["staff_key"] = "reason.accounts.no_staff_list";
    }
  }
}

}  // namespace khien
