// The jobs that open sealed files made elsewhere, and the facts in them.
#include <fmt/format.h>

#include "base/limits.h"
#include "store/assessment.h"
#include "store/errors.h"
#include "store/seal.h"

namespace khien {
namespace {

bool is_table_name(std::string_view s) {
  return !s.empty() && s.size() <= 60 &&
         s.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

// Of all tables of a bundle: a machine has some thousands.
constexpr std::size_t kBundleRows = 250'000;

Result<TableFacts> read_table(const Database& db, std::int64_t collection, Statement& state,
                              std::size_t& rows_read) {
  TableFacts t;
  const std::string name = state.text(0);
  const std::string status = state.text(1);
  t.status = status == "complete"  ? TableFacts::Status::complete
             : status == "partial" ? TableFacts::Status::partial
                                   : TableFacts::Status::missing;
  t.reason = state.text(2);
  t.detail = state.text(3);
  KHIEN_TRY(const Node gaps, parse_json(state.text(4), name));
  for (const auto& [column, reason] : gaps.pairs()) t.gaps[column] = reason.text();
  if (!is_table_name(name) || !db.has_table(name)) {
    return fail(err::facts_malformed, name, {{"detail", "no such table"}});
  }
  KHIEN_TRY(auto rows, db.prepare(fmt::format(
                           "select * from {} where collection_id = ?1 order by fact_id", name)));
  rows.bind(1, collection);
  for (;;) {
    KHIEN_TRY(const bool more, rows.step());
    if (!more) return t;
    if (++rows_read > kBundleRows) {
      return fail(err::facts_malformed, name, {{"detail", "too many rows"}});
    }
    Row& row = t.rows.emplace_back();
    for (int i = 0; i < rows.columns(); ++i) {
      const std::string column = rows.name(i);
      if (column == "fact_id" || column == "collection_id" || rows.is_null(i)) continue;
      row[column] = rows.value(i);
    }
  }
}

Node seal_node(const Sealed& sealed) {
  return Node::map({{"intact", sealed.intact},
                    {"signed", sealed.signature_ok},
                    {"public_key", hex(sealed.public_key)},
                    {"sha256", sealed.sha256}});
}

// Only the seal: any sealed file, whatever it holds.
Result<Node> seal_job(const JobInput& in) {
  KHIEN_TRY(const Sealed sealed, open_sealed(in.bytes, in.name));
  return Node::map({{"seal", seal_node(sealed)}});
}

Result<Node> assessment_job(const JobInput& in) {
  KHIEN_TRY(const Sealed sealed, open_sealed(in.bytes, in.name));
  Node out = Node::map({{"seal", seal_node(sealed)}});
  if (!sealed.intact) return out;  // the caller says so; broken bytes are not parsed further
  KHIEN_TRY(const Database db, Database::from_bytes(std::string(sealed.database)));
  KHIEN_TRY(const Assessment a, load_assessment(db));
  out.set("assessment", to_node(a));
  return out;
}

Result<Node> facts_job(const JobInput& in) {
  KHIEN_TRY(const Sealed sealed, open_sealed(in.bytes, in.name));
  Node out = Node::map({{"seal", seal_node(sealed)}});
  if (!sealed.intact) return out;
  KHIEN_TRY(const Database db, Database::from_bytes(std::string(sealed.database)));
  // An assessment has the same tables, and the judged agency's own facts in them.
  if (db.has_table("assessment")) {
    KHIEN_TRY(const Value records, db.one("select count(*) from assessment"));
    if (to_text(records) != "0") return fail(err::file_is_assessment, in.name);
  }
  KHIEN_TRY(const auto collections, read_bundle(db));
  Node list = Node::list();
  for (const Collection& c : collections) list.push(to_node(c));
  out.set("collections", std::move(list));
  return out;
}

}  // namespace

Result<std::vector<Collection>> read_bundle(const Database& db) {
  if (!db.has_table("collection") || !db.has_table("collection_table")) {
    return fail(err::facts_malformed, "collection", {{"detail", "no such table"}});
  }
  std::vector<Collection> out;
  std::size_t rows_read = 0;
  KHIEN_TRY(auto heads, db.prepare("select collection_id, collector, collector_version, source,"
                                   " source_sha256, host, agency, started_at, finished_at"
                                   " from collection order by collection_id"));
  KHIEN_TRY(auto states, db.prepare("select table_name, status, reason, detail, gaps"
                                    " from collection_table where collection_id = ?1"));
  for (;;) {
    KHIEN_TRY(const bool more, heads.step());
    if (!more) return out;
    if (out.size() >= limits::facts_files) {
      return fail(err::facts_malformed, "collection", {{"detail", "too many"}});
    }
    Collection& c = out.emplace_back();
    const std::int64_t id = heads.integer(0);
    c.collector = heads.text(1);
    c.collector_version = heads.text(2);
    c.source = heads.text(3);
    c.source_sha256 = heads.text(4);
    c.host = heads.text(5);
    c.agency = heads.text(6);
    c.started_at = heads.integer(7);
    c.finished_at = heads.integer(8);
    states.bind(1, id);
    for (;;) {
      KHIEN_TRY(const bool table, states.step());
      if (!table) break;
      const std::string name = states.text(0);
      KHIEN_TRY(c.tables[name], read_table(db, id, states, rows_read));
    }
    states.reset();
  }
}

std::vector<Job> store_jobs() {
  return {{"store.seal", limits::facts_file_bytes, seal_job},
          {"store.assessment", limits::facts_file_bytes, assessment_job},
          {"store.facts", limits::facts_file_bytes, facts_job}};
}

}  // namespace khien
