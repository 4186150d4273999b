// Two exports often tell of the same accounts: one knows the flags, the other the dates.
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/calendar.h"
#include "base/text.h"
#include "people/join.h"
#include "people/people.h"

namespace khien {
namespace {

constexpr std::size_t kApart = 10;  // one account of so many told differently: two places

// Log-in within its application or directory; "" for machines, which are told of once.
std::string key_of(const Row& row) {
  const std::string scope = text_of(row, "scope");
  if (scope == "host") return "";
  std::string place = fold(text_of(row, "app"));
  if (place.empty()) place = scope;
  const std::string login = fold(text_of(row, "login"));
  return login.empty() ? "" : place + "|" + login;
}

// The lists name the same holder: the mail address, else the name.
bool one_holder(const Row& a, const Row& b) {
  for (const char* column : {"mail", "display_name"}) {
    const std::string x = skeleton(text_of(a, column));
    const std::string y = skeleton(text_of(b, column));
    if (!x.empty() && !y.empty()) return x == y;
  }
  return text_of(a, "scope") == "directory" || text_of(b, "scope") == "directory";
}

// Of two dates of the last log-in the later is true; the days it may lag go with it.
void take_last_login(Row& kept, const Row& other) {
  const auto mine = kept.find("last_login_at");
  const auto its = other.find("last_login_at");
  if (its == other.end()) return;
  const auto* a = mine == kept.end() ? nullptr : std::get_if<std::int64_t>(&mine->second);
  const auto* b = std::get_if<std::int64_t>(&its->second);
  if (b == nullptr || (a != nullptr && *a >= *b)) return;
  // The same day told by a source without a lag: nothing later is to come.
  const bool same_day = a != nullptr && !kept.contains("last_login_lag_days") &&
                        local_date(*a) == local_date(*b);
  if (same_day) return;
  for (const char* column : {"last_login_at", "last_login_at_precision", "last_login_lag_days",
                             "never_logged_in"}) {
    const auto at = other.find(column);
    if (at != other.end()) kept[column] = at->second;
    else kept.erase(column);
  }
}

void fill(Row& kept, const Row& other) {
  take_last_login(kept, other);
  // A directory's own words say more of what the account is than a list made from it.
  if (text_of(other, "scope") == "directory") kept["scope"] = std::string("directory");
  for (const auto& [column, value] : other) {
    if (column.ends_with("_precision") || column.starts_with("last_login")) continue;
    const bool is_time = column.ends_with("_at");
    const bool exact = is_time && text_of(other, column + "_precision") == "ms" &&
                       text_of(kept, column + "_precision") == "day";
    if (kept.contains(column) && !exact) continue;
    kept[column] = value;
    if (!is_time) continue;
    const auto precision = other.find(column + "_precision");
    if (precision != other.end()) kept[column + "_precision"] = precision->second;
  }
}

// A column that one of the two knew for every row is no gap any more.
void close_gaps(TableFacts& kept, const TableFacts& other) {
  for (auto gap = kept.gaps.begin(); gap != kept.gaps.end();) {
    const bool known = gap->second == "reason.accounts.no_column" &&
                       !other.gaps.contains(gap->first);
    gap = known ? kept.gaps.erase(gap) : std::next(gap);
  }
}

// The accounts of the collections so far. One log-in in two agencies' lists is two accounts, so the
// agency is part of the key; a list that names none is asked for its holder.
class Known {
 public:
  struct At {
    std::size_t collection, row;
  };

  explicit Known(const std::vector<Collection>& collections) : collections_(collections) {}
  // The account that `row` is too, or null.
  [[nodiscard]] const At* same(const std::string& key, const Row& row) const {
    const std::string agency = fold(text_of(row, "agency"));
    if (agency.empty()) return held_by_one(of_any_, key, row);
    const auto at = of_agency_.find(key + "|" + agency);
    if (at != of_agency_.end()) return &at->second.front();
    return held_by_one(of_agency_, key + "|", row);
  }
  void add(const std::string& key, const At& at) {
    of_any_[key].push_back(at);
    of_agency_[key + "|" + fold(text_of(row_at(at), "agency"))].push_back(at);
  }

 private:
  using Index = std::unordered_map<std::string, std::vector<At>>;

  [[nodiscard]] const Row& row_at(const At& at) const {
    return collections_[at.collection].tables.at("account").rows[at.row];
  }
  [[nodiscard]] const At* held_by_one(const Index& index, const std::string& key,
                                      const Row& row) const {
    const auto at = index.find(key);
    if (at == index.end()) return nullptr;
    for (const At& place : at->second) {
      if (one_holder(row, row_at(place))) return &place;
    }
    return nullptr;
  }

