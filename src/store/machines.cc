// A stick carries many bundles of the same machine; counting one machine twice would be false, and
// so would counting two machines once.
#include "store/machines.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/calendar.h"
#include "base/text.h"

namespace khien {
namespace {

using Status = TableFacts::Status;

std::string machine_id(const Collection& c) {
  const auto host = c.tables.find("host");
  return host == c.tables.end() || host->second.rows.empty()
             ? "" : text_of(host->second.rows.front(), "machine_id");
}

bool dated_in_time(const Collection& c, std::int64_t as_of) {
  return !c.dated || (c.finished_at <= as_of && c.finished_at >= kFirstCollection);
}

// Rows about the machine get its name; keys of its accounts begin with it.
void rename(Collection& c, const std::string& name) {
  const std::string old = fold(c.host);
  const std::string prefix = c.host + ":";
  c.host = name;
  for (auto& [table, facts] : c.tables) {
    for (Row& row : facts.rows) {
      if (const auto host = row.find("host"); host != row.end() &&
                                              fold(to_text(host->second)) == old) {
        host->second = name;
      }
      if (const auto key = row.find("account_key"); key != row.end()) {
        const std::string text = to_text(key->second);
        if (text.starts_with(prefix)) key->second = name + ":" + text.substr(prefix.size());
      }
    }
  }
}

// Which of the machines of one name a collection is of: its id, or where it says none the kind of
// collector that asked it. "" of what is only a file about a machine.
std::string identity(const Collection& c) {
  const std::string id = machine_id(c);
  return !id.empty() || !c.dated ? id : c.collector;
}

// Square brackets tell machines of one name apart; no name of a machine has any.
std::string without_brackets(std::string name) {
  std::replace(name.begin(), name.end(), '[', '(');
  std::replace(name.begin(), name.end(), ']', ')');
  return name;
}

class Names {
 public:
  explicit Names(const std::vector<Collection>& all) {
    std::map<std::string, std::int64_t> newest;
    for (const Collection& c : all) {
      if (c.host.empty()) continue;
      const std::string key = fold(c.host);
      if (const std::string id = identity(c); !id.empty()) ids_[key].insert(id);
      const auto [at, fresh] = newest.emplace(key, c.finished_at);
      if (fresh || c.finished_at > at->second) spelling_[key] = c.host;
      at->second = std::max(at->second, c.finished_at);
    }
  }

  void apply(Collection& c) {
    if (c.host.empty()) return apply_to_list(c);
    const std::string key = fold(c.host);
    const std::string id = identity(c);
    const bool several = ids_[key].size() > 1 && !id.empty();
    const std::string name = spelling_[key] + (several ? " [" + shortest(key, id) + "]" : "");
    if (name != c.host) rename(c, name);
  }

 private:
  std::map<std::string, std::string> spelling_;        // folded name -> as written
  std::map<std::string, std::set<std::string>> ids_;   // folded name -> machine ids

  // Six characters of an id, or as many as tell it from the others of its name.
  [[nodiscard]] std::string shortest(const std::string& key, const std::string& id) const {
    constexpr std::size_t kLeast = 6;
    std::size_t length = kLeast;
    for (const std::string& other : ids_.at(key)) {
      while (other != id && length < id.size() &&
             id.compare(0, length, other, 0, length) == 0) {
        ++length;
      }
    }
    return id.substr(0, length);
  }

