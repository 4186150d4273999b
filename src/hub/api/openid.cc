// /session/openid: signing in at the OpenID provider of the settings.
#include "hub/api/handlers.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "hub/access/openid.h"
#include "hub/api/passkey.h"
#include "hub/data/session.h"
#include "hub/data/setting.h"
#include "hub/errors.h"
#include "hub/notify/notify.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kRoundMs = 10 * 60'000;
constexpr std::size_t kLoginShown = 64;

Result<OpenIdProvider> provider_of(const Call& call) {
  KHIEN_TRY(const Node kept, read_setting(call.db, "openid"));
  OpenIdProvider out = openid_provider_from(kept);
  if (!out.set()) return fail(err::hub_not_found, "openid");
  return out;
}

// Lax: the provider's page leads back here, and a Strict cookie would stay behind.
std::string round_cookie(const Call& call, const std::string& state) {
  return fmt::format("khien_openid={}; Path=/api/v1/session/openid; HttpOnly; SameSite=Lax;"
                     " Max-Age={}{}", state, state.empty() ? 0 : kRoundMs / 1000,
                     call.request.secure ? "; Secure" : "");
}

Response to_address(const std::string& address) {
  Response out = empty_response(302);
  return out.with("Location", address);
}

Result<Response> ways(Call& call) {
  KHIEN_TRY(const Node kept, read_setting(call.db, "openid"));
  const OpenIdProvider provider = openid_provider_from(kept);
  KHIEN_TRY(const bool keys, keys_enter_here(call));
  return json_response(Node::map({{"openid", provider.set() ? Node(provider.name) : Node{}},
                                  {"passkey", keys}}));
}

Result<Response> go_to_provider(Call& call) {
  KHIEN_TRY(const OpenIdProvider provider, provider_of(call));
  KHIEN_TRY(const OpenIdEndpoints endpoints, discover(provider));
  OpenIdRound round;
  KHIEN_TRY(round.state, make_secret());
  KHIEN_TRY(round.nonce, make_secret());
  KHIEN_TRY(round.verifier, make_secret());
  const std::int64_t now = call.hub.data.clock().now_ms();
  KHIEN_DO(call.hub.data.touch([&](const Database& db) {
    return add_openid_round(db, {sha256_hex(round.state), round.nonce, round.verifier, now},
                            now - kRoundMs);
  }));
  Response out = to_address(authorization_address(provider, endpoints, round));
  return out.with("Set-Cookie", round_cookie(call, round.state));
}

// What went wrong is shown by the first page, in words, where a browser stands here.
Response to_first_page(const Error& error) { return to_address("/#sign-in=" + error.code); }

Result<Response> begin(Call& call) {
  auto out = go_to_provider(call);
  const bool browser = call.request.header("accept").find("text/html") != std::string::npos;
  if (!out && browser) return to_first_page(out.error());
  return out;
}

// Who came before by that subject; else the one of that login who is to come from there.
Result<User> user_of(Call& call, const OpenIdPerson& person) {
  Act act;
  act.login = shorten(person.login, kLoginShown);
  act.remote = call.request.remote;
  act.action = "session.openid";
  act.what = "users";
  auto found = call.hub.data.change(act, [&](const Database& db, Act& row)
                                             -> Result<std::optional<User>> {
    KHIEN_TRY(auto user, find_subject(db, person.subject));
    if (!user && !person.login.empty()) {
      KHIEN_TRY(user, find_login(db, person.login));
      if (user && (user->way != "openid" || !user->subject.empty())) user.reset();
    }
    if (user && (user->disabled_at != 0 || user->way != "openid")) user.reset();
    if (!user) {
      row.action = "session.refused";
      row.detail.set("why", "openid");
      return user;
    }
    row.user_id = row.what_id = user->id;
    user->subject = person.subject;
    KHIEN_DO(save_user(db, *user));
    return user;
  });
  if (!found) return pass_on(found.error());
  if (!*found) {
    return fail(err::openid_refused, "", {{"login", shorten(person.login, kLoginShown)}});
  }
  return std::move(**found);
}

Result<User> come_back(Call& call) {
  KHIEN_TRY(const OpenIdProvider provider, provider_of(call));
  const std::string state = call.query["state"].text();
  const std::int64_t now = call.hub.data.clock().now_ms();
  // begun in another browser: somebody would be signed in as another
  const bool same = !state.empty() && call.request.cookie("khien_openid") == state;
  KHIEN_TRY(const auto row, call.hub.data.touch([&](const Database& db) {
    return take_openid_round(db, same ? sha256_hex(state) : "", now - kRoundMs);
  }));
  if (!row) return fail(err::hub_link_invalid, "state");
  if (const std::string error = call.query["error"].text(); !error.empty()) {
    return fail(err::openid_trouble, provider.issuer, {{"detail", visible(shorten(error, 100))}});
  }
  KHIEN_TRY(const OpenIdEndpoints endpoints, discover(provider));
  KHIEN_TRY(const std::string secret, read_secret(call.hub.data.folder() / kClientSecret));
  KHIEN_TRY(const OpenIdPerson person,
            redeem(provider, endpoints, secret, call.query["code"].text(),
                   {state, row->nonce, row->verifier}, now));
  return user_of(call, person);
}

// A browser stands here, no program.
Result<Response> return_from_provider(Call& call) {
  const auto user = come_back(call);
  if (!user) {
    Response out = to_first_page(user.error());
    return out.with("Set-Cookie", round_cookie(call, ""));
  }
  KHIEN_TRY(const std::string secret, begin_session(call.hub.data, *user, call.request.remote));
  Response out = to_address("/");
  return out.with("Set-Cookie", session_cookie(call, secret))
      .with("Set-Cookie", round_cookie(call, ""));
}

}  // namespace

void add_openid(Handlers& handlers) {
  handlers.add("session_ways", ways);
  handlers.add("openid_begin", begin);
  handlers.add("openid_return", return_from_provider);
}

}  // namespace khien::hub
