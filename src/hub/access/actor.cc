#include "hub/access/actor.h"

#include <array>

namespace khien::hub {
namespace {

constexpr std::array<std::string_view, 10> kNeeds = {
    "public", "signed_in", "read", "write", "decide", "audit", "admin", "root", "agent",
    "screen"};

bool role_may(std::string_view role, Need need) {
  const bool admin = role == "admin";
  switch (need) {
    case Need::open: return true;
    case Need::signed_in:
    case Need::read:
    case Need::screen: return true;
    case Need::write: return admin || role == "officer" || role == "clerk";
    case Need::decide: return admin || role == "leader";
    case Need::audit: return admin || role == "leader" || role == "auditor";
    case Need::root:
    case Need::admin: return admin;
    case Need::agent: return false;
  }
  return false;
}

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

}  // namespace

std::optional<Need> parse_need(std::string_view word) {
  for (std::size_t i = 0; i < kNeeds.size(); ++i) {
    if (kNeeds[i] == word) return static_cast<Need>(i);
  }
  return {};
}

bool may(const Actor& actor, Need need) {
  if (need == Need::open) return true;
  if (need == Need::agent) return actor.agent_id != 0;
  if (!actor.known() || !role_may(actor.role, need)) return false;
  if (need == Need::root && !actor.at_root) return false;
  if (actor.scopes.empty()) return true;
  // A token has no session of its own to speak of.
  if (need == Need::signed_in) return false;
  if (need == Need::screen) return true;
  if (actor.scopes == "wall") return false;
  return need == Need::read || has_word(actor.scopes, "admin") ||
         has_word(actor.scopes, kNeeds[static_cast<std::size_t>(need)]);
}

}  // namespace khien::hub
