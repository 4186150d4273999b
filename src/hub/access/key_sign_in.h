// A security key shown at sign-in: whose it is, and that the challenge, the page, the signature and
// the counter are right. Each use and each refusal is audited.
#pragma once

#include "hub/access/challenge.h"
#include "hub/access/passkey.h"
#include "hub/data/user.h"

namespace khien::hub {

// The user whose key it is; of a round with a user that one alone. K1336 (args: why), K1337 when
// the counter went back: somebody may have copied the key.
[[nodiscard]] Result<User> use_key(Data& data, const KeyRound& round, const PageAddress& page,
                                   const KeyAnswer& answer, const std::string& remote);

}  // namespace khien::hub
