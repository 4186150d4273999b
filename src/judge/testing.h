// A small catalogue of its own for tests of planning, running and verdicts: one fact table `thing`,
// controls written inline. Nothing here depends on the project's content but the attestation table.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "judge/catalog.h"
#include "judge/plan.h"
#include "judge/run.h"
#include "store/assessment.h"

namespace khien::judge_testing {

inline constexpr const char* kThing = R"(
table: thing
since: "0.1"
vi: "Vật"
about: "a thing"
columns:
  - {name: thing_key, type: text, vi: "Mã", about: "key"}
  - {name: size, type: integer, vi: "Cỡ", about: "size"}
  - {name: seen_at, type: instant, vi: "Ngày", about: "date"}
)";

// size >= :least passes, less fails, none is unknown.
inline constexpr const char* kSizeSql =
    "select fact_id as fact, thing_key as subject, size as observed,"
    " case when size is null then 'unknown' when size >= :least then 'pass' else 'fail' end"
    " as result from thing";

class House {
 public:
  explicit House(const std::string& name)
      : folder_(std::filesystem::path(::testing::TempDir()) / ("khien_judge_" + name)) {
    std::filesystem::remove_all(folder_);
    put("facts/thing.yaml", kThing);
  }
  ~House() { std::filesystem::remove_all(folder_); }
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  void put(const std::string& path, const std::string& text) {
    std::filesystem::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }
  void take(const std::string& path) {  // a file of the project's content
    std::filesystem::create_directories((folder_ / path).parent_path());
    std::filesystem::copy_file(std::filesystem::path("content") / path, folder_ / path);
  }
  // control("size", "satisfies: [t.big]\n...", sql): id t.size, subjects `thing`.
  void control(const std::string& name, const std::string& yaml, const std::string& sql) {
    put("controls/t/" + name + ".yaml", "id: t." + name + "\nneeds: [thing]\n" + yaml);
    put("controls/t/" + name + ".sql", sql);
  }
  [[nodiscard]] Result<bool> load() {
    KHIEN_TRY(blob_, pack_content(folder_));
    KHIEN_TRY(content, Content::open(blob_));
    KHIEN_TRY(schema, FactSchema::load(content));
    KHIEN_TRY(catalog, Catalog::load(content, schema));
    return true;
  }

  Content content = *Content::open(built_in_content());
  FactSchema schema;
  Catalog catalog;

 private:
  std::filesystem::path folder_;
  std::string blob_;
};

inline KindRecord kind_of(const std::string& name, Node parameters = {}) {
  KindRecord k;
  k.kind = name;
  k.parameters = std::move(parameters);
  return k;
}

inline void add_measure(Assessment& a, std::vector<KindRecord> kinds, std::int64_t dispatch = 1) {
  MeasureRecord m;
  m.id = static_cast<std::int64_t>(a.measures.size()) + 1;
  m.dispatch = dispatch;
  m.doc_id = std::to_string(m.id);
  m.cite_vi = "mục " + m.doc_id;
  m.kinds = std::move(kinds);
  a.measures.push_back(m);
}

inline Assessment order_on(const Date& as_of) {
  Assessment a;
  a.as_of = end_of_day_ms(as_of);
  for (int i = 1; i <= 2; ++i) {
    DispatchRecord d;
    d.id = i;
    d.number = std::to_string(i) + "/MAU";
    a.dispatches.push_back(d);
  }
  return a;
}

// size -1: not known.
inline Collection things(const std::vector<std::int64_t>& sizes) {
  Collection c;
  c.collector = "test";
  c.source = "mau.csv";
  c.tables["thing"];
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    Row& row = c.add("thing");
    row["thing_key"] = "vat-" + std::to_string(i);
    if (sizes[i] >= 0) row["size"] = sizes[i];
  }
  return c;
}

inline Done judge(const House& house, const std::vector<Collection>& facts, Assessment& a) {
  KHIEN_TRY(const Database db, new_assessment_database(house.schema));
  for (const Collection& c : facts) {
    KHIEN_TRY([[maybe_unused]] const auto id, write_collection(db, house.schema, c));
  }
  KHIEN_TRY(const Plan plan, make_plan(house.catalog, a, local_date(a.as_of)));
  return run_plan(plan, house.catalog, house.schema, db, a);
}

}  // namespace khien::judge_testing
