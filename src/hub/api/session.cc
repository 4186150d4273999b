// /session: who is signed in.
#include "hub/api/handlers.h"

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/hash.h"
#include "hub/data/agency.h"
#include "hub/data/session.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Result<Node> session_node(const Hub& hub, const Database& db, const Actor& actor) {
  KHIEN_TRY(const auto agency, find_agency_name(db, actor.agency_id));
  if (!agency) return fail(err::hub_internal, "agency", {{"detail", "of the user"}});
  const Node parent = agency->parent_name.empty() ? Node{} : Node(agency->parent_name);
  return Node::map(
      {{"user", Node::map({{"id", text_id(actor.user_id)}, {"login", actor.login},
                           {"name", actor.name}, {"role", actor.role}})},
       {"agency", Node::map({{"id", text_id(agency->id)}, {"name", agency->name},
                             {"parent_name", parent}})},
       {"mode", hub.mode == Mode::office ? "office" : "centre"},
       {"csrf", actor.csrf},
       {"must_change_password", actor.must_change},
       {"version", hub.version},
       {"today", to_iso(local_date(hub.data.clock().now_ms()))},
       {"first_run", agency->name.empty()}});
}

std::string cookie(const Call& call, const std::string& secret) {
  const std::int64_t seconds = secret.empty() ? 0 : call.hub.sessions.lasts_ms / 1000;
  return fmt::format("khien={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", secret, seconds,
                     call.request.secure ? "; Secure" : "");
}

Result<Response> read(Call& call) {
  KHIEN_TRY(const Node node, session_node(call.hub, call.db, call.actor));
  return json_response(node);
}

Result<Response> end(Call& call) {
  KHIEN_DO(call.change("session.end", "sessions", 0, [&](const Database& db, Act&) {
    return end_session(db, call.actor.session_hash);
  }));
  Response out = empty_response();
  return out.with("Set-Cookie", cookie(call, ""));
}

// The session of a user who has shown who he is.
Result<Response> begin(Call& call, const User& user) {
  KHIEN_TRY(const std::string secret, begin_session(call.hub.data, user, call.request.remote));
  KHIEN_TRY(const Data::Reading db, call.hub.data.read());
  KHIEN_TRY(const Actor actor, actor_of_cookie(call.hub.data, *db, secret, call.hub.sessions,
                                               call.request.remote));
  KHIEN_TRY(const Node node, session_node(call.hub, *db, actor));
  Response out = json_response(node);
  return out.with("Set-Cookie", cookie(call, secret));
}

Result<Response> link(Call& call) {
  KHIEN_TRY(const auto user, follow_link(call.hub.data, call.body["token"].text(),
                                         call.request.remote));
  if (!user) return fail(err::hub_link_invalid, "");
  return begin(call, *user);
}

}  // namespace

void add_session(Handlers& handlers) {
  handlers.add("session_read", read);
  handlers.add("session_end", end);
  handlers.add("session_link", link);
}

}  // namespace khien::hub
