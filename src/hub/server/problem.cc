#include "hub/server/problem.h"

#include <utility>

#include "base/errors.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::pair<std::string_view, int> kStatuses[] = {
    {err::hub_not_found, 404},      {err::hub_not_signed_in, 401}, {err::hub_not_allowed, 403},
    {err::hub_token_wrong, 403},    {err::hub_request_invalid, 400}, {err::hub_too_large, 413},
    {err::hub_method, 405},         {err::hub_media_type, 415},    {err::hub_busy, 503},
    {err::hub_too_many, 429},       {err::hub_disk_full, 507},     {err::hub_changed_since, 412},
    {err::hub_match_missing, 428},  {err::hub_link_invalid, 403},  {err::hub_sign_in_wrong, 401},
    {err::hub_password_due, 403},   {err::hub_password_weak, 422}, {err::hub_conflict, 409},
    {err::hub_code_missing, 401},   {err::hub_last_admin, 409},     {err::hub_otp_due, 403},
    {err::hub_internal, 500},       {err::hub_origin, 403},        {err::hub_read_only_disk, 507},
    {err::sqlite, 500},             {err::file_unreadable, 500},   {err::file_unwritable, 507},
    {err::incoming_taken, 409},     {err::issue_opened, 409},      {err::answer_step, 409},
    {err::reply_link_gone, 403},
    {err::json_invalid, 400},       {err::file_too_large, 413},    {err::crypto, 500},
    {err::result_own_only, 403},    {err::decided_above, 403},
    {err::directory_trouble, 503},  {err::openid_trouble, 503},    {err::openid_refused, 403},
    {err::agent_piece, 409},        {err::agent_request, 422},     {err::agent_facts, 422},
    {err::decided_already, 409},    {err::passkey_refused, 403},   {err::passkey_counter, 403},
};
constexpr int kOtherwise = 422;  // what was asked for is understood and cannot be done

}  // namespace

int status_of(const Error& error) {
  for (const auto& [code, status] : kStatuses) {
    if (code == error.code) return status;
  }
  return kOtherwise;
}

Response problem_response(const Error& error, const Texts& texts, const Node& more) {
  Args args;
  for (const auto& [name, value] : error.args) args[name] = value;
  args["place"] = error.place;
  const std::string base = "error." + error.code;
  const int status = status_of(error);
  Node body = Node::map({{"type", "about:blank"},
                         {"title", texts(base + ".what", args)},
                         {"status", status},
                         {"detail", texts(base + ".todo", args)},
                         {"code", error.code},
                         {"place", error.place}});
  for (const auto& [name, value] : more.pairs()) body.set(name, value);
  Response out = json_response(body, status);
  out.type = "application/problem+json";
  if (const auto seconds = error.args.find("seconds"); seconds != error.args.end()) {
    out.with("Retry-After", seconds->second);
  }
  return out;
}

}  // namespace khien::hub
