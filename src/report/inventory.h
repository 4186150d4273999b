// Machines and accounts of an assessment with what was found about each, for programs that show
// them one by one (`khien report X.khien --inventory FILE`). JSON Lines, UTF-8; every object says
// in `what` which it is, and they come in this order:
//   machine   number (1..), host; of the register: listed, unit, person, kind, inventory; of its
//             facts: seen, the columns of kHostValues and kHostFlags, antivirus [{product, active,
//             realtime, signatures_at, licence_ends_on}], antivirus_read (false: none in that list
//             says nothing), firewall, encrypted, patched_on, kb, accounts (local ones), sources
//             [{collector, source, at, sealed_by, key_known, state}] newest first
//   account   number (its fact), the columns of kAccountValues and kAccountFlags, holder
//             {full_name, unit, title, status, status_on}, source, at
//   finding   id (as in the JSON of the assessment), machine and account by number, or null
// Instants are ms UTC, days ISO, flags true or false; null is unknown. What is named here is all
// that leaves the facts: an allow-list. A file to share has no facts, so it has none of them.
#pragma once

#include <array>
#include <functional>
#include <string_view>

#include "base/sqlite.h"
#include "base/worker.h"

namespace khien::report {

inline constexpr std::array kHostValues = std::to_array<std::string_view>(
    {"role", "os_id", "os_name", "os_version", "display_version", "os_support_ends_on",
     "os_extended_support_ends_on", "booted_at", "package_lists_at", "pending_security_updates",
     "missed_update_on", "update_source", "updates_resume_on"});
inline constexpr std::array kHostFlags = std::to_array<std::string_view>(
    {"reboot_required", "automatic_updates", "domain_joined", "collected_as_admin"});
inline constexpr std::array kAccountValues = std::to_array<std::string_view>(
    {"account_key", "scope", "app", "host", "login", "display_name", "unit", "agency", "role",
     "created_at", "issued_at", "password_changed_at", "last_login_at", "join_basis"});
inline constexpr std::array kAccountFlags = std::to_array<std::string_view>(
    {"enabled", "locked", "login_allowed", "privileged", "shared_declared", "generic_name",
     "several_people", "password_must_change", "password_never_expires", "password_not_required",
     "never_logged_in", "mfa"});

inline constexpr std::size_t kInventoryRows = 1'000'000;  // machines and accounts together
inline constexpr std::size_t kInventoryChars = 300;       // of one text; longer ones end in "…"
inline constexpr std::size_t kMachineSources = 20;        // the newest

// Each object in turn; an error of `write` ends it. K0607 over `most` machines and accounts. A
// table or column the file lacks (an older program) reads as null.
[[nodiscard]] Done write_inventory(const Database& db,
                                   const std::function<Done(const Node&)>& write,
                                   std::size_t most = kInventoryRows);

// Stream job "report.inventory" over a sealed *.khien file; a broken seal gives nothing.
[[nodiscard]] Job inventory_job();

}  // namespace khien::report
