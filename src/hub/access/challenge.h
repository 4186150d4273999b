// Challenges for security keys: random, sealed by a secret of the hub, good for five minutes and
// for one answer. Nothing is kept of a challenge before it is answered, so asking for many of them
// fills nothing.
#pragma once

#include <cstdint>
#include <string>

#include "hub/data/data.h"

namespace khien::hub {

inline constexpr std::int64_t kChallengeMs = 5 * 60'000;

// What a challenge is for; answered for anything else it is none.
struct KeyRound {
  std::string use;           // "add" a key, "second" beside the password, "alone" without one
  std::int64_t user_id = 0;  // 0: whose key it is (alone)
  std::string host;
};
[[nodiscard]] Result<std::string> make_challenge(Data& data, const KeyRound& round);  // base64url
[[nodiscard]] Result<bool> is_challenge(Data& data, const KeyRound& round,
                                        const std::string& challenge);
// A number for the key to keep in place of the user's name: the same at each call, hex.
[[nodiscard]] Result<std::string> user_handle(Data& data, std::int64_t user_id);
// A secret of the hub's own, made when it is first asked for.
[[nodiscard]] Result<std::string> kept_secret(Data& data, const std::string& setting);

}  // namespace khien::hub
