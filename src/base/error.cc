// Plain rendering of an Error, for logs and test failures only.
#include "base/error.h"

namespace khien {

std::string to_string(const Error& error) {
  std::string out = error.code + " " + error.place;
  for (const auto& [key, value] : error.args) out += " " + key + "=" + value;
  return out;
}

}  // namespace khien
