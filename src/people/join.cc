// Two passes: ids and mail addresses need no agency and teach which agency a written name
// ("Sở Mẫu") or a code (OU, host name) stands for; log-ins and names are then looked up within it.
#include "people/join.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "people/errors.h"
#include "people/missing_ids.h"
#include "people/people.h"
#include "people/staff_key.h"

namespace khien {
namespace {

std::string folded(const Row& row, const std::string& column) {
  return fold(text_of(row, column));
}

class Joiner {
 public:
  Joiner(const People& people, const Lexicon& lexicon, const JoinDecisions& decisions)
      : people_(people), lexicon_(lexicon), decisions_(decisions) {}

  // What ids and addresses alone say of an agency's other names.
  void learn(const TableFacts& accounts) {
    for (const Row& row : accounts.rows) {
      const std::string agency = folded(row, "agency");
      if (agency.empty() || people_.has_agency(agency)) continue;
      const Found found = people_.by_address(holder_of(row));
      if (found.person != nullptr && !found.person->agency.empty()) {
        ++votes_[agency][found.person->agency];
      }
    }
  }

  void join(TableFacts& accounts) {
    int several = 0;
    for (Row& row : accounts.rows) {
      note_kind(row);
      const Found found = decide(row);
      several += std::string_view(found.basis) == "several";
      row["join_basis"] = std::string(found.basis);
      if (shared_by_decision(row)) row["shared_declared"] = std::int64_t{1};
      if (found.person == nullptr) {
        row.erase("staff_key");
        const std::string agency = agency_of(row);
        if (!agency.empty() && people_.has_agency(agency)) row["agency"] = shown(agency);
        continue;
      }
      row["staff_key"] = found.person->key;
      if (!found.person->agency.empty()) row["agency"] = shown(found.person->agency);
    }
    if (several == 0) return;
    accounts.gaps["staff_key"] = "reason.accounts.several_people";
    accounts.detail += (accounts.detail.empty() ? "" : "; ") + ("staff_key: " +
                       std::to_string(several));
  }

  // Owners of browser profiles, where the machine's name holds the code of an agency.
  void join_profiles(TableFacts& profiles) const {
    for (Row& row : profiles.rows) {
      const std::string agency = agency_of(row);
      if (agency.empty()) continue;
      row["agency"] = shown(agency);
      Holder holder;
      holder.login = folded(row, "login");
      holder.agency = agency;
      const Found found = people_.find(holder);
      if (found.person != nullptr) row["staff_key"] = found.person->key;
    }
  }

  // The accounts to come are those of a server's files.
  void of_server(bool server) { server_ = server; }
  void show_agency_as(const std::string& written) { written_[fold(written)] = written; }

  [[nodiscard]] std::vector<Error> decisions_for_nothing(
      const std::vector<Collection>& collections) const {
    std::set<std::string> keys;
    for (const Collection& c : collections) {
      const auto accounts = c.tables.find("account");
      if (decisions_.empty() || accounts == c.tables.end()) continue;
      for (const Row& row : accounts->second.rows) keys.insert(decision_key(row));
    }
    std::vector<Error> out;
    for (const auto& [key, decision] : decisions_) {
      const bool somebody = decision.who == JoinDecision::Who::person;
      if (!keys.contains(key)) {
        out.push_back({err::decision_no_account, decision.place, {{"account", key}}});
      } else if (somebody && people_.by_key(decision.staff) == nullptr) {
        out.push_back({err::decision_no_person, decision.place, {{"id", decision.staff}}});
      }
    }
    return out;
  }

 private:
  [[nodiscard]] static std::string decision_key(const Row& row) {
    return folded(row, "app") + "|" + folded(row, "login");
  }
  [[nodiscard]] const JoinDecision* decision_of(const Row& row) const {
    const auto at = decisions_.find(decision_key(row));
    return at == decisions_.end() ? nullptr : &at->second;
  }
  [[nodiscard]] bool shared_by_decision(const Row& row) const {
    if (decisions_.empty()) return false;
    const JoinDecision* decision = decision_of(row);
    return decision != nullptr && decision->who == JoinDecision::Who::several;
  }

