// A log-in alone is weak evidence: it counts only where the name, if both sides give one, agrees.
#include "people/people.h"

#include <algorithm>

#include "base/text.h"

namespace khien {
namespace {

// hanh.pb, hanh-pb and hanh_pb are one log-in written three ways.
std::string front_key(std::string_view login) {
  std::string out(login.substr(0, login.find('@')));
  for (char& c : out) c = c == '.' || c == '-' ? '_' : c;
  return out;
}

std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find(' ', at), name.size());
    if (end > at) out.push_back(name.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// The words of a name in the order of the alphabet; "" for a name of fewer than three.
std::string words_key(const std::string& bare) {
  std::vector<std::string> words = words_of(bare);
  if (words.size() < 3) return "";
  std::sort(words.begin(), words.end());
  std::string out;
  for (const std::string& word : words) out += word + " ";
  return out;
}

// "tran v. be" for "tran van be".
bool is_initial(const std::string& word) {
  return word.size() == 1 || (word.size() == 2 && word[1] == '.');
}

}  // namespace

// Do two names without marks speak of one person? An empty one does not contradict; a short form
// ("Pham Hanh") agrees when all its words stand in the long one.
bool names_agree(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty() || a == b) return true;
  const auto words = [](const std::string& s) {
    std::vector<std::string> out = words_of(s);
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto x = words(a);
  const auto y = words(b);
  const auto& less = x.size() <= y.size() ? x : y;
  const auto& more = x.size() <= y.size() ? y : x;
  return less.size() >= 2 && std::includes(more.begin(), more.end(), less.begin(), less.end());
}

// Old encodings leave a question mark where a character had no byte: a space of another kind
// between a small letter and a capital ("Hà?Kim"), else a mark nobody sees.
std::string name_key(std::string_view name) {
  std::string text(name);
  for (std::size_t at = 0; (at = text.find('?', at)) != std::string::npos;) {
    const std::u32string before = to_u32(std::string_view(text).substr(0, at));
    const std::u32string next = to_u32(std::string_view(text).substr(at + 1, 4));
    const bool small = !before.empty() && before.back() > U'@' && !is_upper(before.back());
    const bool words = small && !next.empty() && is_upper(next.front());
    if (words) text[at++] = ' ';
    else text.erase(at, 1);
  }
  std::string out = fold(text);
  for (std::size_t at; (at = out.find("\xEF\xBF\xBD")) != std::string::npos;) out.erase(at, 3);
  return std::string(trim(out));
}

bool names_several_people(std::string_view display_name) {
  std::size_t names = 0;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= display_name.size(); ++i) {
    const bool cut = i == display_name.size() || display_name[i] == ',' ||
                     display_name[i] == ';' || display_name[i] == '/' || display_name[i] == '&';
    if (!cut) continue;
    const std::string_view part = trim(display_name.substr(from, i - from));
    if (part.empty()) return false;
    // "Phòng Hành chính, Quản trị" names offices: people have two to five capitalised words.
    std::size_t words = 0;
    for (std::size_t at = 0; at < part.size();) {
      const std::size_t end = std::min(part.find(' ', at), part.size());
      if (end > at) {
        const std::u32string first = to_u32(part.substr(at, end - at));
        if (first.empty() || !is_upper(first.front())) return false;
        ++words;
      }
      at = end + 1;
    }
    if (words < 2 || words > 5) return false;
    ++names;
    from = i + 1;
  }
  return names >= 2;
}

void People::put(Index& index, std::string key, std::uint32_t person) {
  if (key.empty()) return;
  index[std::move(key)].push_back(person);
}

void People::add(const Row& staff) {
  Person p;
  p.key = text_of(staff, "staff_key");
  if (p.key.empty()) return;
  p.id = fold(text_of(staff, "staff_id"));
  p.agency = fold(text_of(staff, "agency"));
  p.name = name_key(text_of(staff, "full_name"));
  p.bare = skeleton(p.name);
  p.birth_on = text_of(staff, "birth_on");
  p.unit = fold(text_of(staff, "unit"));
  p.mail = fold(text_of(staff, "mail"));
  people_.push_back(std::move(p));
}

void People::seal() {
  for (std::uint32_t i = 0; i < people_.size(); ++i) {
    const Person& p = people_[i];
    put(by_id_, p.id, i);
    by_key_.try_emplace(fold(p.key), i);
    put(by_mail_, p.mail, i);
    put(by_front_, front_key(p.mail), i);
    put(by_name_, p.name, i);
    put(by_bare_, p.bare, i);
    put(by_words_, words_key(p.bare), i);
    if (!p.agency.empty()) ++agencies_[p.agency];
  }
}

const Person* People::by_key(std::string_view folded_key) const {
  const auto at = by_key_.find(std::string(folded_key));
  return at == by_key_.end() ? nullptr : &people_[at->second];
}

const Person* People::one(const Index& index, const std::string& key, const std::string& agency,
                          bool& several) const {
  several = false;
  if (key.empty()) return nullptr;
  const auto at = index.find(key);
  if (at == index.end()) return nullptr;
  const Person* found = nullptr;
  for (const std::uint32_t i : at->second) {
    const Person& p = people_[i];
    if (!agency.empty() && p.agency != agency) continue;
    if (found != nullptr && found->key != p.key) {
      several = true;
      return nullptr;
    }
    found = &p;
  }
  return found;
}

