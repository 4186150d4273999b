// Browser password stores: counts and nothing else. The files belong to users and their bytes are
// not trusted, so they are opened by jobs in a worker; tests and fuzzers call the jobs directly.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/worker.h"

namespace khien::browser_store {

inline constexpr std::size_t kStoreBytes = std::size_t{64} << 20;  // database and log together
inline constexpr std::size_t kDomains = 200;

// "browser.chromium": `Login Data` packed by pack_store(); "browser.firefox": logins.json.
// args: domains (list of host names to look for, at most kDomains).
// Reply: {saved: integer, watched: integer, domains: [those found]}.
// K0430 malformed, K0431 no password table or list in it.
[[nodiscard]] std::vector<Job> browser_store_jobs();

// A database and its write-ahead log ("" when there is none) as one run of bytes.
[[nodiscard]] std::string pack_store(std::string_view database, std::string_view log);
// The database with the committed frames of its log applied, ready to be read as one file.
[[nodiscard]] Result<std::string> unpack_store(std::string_view packed);

}  // namespace khien::browser_store
