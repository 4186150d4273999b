// /session/passkeys, /session/passkey, /users/{id}/passkeys: security keys (WebAuthn).
#include "hub/api/passkey.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "hub/access/key_sign_in.h"
#include "hub/access/otp.h"
#include "hub/api/handlers.h"
#include "hub/data/passkey.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::size_t kKeysOfUser = 20;
constexpr const char* kElsewhere = "elsewhere";

// Why this user gets no key on this page; "" when he does.
std::string unfit_for(const Call& call, const User& user) {
  return user.way == "openid" ? kElsewhere : keys_unfit(page_of(call));
}

Done check_fit(const Call& call, const User& user) {
  const std::string why = unfit_for(call, user);
  if (why == kElsewhere) return fail(err::sign_in_elsewhere, user.login);
  if (!why.empty()) return fail(err::passkey_unfit, page_of(call).host, {{"why", why}});
  return {};
}

Node passkey_node(const Call& call, const Passkey& key) {
  return Node::map({{"id", text_id(key.id)},
                    {"name", key.name},
                    {"host", key.host},
                    {"here", key.host == page_of(call).host},
                    {"alone", key.alone},
                    {"made_at", key.made_at},
                    {"used_at", key.used_at == 0 ? Node{} : Node(key.used_at)}});
}

Result<Node> passkey_nodes(const Call& call, std::int64_t user_id) {
  KHIEN_TRY(const auto keys, list_passkeys(call.db, user_id));
  Node out = Node::list();
  for (const Passkey& key : keys) out.push(passkey_node(call, key));
  return out;
}

// Those of the user that are bound to this host, as a browser is told of them.
Result<Node> known_here(const Call& call, std::int64_t user_id) {
  KHIEN_TRY(const auto keys, list_passkeys(call.db, user_id));
  Node out = Node::list();
  for (const Passkey& key : keys) {
    if (key.host != page_of(call).host) continue;
    KHIEN_TRY(const std::string bytes, unhex(key.credential));
    out.push(Node(base64url_text(bytes)));
  }
  return out;
}

Result<Node> question_of(const Call& call, const char* use, std::int64_t user_id) {
  const PageAddress page = page_of(call);
  KHIEN_TRY(const std::string challenge,
            make_challenge(call.hub.data, {use, user_id, page.host}));
  Node known = Node::list();
  if (user_id != 0) {
    KHIEN_TRY(known, known_here(call, user_id));
  }
  return Node::map({{"challenge", challenge},
                    {"host", page.host},
                    {"timeout_ms", kChallengeMs},
                    {"known", std::move(known)}});
}

Result<std::string> field_bytes(const Node& body, const char* name) {
  auto out = base64url_bytes(body[name].text());
  if (!out) return fail(err::hub_request_invalid, name, {{"field", name}, {"wanted", "base64url"}});
  return std::move(*out);
}

Result<Response> list_own_keys(Call& call) {
  KHIEN_TRY(const User user, this_user(call));
  KHIEN_TRY(Node items, passkey_nodes(call, user.id));
  const std::string why = unfit_for(call, user);
  return json_response(Node::map({{"items", std::move(items)},
                                  {"unfit", why.empty() ? Node{} : Node(why)},
                                  {"password", asks_password(user)}}));
}

Result<Response> begin_key(Call& call) {
  KHIEN_TRY(const User user, this_user(call));
  KHIEN_DO(check_fit(call, user));
  KHIEN_DO(confirm_password(call, user, call.body["password"].text()));
  KHIEN_TRY(Node out, question_of(call, "add", user.id));
  KHIEN_TRY(const std::string handle, user_handle(call.hub.data, user.id));
  KHIEN_TRY(const std::string bytes, unhex(handle));
  out.set("user", Node::map({{"id", base64url_text(bytes)}, {"login", user.login},
                             {"name", user.name}}));
  Node algorithms = Node::list();
  for (const int algorithm : kKeyAlgorithms) algorithms.push(Node(algorithm));
  out.set("algorithms", std::move(algorithms));
  return json_response(out);
}

