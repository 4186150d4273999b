#include "hub/data/agency.h"

#include "base/text.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

// ?2 is the day of the names; "" takes those of now.
constexpr std::string_view kAgencySelect =
    "select a.id, coalesce(a.parent_id, 0), coalesce(a.code, ''), coalesce((select n.name from"
    " agency_name n where ?2 <> '' and n.agency_id = a.id and n.valid_from <= ?2 order by"
    " n.valid_from desc limit 1), a.name), a.kind, coalesce(a.valid_from, ''),"
    " coalesce(a.valid_to, ''), coalesce(a.successor_id, 0), coalesce(a.contact_name, ''),"
    " coalesce(a.contact_phone, ''), coalesce(a.contact_mail, ''), (select count(*) from agency c"
    " where c.parent_id = a.id), coalesce((select group_concat(n.name, ' ') from agency_name n"
    " where n.agency_id = a.id), '') from agency a ";
constexpr int kOtherNames = 12;

AgencyRow agency_row(const Statement& s) {
  AgencyRow out;
  out.id = s.integer(0), out.parent_id = s.integer(1), out.code = s.text(2);
  out.name = s.text(3), out.kind = s.text(4), out.valid_from = s.text(5);
  out.valid_to = s.text(6), out.successor_id = s.integer(7), out.contact_name = s.text(8);
  out.contact_phone = s.text(9), out.contact_mail = s.text(10), out.children = s.integer(11);
  return out;
}

struct Words {
  std::string q, kind;
  [[nodiscard]] bool meet(const AgencyRow& row, const std::string& other_names) const {
    if (!kind.empty() && skeleton(squeeze(row.kind)) != kind) return false;
    return q.empty() ||
           skeleton(row.name + " " + row.code + " " + other_names).find(q) != std::string::npos;
  }
};

}  // namespace

bool AgencyRow::holds_on(const std::string& day) const {
  return (valid_from.empty() || valid_from <= day) && (valid_to.empty() || day <= valid_to);
}

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

Result<std::vector<AgencyRow>> list_agencies(const Database& db, const AgencySearch& search) {
  KHIEN_TRY(Statement s,
            db.prepare(std::string(kSubtree) + std::string(kAgencySelect) +
                       "where a.id in subtree and a.id > ?3 and (?4 = 0 or a.parent_id = ?4)"
                       " and (?2 = '' or ((a.valid_from is null or a.valid_from <= ?2) and"
                       " (a.valid_to is null or a.valid_to >= ?2))) order by a.id"));
  s.bind(1, search.top).bind(2, search.at).bind(3, search.after).bind(4, search.parent);
  const Words words{skeleton(squeeze(search.q)), skeleton(squeeze(search.kind))};
  std::vector<AgencyRow> out;
  while (static_cast<std::int64_t>(out.size()) < search.limit) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) break;
    AgencyRow row = agency_row(s);
    if (words.meet(row, s.text(kOtherNames))) out.push_back(std::move(row));
  }
  return out;
}

Result<std::optional<AgencyRow>> find_agency(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kAgencySelect) + "where a.id = ?1"));
  s.bind(1, id).bind(2, std::string());
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(agency_row(s)) : std::nullopt;
}

Result<std::int64_t> agency_of_code(const Database& db, const std::string& code) {
  KHIEN_TRY(const Value id,
            db.one("select id from agency where code = ?1 and code <> ''", {code}));
  const auto* found = std::get_if<std::int64_t>(&id);
  return found == nullptr ? 0 : *found;
}

Result<std::int64_t> add_agency(const Database& db, const AgencyRow& row) {
  KHIEN_TRY(Statement s, db.prepare("insert into agency(name) values(?1)"));
  KHIEN_DO(s.bind(1, row.name).run());
  AgencyRow made = row;
  made.id = db.last_rowid();
  KHIEN_DO(save_agency(db, made));
  return made.id;
}

Done save_agency(const Database& db, const AgencyRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("update agency set code = ?2, kind = ?3, parent_id = ?4, valid_from = ?5,"
                       " valid_to = ?6, successor_id = ?7, contact_name = ?8, contact_phone = ?9,"
                       " contact_mail = ?10 where id = ?1"));
  return s.bind(1, row.id).bind(2, text_or_null(row.code)).bind(3, row.kind)
      .bind(4, integer_or_null(row.parent_id, row.parent_id != 0))
      .bind(5, text_or_null(row.valid_from)).bind(6, text_or_null(row.valid_to))
      .bind(7, integer_or_null(row.successor_id, row.successor_id != 0))
      .bind(8, text_or_null(row.contact_name)).bind(9, text_or_null(row.contact_phone))
      .bind(10, text_or_null(row.contact_mail)).run();
}

bool is_enterprise(const std::string& kind) {
  const std::string words = skeleton(squeeze(kind));
  return words == "doanh nghiep" || words == "enterprise";
}

Result<std::vector<DatedName>> names_of(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("select valid_from, name from agency_name where"
                                    " agency_id = ?1 order by valid_from"));
  s.bind(1, id);
  return rows_of<DatedName>(s, [](const Statement& row) {
    return DatedName{row.text(0), row.text(1)};
  });
}

Done rename_agency(const Database& db, std::int64_t id, const DatedName& name,
                   const std::string& today) {
  if (name.valid_from.empty()) {
    KHIEN_TRY(Statement right, db.prepare("update agency_name set name = ?2 where agency_id = ?1"
                                          " and name = (select name from agency where id = ?1)"));
    KHIEN_DO(right.bind(1, id).bind(2, name.name).run());
    KHIEN_TRY(Statement now, db.prepare("update agency set name = ?2 where id = ?1"));
    return now.bind(1, id).bind(2, name.name).run();
  }
  KHIEN_TRY(Statement first, db.prepare("insert into agency_name(agency_id, valid_from, name)"
                                        " select id, '', name from agency where id = ?1 and"
                                        " not exists(select 1 from agency_name where"
                                        " agency_id = ?1)"));
  KHIEN_DO(first.bind(1, id).run());
  KHIEN_TRY(Statement dated, db.prepare("insert into agency_name(agency_id, valid_from, name)"
                                        " values(?1, ?2, ?3) on conflict(agency_id, valid_from)"
                                        " do update set name = ?3"));
  KHIEN_DO(dated.bind(1, id).bind(2, name.valid_from).bind(3, name.name).run());
  return settle_names(db, today);
}

Done move_name(const Database& db, std::int64_t id, const std::string& from,
               const std::string& to, const std::string& today) {
  KHIEN_TRY(Statement s, db.prepare("update or replace agency_name set valid_from = ?3 where"
                                    " agency_id = ?1 and valid_from = ?2"));
  KHIEN_DO(s.bind(1, id).bind(2, from).bind(3, to).run());
  return settle_names(db, today);
}

Done settle_names(const Database& db, const std::string& today) {
  KHIEN_TRY(Statement s,
            db.prepare("with due(id, name) as (select agency_id, name from agency_name n where"
                       " valid_from = (select max(valid_from) from agency_name where"
                       " agency_id = n.agency_id and valid_from <= ?1))"
                       " update agency set name = due.name from due where agency.id = due.id"
                       " and agency.name <> due.name"));
  return s.bind(1, today).run();
}

}  // namespace khien::hub
