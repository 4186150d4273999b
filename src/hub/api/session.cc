// /session: who is signed in.
#include "hub/api/handlers.h"

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/hash.h"
#include "hub/access/log_in.h"
#include "hub/access/otp.h"
#include "hub/api/passkey.h"
#include "hub/data/agency.h"
#include "hub/data/passkey.h"
#include "hub/data/session.h"
#include "hub/errors.h"
#include "hub/server/problem.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kDeviceSeconds = 365LL * 24 * 3600;

Result<Node> session_node(const Hub& hub, const Database& db, const Actor& actor) {
  KHIEN_TRY(const auto agency, find_agency_name(db, actor.agency_id));
  if (!agency) return fail(err::hub_internal, "agency", {{"detail", "of the user"}});
  // Who has others below works as a centre, wherever the server listens.
  KHIEN_TRY(const auto row, find_agency(db, actor.agency_id));
  const bool below = row && row->children > 0;
  const Node parent = agency->parent_name.empty() ? Node{} : Node(agency->parent_name);
  return Node::map(
      {{"user", Node::map({{"id", text_id(actor.user_id)}, {"login", actor.login},
                           {"name", actor.name}, {"role", actor.role}})},
       {"agency", Node::map({{"id", text_id(agency->id)}, {"name", agency->name},
                             {"parent_name", parent}})},
       {"mode", hub.mode == Mode::office && !below ? "office" : "centre"},
       {"csrf", actor.csrf},
       {"must_change_password", actor.must_change},
       {"must_set_otp", actor.must_set_otp},
       {"version", hub.version},
       {"today", to_iso(local_date(hub.data.clock().now_ms()))},
       {"first_run", agency->name.empty()}});
}

Result<Response> read_session(Call& call) {
  KHIEN_TRY(const Node node, session_node(call.hub, call.db, call.actor));
  return json_response(node);
}

Result<Response> end_this_session(Call& call) {
  KHIEN_DO(call.change("session.end", "sessions", 0, [&](const Database& db, Act&) {
    return end_session(db, call.actor.session_hash);
  }));
  Response out = empty_response();
  return out.with("Set-Cookie", session_cookie(call, ""));
}

Result<Response> follow(Call& call) {
  KHIEN_TRY(const auto user, follow_link(call.hub.data, call.body["token"].text(),
                                         call.request.remote));
  if (!user) return fail(err::hub_link_invalid, "");
  return open_session(call, *user);
}

LogIn log_in_of(const Call& call) {
  return {call.hub.data, call.hub.passwords, call.hub.throttle};
}

// The password was right: what else he may show goes along with the refusal.
Result<Response> ask_second(Call& call, const Error& missing) {
  KHIEN_TRY(const auto user, find_login(call.db, call.body["login"].text()));
  if (!user) return pass_on(missing);
  KHIEN_TRY(Node second, second_factors(call, *user));
  return problem_response(missing, call.texts, Node::map({{"second", std::move(second)}}));
}

Result<Response> begin_this_session(Call& call) {
  LogIn log_in = log_in_of(call);
  Credentials given{call.body["login"].text(), call.body["password"].text(),
                    call.body["otp"].text(), call.request.remote,
                    call.request.cookie("khien_device"), {}, page_of(call)};
  if (call.body.has("passkey")) {
    KHIEN_TRY(given.key, key_answer_of(call.body["passkey"]));
  }
  const auto user = log_in.check(given);
  if (!user && user.error().code == err::hub_code_missing) return ask_second(call, user.error());
  if (!user) return pass_on(user.error());
  KHIEN_TRY(Response out, open_session(call, *user));
  KHIEN_TRY(const std::string device, log_in.device_of(*user));
  return out.with("Set-Cookie",
                  fmt::format("khien_device={}; Path=/api/v1/session; HttpOnly; SameSite=Strict;"
                              " Max-Age={}{}",
                              device, kDeviceSeconds, call.request.secure ? "; Secure" : ""));
}

Result<Response> change_password(Call& call) {
  KHIEN_TRY(const User user, this_user(call));
  if (!user.password.empty()) {
    KHIEN_DO(log_in_of(call).confirm(user, call.body["old"].text(), call.request.remote));
  }
  KHIEN_DO(log_in_of(call).set_password(user, call.body["new"].text(),
                               act_of(call.actor, "users.password", "users", user.id),
                               call.actor.session_hash));
  return empty_response();
}

