// Agents: programs on machines of an agency that send their facts, and the secrets that admit them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.h"

namespace khien::hub {

struct EnrolmentRow {
  std::int64_t id = 0, agency_id = 0;
  std::string hash, name, made_by;
  std::int64_t left_uses = 1;
  std::int64_t expires_at = 0, made_at = 0;
};
[[nodiscard]] Result<std::int64_t> add_enrolment(const Database& db, const EnrolmentRow& row);
[[nodiscard]] Result<std::optional<EnrolmentRow>> find_enrolment(const Database& db,
                                                                 std::int64_t id);
// Of an agency and those below, newest first.
[[nodiscard]] Result<std::vector<EnrolmentRow>> list_enrolments(const Database& db,
                                                                std::int64_t agency_id,
                                                                std::int64_t before,
                                                                std::int64_t limit);
[[nodiscard]] Done drop_enrolment(const Database& db, std::int64_t id);
// One use less; nobody when it is none, used up or too old.
[[nodiscard]] Result<std::optional<EnrolmentRow>> use_enrolment(const Database& db,
                                                                const std::string& hash,
                                                                std::int64_t now);

struct AgentRow {
  std::int64_t id = 0, agency_id = 0;
  std::string name, machine_id, print, next_print, version;
  std::int64_t ends_at = 0, enrolled_at = 0, seen_at = 0, waiting = 0;
  std::int64_t facts_at = 0;     // 0: none yet
  std::int64_t source_id = 0;    // 0: none
  std::int64_t disabled_at = 0;  // 0: active
};
[[nodiscard]] Result<std::int64_t> add_agent(const Database& db, const AgentRow& row);
[[nodiscard]] Done save_agent(const Database& db, const AgentRow& row);
[[nodiscard]] Result<std::optional<AgentRow>> find_agent(const Database& db, std::int64_t id);
// By the certificate in force or the next.
[[nodiscard]] Result<std::optional<AgentRow>> find_agent_print(const Database& db,
                                                               const std::string& print);
// Of an agency and those below; ids above `after`.
[[nodiscard]] Result<std::vector<AgentRow>> list_agents(const Database& db, std::int64_t agency_id,
                                                        std::int64_t after, std::int64_t limit);

}  // namespace khien::hub
