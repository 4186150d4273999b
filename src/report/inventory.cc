#include "report/inventory.h"

#include <filesystem>
#include <map>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "report/errors.h"
#include "report/fact_rows.h"
#include "report/inventory_links.h"
#include "store/seal.h"

namespace khien::report {
namespace {

using Column = std::string_view;
using Write = std::function<Done(const Node&)>;

struct Source {  // a collection
  std::string collector, source, sealed_by, host;
  std::int64_t at = 0;
  bool key_known = false;
  std::size_t tables = 0, complete = 0, missing = 0;
  [[nodiscard]] const char* state() const {
    return complete == tables ? "complete" : missing == tables ? "missing" : "partial";
  }
};

struct Machine {
  std::string host;
  bool listed = false, seen = false;
  Node registered = Node::map();
  std::vector<std::pair<std::int64_t, Node>> told;  // when, what a source says of it
  Node antivirus = Node::list();
  Node firewall;
  bool disks = false, disk_open = false, disk_unread = false;  // any; not encrypted; not known
  std::string patched_on, kb;
  std::int64_t accounts = 0;
  std::set<std::int64_t> collections;
};

// The names of a collection's files, without their folders: those are of another machine.
std::string file_of(const std::string& source) {
  return shorten(std::filesystem::path(source).filename().string(), kInventoryChars);
}

class Inventory {
 public:
  Inventory(const Database& db, const Write& write, std::size_t most)
      : db_(db), write_(write), most_(most) {}

  Done run() {
    KHIEN_DO(sources());
    KHIEN_DO(hosts());
    KHIEN_DO(registered());
    KHIEN_DO(protection());
    KHIEN_DO(patches());
    KHIEN_DO(local_accounts());
    KHIEN_DO(machines());
    KHIEN_DO(people());
    KHIEN_DO(accounts());
    return write_links(db_, numbers_, write_);
  }

 private:
  Done sources();
  Done hosts();
  Done registered();
  Done protection();
  Done patches();
  Done local_accounts();
  Done machines();
  Done people();
  Done accounts();

  // Each row that names a machine, with that machine; `known`: only machines met before.
  template <class F>
  Done each(Column table, std::initializer_list<Column> columns, const F& row);
  Machine* machine(const std::string& host, bool known);
  Done written(const Node& node) {
    if (++rows_ > most_) {
      return fail(err::inventory_large, "", {{"limit", std::to_string(most_)}});
    }
    return write_(node);
  }
  [[nodiscard]] Node sources_of(const Machine& m) const;
  [[nodiscard]] Node machine_node(const Machine& m) const;

  const Database& db_;
  const Write& write_;
  const std::size_t most_;
  std::size_t rows_ = 0;
  std::map<std::int64_t, Source> sources_;
  std::map<std::string, Machine> machines_;  // by the folded name: so they are ordered
  std::map<std::string, std::int64_t> numbers_;
  std::map<std::string, Node> people_;       // by staff_key
  std::set<std::string> guards_read_;        // machines asked for antivirus; "": a list of all
};

Machine* Inventory::machine(const std::string& host, bool known) {
  const std::string key = fold(host);
  if (key.empty()) return nullptr;
  const auto at = machines_.find(key);
  if (at != machines_.end()) return &at->second;
  if (known) return nullptr;
  Machine& fresh = machines_[key];
  fresh.host = host;
  return &fresh;
}

template <class F>
Done Inventory::each(Column table, std::initializer_list<Column> columns, const F& row) {
  KHIEN_TRY(FactRows rows, FactRows::open(db_, table, std::span(columns.begin(), columns.size())));
  for (;;) {
    KHIEN_TRY(const bool more, rows.step());
    if (!more) return {};
    row(rows);
  }
}

Done Inventory::sources() {
  if (!db_.has_table("collection") || !db_.has_table("collection_table")) return {};
  KHIEN_TRY(const std::string key, column_or(db_, "collection", "sealed_by", "''"));
  KHIEN_TRY(const std::string known, column_or(db_, "collection", "key_known", "0"));
  KHIEN_TRY(const std::string host, column_or(db_, "collection", "host", "''"));
  KHIEN_TRY(Statement s,
            db_.prepare("select collection_id, collector, source, finished_at, " + key + ", " +
                        known + ", " + host + " from collection"));
  for (;;) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) break;
    Source& source = sources_[s.integer(0)];
    source.collector = shorten(s.text(1), kInventoryChars), source.source = file_of(s.text(2));
    source.at = s.integer(3), source.sealed_by = shorten(s.text(4), kInventoryChars);
    source.key_known = s.integer(5) != 0;
    source.host = fold(s.text(6));
  }
  KHIEN_TRY(const std::string table, column_or(db_, "collection_table", "table_name", "''"));
  KHIEN_TRY(Statement t, db_.prepare("select collection_id, status, " + table +
                                     " from collection_table"));
  for (;;) {
    KHIEN_TRY(const bool more, t.step());
    if (!more) return {};
    const auto at = sources_.find(t.integer(0));
    if (at == sources_.end()) continue;
    ++at->second.tables;
    const bool complete = t.text(1) == "complete";
    at->second.complete += complete ? 1 : 0;
    if (complete && t.text(2) == "antivirus") guards_read_.insert(at->second.host);
    at->second.missing += t.text(1) == "missing" ? 1 : 0;
  }
}

