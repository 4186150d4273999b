// Transfer encodings and charsets of mail.
#pragma once

#include <string>
#include <string_view>

namespace khien::mail {

// Characters that do not belong are skipped; an end in the middle gives what there is.
[[nodiscard]] std::string from_base64(std::string_view text);
[[nodiscard]] std::string from_quoted_printable(std::string_view text, bool in_header);
[[nodiscard]] std::string from_percents(std::string_view text);  // "a%2Eb" -> "a.b"
// Bytes in a charset mail named to UTF-8; unknown charsets are read as UTF-8 or windows-1258.
[[nodiscard]] std::string charset_to_utf8(std::string bytes, std::string_view charset);
// "h&#116;tps&colon;" -> "https:": numbers, and the names of characters that addresses and
// Vietnamese texts hold.
[[nodiscard]] std::string decode_entities(std::string_view html);

}  // namespace khien::mail
