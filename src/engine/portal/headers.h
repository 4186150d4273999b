// What the headers of a home page say about its protection. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace khien::portal {

using Headers = std::vector<std::pair<std::string, std::string>>;  // names in lower case

struct HeaderFacts {
  bool hsts = false;
  bool csp = false;
  bool frame_protection = false;
  std::int64_t cookies = 0;
  std::int64_t unsafe_cookies = 0;
  std::string server_version;  // "nginx/1.18.0; PHP/7.4"; "" = none shown
};

[[nodiscard]] HeaderFacts read_headers(const Headers& headers, bool https);
[[nodiscard]] std::string header(const Headers& headers, std::string_view name);  // the first

}  // namespace khien::portal
