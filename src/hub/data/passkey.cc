#include "hub/data/passkey.h"

#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kPasskeySelect =
    "select id, user_id, host, credential, name, algorithm, public_key, counter, alone, made_at,"
    " used_at from passkey ";

Passkey read_passkey(const Statement& s) {
  Passkey out;
  out.id = s.integer(0);
  out.user_id = s.integer(1);
  out.host = s.text(2);
  out.credential = s.text(3);
  out.name = s.text(4);
  out.algorithm = static_cast<int>(s.integer(5));
  out.public_key = s.text(6);
  out.counter = s.integer(7);
  out.alone = s.integer(8) != 0;
  out.made_at = s.integer(9);
  out.used_at = s.integer(10);
  return out;
}

}  // namespace

Result<std::vector<Passkey>> list_passkeys(const Database& db, std::int64_t user_id) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kPasskeySelect) +
                                    "where user_id = ?1 order by id"));
  s.bind(1, user_id);
  return rows_of<Passkey>(s, read_passkey);
}

Result<std::optional<Passkey>> find_passkey(const Database& db, const std::string& credential) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kPasskeySelect) + "where credential = ?1"));
  s.bind(1, credential);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(read_passkey(s)) : std::nullopt;
}

Result<bool> has_passkeys(const Database& db, std::int64_t user_id) {
  KHIEN_TRY(Statement s, db.prepare("select 1 from passkey where user_id = ?1 limit 1"));
  return s.bind(1, user_id).step();
}

Result<bool> passkeys_alone(const Database& db, const std::string& host) {
  KHIEN_TRY(Statement s, db.prepare("select 1 from passkey where host = ?1 and alone limit 1"));
  return s.bind(1, host).step();
}

Result<std::int64_t> add_passkey(const Database& db, const Passkey& key) {
  KHIEN_TRY(Statement s, db.prepare("insert into passkey(user_id, host, credential, name,"
                                    " algorithm, public_key, counter, alone, made_at)"
                                    " values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
  KHIEN_DO(s.bind(1, key.user_id).bind(2, key.host).bind(3, key.credential).bind(4, key.name)
               .bind(5, std::int64_t{key.algorithm}).bind(6, key.public_key).bind(7, key.counter)
               .bind(8, std::int64_t{key.alone}).bind(9, key.made_at).run());
  return db.last_rowid();
}

Result<bool> rename_passkey(const Database& db, std::int64_t user_id, std::int64_t id,
                            const std::string& name) {
  KHIEN_TRY(Statement s, db.prepare("update passkey set name = ?3 where id = ?2 and user_id = ?1"
                                    " returning 1"));
  return s.bind(1, user_id).bind(2, id).bind(3, name).step();
}

Result<bool> drop_passkey(const Database& db, std::int64_t user_id, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare("delete from passkey where id = ?2 and user_id = ?1"
                                    " returning 1"));
  return s.bind(1, user_id).bind(2, id).step();
}

Done use_passkey(const Database& db, std::int64_t id, std::int64_t counter, std::int64_t at) {
  KHIEN_TRY(Statement s, db.prepare("update passkey set counter = ?2, used_at = ?3 where id = ?1"));
  return s.bind(1, id).bind(2, counter).bind(3, at).run();
}

Result<bool> take_challenge(const Database& db, const std::string& hash, std::int64_t now,
                            std::int64_t since) {
  KHIEN_TRY(Statement old, db.prepare("delete from passkey_challenge where used_at < ?1"));
  KHIEN_DO(old.bind(1, since).run());
  KHIEN_TRY(Statement s, db.prepare("insert into passkey_challenge values(?1, ?2)"
                                    " on conflict do nothing returning 1"));
  return s.bind(1, hash).bind(2, now).step();
}

}  // namespace khien::hub
