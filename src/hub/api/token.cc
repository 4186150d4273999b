// /tokens: programs that speak for a user.
#include "hub/api/handlers.h"

#include "base/calendar.h"
#include "base/hash.h"
#include "hub/data/token.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Node token_node(const Token& token) {
  Node scopes = Node::list();
  std::string_view rest = token.scopes;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    scopes.push(Node(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const bool forever = token.expires_at == 0;
  return Node::map(
      {{"id", text_id(token.id)},
       {"name", token.name},
       {"scopes", std::move(scopes)},
       {"made_at", token.created_at},
       {"last_at", token.used_at == 0 ? Node{} : Node(token.used_at)},
       {"until", forever ? Node{} : Node(to_iso(local_date(token.expires_at)))}});
}

Result<Response> list_own_tokens(Call& call) {
  KHIEN_TRY(const auto tokens, list_tokens(call.db, call.actor.user_id));
  Node items = Node::list();
  for (const Token& token : tokens) items.push(token_node(token));
  return json_response(Node::map({{"items", std::move(items)}, {"next", Node{}}}));
}

Result<Response> add_own_token(Call& call) {
  KHIEN_TRY(const std::string secret, make_secret());
  Token token;
  token.hash = sha256_hex(secret);
  token.user_id = call.actor.user_id;
  token.name = call.body["name"].text();
  for (const std::string& scope : call.body["scopes"].texts()) {
    token.scopes += (token.scopes.empty() ? "" : " ") + scope;
  }
  token.created_at = call.hub.data.clock().now_ms();
  if (!call.body["until"].is_null()) {
    KHIEN_TRY(const Date last, parse_date(call.body["until"].text()));
    token.expires_at = end_of_day_ms(last);
  }
  KHIEN_DO(call.change("tokens.add", "tokens", 0, [&](const Database& db, Act& act) -> Done {
    KHIEN_TRY(token.id, add_token(db, token));
    act.what_id = token.id;
    act.detail.set("name", token.name);
    act.detail.set("scopes", token.scopes);
    return {};
  }));
  Node node = token_node(token);
  node.set("secret", secret);
  return json_response(node, 201);
}

Result<Response> drop_own_token(Call& call) {
  KHIEN_DO(call.change("tokens.drop", "tokens", call.id(), [&](const Database& db, Act&) {
    return drop_token(db, call.id());
  }));
  return empty_response();
}

Result<bool> sees_token(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto tokens, list_tokens(db, actor.user_id));
  for (const Token& token : tokens) {
    if (token.id == id) return true;
  }
  return false;
}

}  // namespace

void add_tokens(Handlers& handlers) {
  handlers.add("token_list", list_own_tokens);
  handlers.add("token_add", add_own_token);
  handlers.add("token_drop", drop_own_token);
  handlers.object("token", sees_token);
}

}  // namespace khien::hub
