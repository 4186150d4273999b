// Instants as certificates, mail and package lists write them, in milliseconds since 1970 (UTC).
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace khien {

// UTCTime and GeneralizedTime (RFC 5280); nothing for null and for no date.
[[nodiscard]] std::optional<std::int64_t> asn1_ms(const ASN1_TIME* time);
// "Fri, 06 Nov 2026 08:00:01 +0700" (RFC 5322): the day of the week, the seconds and the zone may
// be missing. No zone and the names of zones are UTC.
[[nodiscard]] std::optional<std::int64_t> mail_date_ms(std::string_view text);
// "Jan", "january" -> 1, by the first three letters; 0 for anything else.
[[nodiscard]] int english_month(std::string_view text);

}  // namespace khien
