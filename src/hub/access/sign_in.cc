#include "hub/access/sign_in.h"

#include "base/calendar.h"
#include "base/hash.h"
#include "hub/data/agent.h"
#include "hub/data/passkey.h"
#include "hub/data/session.h"
#include "hub/data/setting.h"
#include "hub/data/token.h"

namespace khien::hub {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::int64_t kSeenEveryMs = 60'000;
constexpr std::int64_t kMinuteMs = 60'000;

Act act_of_user(const User& user, const std::string& remote, const char* action) {
  Act act;
  act.user_id = user.id;
  act.login = user.login;
  act.remote = remote;
  act.action = action;
  act.what = "sessions";
  return act;
}

// What a user's row says of who he is. A password is due when it was set too long ago.
Done fill(const Database& db, const User& user, const Settings& settings, std::int64_t now,
          Actor& out) {
  KHIEN_TRY(const Value parent, db.one("select parent_id from agency where id = ?1",
                                       {user.agency_id}));
  out.at_root = std::holds_alternative<Null>(parent);
  out.user_id = user.id;
  out.login = user.login;
  out.name = user.name;
  out.role = user.role;
  out.agency_id = user.agency_id;
  const Period months{static_cast<int>(settings.password_months), 0};
  const bool old = settings.password_months > 0 && !user.password.empty() &&
                   add(user.password_at, months) < now;
  out.must_change = user.must_change || old;
  out.must_set_otp = settings.two_factor && user.otp_secret.empty() &&
                     (!user.password.empty() || user.way == "directory");
  if (!out.must_set_otp) return {};
  KHIEN_TRY(const bool keys, has_passkeys(db, user.id));
  out.must_set_otp = !keys;
  return {};
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
  if (!session) return out;
  KHIEN_TRY(const Settings settings, read_settings(db));
  const std::int64_t now = data.clock().now_ms();
  const std::int64_t idle = rules.idle_ms != 0 ? rules.idle_ms : settings.idle_minutes * kMinuteMs;
  if (now - session->created_at > rules.lasts_ms || now - session->seen_at > idle) return out;
  KHIEN_TRY(const auto user, find_user(db, session->user_id));
  if (!user || user->disabled_at != 0) return out;
  if (now - session->seen_at > kSeenEveryMs) {
    KHIEN_DO(data.touch([&](const Database& w) { return see_session(w, session->hash, now); }));
  }
  KHIEN_DO(fill(db, *user, settings, now, out));
  out.session_hash = session->hash;
  out.csrf = session->csrf;
  return out;
}

Result<Actor> actor_of_token(Data& data, const Database& db, const std::string& secret,
                             const std::string& remote) {
  Actor out;
  out.remote = remote;
  KHIEN_TRY(const auto token, find_token(db, sha256_hex(secret)));
  const std::int64_t now = data.clock().now_ms();
  if (!token || (token->expires_at != 0 && token->expires_at < now)) return out;
  KHIEN_TRY(const auto user, find_user(db, token->user_id));
  if (!user || user->disabled_at != 0) return out;
  if (now - token->used_at > kSeenEveryMs) {
    KHIEN_DO(data.touch([&](const Database& w) { return use_token(w, token->id, now); }));
  }
  KHIEN_TRY(const Settings settings, read_settings(db));
  KHIEN_DO(fill(db, *user, settings, now, out));
  out.scopes = token->scopes;
  return out;
}

Result<Actor> actor_of_agent(const Database& db, const std::string& print,
                             const std::string& remote) {
  Actor out;
  out.remote = remote;
  KHIEN_TRY(const auto agent, find_agent_print(db, print));
  if (!agent || agent->disabled_at != 0) return out;
  out.agent_id = agent->id;
  out.agency_id = agent->agency_id;
  out.login = out.name = agent->name;
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
