// Whom a dispatch is issued to, and what of it concerns each.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/data/agency.h"
#include "hub/data/dispatch.h"
#include "hub/server/call.h"

namespace khien::hub {

struct RefusedRecipient {
  std::int64_t agency_id = 0;
  std::string name;
  std::int64_t successor_id = 0;  // 0: none is known
  std::string successor;
  Error why;                      // K1372 dissolved, K1375 not below, K1395 not yet
};

struct Chosen {
  std::vector<AgencyRow> agencies;
  std::vector<RefusedRecipient> refused;
};
// Agencies and groups of the body, each agency once: those below `issuer` that exist today. K1300
// for one the asker may not see.
[[nodiscard]] Result<Chosen> chosen_recipients(const Call& call, std::int64_t issuer);

// Which measures of the dispatch concern whom: a child judges their actors by each agency's names,
// kind and groups. Agency -> ids of measures. K1322.
using Concerns = std::map<std::int64_t, std::vector<std::int64_t>>;
[[nodiscard]] Result<Concerns> concerns_of(const Call& call, const DispatchRow& dispatch,
                                           const std::vector<AgencyRow>& agencies);

[[nodiscard]] Node refused_node(const Call& call, const RefusedRecipient& refused);

}  // namespace khien::hub
