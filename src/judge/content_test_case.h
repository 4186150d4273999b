// One case of a control's text test, as content_test_runner.h describes it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "judge/catalog.h"
#include "store/facts.h"
#include "store/model.h"

namespace khien {

// What a case says of one row: its result and, where stated, what an officer reads of it.
struct ExpectedRow {
  std::optional<std::string> subject;
  std::string result;
  std::optional<std::string> observed;
  std::optional<std::string> reason;
};

struct ContentCase {
  std::string name;
  Assessment assessment;
  Collection facts;
  Node states;  // not null: one collection a machine
  bool collected = true;
  std::map<std::int64_t, ExpectedRow> expected;  // by fact_id of the first table
  std::vector<ExpectedRow> findings;             // rows about no row of the first table
  std::string expect_control;
  std::optional<std::string> expect_reason;
};

[[nodiscard]] Result<ContentCase> case_from(const Node& node, const Control& control,
                                            const FactSchema& schema, const std::string& path);

// One collection a machine: rows by their host column, in the order the machines are named in the
// first table (`subjects`); `states` says which tables could not be read on which machine.
[[nodiscard]] std::vector<Collection> split_by_host(const Collection& all,
                                                    const std::string& subjects,
                                                    const Node& states);
// The control alone over these facts, as if the case's measure were an order's.
[[nodiscard]] Result<Assessment> judged(const ContentCase& c,
                                        const std::vector<Collection>& collections,
                                        const Catalog& catalog, const FactSchema& schema,
                                        const Control& control);

}  // namespace khien