// A machine that is only in the register is a row of `host` too (app/machines_listed.h).
Done Inventory::hosts() {
  std::vector<Column> columns = {"host"};
  columns.insert(columns.end(), kHostValues.begin(), kHostValues.end());
  columns.insert(columns.end(), kHostFlags.begin(), kHostFlags.end());
  KHIEN_TRY(FactRows rows, FactRows::open(db_, "host", columns));
  for (;;) {
    KHIEN_TRY(const bool more, rows.step());
    if (!more) return {};
    Machine* m = machine(rows.text(0), false);
    const auto source = sources_.find(rows.collection());
    if (m == nullptr || source == sources_.end()) continue;
    if (source->second.collector == "register") continue;
    m->seen = true;
    m->collections.insert(rows.collection());
    Node told = Node::map();
    for (std::size_t i = 1; i < columns.size(); ++i) {
      told.set(columns[i], i <= kHostValues.size() ? rows.value(i) : rows.flag(i));
    }
    m->told.emplace_back(source->second.at, std::move(told));
  }
}

Done Inventory::registered() {
  return each("machine", {"host", "unit", "person", "kind", "inventory"}, [&](const FactRows& row) {
    Machine* m = machine(row.text(0), false);
    if (m == nullptr) return;
    m->listed = true;
    std::size_t column = 1;
    for (const char* name : {"unit", "person", "kind", "inventory"}) {
      m->registered.set(name, row.value(column++));
    }
  });
}

Done Inventory::protection() {
  KHIEN_DO(each("antivirus", {"host", "product", "signatures_at", "licence_ends_on", "active",
                              "realtime"}, [&](const FactRows& row) {
    Machine* m = machine(row.text(0), true);
    if (m == nullptr || m->antivirus.items().size() >= kMachineSources) return;
    m->collections.insert(row.collection());
    m->antivirus.push(Node::map({{"product", row.text(1)}, {"active", row.flag(4)},
                                 {"realtime", row.flag(5)}, {"signatures_at", row.value(2)},
                                 {"licence_ends_on", row.value(3)}}));
  }));
  // One that is on protects; one that is off counts only where none is on.
  KHIEN_DO(each("firewall", {"host", "scope", "active"}, [&](const FactRows& row) {
    Machine* m = row.text(1) == "host" ? machine(row.text(0), true) : nullptr;
    if (m != nullptr && !m->firewall.boolean()) {
      if (const Node on = row.flag(2); !on.is_null()) m->firewall = on;
    }
  }));
  return each("disk_encryption", {"host", "encrypted", "external"}, [&](const FactRows& row) {
    Machine* m = machine(row.text(0), true);
    if (m == nullptr || row.flag(2).boolean()) return;  // one carried about is no part of it
    const Node on = row.flag(1);
    m->disks = true;
    m->disk_unread |= on.is_null();
    m->disk_open |= !on.is_null() && !on.boolean();
  });
}

// The newest day on which an update was installed, as far as the machine tells.
Done Inventory::patches() {
  return each("installed_update", {"host", "kb", "installed_on"}, [&](const FactRows& row) {
    Machine* m = machine(row.text(0), true);
    if (m == nullptr) return;
    m->collections.insert(row.collection());
    const std::string day = row.value(2).text();
    if (day <= m->patched_on) return;
    m->patched_on = day;
    m->kb = row.text(1);
  });
}

Done Inventory::local_accounts() {
  return each("account", {"host", "scope"}, [&](const FactRows& row) {
    Machine* m = row.text(1) == "host" ? machine(row.text(0), true) : nullptr;
    if (m != nullptr) ++m->accounts;
  });
}

Node Inventory::sources_of(const Machine& m) const {
  std::vector<const Source*> all;
  for (const std::int64_t id : m.collections) {
    const auto at = sources_.find(id);
    if (at != sources_.end()) all.push_back(&at->second);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Source* a, const Source* b) { return a->at > b->at; });
  all.resize(std::min(all.size(), kMachineSources));
  Node out = Node::list();
  for (const Source* s : all) {
    out.push(Node::map({{"collector", s->collector}, {"source", s->source}, {"at", s->at},
                        {"sealed_by", s->sealed_by.empty() ? Node() : Node(s->sealed_by)},
                        {"key_known", s->key_known}, {"state", s->state()}}));
  }
  return out;
}

