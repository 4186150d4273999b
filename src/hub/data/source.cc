#include "hub/data/source.h"

#include <fmt/format.h>

#include "base/text.h"
#include "hub/data/office_files.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kSourceColumns =
    "id, agency_id, name, path, bytes, sha256, received_at, state, entries, stated, certainty,"
    " why, rows, problem, columns, parent_id, reach";

SourceRow source_row(const Statement& s) {
  SourceRow out;
  out.id = s.integer(0), out.agency_id = s.integer(1);
  out.name = s.text(2), out.path = s.text(3), out.bytes = s.integer(4), out.sha256 = s.text(5);
  out.received_at = s.integer(6), out.state = s.text(7), out.entries = tree_of(s.text(8));
  out.stated = s.integer(9) != 0, out.certainty = s.text(10), out.why = tree_of(s.text(11));
  if (!s.is_null(12)) out.rows = s.integer(12);
  out.problem = tree_of(s.text(13)), out.columns = tree_of(s.text(14));
  out.parent_id = s.integer(15), out.reach = s.text(16);
  return out;
}

const Node& first_entry(const SourceRow& row) {
  static const Node kNone;
  return row.entries.items().empty() ? kNone : row.entries.items().front();
}

}  // namespace

std::string SourceRow::type() const { return first_entry(*this)["type"].text(); }
std::string SourceRow::application() const { return first_entry(*this)["app"].text(); }

bool SourceRow::is_archive() const { return why["why"].text() == kArchive; }

std::string SourceRow::kept_path() const { return fmt::format("{}/{}", kConfided, id); }

std::string SourceRow::unpacked_path() const { return fmt::format("{}/{}.goi", kSources, id); }

Result<std::int64_t> add_source(const Database& db, const SourceRow& row) {
  KHIEN_TRY(Statement next, db.prepare("update source_number set last = last + 1"));
  KHIEN_DO(next.run());
  KHIEN_TRY(Statement s,
            db.prepare("insert into source(id, agency_id, name, path, bytes, sha256, received_at,"
                       " state, parent_id, reach) values((select last from source_number), ?1, ?2,"
                       " ?3, ?4, ?5, ?6, 'waiting', ?7, ?8)"));
  KHIEN_DO(s.bind(1, row.agency_id).bind(2, row.name).bind(3, row.path).bind(4, row.bytes)
               .bind(5, row.sha256).bind(6, row.received_at)
               .bind(7, integer_or_null(row.parent_id, row.parent_id != 0))
               .bind(8, text_or_null(row.reach)).run());
  return db.last_rowid();
}

Done save_source(const Database& db, const SourceRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("update source set path = ?2, state = ?3, entries = ?4, stated = ?5,"
                       " certainty = ?6, why = ?7, rows = ?8, problem = ?9, columns = ?10"
                       " where id = ?1"));
  return s.bind(1, row.id).bind(2, row.path).bind(3, row.state).bind(4, to_json(row.entries))
      .bind(5, std::int64_t{row.stated}).bind(6, text_or_null(row.certainty))
      .bind(7, json_or_null(row.why)).bind(8, integer_or_null(row.rows, row.rows >= 0))
      .bind(9, json_or_null(row.problem)).bind(10, to_json(row.columns)).run();
}

Done delete_source(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("delete from source where id = ?1"));
  return s.bind(1, id).run();
}

Result<std::optional<SourceRow>> find_source(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kSourceColumns) +
                                    " from source where id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(source_row(s)) : std::nullopt;
}

Result<std::vector<SourceRow>> list_sources(const Database& db, std::int64_t agency_id,
                                            const std::string& q, std::int64_t before,
                                            std::int64_t limit) {
  KHIEN_TRY(Statement s,
            db.prepare("select " + std::string(kSourceColumns) +
                       " from source where agency_id = ?1 and (?2 = 0 or id < ?2)"
                       " order by id desc"));
  s.bind(1, agency_id).bind(2, before);
  const std::string words = skeleton(squeeze(q));
  std::vector<SourceRow> out;
  while (static_cast<std::int64_t>(out.size()) < limit) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) break;
    SourceRow row = source_row(s);
    const bool fits = words.empty() || skeleton(row.name).find(words) != std::string::npos;
    if (fits) out.push_back(std::move(row));
  }
  return out;
}

Result<std::vector<SourceRow>> sources_in(const Database& db, std::int64_t parent_id) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kSourceColumns) + " from source where"
                                    " parent_id = ?1 order by id"));
  s.bind(1, parent_id);
  return rows_of<SourceRow>(s, source_row);
}

Result<std::vector<SourceRow>> usable_sources(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kSourceColumns) + " from source where"
                                    " agency_id = ?1 and entries <> '[]' order by id"));
  s.bind(1, agency_id);
  return rows_of<SourceRow>(s, source_row);
}

Result<std::vector<RegisterRows>> all_registers(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(Statement s, db.prepare("select name, cells, updated_at from register_table"
                                    " where agency_id = ?1 order by name"));
  s.bind(1, agency_id);
  return rows_of<RegisterRows>(s, [](const Statement& row) {
    return RegisterRows{row.text(0), tree_of(row.text(1)), row.integer(2)};
  });
}

Result<RegisterRows> find_register(const Database& db, std::int64_t agency_id,
                                   const std::string& name) {
  KHIEN_TRY(Statement s, db.prepare("select cells, updated_at from register_table"
                                    " where agency_id = ?1 and name = ?2"));
  s.bind(1, agency_id).bind(2, name);
  KHIEN_TRY(const bool row, s.step());
  RegisterRows out;
  out.name = name;
  if (row) out.cells = tree_of(s.text(0)), out.updated_at = s.integer(1);
  return out;
}

Done save_register(const Database& db, std::int64_t agency_id, const RegisterRows& rows) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into register_table(agency_id, name, cells, updated_at)"
                       " values(?1, ?2, ?3, ?4) on conflict(agency_id, name) do update"
                       " set cells = ?3, updated_at = ?4"));
  return s.bind(1, agency_id).bind(2, rows.name).bind(3, to_json(rows.cells))
      .bind(4, rows.updated_at).run();
}

}  // namespace khien::hub
