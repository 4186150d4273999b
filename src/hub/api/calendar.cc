// /calendar: one secret address a user, which calendar programs read.
#include "hub/access/sign_in.h"
#include "hub/api/handlers.h"
#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/data/calendar_feed.h"
#include "hub/errors.h"

#include "base/calendar.h"
#include "base/hash.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kPastDays = 30;
constexpr std::string_view kEnding = ".ics";

Result<Response> make_feed(Call& call) {
  KHIEN_TRY(const std::string token, make_secret());
  KHIEN_DO(call.change("calendar.make", "users", call.actor.user_id,
                       [&](const Database& db, Act&) {
                         return set_feed(db, call.actor.user_id, sha256_hex(token),
                                         call.hub.data.clock().now_ms());
                       }));
  const std::string path = std::string(kApiRoot) + "/calendar/" + token + std::string(kEnding);
  return json_response(Node::map({{"path", path}}), 201);
}

Result<Response> end_feed(Call& call) {
  KHIEN_DO(call.change("calendar.drop", "users", call.actor.user_id,
                       [&](const Database& db, Act&) {
                         return drop_feed(db, call.actor.user_id);
                       }));
  return empty_response();
}

Result<Response> read_feed(Call& call) {
  std::string token = call.path["token"].text();
  if (token.ends_with(kEnding)) token.resize(token.size() - kEnding.size());
  KHIEN_TRY(const std::int64_t agency, feed_agency(call.db, sha256_hex(token)));
  if (agency == 0) return fail(err::hub_not_found, "");
  const std::int64_t now = call.hub.data.clock().now_ms();
  const std::string since = to_iso(from_days(to_days(local_date(now)) - kPastDays));
  KHIEN_TRY(const auto events, feed_events(call.db, agency, since, call.texts));
  KHIEN_TRY(const auto name, find_agency_name(call.db, agency));
  Response out;
  out.type = "text/calendar; charset=utf-8";
  out.body = feed_text(events, name ? name->name : std::string(), now);
  return out;
}

}  // namespace

void add_calendar(Handlers& handlers) {
  handlers.add("calendar_make", make_feed);
  handlers.add("calendar_drop", end_feed);
  handlers.add("calendar_read", read_feed);
}

}  // namespace khien::hub
