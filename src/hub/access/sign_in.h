// Sessions: how one begins, how a request is known by it, how it ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/access/actor.h"
#include "hub/data/data.h"
#include "hub/data/user.h"

namespace khien::hub {

// How long a session lives: since it began, and without a sign of life.
struct SessionRules {
  std::int64_t lasts_ms = 12 * 3'600'000;
  std::int64_t idle_ms = 0;  // 0: what the settings say
};
inline constexpr SessionRules kOfficeSessions{7 * 86'400'000LL, 12 * 3'600'000LL};
inline constexpr std::int64_t kLinkMs = 30 * 60'000;  // a one-time link is good for that long

// 256 random bits in hexadecimal: what cookies, links and tokens are.
[[nodiscard]] Result<std::string> make_secret();

// A one-time link of a user: its secret. Audited.
[[nodiscard]] Result<std::string> make_link(Data& data, std::int64_t user_id);
// Its user, or nobody when it is used up, too old or none of ours.
[[nodiscard]] Result<std::optional<User>> follow_link(Data& data, const std::string& secret,
                                                      const std::string& remote);

// A new session of a user: the secret for the cookie. Audited as `action` ("session.begin").
[[nodiscard]] Result<std::string> begin_session(Data& data, const User& user,
                                                const std::string& remote);
// Whose token it is ("Authorization: Bearer ..."); a stranger when it is none.
[[nodiscard]] Result<Actor> actor_of_token(Data& data, const Database& db,
                                           const std::string& secret, const std::string& remote);
// Whose session a cookie is; a stranger when it is none. Notes the sign of life, once a minute.
[[nodiscard]] Result<Actor> actor_of_cookie(Data& data, const Database& db,
                                            const std::string& secret, const SessionRules& rules,
                                            const std::string& remote);

// Whose certificate it is; a stranger when it is none of an active agent.
[[nodiscard]] Result<Actor> actor_of_agent(const Database& db, const std::string& print,
                                           const std::string& remote);

// The audit row of what an actor does.
[[nodiscard]] Act act_of(const Actor& actor, std::string action, std::string what,
                         std::int64_t what_id = 0);

}  // namespace khien::hub
