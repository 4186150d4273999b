// The databases that replaced lastlog and wtmp on newer systems (Debian 13): lastlog2.db and
// wtmp.db, SQLite both. Read as any bytes of a file: by a job in a worker.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/worker.h"

namespace khien::host {

inline constexpr std::size_t kLoginBytes = std::size_t{64} << 20;
inline constexpr std::size_t kLoginUsers = 100'000;

// The last log-in of each user, ms UTC. K0422 when it is neither database.
[[nodiscard]] Result<std::map<std::string, std::int64_t>> parse_login_database(std::string bytes);
[[nodiscard]] std::vector<Job> host_jobs();  // "host.logins"

}  // namespace khien::host