// What the browser made of the challenge; its challenge is put in `challenge`.
Result<Passkey> new_key(const Call& call, const User& user, std::string& challenge) {
  const PageAddress page = page_of(call);
  KHIEN_TRY(const std::string said, field_bytes(call.body, "client_data"));
  KHIEN_TRY(const std::string bytes, field_bytes(call.body, "authenticator_data"));
  KHIEN_TRY(challenge, challenge_of(said, KeyAct::make, page));
  KHIEN_TRY(const bool ours, is_challenge(call.hub.data, {"add", user.id, page.host}, challenge));
  if (!ours) return fail(err::passkey_refused, "", {{"why", "challenge"}});
  KHIEN_TRY(const MadeKey made, made_key(page, bytes));
  Passkey out;
  out.user_id = user.id;
  out.host = page.host;
  out.credential = hex(made.credential);
  out.name = call.body["name"].text();
  out.algorithm = made.key.algorithm;
  out.public_key = hex(made.key.bytes);
  out.counter = made.counter;
  out.alone = made.verified && user.way == "password";
  out.made_at = call.hub.data.clock().now_ms();
  return out;
}

Done keep_key(const Database& db, Passkey& key, const std::string& challenge) {
  KHIEN_TRY(const bool first, take_challenge(db, sha256_hex(challenge), key.made_at,
                                             key.made_at - 2 * kChallengeMs));
  if (!first) return fail(err::passkey_refused, "", {{"why", "challenge"}});
  KHIEN_TRY(const auto keys, list_passkeys(db, key.user_id));
  if (keys.size() >= kKeysOfUser) {
    return fail(err::passkey_many, "", {{"limit", fmt::format("{}", kKeysOfUser)}});
  }
  KHIEN_TRY(const auto same, find_passkey(db, key.credential));
  if (same) return fail(err::hub_conflict, "name", {{"what", key.name}});
  KHIEN_TRY(key.id, add_passkey(db, key));
  return {};
}

Result<Response> add_key(Call& call) {
  KHIEN_TRY(const User user, this_user(call));
  KHIEN_DO(check_fit(call, user));
  std::string challenge;
  KHIEN_TRY(Passkey key, new_key(call, user, challenge));
  KHIEN_TRY(const auto codes, make_recovery_codes());
  std::vector<std::string> hashes;
  for (const std::string& code : codes) hashes.push_back(recovery_hash(code));
  bool told = false;
  const auto keep = [&](const Database& db, Act& act) -> Done {
    // The first second factor: codes for the day it is lost.
    KHIEN_TRY(const bool others, has_passkeys(db, user.id));
    told = !others && user.otp_secret.empty() && asks_password(user);
    KHIEN_DO(keep_key(db, key, challenge));
    act.detail.set("name", key.name);
    act.detail.set("host", key.host);
    if (told) KHIEN_DO(set_recovery_codes(db, user.id, hashes));
    return {};
  };
  KHIEN_DO(call.change("users.passkey_add", "users", user.id, keep));
  return json_response(Node::map({{"passkey", passkey_node(call, key)},
                                  {"recovery_codes", told ? Node::list_of(codes) : Node{}}}));
}

Result<Response> rename_key(Call& call) {
  const std::string name = call.body["name"].text();
  const auto rename = [&](const Database& db, Act& act) -> Done {
    act.detail.set("name", name);
    KHIEN_TRY(const bool there, rename_passkey(db, call.actor.user_id, call.id("passkey_id"),
                                               name));
    if (!there) return fail(err::hub_not_found, text_id(call.id("passkey_id")));
    return {};
  };
  KHIEN_DO(call.change("users.passkey_rename", "users", call.actor.user_id, rename));
  return empty_response();
}

