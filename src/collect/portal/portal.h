// Fills portal_check and portal_page: what one named portal shows to every visitor. A guest's
// visit: GET only, one host, robots.txt respected for pages beyond the one that was named, a pause
// between requests, a limit on pages, bytes and time; nothing is logged in to or tried out beyond a
// short fixed list of files that must not be served (of which only the first bytes are looked at
// and nothing is kept).
#pragma once

#include <string>
#include <vector>

#include "collect/source/source.h"

namespace khien {

struct PortalSpec {
  std::string url;
  std::string words;              // the agency's own list, as text; "" = none
  std::string words_place;        // its file, for messages
  std::vector<std::string> trusted;  // hosts it may link to
  int pages = 30;                 // 1 to kPortalPages
  int delay_ms = 1000;            // between requests
  bool allow_private = false;
  int timeout_ms = 10'000;        // of one request
  int total_ms = 600'000;
  std::string authorities;        // PEM of known authorities; "" = the system's
};

inline constexpr int kPortalPages = 500;

[[nodiscard]] std::vector<Job> portal_jobs();

// K0908 no such URL, K0913 a list of words; whatever the portal does is a row.
[[nodiscard]] Result<Collection> collect_portal(const PortalSpec& spec, const Content& content,
                                                WorkerPool& pool, const Clock& clock);

// url, words, pages, delay_ms, trusted, allow_private. The URL is what people are told; it is the
// written scope, and nothing else is ever contacted.
[[nodiscard]] Result<PortalSpec> portal_spec(const Node& map, const std::string& place);
// The agency's list of words into `spec`. K0001, K0003.
[[nodiscard]] Done read_words(PortalSpec& spec, const std::filesystem::path& file,
                              const std::string& written);
[[nodiscard]] Result<std::string> check_portal(const Node& map, const std::string& place);
[[nodiscard]] Collections read_portal(const AgencySource& source, Reading& reading);

}  // namespace khien
