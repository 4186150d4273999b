// What signing in with a password needs of security keys.
#pragma once

#include "hub/access/passkey.h"
#include "hub/data/user.h"
#include "hub/server/call.h"

namespace khien::hub {

[[nodiscard]] PageAddress page_of(const Call& call);
// KeyAnswer of content/api. K1304 for what is no base64url.
[[nodiscard]] Result<KeyAnswer> key_answer_of(const Node& body);
// SecondFactors of content/api: what this user may show beside his password on this page.
[[nodiscard]] Result<Node> second_factors(const Call& call, const User& user);
// Somebody's key signs in alone at the name this page is open at.
[[nodiscard]] Result<bool> keys_enter_here(const Call& call);

// hub/api/session.cc
[[nodiscard]] Result<User> this_user(const Call& call);
[[nodiscard]] bool asks_password(const User& user);  // he has one, here or in the directory
[[nodiscard]] Done confirm_password(Call& call, const User& user, const std::string& password);
// The session of a user who has shown who he is.
[[nodiscard]] Result<Response> open_session(Call& call, const User& user);

}  // namespace khien::hub
