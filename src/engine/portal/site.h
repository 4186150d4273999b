// robots.txt (RFC 9309) and sitemaps (sitemaps.org): what the portal itself says may be read and
// what is new. Both are an outsider's bytes and are read in workers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/worker.h"

namespace khien::portal {

inline constexpr std::size_t kRobotsBytes = 512 * 1024;
inline constexpr std::size_t kRobotsRules = 1000;
inline constexpr std::size_t kSitemapBytes = std::size_t{4} << 20;
inline constexpr std::size_t kSitemapEntries = 20'000;

struct RobotsRule {
  bool allow = false;
  std::string pattern;
};
struct Robots {
  std::vector<RobotsRule> rules;       // of our group, else of *
  std::vector<std::string> sitemaps;
  int delay_ms = 0;
};
[[nodiscard]] Robots robots_from(const Node& reply);
// The longest matching rule wins, allow on a tie; no rule: allowed.
[[nodiscard]] bool may_read(const Robots& robots, std::string_view path);

// "portal.robots" -> {rules: [{allow, pattern}], sitemaps, delay_ms}. Never malformed: what is not
// understood is passed over, as the standard says.
[[nodiscard]] Result<Node> read_robots(const JobInput& input);
// "portal.sitemap" -> {index, entries: [{address, changed}]}; K0914.
[[nodiscard]] Result<Node> read_sitemap(const JobInput& input);

}  // namespace khien::portal
