#include "hub/data/agency.h"

namespace khien::hub {

Result<std::optional<AgencyName>> find_agency_name(const Database& db, std::int64_t id) {
  // The superior of the root stands in the office's profile alone.
  KHIEN_TRY(Statement s,
            db.prepare("select a.id, a.name, coalesce(p.name, json_extract(o.profile,"
                       " '$.parent_name')) from agency a left join agency p on p.id = a.parent_id"
                       " left join office o on o.agency_id = a.id where a.id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  if (!row) return std::optional<AgencyName>{};
  return std::optional(AgencyName{s.integer(0), s.text(1), s.text(2)});
}

Result<std::int64_t> root_agency(const Database& db) {
  KHIEN_TRY(const Value id,
            db.one("select id from agency where parent_id is null order by id limit 1"));
  if (const auto* found = std::get_if<std::int64_t>(&id)) return *found;
  KHIEN_DO(db.execute("insert into agency(name) values('')"));
  return db.last_rowid();
}

Result<bool> is_below(const Database& db, std::int64_t id, std::int64_t top) {
  KHIEN_TRY(const Value found,
            db.one("with recursive up(id, parent_id) as (select id, parent_id from agency"
                   " where id = ?1 union select a.id, a.parent_id from agency a join up"
                   " on a.id = up.parent_id) select count(*) from up where id = ?2", {id, top}));
  return std::get<std::int64_t>(found) > 0;
}

}  // namespace khien::hub
