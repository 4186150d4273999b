// Which machine a collection is about, and which of its collections counts.
//
// Names: names that differ in case are one machine. Machines of one name with different machine
// ids (column host.machine_id; where one says none, its kind of collector) are several, told apart
// as "PC-01 [3f2a9c]"; a list that speaks of such a name by the name alone is partial, since nobody
// can say which of them it means. Several collections of one name by one collector that all say no
// id may be of one machine or of several: their tables are partial. A machine that was asked and
// has no row of its own is missing.
// Time: of several collections of one machine by one collector the newest counts, and an older one
// only fills tables the newer could not read, keeping its own date. A collection dated after as-of,
// or by a clock of years before this program existed, proves nothing: when it is all there is of
// a machine, its tables are missing and say why.
#pragma once

#include <cstdint>
#include <vector>

#include "store/facts.h"

namespace khien {

// No collection can be older than the program (2025-01-01, ms UTC).
inline constexpr std::int64_t kFirstCollection = 1'735'689'600'000;

// Collections about no single machine (host empty) keep all their rows.
[[nodiscard]] std::vector<Collection> one_per_machine(std::vector<Collection> collections,
                                                      std::int64_t as_of);

// What another machine's bundle may say: rows about its own machine, in tables that name a host,
// and of accounts, rules and firewalls those of scope "host". A row about another machine is
// dropped and makes its table partial; a collection of no machine says nothing. Unknown tables and
// columns of a newer program are left out.
void keep_own_machine(const FactSchema& schema, Collection& collection);

}  // namespace khien
