// The written forms of password hashes: LDAP (RFC 2307 and its descendants), crypt(5), Django,
// ASP.NET Identity, Liferay, Werkzeug, phpass (WordPress up to 6.7, Drupal), WordPress since 6.8,
// Dovecot, raw digests in hexadecimal.
#pragma once

#include <optional>
#include <string_view>

#include "engine/password/types.h"

namespace khien::password {

// Scheme::unknown where no form fits, or it costs more than limits::password_* allow. `bare_plain`:
// text of no form is the password itself (userPassword of a directory).
[[nodiscard]] Hash read_hash(std::string_view text, bool bare_plain = false);
[[nodiscard]] std::optional<std::string> base64(std::string_view text);  // padding may lack
[[nodiscard]] bool is_fast(Scheme scheme);      // more than some 100,000 words a second
[[nodiscard]] bool is_unsalted(Scheme scheme);  // equal words have equal hashes
[[nodiscard]] bool testable(Scheme scheme);

}  // namespace khien::password
