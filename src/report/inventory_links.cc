#include "report/inventory_links.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "report/fact_rows.h"

namespace khien::report {
namespace {

struct Link {
  std::int64_t machine = 0, account = 0;  // 0: none
};

class Linker {
 public:
  Linker(const Database& db, const std::map<std::string, std::int64_t>& machines)
      : db_(db), machines_(machines) {}

  Done load_accounts() {
    KHIEN_TRY(FactRows rows, FactRows::open(db_, "account", kColumns));
    for (;;) {
      KHIEN_TRY(const bool more, rows.step());
      if (!more) return {};
      accounts_.try_emplace(rows.text(1), rows.fact());
    }
  }

  Result<Link> link(const std::string& table, std::int64_t fact, const std::string& subject) {
    KHIEN_TRY(const Table* of, table_named(table));
    if (fact != 0) {
      const auto at = of->by_fact.find(fact);
      return at == of->by_fact.end() ? Link{} : at->second;
    }
    return Link{of->names_machine ? machine(subject) : 0,
                of->names_account ? account(subject) : 0};
  }

 private:
  static constexpr std::array<std::string_view, 2> kColumns = {"host", "account_key"};
  struct Table {
    bool names_machine = false, names_account = false;
    std::unordered_map<std::int64_t, Link> by_fact;
  };

  [[nodiscard]] std::int64_t machine(const std::string& host) const {
    const auto at = machines_.find(fold(host));
    return at == machines_.end() ? 0 : at->second;
  }
  [[nodiscard]] std::int64_t account(const std::string& key) const {
    const auto at = accounts_.find(key);
    return at == accounts_.end() || key.empty() ? 0 : at->second;
  }

  Result<bool> has_column(const std::string& table, std::string_view column) {
    KHIEN_TRY(const Value n, db_.one("select count(*) from pragma_table_info(?1) where name = ?2",
                                     {table, std::string(column)}));
    return to_text(n) != "0";
  }

  Result<const Table*> table_named(const std::string& name) {
    const auto at = tables_.find(name);
    if (at != tables_.end()) return &at->second;
    Table& table = tables_[name];
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || c == '_';
    });
    if (!plain || name.empty() || !db_.has_table(name)) return &table;
    KHIEN_TRY(table.names_machine, has_column(name, kColumns[0]));
    KHIEN_TRY(table.names_account, has_column(name, kColumns[1]));
    if (!table.names_machine && !table.names_account) return &table;
    KHIEN_TRY(FactRows rows, FactRows::open(db_, name, kColumns));
    for (;;) {
      KHIEN_TRY(const bool more, rows.step());
      if (!more) return &table;
      const Link link{machine(rows.text(0)),
                      name == "account" ? rows.fact() : account(rows.text(1))};
      if (link.machine != 0 || link.account != 0) table.by_fact.emplace(rows.fact(), link);
    }
  }

  const Database& db_;
  const std::map<std::string, std::int64_t>& machines_;
  std::unordered_map<std::string, std::int64_t> accounts_;
  std::map<std::string, Table> tables_;
};

}  // namespace

Done write_links(const Database& db, const std::map<std::string, std::int64_t>& machines,
                 const std::function<Done(const Node&)>& write) {
  if (!db.has_table("finding")) return {};
  Linker linker(db, machines);
  KHIEN_DO(linker.load_accounts());
  KHIEN_TRY(Statement s, db.prepare("select id, subject, coalesce(fact_table, ''),"
                                    " coalesce(fact, 0), coalesce(missing, '') from finding"));
  for (;;) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) return {};
    const std::int64_t fact = s.integer(3);
    const bool by_fact = fact != 0 || s.text(4).empty();
    KHIEN_TRY(const Link link, linker.link(s.text(by_fact ? 2 : 4), fact, s.text(1)));
    if (link.machine == 0 && link.account == 0) continue;
    const auto number = [](std::int64_t n) { return n == 0 ? Node() : Node(n); };
    KHIEN_DO(write(Node::map({{"what", "finding"}, {"id", s.integer(0)},
                              {"machine", number(link.machine)},
                              {"account", number(link.account)}})));
  }
}

}  // namespace khien::report
