#include "hub/data/user.h"

#include "hub/data/agency.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kUserColumns =
    "select u.id, u.agency_id, u.login, u.name, u.role, u.password, u.must_change, u.otp_secret,"
    " u.otp_pending, u.otp_step, u.disabled_at, u.created_at, u.password_at,"
    " u.way, u.subject";
constexpr int kUserWidth = 15;

std::string user_select() { return std::string(kUserColumns) + " from user u "; }

// With the name of the agency and when the user was last seen: one statement for a whole list.
std::string seen_select() {
  return std::string(kUserColumns) +
         ", a.name, (select coalesce(max(s.seen_at), 0) from session s where s.user_id = u.id),"
         " (select count(*) from passkey k where k.user_id = u.id)"
         " from user u join agency a on a.id = u.agency_id ";
}

User read_user(const Statement& s) {
  User out;
  out.id = s.integer(0);
  out.agency_id = s.integer(1);
  out.login = s.text(2);
  out.name = s.text(3);
  out.role = s.text(4);
  out.password = s.text(5);
  out.must_change = s.integer(6) != 0;
  out.otp_secret = s.text(7);
  out.otp_pending = s.text(8);
  out.otp_step = s.integer(9);
  out.disabled_at = s.integer(10);
  out.created_at = s.integer(11);
  out.password_at = s.integer(12);
  out.way = s.text(13);
  out.subject = s.text(14);
  return out;
}

SeenUser read_seen_user(const Statement& s) {
  return {read_user(s), s.text(kUserWidth), s.integer(kUserWidth + 1),
          s.integer(kUserWidth + 2)};
}

Result<std::optional<User>> first(Result<Statement> s, const Value& key) {
  if (!s) return pass_on(s.error());
  s->bind(1, key);
  KHIEN_TRY(const bool row, s->step());
  return row ? std::optional(read_user(*s)) : std::nullopt;
}

void bind_user(Statement& s, const User& u) {
  const auto moment = [](std::int64_t at) { return integer_or_null(at, at != 0); };
  s.bind(":agency_id", u.agency_id).bind(":login", u.login).bind(":name", u.name);
  s.bind(":role", u.role).bind(":password", text_or_null(u.password));
  s.bind(":must_change", std::int64_t{u.must_change}).bind(":otp_step", u.otp_step);
  s.bind(":otp_secret", text_or_null(u.otp_secret));
  s.bind(":otp_pending", text_or_null(u.otp_pending));
  s.bind(":disabled_at", moment(u.disabled_at)).bind(":created_at", u.created_at);
  s.bind(":password_at", moment(u.password_at)).bind(":way", u.way);
  s.bind(":subject", text_or_null(u.subject));
}

}  // namespace

Result<std::optional<User>> find_user(const Database& db, std::int64_t id) {
  return first(db.prepare(user_select() + "where u.id = ?1"), id);
}

Result<std::optional<User>> find_login(const Database& db, const std::string& login) {
  return first(db.prepare(user_select() + "where u.login = ?1"), login);
}

Result<std::optional<User>> find_subject(const Database& db, const std::string& subject) {
  return first(db.prepare(user_select() + "where u.subject = ?1"), subject);
}

Result<std::optional<SeenUser>> find_seen_user(const Database& db, std::int64_t id) {
  KHIEN_TRY(Statement s, db.prepare(seen_select() + "where u.id = ?1"));
  s.bind(1, id);
  KHIEN_TRY(const bool row, s.step());
  return row ? std::optional(read_seen_user(s)) : std::nullopt;
}

Result<std::vector<SeenUser>> list_users(const Database& db, std::int64_t agency_id,
                                         const std::string& after, std::int64_t limit) {
  KHIEN_TRY(Statement s, db.prepare(std::string(kSubtree) + seen_select() +
                                    "where u.agency_id in subtree and u.login > ?2"
                                    " order by u.login limit ?3"));
  s.bind(1, agency_id).bind(2, after).bind(3, limit);
  return rows_of<SeenUser>(s, read_seen_user);
}

Result<std::int64_t> count_users(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(const Value n, db.one(std::string(kSubtree) + "select count(*) from user"
                                  " where agency_id in subtree", {agency_id}));
  return std::get<std::int64_t>(n);
}

Result<std::int64_t> add_user(const Database& db, const User& user) {
  KHIEN_TRY(Statement s, db.prepare("insert into user(agency_id, login, name, role, password,"
                                    " must_change, created_at, password_at, way, subject)"
                                    " values(:agency_id, :login, :name, :role, :password,"
                                    " :must_change, :created_at, :password_at, :way, :subject)"));
  bind_user(s, user);
  KHIEN_DO(s.run());
  return db.last_rowid();
}

Done save_user(const Database& db, const User& user) {
  KHIEN_TRY(Statement s,
            db.prepare("update user set agency_id = :agency_id, login = :login, name = :name,"
                       " role = :role, password = :password, must_change = :must_change,"
                       " otp_secret = :otp_secret, otp_pending = :otp_pending,"
                       " otp_step = :otp_step, disabled_at = :disabled_at,"
                       " password_at = :password_at, way = :way, subject = :subject"
                       " where id = :id"));
  bind_user(s, user);
  return s.bind(":id", user.id).run();
}

Result<std::int64_t> other_root_admins(const Database& db, std::int64_t but) {
  KHIEN_TRY(const Value n,
            db.one("select count(*) from user u join agency a on a.id = u.agency_id where"
                   " u.role = 'admin' and u.disabled_at is null and a.parent_id is null"
                   " and u.id <> ?1", {but}));
  return std::get<std::int64_t>(n);
}

Done set_recovery_codes(const Database& db, std::int64_t user_id,
                        const std::vector<std::string>& hashes) {
  KHIEN_TRY(Statement old, db.prepare("delete from recovery_code where user_id = ?1"));
  KHIEN_DO(old.bind(1, user_id).run());
  KHIEN_TRY(Statement add, db.prepare("insert into recovery_code(user_id, hash) values(?1, ?2)"));
  for (const std::string& hash : hashes) KHIEN_DO(add.bind(1, user_id).bind(2, hash).run());
  return {};
}

Result<bool> use_recovery_code(const Database& db, std::int64_t user_id, const std::string& hash,
                               std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("update recovery_code set used_at = ?3 where user_id = ?1"
                                    " and hash = ?2 and used_at is null returning 1"));
  return s.bind(1, user_id).bind(2, hash).bind(3, now).step();
}

}  // namespace khien::hub
