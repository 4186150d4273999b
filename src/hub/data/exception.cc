#include "hub/data/exception.h"

#include "hub/data/agency.h"
#include "hub/data/rows.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::string_view kExceptionSelect =
    "select id, agency_id, control, subject, reason, until_on, state, asked_by, asked_at,"
    " decided_by, note, decided_at from exception ";
constexpr std::string_view kExtensionSelect =
    "select e.id, e.agency_id, e.dispatch_id, e.due_on_old, e.due_on, e.reason, e.state,"
    " e.asked_by, e.asked_at, e.decided_by, e.note, e.decided_at, a.name, d.number,"
    " coalesce(o.agency_id, d.agency_id) from extension e join agency a on a.id = e.agency_id"
    " join dispatch d on d.id = e.dispatch_id left join dispatch o on o.id = d.origin_id ";

Decision decision_at(const Statement& s, int from) {
  return {s.text(from),     s.text(from + 1), s.integer(from + 2),
          s.text(from + 3), s.text(from + 4), s.integer(from + 5)};
}

ExceptionRow exception_row(const Statement& s) {
  return {s.integer(0), s.integer(1), s.text(2), s.text(3), s.text(4), s.text(5),
          decision_at(s, 6)};
}

ExtensionRow extension_row(const Statement& s) {
  return {s.integer(0), s.integer(1),      s.integer(2), s.text(3),  s.text(4),
          s.text(5),    decision_at(s, 6), s.text(12),   s.text(13), s.integer(14)};
}

Done decide(const Database& db, const char* table, std::int64_t id, const Decision& decision) {
  KHIEN_TRY(Statement s, db.prepare("update " + std::string(table) +
                                    " set state = ?2, decided_by = ?3, decided_at = ?4, note = ?5"
                                    " where id = ?1 and state = 'asked'"));
  KHIEN_DO(s.bind(1, id).bind(2, decision.state).bind(3, decision.decided_by)
               .bind(4, decision.decided_at).bind(5, text_or_null(decision.note)).run());
  KHIEN_TRY(const Value changed, db.one("select changes()"));
  if (std::get<std::int64_t>(changed) == 0) return fail(err::decided_already, "");
  return {};
}

}  // namespace

std::string ExceptionRow::state_on(const std::string& today) const {
  return decision.state == "approved" && until_on < today ? "ended" : decision.state;
}

Result<std::int64_t> add_exception(const Database& db, const ExceptionRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into exception(agency_id, control, subject, reason, until_on, state,"
                       " asked_by, asked_at) values(?1, ?2, ?3, ?4, ?5, 'asked', ?6, ?7)"));
  KHIEN_DO(s.bind(1, row.agency_id).bind(2, row.control).bind(3, row.subject).bind(4, row.reason)
               .bind(5, row.until_on).bind(6, row.decision.asked_by)
               .bind(7, row.decision.asked_at).run());
  return db.last_rowid();
}

Result<std::optional<ExceptionRow>> find_exception(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kExceptionSelect) + "where id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(exception_row(s)) : std::nullopt;
}

Result<std::vector<ExceptionRow>> list_exceptions(const Database& db,
                                                  const ExceptionSearch& search) {
  KHIEN_TRY(Statement s,
            db.prepare(std::string(kSubtree) + std::string(kExceptionSelect) +
                       "where agency_id in subtree and (?2 = 0 or id < ?2) and (?3 = '' or case"
                       " when state = 'approved' and until_on < ?4 then 'ended' else state end"
                       " = ?3) order by id desc limit ?5"));
  s.bind(1, search.agency_id).bind(2, search.before).bind(3, search.state).bind(4, search.today)
      .bind(5, search.limit);
  return rows_of<ExceptionRow>(s, exception_row);
}

Done decide_exception(const Database& db, std::int64_t id, const Decision& decision) {
  return decide(db, "exception", id, decision);
}

Result<std::vector<ExceptionRow>> exceptions_on(const Database& db, std::int64_t agency_id,
                                                const std::string& day) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kExceptionSelect) +
                                    "where agency_id = ?1 and state = 'approved' and until_on >="
                                    " ?2 order by id"));
  s.bind(1, agency_id).bind(2, day);
  return rows_of<ExceptionRow>(s, exception_row);
}

Result<std::int64_t> add_extension(const Database& db, const ExtensionRow& row) {
  KHIEN_TRY(const Value waiting,
            db.one("select count(*) from extension where dispatch_id = ?1 and state = 'asked'",
                   {row.dispatch_id}));
  if (std::get<std::int64_t>(waiting) > 0) {
    return fail(err::hub_conflict, "", {{"what", row.due_on_old}});
  }
  KHIEN_TRY(Statement s,
            db.prepare("insert into extension(agency_id, dispatch_id, due_on_old, due_on, reason,"
                       " state, asked_by, asked_at) values(?1, ?2, ?3, ?4, ?5, 'asked', ?6, ?7)"));
  KHIEN_DO(s.bind(1, row.agency_id).bind(2, row.dispatch_id).bind(3, row.due_on_old)
               .bind(4, row.due_on).bind(5, row.reason).bind(6, row.decision.asked_by)
               .bind(7, row.decision.asked_at).run());
  return db.last_rowid();
}

Result<std::optional<ExtensionRow>> find_extension(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kExtensionSelect) + "where e.id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(extension_row(s)) : std::nullopt;
}

Result<std::vector<ExtensionRow>> list_extensions(const Database& db,
                                                  const ExtensionSearch& search) {
  KHIEN_TRY(Statement s,
            db.prepare(std::string(kSubtree) + std::string(kExtensionSelect) +
                       "where e.agency_id in subtree and (?2 = 0 or e.id < ?2) and (?3 = '' or"
                       " e.state = ?3) order by e.id desc limit ?4"));
  s.bind(1, search.agency_id).bind(2, search.before).bind(3, search.state).bind(4, search.limit);
  return rows_of<ExtensionRow>(s, extension_row);
}

Done decide_extension(const Database& db, const ExtensionRow& row, const Decision& decision) {
  KHIEN_DO(decide(db, "extension", row.id, decision));
  if (decision.state != "approved") return {};
  for (const char* sql : {"update dispatch set due_on = ?2 where id = ?1",
                          "update issue set due_on = ?2 where received_id = ?1",
                          "update task set due_on = ?2 where dispatch_id = ?1 and"
                          " (due_on is null or due_on = ?3)"}) {
    KHIEN_TRY(Statement s, db.prepare(sql));
    KHIEN_DO(s.bind(1, row.dispatch_id).bind(2, row.due_on).bind(3, row.due_on_old).run());
  }
  return {};
}

}  // namespace khien::hub