  [[nodiscard]] std::string shown(const std::string& agency) const {
    const auto at = written_.find(agency);
    return at == written_.end() ? agency : at->second;
  }

  void note_kind(Row& row) const {
    row["generic_name"] = std::int64_t{lexicon_.is_generic(text_of(row, "login"))};
    const std::string name = text_of(row, "display_name");
    if (!name.empty()) row["several_people"] = std::int64_t{names_several_people(name)};
  }

  [[nodiscard]] Holder holder_of(const Row& row) const {
    Holder h;
    h.staff_id = folded(row, "staff_key");
    h.mail = folded(row, "mail");
    h.login = folded(row, "login");
    h.name = name_key(lexicon_.name_of_person(text_of(row, "display_name")));
    h.birth_on = text_of(row, "birth_on");
    h.unit = folded(row, "unit");
    h.several_people = row.contains("several_people") && text_of(row, "several_people") == "1";
    return h;
  }

  // The account's agency as the staff lists call it: its own word, what that word was seen to mean,
  // or a part of the host name that is an agency's code (stp-srv1).
  [[nodiscard]] std::string agency_of(const Row& row) const {
    const std::string own = folded(row, "agency");
    if (people_.has_agency(own)) return own;
    if (const auto at = votes_.find(own); at != votes_.end()) {
      std::size_t all = 0;
      const std::pair<const std::string, std::size_t>* best = nullptr;
      for (const auto& vote : at->second) {
        all += vote.second;
        if (best == nullptr || vote.second > best->second) best = &vote;
      }
      if (best->second * 10 > all * 6) return best->first;
    }
    // an.nv_sa@..., an.nv.sa: the tail of the log-in
    const std::string login = folded(row, "login");
    const std::string front = login.substr(0, login.find('@'));
    const std::size_t tail = front.find_last_of("-_.");
    if (tail != std::string::npos && people_.has_agency(front.substr(tail + 1))) {
      return front.substr(tail + 1);
    }
    const std::string host = folded(row, "host");
    for (std::size_t from = 0; from < host.size();) {
      const std::size_t end = std::min(host.find_first_of("-_.", from), host.size());
      if (people_.has_agency(host.substr(from, end - from))) return host.substr(from, end - from);
      from = end + 1;
    }
    return "";
  }

  [[nodiscard]] Found decide(const Row& row) const {
    if (!decisions_.empty()) {
      const JoinDecision* decision = decision_of(row);
      const bool somebody = decision != nullptr && decision->who == JoinDecision::Who::person;
      const Person* person = somebody ? people_.by_key(decision->staff) : nullptr;
      if (decision != nullptr && (!somebody || person != nullptr)) return {person, "decided"};
    }
    Holder holder = holder_of(row);
    holder.agency = agency_of(row);
    const bool on_machine = text_of(row, "scope") == "host";
    // Log-ins of machines are free: without an agency's list to look in, a match is chance; but a
    // server whose accounts an agency hands in for review is its own, where it is the only one.
    const bool own_server = server_ && people_.agencies() <= 1;
    if (on_machine && holder.agency.empty() && !own_server) return {};
    return people_.find(holder);
  }

