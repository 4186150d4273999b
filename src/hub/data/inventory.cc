#include "hub/data/inventory.h"

#include <array>

#include "base/text.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kMachineColumns =
    "number, state, coalesce(change, ''), '', '', 0, fails, unknowns, worst, detail"
    " from assessed_machine";
constexpr std::string_view kAccountColumns =
    "number, '', '', place, holder, privileged, fails, unknowns, worst, detail"
    " from assessed_account";

InventoryRow inventory_row(const Statement& s) {
  InventoryRow out;
  out.number = s.integer(0), out.state = s.text(1), out.change = s.text(2);
  out.place = s.text(3), out.holder = s.text(4), out.privileged = s.integer(5) != 0;
  out.fails = s.integer(6), out.unknowns = s.integer(7), out.worst = s.integer(8);
  out.detail = tree_of(s.text(9));
  return out;
}

std::string words_of(const Node& node, std::initializer_list<const char*> fields) {
  std::string out;
  for (const char* name : fields) {
    const std::string text = node[name].text();
    if (!text.empty()) out += (out.empty() ? "" : " ") + skeleton(text);
  }
  return out;
}

std::string holder_of(const Node& account) {
  const std::string status = account["holder"]["status"].text();
  if (status == "left" || status == "transferred") return "left";
  if (!account["holder"].is_null()) return "known";
  const std::string basis = account["join_basis"].text();
  return basis.empty() ? "" : basis == "several" ? "several" : "nobody";
}

// What narrows a list; all of it stands in the index that orders it.
std::string narrowed(const InventorySearch& search, std::string_view state) {
  std::string out = " where assessment_id = ?1";
  if (!search.q.empty()) out += " and instr(words, ?2) > 0";
  if (!state.empty()) out += " and " + std::string(state);
  if (!search.fault.empty()) out += " and instr(faults, ',' || ?3 || ',') > 0";
  if (!search.place.empty()) out += " and place = ?4";
  return out;
}

std::string machine_state(const std::string& state) {
  if (state.empty()) return "";
  if (state == "faulty") return "fails > 0";
  return state == "seen" || state == "not_seen" ? "state = ?5" : "change = ?5";
}

std::string account_state(const std::string& state) {
  if (state.empty()) return "";
  if (state == "faulty") return "fails > 0";
  return state == "privileged" ? "privileged = 1" : "holder = ?5";
}

void bind_search(Statement& s, const InventorySearch& search) {
  s.bind(1, search.assessment).bind(2, skeleton(squeeze(search.q))).bind(3, search.fault)
      .bind(4, search.place).bind(5, search.state);
}

Result<std::vector<InventoryRow>> list_rows(const Database& db, const InventorySearch& search,
                                            std::string_view columns, const std::string& where) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(columns) + where +
                                    " and (?6 < 0 or fails < ?6 or (fails = ?6 and number > ?7))"
                                    " order by fails desc, number limit ?8"));
  bind_search(s, search);
  s.bind(6, search.after_fails).bind(7, search.after_number).bind(8, search.limit);
  return rows_of<InventoryRow>(s, inventory_row);
}

Result<std::int64_t> count_rows(const Database& db, const InventorySearch& search,
                                std::string_view table, const std::string& where) {
  KHIEN_TRY(Statement s, db.prepare("select count(*) from " + std::string(table) + where));
  bind_search(s, search);
  KHIEN_TRY([[maybe_unused]] const bool row, s.step());
  return s.integer(0);
}

Result<std::optional<InventoryRow>> find_row(const Database& db, std::string_view columns,
                                             std::int64_t id, std::int64_t number) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(columns) +
                                    " where assessment_id = ?1 and number = ?2"));
  s.bind(1, id).bind(2, number);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(inventory_row(s)) : std::nullopt;
}

}  // namespace

Result<Statement> machine_insert(const Database& db) {
  return db.prepare("insert into assessed_machine(assessment_id, number, key, host, state, words,"
                    " detail) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
}

Result<Statement> account_insert(const Database& db) {
  return db.prepare("insert into assessed_account(assessment_id, number, place, holder,"
                    " privileged, words, detail) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
}

Done add_machine(Statement& insert, std::int64_t id, const Node& m) {
  const std::string host = m["host"].text();
  return insert.bind(1, id).bind(2, m["number"].integer()).bind(3, fold(host)).bind(4, host)
      .bind(5, m["seen"].boolean() ? "seen" : "not_seen")
      .bind(6, words_of(m, {"host", "unit", "person", "inventory", "os_name"}))
      .bind(7, to_json(m)).run();
}

Done add_account(Statement& insert, std::int64_t id, const Node& a) {
  const std::string app = a["app"].text();
  const std::string host = a["host"].text();
  const std::string place = !app.empty() ? app : !host.empty() ? host : a["scope"].text();
  return insert.bind(1, id).bind(2, a["number"].integer()).bind(3, place).bind(4, holder_of(a))
      .bind(5, std::int64_t{a["privileged"].boolean()})
      .bind(6, words_of(a, {"login", "display_name", "unit", "app", "host"}) + " " +
                   words_of(a["holder"], {"full_name", "unit"}))
      .bind(7, to_json(a)).run();
}

Result<std::vector<InventoryRow>> list_machines(const Database& db, const InventorySearch& s) {
  return list_rows(db, s, kMachineColumns, narrowed(s, machine_state(s.state)));
}

Result<std::int64_t> count_machines(const Database& db, const InventorySearch& s) {
  return count_rows(db, s, "assessed_machine", narrowed(s, machine_state(s.state)));
}

Result<std::vector<InventoryRow>> list_accounts(const Database& db, const InventorySearch& s) {
  return list_rows(db, s, kAccountColumns, narrowed(s, account_state(s.state)));
}

Result<std::int64_t> count_accounts(const Database& db, const InventorySearch& s) {
  return count_rows(db, s, "assessed_account", narrowed(s, account_state(s.state)));
}

Result<std::optional<InventoryRow>> find_machine(const Database& db, std::int64_t id,
                                                 std::int64_t number) {
  return find_row(db, kMachineColumns, id, number);
}

Result<std::optional<InventoryRow>> find_account(const Database& db, std::int64_t id,
                                                 std::int64_t number) {
  return find_row(db, kAccountColumns, id, number);
}

Result<Node> inventory_totals(const Database& db, std::int64_t id) {
  KHIEN_TRY(const Value json, db.one("select inventory from assessment where id = ?1", {id}));
  return tree_of(to_text(json));
}

}  // namespace khien::hub
