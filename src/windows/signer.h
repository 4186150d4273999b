// Ed25519 (RFC 8032, section 5.1) for the program on Windows: Windows 7 to 10 have none. Slow and
// plain (some milliseconds a signature); the key lives for one run unless the agency gives one.
// Compiled and tested on Linux too: the RFC's vectors, and OpenSSL as the twin.
#pragma once

#include <string>
#include <string_view>

namespace khien::windows {

[[nodiscard]] std::string public_key_of(std::string_view seed32);
[[nodiscard]] std::string sign(std::string_view seed32, std::string_view message);

}  // namespace khien::windows
