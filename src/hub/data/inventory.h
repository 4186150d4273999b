// Machines and accounts of a result, one by one: what was known of each, what it fails, and how a
// machine compares with the result before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

struct InventoryRow {
  std::int64_t number = 0;
  std::string state, change;       // of a machine: seen | not_seen; "" = nothing before
  std::string place, holder;       // of an account: '' | known | left | several | nobody
  bool privileged = false;
  std::int64_t fails = 0, unknowns = 0, worst = 0;  // worst: 0 none, 1 info .. 5 critical
  Node detail;                     // as report/inventory.h has it
};

// Statements that take one object of the extract after another.
[[nodiscard]] Result<Statement> machine_insert(const Database& db);
[[nodiscard]] Result<Statement> account_insert(const Database& db);
[[nodiscard]] Done add_machine(Statement& insert, std::int64_t id, const Node& machine);
[[nodiscard]] Done add_account(Statement& insert, std::int64_t id, const Node& account);

// After all rows and findings are there: what each fails, the change since the agency's result
// before, rows for machines that result had seen and this one lacks, and the totals.
[[nodiscard]] Done sum_up_inventory(const Database& db, std::int64_t id);

struct InventorySearch {
  std::int64_t assessment = 0;
  std::string q, state, fault, place;  // "" = any
  std::int64_t after_fails = -1, after_number = 0;  // -1: from the beginning
  std::int64_t limit = 50;
};
// Those with the most faults first. `state` of machines: seen, not_seen, faulty or a change; of
// accounts: faulty, privileged or a holder.
[[nodiscard]] Result<std::vector<InventoryRow>> list_machines(const Database& db,
                                                              const InventorySearch& search);
[[nodiscard]] Result<std::int64_t> count_machines(const Database& db,
                                                  const InventorySearch& search);
[[nodiscard]] Result<std::vector<InventoryRow>> list_accounts(const Database& db,
                                                              const InventorySearch& search);
[[nodiscard]] Result<std::int64_t> count_accounts(const Database& db,
                                                  const InventorySearch& search);
[[nodiscard]] Result<std::optional<InventoryRow>> find_machine(const Database& db, std::int64_t id,
                                                               std::int64_t number);
[[nodiscard]] Result<std::optional<InventoryRow>> find_account(const Database& db, std::int64_t id,
                                                               std::int64_t number);
// {before, machines {..}, accounts {..}, places [{name, n}], machine_faults, account_faults
// [{control, n}]}; null when the result was kept without machines and accounts.
[[nodiscard]] Result<Node> inventory_totals(const Database& db, std::int64_t id);

}  // namespace khien::hub
