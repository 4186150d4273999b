#include "hub/data/audit.h"

#include "base/hash.h"
#include "hub/data/agency.h"

namespace khien::hub {
namespace {

std::string hash_of(const std::string& before, const AuditRow& row) {
  Node fields = Node::list({before, row.id, row.at, row.user_id, row.login, row.remote, row.action,
                            row.what, row.what_id, row.detail});
  return sha256_hex(to_json(fields));
}

AuditRow read_row(const Statement& s) {
  return {s.integer(0), s.integer(1), s.integer(2), s.text(3), s.text(4),
          s.text(5),    s.text(6),    s.integer(7), s.text(8), s.text(9)};
}

constexpr std::string_view kAuditColumns =
    "select id, at, user_id, login, remote, action, what, what_id, detail, hash from audit ";

}  // namespace

Done append_audit(const Database& db, const Act& act, std::int64_t now_ms) {
  KHIEN_TRY(Statement last, db.prepare("select id, hash from audit order by id desc limit 1"));
  KHIEN_TRY(const bool any, last.step());
  AuditRow row{any ? last.integer(0) + 1 : 1, now_ms,   act.user_id, act.login,
               act.remote,                    act.action, act.what,  act.what_id,
               to_json(act.detail),           ""};
  row.hash = hash_of(any ? last.text(1) : "", row);
  KHIEN_TRY(Statement add,
            db.prepare("insert into audit values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
  return add.bind(1, row.id).bind(2, row.at).bind(3, row.user_id).bind(4, row.login)
      .bind(5, row.remote).bind(6, row.action).bind(7, row.what).bind(8, row.what_id)
      .bind(9, row.detail).bind(10, row.hash).run();
}

Result<std::vector<AuditRow>> audit_rows(const Database& db, std::int64_t agency_id,
                                         std::int64_t before, const std::string& q,
                                         std::int64_t limit) {
  KHIEN_TRY(Statement s,
            db.prepare(std::string(kSubtree) + std::string(kAuditColumns) +
                       "where (?1 = 0 or user_id in (select id from user where agency_id in"
                       " subtree)) and (?2 = 0 or id < ?2) and (?3 = '' or instr(login || ' ' ||"
                       " action || ' ' || what || ' ' || detail, ?3) > 0) order by id desc"
                       " limit ?4"));
  s.bind(1, agency_id).bind(2, before).bind(3, q).bind(4, limit);
  std::vector<AuditRow> out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    out.push_back(read_row(s));
  }
}

Result<AuditVerdict> verify_audit(const Database& db, const std::string& noted) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kAuditColumns) + "order by id"));
  AuditVerdict out;
  for (;;) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) return out;
    const AuditRow row = read_row(s);
    ++out.rows;
    if (row.id != out.rows || row.hash != hash_of(out.head, row)) {
      out.broken_id = row.id;
      return out;
    }
    out.head = row.hash;
    out.seen = out.seen || row.hash == noted;
  }
}

}  // namespace khien::hub
