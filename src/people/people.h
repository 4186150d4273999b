// The people of all staff lists, found by what an account says of its holder.
//
// Order of evidence: staff id > mail > log-in = front of the mail address > name and birth date >
// name and unit > name, each only where exactly one person fits. An id or address is "several"
// where the account's own name and another of its marks speak of somebody else. Names are compared
// after fold() (case, tone placement), then without marks, then whatever the order of their words
// ("Bê Trần Văn"); a name with a letter for a word ("Trần V. Bê") is somebody to look at. Where
// the agency of the account has a staff list, names and log-ins are looked up in that agency
// alone. Two people of one name stay two.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/facts.h"

namespace khien {

struct Person {
  std::string key;     // staff.staff_key
  std::string id;      // folded, as the list writes it: two people of two agencies may have one
  std::string agency;  // folded; "" when the list does not say
  std::string name;    // folded
  std::string bare;    // without marks
  std::string birth_on;
  std::string unit;    // folded
  std::string mail;    // folded
};

// What an account says of its holder, folded once.
struct Holder {
  std::string staff_id, mail, login, name, birth_on, unit, agency;
  bool several_people = false;  // the display name names more than one: no name to look up
};

struct Found {
  const Person* person = nullptr;
  const char* basis = "none";  // account.join_basis
};

class People {
 public:
  // Keeps `rows` people; call seal() once after the last add().
  void add(const Row& staff);
  void seal();
  [[nodiscard]] bool empty() const { return people_.empty(); }
  [[nodiscard]] std::size_t agencies() const { return agencies_.size(); }
  [[nodiscard]] bool has_agency(std::string_view folded) const {
    return agencies_.contains(std::string(folded));
  }
  [[nodiscard]] const Person* by_key(std::string_view folded_key) const;
  // Staff id and mail only: what needs no agency; of several people with one id the one of
  // `agency`, or of the holder's name.
  [[nodiscard]] Found by_address(const Holder& holder, const std::string& agency = "") const;
  [[nodiscard]] Found find(const Holder& holder) const;

 private:
  using Index = std::unordered_map<std::string, std::vector<std::uint32_t>>;
  static void put(Index& index, std::string key, std::uint32_t person);
  // The one person under `key`, in `agency` when not empty. `several` is set for more than one.
  [[nodiscard]] const Person* by_id(const Holder& holder, const std::string& agency,
                                    bool& several) const;
  [[nodiscard]] bool contradicted(const Holder& holder, const Person& person) const;
  [[nodiscard]] const Person* one(const Index& index, const std::string& key,
                                  const std::string& agency, bool& several) const;
  [[nodiscard]] Found by_login(const Holder& holder, const std::string& agency) const;
  [[nodiscard]] Found by_name(const Holder& holder, const std::string& agency) const;

  std::vector<Person> people_;
  std::unordered_map<std::string, std::size_t> agencies_;
  std::unordered_map<std::string, std::uint32_t> by_key_;
  [[nodiscard]] bool fits_initials(const std::string& bare) const;

  Index by_id_, by_mail_, by_front_, by_name_, by_bare_, by_words_;
};

// "Đào Xuân Bình, Tô Thu Hoài" -> true: two or more names of two words each.
[[nodiscard]] bool names_several_people(std::string_view display_name);
[[nodiscard]] bool names_agree(const std::string& bare, const std::string& other);
// What names are compared by.
[[nodiscard]] std::string name_key(std::string_view name);

}  // namespace khien