  const People& people_;
  const Lexicon& lexicon_;
  const JoinDecisions& decisions_;
  bool server_ = false;
  std::unordered_map<std::string, std::unordered_map<std::string, std::size_t>> votes_;
  std::unordered_map<std::string, std::string> written_;
};

}  // namespace

std::vector<Error> join_staff(std::vector<Collection>& collections, const Lexicon& lexicon,
                              const JoinDecisions& decisions) {
  People people;
  Joiner joiner(people, lexicon, decisions);
  for (const Collection& c : collections) {
    const auto staff = c.tables.find("staff");
    if (staff == c.tables.end()) continue;
    for (const Row& row : staff->second.rows) {
      people.add(row);
      if (const std::string agency = text_of(row, "agency"); !agency.empty()) {
        joiner.show_agency_as(agency);
      }
    }
  }
  people.seal();
  for (const Collection& c : collections) {
    const auto accounts = c.tables.find("account");
    if (accounts != c.tables.end()) joiner.learn(accounts->second);
  }
  for (Collection& c : collections) {
    if (const auto at = c.tables.find("browser_credential"); at != c.tables.end()) {
      joiner.join_profiles(at->second);
    }
    const auto accounts = c.tables.find("account");
    if (accounts == c.tables.end() || accounts->second.rows.empty()) continue;
    joiner.of_server(c.collector == "account_file");
    joiner.join(accounts->second);
    const bool of_apps = text_of(accounts->second.rows.front(), "scope") != "host";
    if (people.empty() && of_apps) {
      accounts->second.gaps["staff_key"] = "reason.accounts.no_staff_list";
    }
  }
  return joiner.decisions_for_nothing(collections);
}

namespace {

template <class Use>
void each_row(std::vector<Collection>& collections, const char* table, Use&& use) {
  for (Collection& c : collections) {
    const auto at = c.tables.find(table);
    if (at == c.tables.end()) continue;
    for (Row& row : at->second.rows) use(row, at->second);
  }
}

std::string bare_name(const Row& row, const char* column) {
  return skeleton(name_key(text_of(row, column)));
}

// One id, two people: agencies number their staff from 1 each. The first keeps it, the others are
// told apart by their agency. One person in two lists (moved from one to the other) stays one.
void tell_apart(std::vector<Collection>& collections) {
  struct Known {
    const Row* row;
    std::string key;
  };
  const auto same_person = [](const Row& a, const Row& b) {
    const std::string x = text_of(a, "birth_on"), y = text_of(b, "birth_on");
    return (x.empty() || y.empty() || x == y) &&
           names_agree(bare_name(a, "full_name"), bare_name(b, "full_name"));
  };
  std::unordered_map<std::string, std::vector<Known>> of_id;
  each_row(collections, "staff", [&](Row& row, TableFacts&) {
    std::string key = text_of(row, "staff_key");
    std::vector<Known>& known = of_id[fold(key)];
    for (const Known& k : known) {
      if (!same_person(row, *k.row)) continue;
      row["staff_key"] = k.key;
      return;
    }
    if (!known.empty()) {
      const std::string agency = text_of(row, "agency");
      key = staff_key_told_apart(key, agency.empty() ? std::to_string(known.size() + 1) : agency);
      const bool taken = std::any_of(known.begin(), known.end(),
                                     [&](const Known& k) { return k.key == key; });
      if (taken) key += "-" + std::to_string(known.size() + 1);
      row["staff_key"] = key;
    }
    known.push_back({&row, key});
  });
}

// Ids the running number shows (missing_ids.h) are taken where nobody else is known by them.
void take_shown_ids(std::vector<Collection>& collections) {
  std::unordered_map<std::string, int> ids;
  std::unordered_map<std::string, std::vector<const Row*>> accounts;  // that give such an id
  each_row(collections, "staff", [&](const Row& row, TableFacts&) {
    if (row.contains("shown_id")) ++ids[folded(row, "shown_id")];
  });
  if (ids.empty()) return;
  each_row(collections, "staff", [&](const Row& row, TableFacts&) {
    if (const auto at = ids.find(folded(row, "staff_key")); at != ids.end()) ++at->second;
  });
  each_row(collections, "account", [&](const Row& row, TableFacts&) {
    const std::string id = folded(row, "staff_key");
    if (ids.contains(id)) accounts[id].push_back(&row);
  });
  std::map<TableFacts*, int> taken;
  each_row(collections, "staff", [&](Row& row, TableFacts& facts) {
    if (!row.contains("shown_id")) return;
    const std::string id = text_of(row, "shown_id");
    const std::string name = bare_name(row, "full_name");
    const auto& claims = accounts[fold(id)];
    const bool own = std::all_of(claims.begin(), claims.end(), [&](const Row* account) {
      return names_agree(name, bare_name(*account, "display_name"));
    });
    if (ids[fold(id)] != 1 || !own) return;
    row["staff_key"] = id;
    row["staff_id"] = id;
    ++taken[&facts];
  });
  for (const auto& [facts, count] : taken) {
    facts->detail += (facts->detail.empty() ? "" : "; ") +
                     ("ids taken from the running number: " + std::to_string(count));
  }
}

}  // namespace

// Accounts that carry both an id and an address say whose address it is.
void complete_staff(std::vector<Collection>& collections) {
  take_shown_ids(collections);
  tell_apart(collections);
  bool lacking = false;
  each_row(collections, "staff", [&](const Row& row, TableFacts&) {
    lacking = lacking || !row.contains("mail") || !row.contains("staff_id");
  });
  if (!lacking) return;
  std::unordered_map<std::string, std::string> id_of, mail_of;  // "" where two differ
  std::unordered_map<std::string, std::vector<const Row*>> holders;  // accounts of a mail
  const auto note = [](auto& map, const std::string& key, const std::string& value) {
    const auto [at, fresh] = map.try_emplace(key, value);
    if (!fresh && fold(at->second) != fold(value)) at->second.clear();
  };
  each_row(collections, "account", [&](const Row& row, TableFacts&) {
    const std::string id = text_of(row, "staff_key");
    const std::string mail = folded(row, "mail");
    if (id.empty() || mail.empty()) return;
    note(id_of, mail, id);
    note(mail_of, fold(id), mail);
    holders[mail].push_back(&row);
  });
  if (id_of.empty()) return;
  std::unordered_map<std::string, int> ids, mails;  // of the staff lists, each person once
  std::set<std::string> seen;
  each_row(collections, "staff", [&](const Row& row, TableFacts&) {
    if (seen.insert(folded(row, "staff_key")).second) ++ids[folded(row, "staff_id")];
    ++mails[folded(row, "mail")];
  });
  std::map<TableFacts*, int> completed;
  each_row(collections, "staff", [&](Row& row, TableFacts& facts) {
    const std::string key = text_of(row, "staff_key");
    const bool made = !row.contains("staff_id");
    const std::string mail = made ? folded(row, "mail") : mail_of[fold(key)];
    if (mail.empty() || (!made && row.contains("mail"))) return;
    const std::string id = id_of[mail];
    // One id for one address and the other way round, nobody else's, and no other name.
    if (id.empty() || mail_of[fold(id)] != mail) return;
    const std::string name = bare_name(row, "full_name");
    const auto& all = holders[mail];
    const bool named = std::all_of(all.begin(), all.end(), [&](const Row* account) {
      return names_agree(name, bare_name(*account, "display_name"));
    });
    if (!named || ids[fold(id)] > (made ? 0 : 1) || (!made && mails[mail] > 0)) return;
    if (made) {
      row["staff_key"] = id;
      row["staff_id"] = id;
      ++ids[fold(id)];
    } else {
      row["mail"] = mail;
      ++mails[mail];
    }
    ++completed[&facts];
  });
  for (const auto& [facts, count] : completed) {
    facts->detail += (facts->detail.empty() ? "" : "; ") +
                     ("completed from a directory: " + std::to_string(count));
  }
}

void forget_contact_data(std::vector<Collection>& collections) {
  for (Collection& c : collections) {
    for (const char* table : {"staff", "account"}) {
      const auto at = c.tables.find(table);
      if (at == c.tables.end()) continue;
      for (Row& row : at->second.rows) {
        row.erase("phone");
        row.erase("birth_on");
      }
    }
  }
}

void note_generic_names(std::vector<Collection>& collections, const Lexicon& lexicon) {
  for (Collection& c : collections) {
    const auto accounts = c.tables.find("account");
    if (accounts == c.tables.end()) continue;
    for (Row& row : accounts->second.rows) {
      if (row.contains("generic_name")) continue;
      row["generic_name"] = std::int64_t{lexicon.is_generic(text_of(row, "login"))};
    }
  }
}

}  // namespace khien
