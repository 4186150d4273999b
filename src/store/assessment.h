// The assessment file: facts, what was asked, what was judged. X.khien = SQLite bytes + seal
// (store/seal.h). DDL of the record tables is derived from store/fields.h, of the fact tables from
// content/facts; both are stored in the file itself.
#pragma once

#include <string>

#include "base/sqlite.h"
#include "base/worker.h"
#include "store/facts.h"
#include "store/model.h"

namespace khien {

inline constexpr int kFileFormat = 1;

// An in-memory database with every table of the file, ready for write_collection().
[[nodiscard]] Result<Database> new_assessment_database(const FactSchema& schema);
[[nodiscard]] Done write_assessment(const Database& db, const Assessment& assessment);
// K0213 when the file was made by a newer program, K0215 when tables are missing.
[[nodiscard]] Result<Assessment> load_assessment(const Database& db);

[[nodiscard]] Node to_node(const Assessment& assessment);
[[nodiscard]] Assessment assessment_from(const Node& node);

// Facts only: the bundle `khien collect` writes. Reading gives one Collection per collection.
[[nodiscard]] Result<std::string> bundle_bytes(const FactSchema& schema,
                                               const std::vector<Collection>& collections);
[[nodiscard]] Result<std::vector<Collection>> read_bundle(const Database& db);

// Worker jobs: "store.seal" -> {seal}, "store.assessment" -> {seal, assessment}, "store.facts" ->
// {seal, collections}.
[[nodiscard]] std::vector<Job> store_jobs();

}  // namespace khien
