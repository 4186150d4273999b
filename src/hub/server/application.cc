#include "hub/server/application.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/hash.h"
#include "base/text.h"
#include "hub/errors.h"
#include "hub/server/problem.h"
#include "hub/server/schema.h"

namespace khien::hub {
namespace {

constexpr std::string_view kBearer = "Bearer ";

bool changes(const std::string& method) { return method != "GET" && method != "HEAD"; }

std::string read_method(const std::string& method) { return method == "HEAD" ? "GET" : method; }

Result<Node> typed_path(const Route& route, const Node& schemas) {
  Node out = Node::map();
  for (const auto& [name, text] : route.parameters) {
    auto value = typed_value(text, route.operation->path_schemas[name], schemas, "path." + name);
    if (!value) return fail(err::hub_not_found, text);
    out.set(name, std::move(*value));
  }
  return out;
}

Result<Node> typed_query(const Request& request, const Operation& op, const Node& schemas) {
  Node out = Node::map();
  for (const auto& [name, text] : request.query) {
    const std::string place = "query." + name;
    if (!op.query.has(name)) {
      return fail(err::hub_request_invalid, place, {{"field", name}, {"wanted", "unknown"}});
    }
    KHIEN_TRY(Node value, typed_value(text, op.query[name]["schema"], schemas, place));
    out.set(name, std::move(value));
  }
  for (const auto& [name, field] : op.query.pairs()) {
    if (out.has(name)) continue;
    if (field["required"].boolean()) {
      return fail(err::hub_request_invalid, "query." + name,
                  {{"field", name}, {"wanted", "required"}});
    }
    if (field["schema"].has("default")) out.set(name, field["schema"]["default"]);
  }
  return out;
}

Result<Node> typed_body(const Request& request, const Operation& op, const Node& schemas) {
  if (op.body != BodyKind::json) {
    if (request.body.empty()) return Node{};
    return fail(err::hub_request_invalid, "body", {{"field", "body"}, {"wanted", "unknown"}});
  }
  if (request.body.empty() && !op.body_required) return Node{};
  const std::string type = ascii_lower(request.header("content-type"));
  if (!type.starts_with("application/json")) {
    return fail(err::hub_media_type, "", {{"wanted", "application/json"}});
  }
  if (!is_valid_utf8(request.body)) return fail(err::json_invalid, "body", {{"detail", "UTF-8"}});
  KHIEN_TRY(Node body, parse_json(request.body, "body"));
  KHIEN_DO(check_value(body, op.body_schema, schemas, "body"));
  return body;
}

}  // namespace

const Texts& HubApplication::texts_for(const Request& request) const {
  std::string lang = request.header("accept-language");
  if (lang.empty()) lang = request.cookie("lang");
  return ascii_lower(lang).starts_with("en") ? hub_.en : hub_.vi;
}

Response HubApplication::problem(const Request& head, const Error& error) const {
  return problem_response(error, texts_for(head));
}

Reception HubApplication::expect(const Request& head) const {
  const Route route = hub_.api.route(read_method(head.method), head.path);
  if (route.operation == nullptr) return {};
  return {route.operation->body, route.operation->body_limit};
}

Done HubApplication::check_origin(const Request& head) const {
  const std::string host = ascii_lower(head.header("host"));
  const auto& known = options_.hosts;
  if (!known.empty() && std::find(known.begin(), known.end(), host) == known.end()) {
    return fail(err::hub_origin, host);
  }
  const std::string origin = ascii_lower(head.header("origin"));
  const std::string own = (head.secure ? "https://" : "http://") + host;
  if (changes(head.method) && !origin.empty() && origin != own) {
    return fail(err::hub_origin, origin);
  }
  return {};
}

Result<Actor> HubApplication::who(const Request& head, const Database& db) {
  if (!head.client.empty()) return actor_of_agent(db, head.client, head.remote);
  const std::string given = head.header("authorization");
  if (given.starts_with(kBearer)) {
    return actor_of_token(hub_.data, db, given.substr(kBearer.size()), head.remote);
  }
  return actor_of_cookie(hub_.data, db, head.cookie("khien"), hub_.sessions, head.remote);
}

Done HubApplication::check_actor(const Request& head, const Operation& op,
                                 const Actor& actor) const {
  if (op.need == Need::open) return {};
  if (op.need == Need::agent && actor.agent_id != 0) return {};
  if (!actor.known()) return fail(err::hub_not_signed_in, "");
  if (!may(actor, op.need)) return fail(err::hub_not_allowed, "");
  // A page of elsewhere can send the cookie, but not read the session's token.
  if (changes(head.method) && actor.scopes.empty() &&
      head.header("x-khien-token") != actor.csrf) {
    return fail(err::hub_token_wrong, "");
  }
  if (op.need == Need::signed_in) return {};
  if (actor.must_change) return fail(err::hub_password_due, "");
  if (actor.must_set_otp && actor.scopes.empty()) return fail(err::hub_otp_due, "");
  return {};
}

Result<HubApplication::Admitted> HubApplication::admit(const Request& head, const Database& db) {
  Admitted out{hub_.api.route(read_method(head.method), head.path), {}, {}};
  const Operation* op = out.route.operation;
  if (op == nullptr) {
    return fail(out.route.allowed.empty() ? err::hub_not_found : err::hub_method, head.path);
  }
  KHIEN_DO(check_origin(head));
  KHIEN_TRY(out.actor, who(head, db));
  KHIEN_DO(check_actor(head, *op, out.actor));
  KHIEN_TRY(out.path, typed_path(out.route, hub_.api.schemas()));
  if (const auto sight = handlers_.objects.find(op->object); sight != handlers_.objects.end()) {
    KHIEN_TRY(const bool seen, sight->second(db, out.actor, out.path["id"].integer()));
    if (!seen) return fail(err::hub_not_found, out.path["id"].text());
  }
  return out;
}

std::optional<Response> HubApplication::refuse(const Request& head) {
  const auto db = hub_.data.read();
  if (!db) return problem(head, db.error());
  if (const auto admitted = admit(head, **db); !admitted) return problem(head, admitted.error());
  return {};
}

Done HubApplication::match(Call& call) {
  const std::string given = call.request.header("if-match");
  if (given.empty()) return fail(err::hub_match_missing, "");
  // What the GET gives now, read after every change before this one.
  KHIEN_TRY(const Data::Reading db, hub_.data.read());
  const Operation& get = *hub_.api.find(call.operation.if_match);
  Node query = Node::map();
  for (const auto& [name, field] : get.query.pairs()) {
    if (field["schema"].has("default")) query.set(name, field["schema"]["default"]);
  }
  Request plain = call.request;
  plain.body.clear();
  Call reading{hub_, plain, get, call.actor, *db, call.texts, call.path, query, {}};
  KHIEN_TRY(const Response now, handlers_.by_operation.at(get.id)(reading));
  const std::string etag = now.etag.empty() ? sha256_hex(now.body) : now.etag;
  if (given != "\"" + etag + "\"") return fail(err::hub_changed_since, "");
  return {};
}

Result<Response> HubApplication::call(Request& request, const Database& db, Admitted& admitted) {
  const Operation& op = *admitted.route.operation;
  KHIEN_TRY(Node query, typed_query(request, op, hub_.api.schemas()));
  KHIEN_TRY(Node body, typed_body(request, op, hub_.api.schemas()));
  Call made{hub_, request, op, admitted.actor, db, texts_for(request), std::move(admitted.path),
            std::move(query), std::move(body)};
  const Handler& handler = handlers_.by_operation.at(op.id);
  if (op.if_match.empty()) return handler(made);
  const auto alone = hub_.data.hold();
  KHIEN_DO(match(made));
  return handler(made);
}

Done HubApplication::check_answer(const Operation& op, const Response& response) const {
  const std::string status = fmt::format("{}", response.status);
  if (!op.responses.has(status)) {
    return fail(err::hub_internal, op.id, {{"detail", "undeclared status " + status}});
  }
  const Node& schema = op.responses[status];
  if (!schema.is_map()) return {};
  KHIEN_TRY(const Node body, parse_json(response.body, op.id));
  return check_value(body, schema, hub_.api.schemas(), "answer");
}

Result<Response> HubApplication::serve(Request& request) {
  // In an office the one address is the officer's own machine.
  const std::int64_t seconds = hub_.mode == Mode::office ? 0 : hub_.rate.take(request.remote);
  if (seconds > 0) {
    return fail(err::hub_too_many, "", {{"seconds", fmt::format("{}", seconds)}});
  }
  KHIEN_TRY(const Data::Reading db, hub_.data.read());
  KHIEN_TRY(Admitted admitted, admit(request, *db));
  const Operation& op = *admitted.route.operation;
  KHIEN_TRY(Response out, call(request, *db, admitted));
  const bool plain = out.file.empty() && !out.pieces && !out.events_for;
  if (plain && op.method == "GET" && out.etag.empty()) out.etag = sha256_hex(out.body);
  if (options_.check_answers) {
    if (auto done = check_answer(op, out); !done) {
      return fail(err::hub_internal, op.id, {{"detail", to_string(done.error())}});
    }
  }
  return out;
}

Response HubApplication::answer(Request& request) {
  if (!request.path.starts_with("/api/")) {
    if (auto out = outside_(request, hub_)) return std::move(*out);
    return problem(request, Error{err::hub_not_found, request.path, {}});
  }
  auto out = serve(request);
  Response response = out ? std::move(*out) : problem(request, out.error());
  if (!out && out.error().code == err::hub_method) {
    response.with("Allow", hub_.api.route(read_method(request.method), request.path).allowed);
  }
  return response.with("Cache-Control", "no-store");
}

}  // namespace khien::hub
