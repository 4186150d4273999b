// The program's version, stored in every file it writes.
#pragma once

namespace khien::app {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace khien::app
