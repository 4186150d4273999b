#include "hub/data/session.h"

namespace khien::hub {

Result<std::optional<Session>> find_session(const Database& db, const std::string& hash) {
  KHIEN_TRY(Statement s, db.prepare("select hash, user_id, csrf, remote, created_at, seen_at"
                                    " from session where hash = ?1"));
  s.bind(1, hash);
  KHIEN_TRY(const bool row, s.step());
  if (!row) return std::optional<Session>{};
  return std::optional(Session{s.text(0), s.integer(1), s.text(2), s.text(3), s.integer(4),
                               s.integer(5)});
}

Done add_session(const Database& db, const Session& session) {
  KHIEN_TRY(Statement s, db.prepare("insert into session(hash, user_id, csrf, remote, created_at,"
                                    " seen_at) values(?1, ?2, ?3, ?4, ?5, ?6)"));
  return s.bind(1, session.hash).bind(2, session.user_id).bind(3, session.csrf)
      .bind(4, session.remote).bind(5, session.created_at).bind(6, session.seen_at).run();
}

Done see_session(const Database& db, const std::string& hash, std::int64_t at) {
  KHIEN_TRY(Statement s, db.prepare("update session set seen_at = ?2 where hash = ?1"));
  return s.bind(1, hash).bind(2, at).run();
}

Done end_session(const Database& db, const std::string& hash) {
  KHIEN_TRY(Statement s, db.prepare("delete from session where hash = ?1"));
  return s.bind(1, hash).run();
}

Done end_sessions(const Database& db, std::int64_t user_id, const std::string& kept) {
  KHIEN_TRY(Statement s, db.prepare("delete from session where user_id = ?1 and hash <> ?2"));
  return s.bind(1, user_id).bind(2, kept).run();
}

Done drop_old_sessions(const Database& db, std::int64_t created, std::int64_t seen) {
  KHIEN_TRY(Statement s,
            db.prepare("delete from session where created_at < ?1 or seen_at < ?2"));
  return s.bind(1, created).bind(2, seen).run();
}

Done add_link(const Database& db, const std::string& hash, std::int64_t user_id,
              std::int64_t expires_at) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into link(hash, user_id, expires_at) values(?1, ?2, ?3)"));
  return s.bind(1, hash).bind(2, user_id).bind(3, expires_at).run();
}

Result<std::optional<std::int64_t>> use_link(const Database& db, const std::string& hash,
                                             std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("update link set used_at = ?2 where hash = ?1 and used_at is"
                                    " null and expires_at > ?2 returning user_id"));
  s.bind(1, hash).bind(2, now);
  KHIEN_TRY(const bool row, s.step());
  if (!row) return std::optional<std::int64_t>{};
  return std::optional(s.integer(0));
}

Done add_openid_round(const Database& db, const OpenIdRoundRow& row, std::int64_t since) {
  KHIEN_TRY(Statement old, db.prepare("delete from openid_round where made_at < ?1"));
  KHIEN_DO(old.bind(1, since).run());
  KHIEN_TRY(Statement s, db.prepare("insert into openid_round values(?1, ?2, ?3, ?4)"));
  return s.bind(1, row.state_hash).bind(2, row.nonce).bind(3, row.verifier).bind(4, row.made_at)
      .run();
}

Result<std::optional<OpenIdRoundRow>> take_openid_round(const Database& db,
                                                        const std::string& state_hash,
                                                        std::int64_t since) {
  KHIEN_TRY(Statement old, db.prepare("delete from openid_round where made_at < ?1"));
  KHIEN_DO(old.bind(1, since).run());
  std::optional<OpenIdRoundRow> out;
  {
    KHIEN_TRY(Statement s, db.prepare("select state, nonce, verifier, made_at from openid_round"
                                      " where state = ?1"));
    s.bind(1, state_hash);
    KHIEN_TRY(const bool row, s.step());
    if (row) out = {s.text(0), s.text(1), s.text(2), s.integer(3)};
  }
  KHIEN_TRY(Statement used, db.prepare("delete from openid_round where state = ?1"));
  KHIEN_DO(used.bind(1, state_hash).run());
  return out;
}

}  // namespace khien::hub