Result<Response> begin_otp(Call& call) {
  KHIEN_TRY(const std::string secret, make_otp_secret());
  KHIEN_TRY(const std::string bytes, unhex(secret));
  KHIEN_DO(call.hub.data.touch([&](const Database& db) -> Done {
    KHIEN_TRY(auto user, find_user(db, call.actor.user_id));
    if (!user) return fail(err::hub_not_signed_in, "");
    user->otp_pending = secret;
    return save_user(db, *user);
  }));
  return json_response(Node::map({{"secret", base32(bytes)},
                                  {"uri", otp_uri(secret, call.actor.login)}}));
}

Result<Response> confirm_otp(Call& call) {
  KHIEN_TRY(const auto codes, make_recovery_codes());
  std::vector<std::string> hashes;
  for (const std::string& code : codes) hashes.push_back(recovery_hash(code));
  const auto turn_on = [&](const Database& db, Act&) -> Done {
    KHIEN_TRY(auto user, find_user(db, call.actor.user_id));
    if (!user || user->otp_pending.empty()) return fail(err::hub_sign_in_wrong, "code");
    const auto step = otp_step(user->otp_pending, call.body["code"].text(),
                               call.hub.data.clock().now_ms(), 0);
    if (!step) return fail(err::hub_sign_in_wrong, "code");
    user->otp_secret = std::exchange(user->otp_pending, {});
    user->otp_step = *step;
    KHIEN_DO(save_user(db, *user));
    return set_recovery_codes(db, user->id, hashes);
  };
  KHIEN_DO(call.change("users.otp_on", "users", call.actor.user_id, turn_on));
  return json_response(Node::map({{"recovery_codes", Node::list_of(codes)}}));
}

Result<Response> end_otp(Call& call) {
  KHIEN_TRY(const User user, this_user(call));
  KHIEN_DO(log_in_of(call).confirm(user, call.body["password"].text(), call.request.remote));
  const auto turn_off = [&](const Database& db, Act&) -> Done {
    KHIEN_TRY(auto now, find_user(db, user.id));
    now->otp_secret.clear();
    KHIEN_DO(save_user(db, *now));
    KHIEN_TRY(const bool keys, has_passkeys(db, user.id));
    if (keys) return {};  // the codes are for them too
    return set_recovery_codes(db, user.id, {});
  };
  KHIEN_DO(call.change("users.otp_off", "users", user.id, turn_off));
  return empty_response();
}

}  // namespace

Result<User> this_user(const Call& call) {
  KHIEN_TRY(auto user, find_user(call.db, call.actor.user_id));
  if (!user) return fail(err::hub_not_signed_in, "");
  return std::move(*user);
}

bool asks_password(const User& user) {
  return user.way == "directory" || (user.way == "password" && !user.password.empty());
}

Done confirm_password(Call& call, const User& user, const std::string& password) {
  if (!asks_password(user)) return {};
  return log_in_of(call).confirm(user, password, call.request.remote);
}

Result<Response> open_session(Call& call, const User& user) {
  KHIEN_TRY(const std::string secret, begin_session(call.hub.data, user, call.request.remote));
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const Actor actor, actor_of_cookie(call.hub.data, *db, secret, call.hub.sessions,
                                               call.request.remote));
  KHIEN_TRY(const Node node, session_node(call.hub, *db, actor));
  Response out = json_response(node);
  return out.with("Set-Cookie", session_cookie(call, secret));
}

std::string session_cookie(const Call& call, const std::string& secret) {
  const std::int64_t seconds = secret.empty() ? 0 : call.hub.sessions.lasts_ms / 1000;
  return fmt::format("khien={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", secret, seconds,
                     call.request.secure ? "; Secure" : "");
}

void add_session(Handlers& handlers) {
  handlers.add("session_begin", begin_this_session);
  handlers.add("session_read", read_session);
  handlers.add("session_end", end_this_session);
  handlers.add("session_link", follow);
  handlers.add("session_password", change_password);
  handlers.add("otp_begin", begin_otp);
  handlers.add("otp_confirm", confirm_otp);
  handlers.add("otp_end", end_otp);
}

}  // namespace khien::hub
