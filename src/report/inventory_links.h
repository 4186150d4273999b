// Which machine and which account a finding is about; part of report/inventory.h.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::report {

// {"what": "finding", "id", "machine", "account"} of every finding that is about one or both.
// `machines`: number by folded name. By the fact the finding rests on, where its table names a
// machine (column host) or an account (column account_key); by its subject where the fact is
// missing altogether.
[[nodiscard]] Done write_links(const Database& db,
                               const std::map<std::string, std::int64_t>& machines,
                               const std::function<Done(const Node&)>& write);

}  // namespace khien::report
