#include "hub/data/token.h"

namespace khien::hub {
namespace {

constexpr std::string_view kTokenSelect =
    "select id, hash, user_id, name, scopes, created_at, expires_at, used_at from token ";

Token read_token(const Statement& s) {
  return {s.integer(0), s.text(1),    s.integer(2), s.text(3),
          s.text(4),    s.integer(5), s.integer(6), s.integer(7)};
}

}  // namespace

Result<std::int64_t> add_token(const Database& db, const Token& token) {
  KHIEN_TRY(Statement s, db.prepare("insert into token(hash, user_id, name, scopes, created_at,"
                                    " expires_at) values(?1, ?2, ?3, ?4, ?5, ?6)"));
  const Value until = token.expires_at == 0 ? Value{Null{}} : Value{token.expires_at};
  KHIEN_DO(s.bind(1, token.hash).bind(2, token.user_id).bind(3, token.name)
               .bind(4, token.scopes).bind(5, token.created_at).bind(6, until).run());
  return db.last_rowid();
}

Result<std::optional<Token>> find_token(const Database& db, const std::string& hash) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kTokenSelect) + "where hash = ?1"));
  s.bind(1, hash);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(read_token(s)) : std::nullopt;
}

Result<std::vector<Token>> list_tokens(const Database& db, std::int64_t user_id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kTokenSelect) + "where user_id = ?1 order by id"));
  s.bind(1, user_id);
  std::vector<Token> out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    out.push_back(read_token(s));
  }
}

Done use_token(const Database& db, std::int64_t id, std::int64_t at) {
  KHIEN_TRY(Statement s, db.prepare("update token set used_at = ?2 where id = ?1"));
  return s.bind(1, id).bind(2, at).run();
}

Done drop_token(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("delete from token where id = ?1"));
  return s.bind(1, id).run();
}

}  // namespace khien::hub