const Person* People::by_id(const Holder& holder, const std::string& agency,
                            bool& several) const {
  const Person* p = one(by_id_, holder.staff_id, agency, several);
  if (p == nullptr && !agency.empty() && !several) {
    p = one(by_id_, holder.staff_id, "", several);
  }
  if (!several || holder.name.empty()) return p;
  const Person* named = nullptr;
  for (const std::uint32_t i : by_id_.at(holder.staff_id)) {
    if (!names_agree(skeleton(holder.name), people_[i].bare)) continue;
    if (named != nullptr && named->key != people_[i].key) return nullptr;
    named = &people_[i];
  }
  several = named == nullptr;
  return named;
}

// The account gives another name than the person has, and its address or that name belongs to
// somebody else: one of the two is wrong, a person has to look.
bool People::contradicted(const Holder& holder, const Person& person) const {
  if (holder.name.empty() || holder.several_people) return false;
  const std::string bare = skeleton(holder.name);
  if (names_agree(bare, person.bare)) return false;
  const auto somebody_else = [&](const Index& index, const std::string& key) {
    const auto at = index.find(key);
    return !key.empty() && at != index.end() &&
           std::any_of(at->second.begin(), at->second.end(), [&](std::uint32_t i) {
             return people_[i].key != person.key && names_agree(bare, people_[i].bare);
           });
  };
  return somebody_else(by_mail_, holder.mail) || somebody_else(by_bare_, bare);
}

Found People::by_address(const Holder& holder, const std::string& agency) const {
  bool several = false;
  if (const Person* p = by_id(holder, agency, several)) {
    return contradicted(holder, *p) ? Found{nullptr, "several"} : Found{p, "staff_id"};
  }
  if (several) return {nullptr, "several"};
  for (const std::string* address : {&holder.mail, &holder.login}) {
    if (address->find('@') == std::string::npos) continue;
    if (const Person* p = one(by_mail_, *address, "", several)) return {p, "mail"};
    if (several) return {nullptr, "several"};
  }
  return {};
}

Found People::by_login(const Holder& holder, const std::string& agency) const {
  if (holder.login.empty()) return {};
  const std::string front = front_key(holder.login);
  const std::string bare = holder.several_people ? "" : skeleton(holder.name);
  std::vector<std::string> keys = {front};
  if (!agency.empty()) keys.push_back(front + "_" + front_key(agency));
  for (const std::string& key : keys) {
    bool several = false;
    const Person* p = one(by_front_, key, agency, several);
    if (several) return {nullptr, "several"};
    if (p != nullptr && names_agree(bare, p->bare)) return {p, "login"};
  }
  return {};
}

Found People::by_name(const Holder& holder, const std::string& agency) const {
  if (holder.name.empty() || holder.several_people) return {};
  const std::string bare = skeleton(holder.name);
  for (const Index* index : {&by_name_, &by_bare_, &by_words_}) {
    const auto at = index->find(index == &by_name_   ? holder.name
                                : index == &by_bare_ ? bare
                                                     : words_key(bare));
    if (at == index->end()) continue;
    std::vector<const Person*> same;
    for (const std::uint32_t i : at->second) {
      const Person& p = people_[i];
      if (!agency.empty() && p.agency != agency) continue;
      const bool both = !holder.birth_on.empty() && !p.birth_on.empty();
      if (both && holder.birth_on != p.birth_on) continue;
      const bool listed = std::any_of(same.begin(), same.end(),
                                      [&](const Person* s) { return s->key == p.key; });
      if (!listed) same.push_back(&p);
    }
    if (same.empty()) continue;
    if (same.size() == 1) {
      const bool born = !holder.birth_on.empty() && holder.birth_on == same.front()->birth_on;
      const bool unit = !holder.unit.empty() && holder.unit == same.front()->unit;
      return {same.front(), born ? "name_birth" : unit ? "name_unit" : "name"};
    }
    const Person* in_unit = nullptr;
    int fits = 0;
    for (const Person* p : same) {
      if (holder.unit.empty() || p->unit != holder.unit) continue;
      in_unit = p;
      ++fits;
    }
    if (fits == 1) return {in_unit, "name_unit"};
    return {nullptr, "several"};
  }
  return fits_initials(bare) ? Found{nullptr, "several"} : Found{};
}

bool People::fits_initials(const std::string& bare) const {
  const std::vector<std::string> words = words_of(bare);
  if (words.size() < 3 || std::none_of(words.begin() + 1, words.end(), is_initial)) return false;
  return std::any_of(people_.begin(), people_.end(), [&](const Person& p) {
    if (p.bare.empty() || p.bare.front() != bare.front()) return false;
    const std::vector<std::string> whole = words_of(p.bare);
    return whole.size() == words.size() &&
           std::equal(words.begin(), words.end(), whole.begin(),
                      [](const std::string& a, const std::string& b) {
                        return a == b || (is_initial(a) && a[0] == b[0]);
                      });
  });
}

Found People::find(const Holder& holder) const {
  const std::string agency = has_agency(holder.agency) ? holder.agency : "";
  Found found = by_address(holder, agency);
  if (found.person != nullptr || std::string_view(found.basis) == "several") return found;
  found = by_login(holder, agency);
  if (found.person != nullptr || std::string_view(found.basis) == "several") return found;
  return by_name(holder, agency);
}

}  // namespace khien