// With his last second factor the codes for its loss go too.
Done take_key_away(Call& call, std::int64_t user_id) {
  const std::int64_t id = call.id("passkey_id");
  const auto drop = [&](const Database& db, Act& act) -> Done {
    KHIEN_TRY(const auto keys, list_passkeys(db, user_id));
    for (const Passkey& key : keys) {
      if (key.id == id) act.detail.set("name", key.name);
    }
    KHIEN_TRY(const bool there, drop_passkey(db, user_id, id));
    if (!there) return fail(err::hub_not_found, text_id(id));
    KHIEN_TRY(const auto user, find_user(db, user_id));
    const bool last = keys.size() == 1 && user && user->otp_secret.empty();
    if (last) KHIEN_DO(set_recovery_codes(db, user_id, {}));
    return {};
  };
  return call.change("users.passkey_drop", "users", user_id, drop);
}

Result<Response> drop_own_key(Call& call) {
  KHIEN_TRY(const User user, this_user(call));
  KHIEN_DO(confirm_password(call, user, call.body["password"].text()));
  KHIEN_DO(take_key_away(call, user.id));
  return empty_response();
}

Result<Response> list_keys_of(Call& call) {
  KHIEN_TRY(Node items, passkey_nodes(call, call.id()));
  return json_response(Node::map({{"items", std::move(items)}}));
}

Result<Response> drop_key_of(Call& call) {
  KHIEN_DO(take_key_away(call, call.id()));
  return empty_response();
}

Result<Response> ask_alone(Call& call) {
  const std::string why = keys_unfit(page_of(call));
  if (!why.empty()) return fail(err::passkey_unfit, page_of(call).host, {{"why", why}});
  KHIEN_TRY(const Node out, question_of(call, "alone", 0));
  return json_response(out);
}

Result<Response> enter_alone(Call& call) {
  const PageAddress page = page_of(call);
  KHIEN_TRY(const KeyAnswer answer, key_answer_of(call.body));
  // Counted by address and key alone: nobody's login is slowed down by it.
  const std::string who = "\n" + sha256_hex(answer.credential);
  const std::int64_t wait = call.hub.throttle.wait_ms(who, call.request.remote, true);
  if (wait > 0) {
    return fail(err::hub_too_many, "", {{"seconds", fmt::format("{}", (wait + 999) / 1000)}});
  }
  const auto user = use_key(call.hub.data, {"alone", 0, page.host}, page, answer,
                            call.request.remote);
  if (!user) {
    call.hub.throttle.failed(who, call.request.remote);
    return pass_on(user.error());
  }
  call.hub.throttle.passed(who, call.request.remote);
  return open_session(call, *user);
}

}  // namespace

Result<KeyAnswer> key_answer_of(const Node& body) {
  KeyAnswer out;
  KHIEN_TRY(out.credential, field_bytes(body, "credential"));
  KHIEN_TRY(out.client_data, field_bytes(body, "client_data"));
  KHIEN_TRY(out.authenticator_data, field_bytes(body, "authenticator_data"));
  KHIEN_TRY(out.signature, field_bytes(body, "signature"));
  return out;
}

PageAddress page_of(const Call& call) {
  return page_address(call.request.header("host"), call.request.secure);
}

Result<Node> second_factors(const Call& call, const User& user) {
  KHIEN_TRY(const Node known, known_here(call, user.id));
  Node question;
  if (!known.items().empty() && keys_unfit(page_of(call)).empty()) {
    KHIEN_TRY(question, question_of(call, "second", user.id));
  }
  return Node::map({{"otp", !user.otp_secret.empty()}, {"passkey", std::move(question)}});
}

Result<bool> keys_enter_here(const Call& call) {
  if (!keys_unfit(page_of(call)).empty()) return false;
  return passkeys_alone(call.db, page_of(call).host);
}

void add_passkeys(Handlers& handlers) {
  handlers.add("passkey_ask", ask_alone);
  handlers.add("passkey_enter", enter_alone);
  handlers.add("passkey_list", list_own_keys);
  handlers.add("passkey_begin", begin_key);
  handlers.add("passkey_add", add_key);
  handlers.add("passkey_rename", rename_key);
  handlers.add("passkey_drop", drop_own_key);
  handlers.add("user_passkey_list", list_keys_of);
  handlers.add("user_passkey_drop", drop_key_of);
}

}  // namespace khien::hub
