// The first 512 bytes of a ClamAV database: when the signatures were made, and their version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace khien::host {

struct CvdHeader {
  std::string version;
  std::int64_t made_at = 0;  // ms UTC, to the minute
};
// "ClamAV-VDB:07 Nov 2026 08-31 +0000:27456:..."; nullopt when it is no such header.
[[nodiscard]] std::optional<CvdHeader> parse_cvd_header(std::string_view bytes);

}  // namespace khien::host