  const std::vector<Collection>& collections_;
  Index of_agency_;  // key|agency, "" for none
  Index of_any_;     // key
};

// Two exports of one place agree on when an account was made and, but for what changed between
// them, on whether it is in use.
bool contradict(const Row& a, const Row& b, const char* column) {
  const auto x = a.find(column);
  const auto y = b.find(column);
  if (x == a.end() || y == b.end()) return false;
  const auto* one = std::get_if<std::int64_t>(&x->second);
  const auto* other = std::get_if<std::int64_t>(&y->second);
  if (one == nullptr || other == nullptr) return false;
  if (!std::string_view(column).ends_with("_at")) return *one != *other;
  return std::abs(*one - *other) > 2 * kDayMs;  // time zones, days without an hour
}

bool contradict(const Row& a, const Row& b) {
  return contradict(a, b, "enabled") || contradict(a, b, "created_at") ||
         contradict(a, b, "issued_at");
}

// What stays of an account whose state two exports tell differently: nobody knows which is right.
void forget_state(Row& kept, Row& other, TableFacts& facts) {
  if (!contradict(kept, other, "enabled")) return;
  for (Row* row : {&kept, &other}) {
    row->erase("enabled");
    row->erase("locked");
  }
  facts.gaps["enabled"] = "reason.accounts.exports_differ";
}

std::string stem_of(const std::string& source) {
  const std::string name = source.substr(source.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}

// Named alike, two places all the same: the later one is told apart by its file.
void tell_places_apart(Collection& collection) {
  const std::string stem = stem_of(collection.source);
  for (Row& row : collection.tables.at("account").rows) {
    row["app"] = text_of(row, "app") + " (" + stem + ")";
    row["account_key"] = text_of(row, "account_key") + " (" + stem + ")";
  }
}

class Merger {
 public:
  explicit Merger(std::vector<Collection>& collections)
      : collections_(collections), known_(collections) {}

  void run() {
    for (std::size_t i = 0; i < collections_.size(); ++i) {
      if (collections_[i].tables.contains("account")) merge(i);
    }
  }

 private:
  [[nodiscard]] TableFacts& facts_of(std::size_t collection) {
    return collections_[collection].tables.at("account");
  }

  // Accounts of `i` that earlier collections have too, and the collections that contradict it.
  void compare(std::size_t i, std::vector<std::optional<Known::At>>& same,
               std::set<std::size_t>& others) {
    struct Count {
      std::size_t all = 0, apart = 0;
    };
    std::map<std::size_t, Count> counts;
    const std::vector<Row>& rows = facts_of(i).rows;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const std::string key = key_of(rows[r]);
      const Known::At* at = key.empty() ? nullptr : known_.same(key, rows[r]);
      if (at == nullptr) continue;
      same[r] = *at;
      Count& count = counts[at->collection];
      ++count.all;
      count.apart += contradict(facts_of(at->collection).rows[at->row], rows[r]);
    }
    for (const auto& [collection, count] : counts) {
      if (count.apart * kApart >= count.all) others.insert(collection);
    }
  }

  void merge(std::size_t i) {
    TableFacts& facts = facts_of(i);
    std::vector<std::optional<Known::At>> same(facts.rows.size());
    std::set<std::size_t> others;
    compare(i, same, others);
    if (!others.empty()) {
      tell_places_apart(collections_[i]);
      facts.detail += (facts.detail.empty() ? "" : "; ") +
                      ("another application than " + collections_[*others.begin()].source);
      same.assign(facts.rows.size(), std::nullopt);
    }
    std::vector<Row> left;
    std::vector<std::pair<std::string, std::size_t>> fresh;  // known only to later collections
    left.reserve(facts.rows.size());
    std::map<std::size_t, std::size_t> into;  // collection -> rows that went there
    for (std::size_t r = 0; r < facts.rows.size(); ++r) {
      Row& row = facts.rows[r];
      if (!same[r]) {
        const std::string key = key_of(row);
        if (!key.empty()) fresh.emplace_back(key, left.size());
        left.push_back(std::move(row));
        continue;
      }
      TableFacts& kept = facts_of(same[r]->collection);
      forget_state(kept.rows[same[r]->row], row, kept);
      fill(kept.rows[same[r]->row], row);
      ++into[same[r]->collection];
    }
    facts.rows = std::move(left);
    for (const auto& [key, row] : fresh) known_.add(key, {i, row});
    for (const auto& [collection, count] : into) {
      TableFacts& kept = facts_of(collection);
      if (count * 2 > kept.rows.size()) close_gaps(kept, facts);
      facts.detail += (facts.detail.empty() ? "" : "; ") +
                      ("merged into " + collections_[collection].source + ": " +
                       std::to_string(count));
    }
  }

  std::vector<Collection>& collections_;
  Known known_;
};

}  // namespace

void merge_accounts(std::vector<Collection>& collections) { Merger(collections).run(); }

}  // namespace khien
