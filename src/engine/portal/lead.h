// Where a page sends its visitors by itself: a refresh in its head, a script that runs when it is
// loaded, the address it calls its true one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khien::portal {

inline constexpr std::size_t kLeadScript = 64 * 1024;  // bytes of one script that are looked at

// "0; url=https://x.test/" -> "https://x.test/"; "" when it only loads itself again.
[[nodiscard]] std::string refresh_target(std::string_view content);
// The address a script gives to location when the page is loaded; "" for none, or for one inside a
// function that something else must call.
[[nodiscard]] std::string script_target(std::string_view script);
// Neither of the portal's own domain, nor of a state body, nor trusted by the agency.
[[nodiscard]] bool is_foreign(const std::string& host, const std::string& own,
                              const std::vector<std::string>& trusted);

}  // namespace khien::portal
