// /users: who may sign in.
#include "hub/api/handlers.h"

#include "hub/access/password.h"
#include "hub/data/agency.h"
#include "hub/data/session.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Node user_node(const SeenUser& seen) {
  const User& user = seen.user;
  return Node::map({{"id", text_id(user.id)},
                    {"login", user.login},
                    {"name", user.name},
                    {"role", user.role},
                    {"agency", Node::map({{"id", text_id(user.agency_id)},
                                          {"name", seen.agency_name}})},
                    {"way", user.way},
                    {"active", user.disabled_at == 0},
                    {"otp", !user.otp_secret.empty()},
                    {"passkeys", seen.passkeys},
                    {"last_at", seen.seen_at == 0 ? Node{} : Node(seen.seen_at)}});
}

Result<Node> user_now(const Database& db, std::int64_t id) {
  KHIEN_TRY(const auto seen, find_seen_user(db, id));
  if (!seen) return fail(err::hub_not_found, text_id(id));
  return user_node(*seen);
}

Result<Response> list_of_users(Call& call) {
  KHIEN_TRY(const auto users, list_users(call.db, call.actor.agency_id, call.cursor(),
                                         call.limit() + 1));
  KHIEN_TRY(const std::int64_t total, count_users(call.db, call.actor.agency_id));
  std::vector<Node> items;
  for (const SeenUser& user : users) items.push_back(user_node(user));
  Node page = list_page(std::move(items), call,
                        [](const Node& user) { return user["login"].text(); });
  page.set("total", total);
  return json_response(page);
}

// An agency of the body: the actor's or one below it.
Result<std::int64_t> agency_of(const Call& call, const Database& db) {
  if (!call.body.has("agency_id")) return call.actor.agency_id;
  const std::int64_t id = call.body["agency_id"].integer();
  KHIEN_TRY(const bool below, is_below(db, id, call.actor.agency_id));
  if (!below) return fail(err::hub_not_found, "body.agency_id");
  return id;
}

Result<Response> add_one(Call& call) {
  Passwords& passwords = call.hub.passwords;
  User user;
  user.way = call.body["way"].text(user.way);
  std::string password;
  if (user.way == "password") {
    KHIEN_TRY(password, passwords.make());
    KHIEN_TRY(user.password, passwords.hash(password));
    user.must_change = true;
  }
  user.login = call.body["login"].text();
  user.name = call.body["name"].text();
  user.role = call.body["role"].text();
  user.created_at = user.password_at = call.hub.data.clock().now_ms();
  auto made = call.change("users.add", "users", 0,
                          [&](const Database& db, Act& act) -> Result<Node> {
    KHIEN_TRY(user.agency_id, agency_of(call, db));
    KHIEN_TRY(const auto same, find_login(db, user.login));
    if (same) return fail(err::hub_conflict, "body.login", {{"what", user.login}});
    KHIEN_TRY(user.id, add_user(db, user));
    act.what_id = user.id;
    act.detail.set("login", user.login);
    act.detail.set("role", user.role);
    act.detail.set("way", user.way);
    return user_now(db, user.id);
  });
  if (!made) return pass_on(made.error());
  if (!password.empty()) made->set("password", password);
  return json_response(*made, 201);
}

// What the body changes of the user; nobody takes from himself what he could not give back.
Done apply_changes(const Call& call, const Database& db, User& user, Act& act) {
  const Node& body = call.body;
  if (body.has("name")) user.name = body["name"].text();
  if (body.has("role")) user.role = body["role"].text();
  if (body.has("active")) {
    const bool active = body["active"].boolean();
    user.disabled_at = active ? 0 : call.hub.data.clock().now_ms();
  }
  // Whoever shows elsewhere who he is has no password here; back again he gets a new one.
  if (body.has("way") && body["way"].text() != user.way) {
    user.way = body["way"].text();
    user.password.clear();
    user.subject.clear();
    user.must_change = false;
  }
  if (body.has("agency_id")) {
    KHIEN_TRY(user.agency_id, agency_of(call, db));
  }
  if (body["reset_otp"].boolean()) user.otp_secret.clear();
  for (const auto& [field, value] : body.pairs()) act.detail.set(field, value);
  KHIEN_TRY(const std::int64_t others, other_root_admins(db, user.id));
  if (others == 0 && (user.role != "admin" || user.disabled_at != 0)) {
    return fail(err::hub_last_admin, user.login);
  }
  return {};
}

Result<Response> change_one(Call& call) {
  std::string password, encoded;
  if (call.body["reset_password"].boolean()) {
    KHIEN_TRY(password, call.hub.passwords.make());
    KHIEN_TRY(encoded, call.hub.passwords.hash(password));
  }
  auto made = call.change(
      "users.change", "users", call.id(), [&](const Database& db, Act& act) -> Result<Node> {
        KHIEN_TRY(auto user, find_user(db, call.id()));
        if (!user) return fail(err::hub_not_found, text_id(call.id()));
        const std::string way = user->way;
        KHIEN_DO(apply_changes(call, db, *user, act));
        if (!encoded.empty() && user->way != "password") {
          return fail(err::sign_in_elsewhere, user->login);
        }
        if (!encoded.empty()) {
          user->password = encoded;
          user->password_at = call.hub.data.clock().now_ms();
          user->must_change = true;
        }
        KHIEN_DO(save_user(db, *user));
        const bool ends = !encoded.empty() || user->disabled_at != 0 || user->way != way;
        if (ends) KHIEN_DO(end_sessions(db, user->id, ""));
        return user_now(db, user->id);
      });
  if (!made) return pass_on(made.error());
  if (!password.empty()) made->set("password", password);
  return json_response(*made);
}

Result<bool> sees_user(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto user, find_user(db, id));
  if (!user) return false;
  return is_below(db, user->agency_id, actor.agency_id);
}

}  // namespace

void add_users(Handlers& handlers) {
  handlers.add("user_list", list_of_users);
  handlers.add("user_add", add_one);
  handlers.add("user_change", change_one);
  handlers.object("user", sees_user);
}

}  // namespace khien::hub