  void apply_to_list(Collection& c) {
    for (auto& [table, facts] : c.tables) {
      std::string of_several;
      for (Row& row : facts.rows) {
        const auto host = row.find("host");
        if (host == row.end()) continue;
        const std::string written = without_brackets(to_text(host->second));
        if (written.empty()) continue;
        const std::string key = fold(written);
        if (const auto ids = ids_.find(key); ids != ids_.end() && ids->second.size() > 1) {
          of_several = written;
        }
        host->second = spelling_.emplace(key, written).first->second;
      }
      if (!of_several.empty() && facts.status == Status::complete) {
        c.mark(table, Status::partial, "reason.name_of_several_machines", of_several);
      }
    }
  }
};

// Collections of one name, none of which says which machine it is of: they may be of one machine,
// asked twice, or of several. A file copied twice is one.
bool may_be_several(const std::vector<Collection*>& same) {
  std::set<std::tuple<std::int64_t, std::int64_t, std::string>> seen;
  for (const Collection* c : same) {
    if (!c->dated || !machine_id(*c).empty()) return false;
    seen.insert({c->started_at, c->finished_at, c->sealed_by});
  }
  return seen.size() > 1;
}

void doubt(Collection& c, std::size_t collections) {
  for (auto& [table, facts] : c.tables) {
    if (facts.status != Status::complete) continue;
    c.mark(table, Status::partial, "reason.machines_without_id", std::to_string(collections));
  }
}

// All of a machine's collections by one collector: what counts of them goes to `out`.
void take_newest(std::vector<Collection*>& same, std::int64_t as_of,
                 std::vector<Collection>& out) {
  std::stable_sort(same.begin(), same.end(), [](const Collection* a, const Collection* b) {
    return a->finished_at > b->finished_at;
  });
  const auto first = std::find_if(same.begin(), same.end(), [&](const Collection* c) {
    return dated_in_time(*c, as_of);
  });
  if (first == same.end()) {  // nothing to go by but that the machine is there
    Collection& last = *same.back();
    const bool later = last.finished_at > as_of;
    for (auto& [table, facts] : last.tables) {
      facts = {};
      last.mark(table, Status::missing,
                later ? "reason.facts_dated_later" : "reason.facts_of_wrong_clock",
                to_iso(local_date(last.finished_at)));
    }
    out.push_back(std::move(last));
    return;
  }
  const bool doubtful = may_be_several(same);
  std::set<std::string> known;
  std::vector<Collection> fillers;
  for (auto at = first; at != same.end(); ++at) {
    Collection& c = **at;
    if (!dated_in_time(c, as_of)) continue;
    const bool newest = at == first;
    std::erase_if(c.tables, [&](const auto& entry) {
      const bool read = entry.second.status != Status::missing;
      if (read) return !known.insert(entry.first).second;
      return !newest;
    });
    if (newest || !c.tables.empty()) fillers.push_back(std::move(c));
  }
  // The newer one's word that it could not read a table goes when an older one fills it.
  std::erase_if(fillers.front().tables, [&](const auto& entry) {
    return entry.second.status == Status::missing && known.contains(entry.first);
  });
  if (doubtful) {
    for (Collection& c : fillers) doubt(c, same.size());
  }
  std::move(fillers.begin(), fillers.end(), std::back_inserter(out));
}

// Tables whose `scope` says whom a row is about. Elsewhere it means another thing: a socket's
// reach, a scan's extent.
bool has_owners(const FactTable& table) {
  return table.name == "account" || table.name == "password_rule" || table.name == "firewall";
}

bool is_column(const FactTable& table, const std::string& column) {
  constexpr std::string_view suffix = "_precision";
  return table.find(column) != nullptr ||
         (column.ends_with(suffix) &&
          table.find(column.substr(0, column.size() - suffix.size())) != nullptr);
}

}  // namespace

std::vector<Collection> one_per_machine(std::vector<Collection> collections, std::int64_t as_of) {
  for (Collection& c : collections) {
    if (c.host.find_first_of("[]") != std::string::npos) rename(c, without_brackets(c.host));
    // A machine that was asked and has no row of its own would be no subject of any control.
    const auto host = c.tables.find("host");
    if (c.dated && !c.host.empty() && (host == c.tables.end() || host->second.rows.empty())) {
      c.mark("host", Status::missing, "reason.machine_not_described");
    }
  }
  Names names(collections);
  for (Collection& c : collections) names.apply(c);
  std::vector<Collection> out;
  std::map<std::tuple<std::string, std::string>, std::vector<Collection*>> groups;
  for (Collection& c : collections) {
    if (c.host.empty()) out.push_back(std::move(c));
    else groups[{c.collector, c.host}].push_back(&c);
  }
  for (auto& [key, same] : groups) take_newest(same, as_of, out);
  return out;
}

void keep_own_machine(const FactSchema& schema, Collection& c) {
  std::erase_if(c.tables, [&](const auto& entry) {
    const FactTable* table = schema.find(entry.first);
    return table == nullptr || table->find("host") == nullptr;
  });
  for (auto& [name, facts] : c.tables) {
    const FactTable& table = *schema.find(name);
    for (Row& row : facts.rows) {
      row.erase_if([&](const auto& cell) { return !is_column(table, cell.first); });
    }
    std::erase_if(facts.gaps, [&](const auto& gap) { return table.find(gap.first) == nullptr; });
    if (has_owners(table)) {
      std::erase_if(facts.rows, [](const Row& row) { return text_of(row, "scope") != "host"; });
    }
    if (c.host.empty()) {
      facts = {};
      c.mark(name, Status::missing, "reason.bundle_of_no_machine");
      continue;
    }
    const std::string own = fold(c.host);
    const auto strangers = std::erase_if(facts.rows, [&](const Row& row) {
      const std::string key = text_of(row, "account_key");
      return fold(text_of(row, "host")) != own ||
             (!key.empty() && !fold(key).starts_with(own + ":"));
    });
    if (strangers > 0 && facts.status != Status::missing) {
      c.mark(name, Status::partial, "reason.row_of_another_machine", std::to_string(strangers));
    }
    for (Row& row : facts.rows) row["host"] = c.host;  // however it was spelled
  }
}

}  // namespace khien
