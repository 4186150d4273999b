// Addresses of pages, read by libcurl's own parser (RFC 3986) so that what is checked is what is
// fetched. Pure: nothing is contacted.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace khien::portal {

struct Url {
  std::string scheme;  // http or https
  std::string host;    // lower case, no brackets
  int port = 0;        // always set
  std::string path;    // with the query, begins with '/'
  [[nodiscard]] std::string text() const;  // without the port when it is the scheme's own
  // The same host and port, 80 and 443 taken for one (http redirects to https).
  [[nodiscard]] bool same_site(const Url& other) const;
};

inline constexpr std::size_t kUrlBytes = 2048;

// K0908: not http or https, with a user or password, or longer than kUrlBytes.
[[nodiscard]] Result<Url> parse_url(std::string_view text);
// A reference found on `base`; fragments are dropped.
[[nodiscard]] Result<Url> resolve_url(const Url& base, std::string_view reference);

}  // namespace khien::portal