// Of several sources the newest that says a thing is believed.
Node Inventory::machine_node(const Machine& m) const {
  Node out = Node::map({{"what", "machine"}, {"number", numbers_.at(fold(m.host))},
                        {"host", m.host}, {"listed", m.listed}, {"seen", m.seen}});
  for (const char* name : {"unit", "person", "kind", "inventory"}) {
    out.set(name, m.registered[name]);
  }
  auto told = m.told;
  std::stable_sort(told.begin(), told.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  const auto newest = [&](Column name) {
    for (const auto& [at, node] : told) {
      if (!node[name].is_null()) return node[name];
    }
    return Node();
  };
  for (const Column name : kHostValues) out.set(name, newest(name));
  for (const Column name : kHostFlags) out.set(name, newest(name));
  out.set("antivirus", m.antivirus);
  out.set("antivirus_read", !m.antivirus.items().empty() || guards_read_.contains("") ||
                                guards_read_.contains(fold(m.host)));
  out.set("firewall", m.firewall);
  const bool told_of_disks = m.disk_open || (m.disks && !m.disk_unread);
  out.set("encrypted", told_of_disks ? Node(!m.disk_open) : Node());
  out.set("patched_on", m.patched_on.empty() ? Node() : Node(m.patched_on));
  out.set("kb", m.kb.empty() ? Node() : Node(m.kb));
  out.set("accounts", m.accounts);
  out.set("sources", sources_of(m));
  return out;
}

Done Inventory::machines() {
  std::int64_t number = 0;
  for (const auto& [key, m] : machines_) numbers_[key] = ++number;
  for (const auto& [key, m] : machines_) KHIEN_DO(written(machine_node(m)));
  return {};
}

// Someone listed twice is gone only when every line says so (as account.leavers has it).
Done Inventory::people() {
  const auto gone = [](const Node& person) {
    const std::string status = person["status"].text();
    return status == "left" || status == "transferred";
  };
  return each("staff", {"staff_key", "full_name", "unit", "title", "status", "status_on"},
              [&](const FactRows& row) {
    const std::string key = row.text(0);
    if (key.empty()) return;
    Node person = Node::map();
    std::size_t column = 1;
    for (const char* name : {"full_name", "unit", "title", "status", "status_on"}) {
      person.set(name, row.value(column++));
    }
    const auto [at, fresh] = people_.try_emplace(key, person);
    if (fresh) return;
    const bool later = gone(person) && gone(at->second) &&
                       person["status_on"].text() > at->second["status_on"].text();
    if (later || (gone(at->second) && !gone(person))) at->second = std::move(person);
  });
}

Done Inventory::accounts() {
  std::vector<Column> columns = {"staff_key"};
  columns.insert(columns.end(), kAccountValues.begin(), kAccountValues.end());
  columns.insert(columns.end(), kAccountFlags.begin(), kAccountFlags.end());
  KHIEN_TRY(FactRows rows, FactRows::open(db_, "account", columns));
  for (;;) {
    KHIEN_TRY(const bool more, rows.step());
    if (!more) return {};
    Node out = Node::map({{"what", "account"}, {"number", rows.fact()}});
    for (std::size_t i = 1; i < columns.size(); ++i) {
      out.set(columns[i], i <= kAccountValues.size() ? rows.value(i) : rows.flag(i));
    }
    const auto person = people_.find(rows.text(0));
    out.set("holder", person == people_.end() ? Node() : person->second);
    if (people_.empty()) out.set("join_basis", Node());  // no list of staff that could tell
    const auto source = sources_.find(rows.collection());
    const bool known = source != sources_.end();
    out.set("source", known ? Node(source->second.source) : Node());
    out.set("at", known ? Node(source->second.at) : Node());
    KHIEN_DO(written(out));
  }
}

Result<Node> stream_inventory(StreamIo& io) {
  std::string bytes;
  for (;;) {
    KHIEN_TRY(const std::string_view piece, io.read());
    if (piece.empty()) break;
    bytes += piece;
  }
  KHIEN_TRY(const Sealed sealed, open_sealed(bytes, io.name()));
  if (!sealed.intact) return Node::map({});
  bytes.resize(sealed.database.size());  // the database comes first, its seal after it
  KHIEN_TRY(const Database db, Database::from_bytes(std::move(bytes)));
  KHIEN_DO(db.execute("pragma temp_store = memory"));
  KHIEN_DO(write_inventory(db, [&](const Node& node) { return io.write(node); }));
  return Node::map({});
}

}  // namespace

Done write_inventory(const Database& db, const std::function<Done(const Node&)>& write,
                     std::size_t most) {
  return Inventory(db, write, most).run();
}

Job inventory_job() {
  Job out;
  out.name = "report.inventory";
  out.max_bytes = limits::facts_file_bytes;
  out.stream = stream_inventory;
  return out;
}

}  // namespace khien::report
