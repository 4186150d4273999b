// What people sign for. One that is withdrawn stays, with the day it was.
#include "hub/data/rows.h"
#include "hub/data/source.h"

namespace khien::hub {
namespace {

constexpr std::string_view kAttestationColumns =
    "id, agency_id, kinds, statement, signed_by, signed_on, valid_until, file_name, file_path,"
    " created_at, withdrawn_at";

AttestationRow attestation_row(const Statement& s) {
  return {s.integer(0), s.integer(1), tree_of(s.text(2)).texts(), s.text(3), s.text(4),
          s.text(5), s.text(6), s.text(7), s.text(8), s.integer(9), s.integer(10)};
}

}  // namespace

Result<std::int64_t> add_attestation(const Database& db, const AttestationRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into attestation(agency_id, kinds, statement, signed_by, signed_on,"
                       " valid_until, created_at) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  KHIEN_DO(s.bind(1, row.agency_id).bind(2, to_json(Node::list_of(row.kinds)))
               .bind(3, row.statement).bind(4, row.signed_by).bind(5, row.signed_on)
               .bind(6, text_or_null(row.valid_until)).bind(7, row.created_at).run());
  return db.last_rowid();
}

Done set_attestation_file(const Database& db, std::int64_t id, const std::string& name,
                          const std::string& path) {
  KHIEN_TRY(Statement s, db.prepare("update attestation set file_name = ?2, file_path = ?3"
                                    " where id = ?1"));
  return s.bind(1, id).bind(2, name).bind(3, path).run();
}

Done withdraw_attestation(const Database& db, std::int64_t id, std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("update attestation set withdrawn_at = ?2 where id = ?1"
                                    " and withdrawn_at is null"));
  return s.bind(1, id).bind(2, now).run();
}

Result<std::vector<AttestationRow>> list_attestations(const Database& db, std::int64_t agency_id,
                                                      std::int64_t before, std::int64_t limit) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kAttestationColumns) +
                                    " from attestation where agency_id = ?1 and (?2 = 0 or id < ?2)"
                                    " order by id desc limit ?3"));
  s.bind(1, agency_id).bind(2, before).bind(3, limit);
  return rows_of<AttestationRow>(s, attestation_row);
}

Result<std::optional<AttestationRow>> find_attestation(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("select " + std::string(kAttestationColumns) +
                                    " from attestation where id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(attestation_row(s)) : std::nullopt;
}

}  // namespace khien::hub
