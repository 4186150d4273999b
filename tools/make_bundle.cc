// Makes a sealed facts bundle from a YAML description, for samples and tests:
//   make_bundle CONTENT-FOLDER IN.yaml OUT.facts
// The YAML is a collection: tables -> {status, reason, rows: [{column: value}]}; dates in *_at
// columns are 00:00 +07:00. The seal's key is derived from a fixed sentence: it vouches for
// nothing.
#include <cstdio>

#include "base/calendar.h"
#include "base/content.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "store/assessment.h"
#include "store/seal.h"

namespace {

using namespace khien;  // NOLINT: a tool of one file

Result<Value> cell(const FactColumn& column, const Node& node) {
  if (column.type == "instant" && node.type() == Node::Type::text) {
    KHIEN_TRY(const Date date, parse_date(node.text()));
    return Value{start_of_day_ms(date)};
  }
  if (column.type == "text" || column.type == "date") return Value{node.text()};
  return Value{node.integer()};
}

Result<Collection> collection(const Node& node, const FactSchema& schema) {
  Collection c;
  c.collector = node["collector"].text();
  c.collector_version = node["collector_version"].text();
  c.source = node["source"].text();
  c.host = node["host"].text();
  KHIEN_TRY(const Date day, parse_date(node["finished_on"].text()));
  c.started_at = start_of_day_ms(day) + 9 * 3'600'000;
  c.finished_at = c.started_at + 42'000;
  for (const auto& [name, table] : node["tables"].pairs()) {
    TableFacts& facts = c.tables[name];
    const std::string status = table["status"].text("complete");
    facts.status = status == "complete"  ? TableFacts::Status::complete
                   : status == "partial" ? TableFacts::Status::partial
                                         : TableFacts::Status::missing;
    facts.reason = table["reason"].text();
    const FactTable* known = schema.find(name);
    for (const Node& line : table["rows"].items()) {
      Row& row = facts.rows.emplace_back();
      for (const auto& [key, value] : line.pairs()) {
        const FactColumn* column = known == nullptr ? nullptr : known->find(key);
        if (column == nullptr) return fail("K0202", name, {{"column", key}});
        KHIEN_TRY(row[key], cell(*column, value));
      }
    }
  }
  return c;
}

Done make(const std::filesystem::path& content_folder, const std::filesystem::path& in,
          const std::filesystem::path& out) {
  KHIEN_TRY(const std::string blob, pack_content(content_folder));
  KHIEN_TRY(const Content content, Content::open(blob));
  KHIEN_TRY(const FactSchema schema, FactSchema::load(content));
  KHIEN_TRY(const std::string text, read_file(in, limits::yaml_file_bytes));
  KHIEN_TRY(const Node node, parse_yaml(text, in.string()));
  KHIEN_TRY(const Collection c, collection(node, schema));
  KHIEN_TRY(std::string bytes, bundle_bytes(schema, {c}));
  KHIEN_TRY(const std::string seed, unhex(sha256_hex("invented sample data, trust nothing")));
  KHIEN_TRY(const KeyPair key, key_pair_from_seed(seed));
  KHIEN_TRY(const std::string sealed, seal(std::move(bytes), key));
  return write_file(out, sealed);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto done = make(argv[1], argv[2], argv[3]);
  if (!done) std::fprintf(stderr, "%s\n", to_string(done.error()).c_str());
  return done ? 0 : 1;
}
