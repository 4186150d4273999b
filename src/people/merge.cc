// Two exports often tell of the same accounts: one knows the flags, the other the dates.
#include <unordered_map>

#include "base/calendar.h"
#include "base/text.h"
#include "people/join.h"
#include "people/people.h"

namespace khien {
namespace {

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

}  // namespace

void merge_accounts(std::vector<Collection>& collections) {
  Known known(collections);
  for (std::size_t i = 0; i < collections.size(); ++i) {
    const auto table = collections[i].tables.find("account");
    if (table == collections[i].tables.end()) continue;
    std::vector<Row>& rows = table->second.rows;
    std::vector<Row> left;
    std::vector<std::pair<std::string, std::size_t>> fresh;  // known only to later collections
    left.reserve(rows.size());
    std::map<std::size_t, std::size_t> into;  // collection -> rows that went there
    for (Row& row : rows) {
      const std::string key = key_of(row);
      const Known::At* at = key.empty() ? nullptr : known.same(key, row);
      if (at == nullptr) {
        if (!key.empty()) fresh.emplace_back(key, left.size());
        left.push_back(std::move(row));
        continue;
      }
      TableFacts& kept = collections[at->collection].tables.at("account");
      fill(kept.rows[at->row], row);
      ++into[at->collection];
    }
    rows = std::move(left);
    for (const auto& [key, row] : fresh) known.add(key, {i, row});
    for (const auto& [collection, count] : into) {
      TableFacts& kept = collections[collection].tables.at("account");
      if (count * 2 > kept.rows.size()) close_gaps(kept, table->second);
      table->second.detail += (table->second.detail.empty() ? "" : "; ") +
                              ("merged into " + collections[collection].source + ": " +
                               std::to_string(count));
    }
  }
}

}  // namespace khien
