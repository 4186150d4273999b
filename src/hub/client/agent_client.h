// The other end of /agent: a machine shows a secret once, then its certificate; files go up in
// pieces and on from where they stopped. Its folder (0700): agent.json, agent.key, agent.crt,
// hub.crt and the file that waits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "base/node.h"

namespace khien::hub {

struct AgentMachine {
  std::string name, machine_id, version;
};

class AgentClient {
 public:
  // `hub`: https://HOST:PORT. `authority`: a PEM file, or `print`: the SHA-256 fingerprint of the
  // hub's certificate, which is then kept. K1365 with what went wrong; K1366 another certificate;
  // K1367 it is enrolled already.
  [[nodiscard]] static Done enrol(const std::filesystem::path& folder, const std::string& hub,
                                  const std::filesystem::path& authority, const std::string& print,
                                  const std::string& secret, const AgentMachine& machine);
  // K1368 it is not enrolled.
  [[nodiscard]] static Result<AgentClient> open(const std::filesystem::path& folder);

  // The file that waits replaces the one before: what a machine was yesterday is of no use today.
  [[nodiscard]] Done put(const std::string& facts) const;
  [[nodiscard]] bool waits() const;
  // All of it; gone afterwards. K1365.
  [[nodiscard]] Done send() const;
  struct Wanted {
    std::int64_t beat_seconds = 30, facts_seconds = 86'400;
  };
  [[nodiscard]] Result<Wanted> beat(const std::string& version) const;
  // A new certificate when the one there ends within 30 days.
  [[nodiscard]] Done renew_in_time(std::int64_t now_ms);
  [[nodiscard]] const std::string& hub() const { return hub_; }

 private:
  std::filesystem::path folder_;
  std::string hub_;
  std::int64_t ends_at_ = 0;
};

}  // namespace khien::hub
