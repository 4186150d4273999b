#include "hub/data/rollup_form.h"

namespace khien::hub {

Result<std::optional<RollupForm>> rollup_form(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(Statement s, db.prepare("select file_name, sha256, bytes, at from rollup_form"
                                    " where agency_id = ?1"));
  s.bind(1, agency_id);
  KHIEN_TRY(const bool row, s.step());
  if (!row) return std::nullopt;
  return RollupForm{s.text(0), s.text(1), s.integer(2), s.integer(3)};
}

Done save_rollup_form(const Database& db, std::int64_t agency_id, const std::string& name,
                      const Upload& upload, std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("insert into rollup_form values(?1, ?2, ?3, ?4, ?5) on"
                                    " conflict(agency_id) do update set file_name = ?2,"
                                    " sha256 = ?3, bytes = ?4, at = ?5"));
  return s.bind(1, agency_id).bind(2, name).bind(3, upload.sha256)
      .bind(4, static_cast<std::int64_t>(upload.bytes)).bind(5, now).run();
}

}  // namespace khien::hub
