#include "hub/access/sign_in.h"

#include "base/hash.h"
#include "hub/data/session.h"

namespace khien::hub {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::int64_t kSeenEveryMs = 60'000;

Act act_of_user(const User& user, const std::string& remote, const char* action) {
  Act act;
  act.user_id = user.id;
  act.login = user.login;
  act.remote = remote;
  act.action = action;
  act.what = "sessions";
  return act;
}

}  // namespace

Result<std::string> make_secret() {
  KHIEN_TRY(const std::string bytes, random_bytes(kSecretBytes));
  return hex(bytes);
}

Result<std::string> make_link(Data& data, std::int64_t user_id) {
  KHIEN_TRY(std::string secret, make_secret());
  Act act;
  act.action = "link.make";
  act.what = "users";
  act.what_id = user_id;
  KHIEN_DO(data.change(act, [&](const Database& db, Act&) -> Done {
    return add_link(db, sha256_hex(secret), user_id, data.clock().now_ms() + kLinkMs);
  }));
  return secret;
}

Result<std::optional<User>> follow_link(Data& data, const std::string& secret,
                                        const std::string& remote) {
  Act act;
  act.action = "link.use";
  act.what = "users";
  act.remote = remote;
  return data.change(act, [&](const Database& db, Act& row) -> Result<std::optional<User>> {
    KHIEN_TRY(const auto id, use_link(db, sha256_hex(secret), data.clock().now_ms()));
    if (!id) {
      row.action = "link.refused";
      return std::optional<User>{};
    }
    KHIEN_TRY(auto user, find_user(db, *id));
    row.what_id = *id;
    if (user) row.login = user->login;
    if (user && user->disabled_at != 0) user.reset();
    return user;
  });
}

Result<std::string> begin_session(Data& data, const User& user, const std::string& remote) {
  KHIEN_TRY(std::string secret, make_secret());
  KHIEN_TRY(std::string csrf, make_secret());
  const std::int64_t now = data.clock().now_ms();
  KHIEN_DO(data.change(act_of_user(user, remote, "session.begin"),
                       [&](const Database& db, Act&) -> Done {
                         return add_session(db, {sha256_hex(secret), user.id, csrf, remote, now,
                                                 now});
                       }));
  return secret;
}

Result<Actor> actor_of_cookie(Data& data, const Database& db, const std::string& secret,
                              const SessionRules& rules, const std::string& remote) {
  Actor out;
  out.remote = remote;
  if (secret.empty()) return out;
  KHIEN_TRY(const auto session, find_session(db, sha256_hex(secret)));
  const std::int64_t now = data.clock().now_ms();
  if (!session || now - session->created_at > rules.lasts_ms ||
      now - session->seen_at > rules.idle_ms) {
    return out;
  }
  KHIEN_TRY(const auto user, find_user(db, session->user_id));
  if (!user || user->disabled_at != 0) return out;
  if (now - session->seen_at > kSeenEveryMs) {
    KHIEN_DO(data.touch([&](const Database& w) { return see_session(w, session->hash, now); }));
  }
  out.user_id = user->id;
  out.login = user->login;
  out.name = user->name;
  out.role = user->role;
  out.agency_id = user->agency_id;
  out.session_hash = session->hash;
  out.csrf = session->csrf;
  out.must_change = user->must_change;
  return out;
}

Act act_of(const Actor& actor, std::string action, std::string what, std::int64_t what_id) {
  Act act;
  act.user_id = actor.user_id;
  act.login = actor.login;
  act.remote = actor.remote;
  act.action = std::move(action);
  act.what = std::move(what);
  act.what_id = what_id;
  return act;
}

}  // namespace khien::hub
