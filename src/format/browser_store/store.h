// What both kinds of stores share: the domains to look for, and the counts.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/worker.h"
#include "format/browser_store/jobs.h"

namespace khien::browser_store {

struct Watch {
  std::vector<std::string> domains;  // lower case
  [[nodiscard]] static Result<Watch> from(const Node& args);
  // The watched domain that a URL or host belongs to ("" if none): itself or a subdomain of it.
  [[nodiscard]] std::string match(std::string_view url) const;
};

struct Counts {
  std::int64_t saved = 0;
  std::int64_t watched = 0;
  std::set<std::string> domains;
  void add(std::string_view url, const Watch& watch);
  [[nodiscard]] Node node() const;
};

// "https://User@Mail.Agency.Test:8443/x" -> mail.agency.test
[[nodiscard]] std::string host_of(std::string_view url);

[[nodiscard]] Result<Node> read_chromium(const JobInput& input);
[[nodiscard]] Result<Node> read_firefox(const JobInput& input);

}  // namespace khien::browser_store
