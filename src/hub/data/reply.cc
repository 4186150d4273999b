#include "hub/data/reply.h"

#include "hub/data/rows.h"

namespace khien::hub {
namespace {

// The answer that is being written, if there is one.
Result<std::int64_t> open_reply(const Database& db, std::int64_t issue_id) {
  KHIEN_TRY(const Value id, db.one("select max(id) from reply where issue_id = ?1 and at = 0",
                                   {issue_id}));
  if (const auto* found = std::get_if<std::int64_t>(&id)) return *found;
  KHIEN_TRY(Statement s, db.prepare("insert into reply(issue_id, at, by_name, text)"
                                    " values(?1, 0, '', '')"));
  KHIEN_DO(s.bind(1, issue_id).run());
  return db.last_rowid();
}

}  // namespace

Done add_reply_link(const Database& db, const ReplyLink& link) {
  KHIEN_TRY(Statement old, db.prepare("delete from reply_link where issue_id = ?1 and"
                                      " answered_at is null"));
  KHIEN_DO(old.bind(1, link.issue_id).run());
  KHIEN_TRY(Statement s, db.prepare("insert into reply_link(hash, issue_id, made_at, made_by,"
                                    " expires_at) values(?1, ?2, ?3, ?4, ?5)"));
  return s.bind(1, link.hash).bind(2, link.issue_id).bind(3, link.made_at).bind(4, link.made_by)
      .bind(5, link.expires_at).run();
}

Result<std::optional<ReplyLink>> find_reply_link(const Database& db, const std::string& hash,
                                                 std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("select hash, issue_id, made_at, expires_at, answered_at,"
                                    " made_by from reply_link where hash = ?1 and"
                                    " expires_at > ?2"));
  s.bind(1, hash).bind(2, now);
  KHIEN_TRY(const bool row, s.step());
  if (!row) return std::optional<ReplyLink>{};
  return std::optional(ReplyLink{s.text(0), s.integer(1), s.integer(2), s.integer(3),
                                 s.integer(4), s.text(5)});
}

Done keep_reply_file(const Database& db, const ReplyRow& row) {
  KHIEN_TRY(const std::int64_t id, open_reply(db, row.issue_id));
  KHIEN_TRY(Statement s, db.prepare("update reply set file_name = ?2, file_sha256 = ?3,"
                                    " file_bytes = ?4 where id = ?1"));
  return s.bind(1, id).bind(2, row.file_name).bind(3, row.file_sha256).bind(4, row.file_bytes)
      .run();
}

Done send_reply(const Database& db, const ReplyRow& row, const std::string& hash) {
  KHIEN_TRY(const std::int64_t id, open_reply(db, row.issue_id));
  KHIEN_TRY(Statement s, db.prepare("update reply set at = ?2, by_name = ?3, text = ?4"
                                    " where id = ?1"));
  KHIEN_DO(s.bind(1, id).bind(2, row.at).bind(3, row.by_name).bind(4, row.text).run());
  KHIEN_TRY(Statement used, db.prepare("update reply_link set answered_at = ?2"
                                       " where hash = ?1"));
  return used.bind(1, hash).bind(2, row.at).run();
}

Result<std::vector<ReplyRow>> replies_of(const Database& db, std::int64_t issue_id) {
  KHIEN_TRY(Statement s, db.prepare("select id, issue_id, at, by_name, text, file_name,"
                                    " file_sha256, file_bytes from reply where issue_id = ?1"
                                    " order by id desc"));
  s.bind(1, issue_id);
  return rows_of<ReplyRow>(s, [](const Statement& r) {
    return ReplyRow{r.integer(0), r.integer(1), r.integer(2), r.text(3),
                    r.text(4),    r.text(5),    r.text(6),    r.integer(7)};
  });
}

}  // namespace khien::hub
