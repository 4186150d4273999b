// Files an agency gave as evidence: kept in its folder (hub/data/office_files.h), read by a child,
// what they were taken for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

inline constexpr const char* kArchive = "archive";  // `why` of one, and its type for people

struct SourceRow {
  std::int64_t id = 0, agency_id = 0;
  std::int64_t parent_id = 0;      // the archive it lay in; 0: given by itself
  std::string name, path, sha256;  // path: below the folder of its agency
  std::int64_t bytes = 0, received_at = 0;
  std::string state = "waiting";   // waiting read partly unread
  Node entries = Node::list();     // of agency.yaml, without path
  bool stated = false;
  std::string certainty;           // "" = not read
  Node why, problem;               // JSON, see content/schema/0020_office.sql
  std::string reach;               // of one that is no file: network machine; "" = a file
  std::int64_t rows = -1;          // -1: unknown
  Node columns = Node::list();     // heading, field
  // Of the first entry: what the page speaks of.
  [[nodiscard]] std::string type() const;
  [[nodiscard]] std::string application() const;
  [[nodiscard]] bool is_archive() const;  // of files that are sources of their own
  [[nodiscard]] bool is_asked() const { return path.empty(); }  // no file: a domain, a portal
  [[nodiscard]] bool asks_network() const { return reach == "network"; }
  // Of one that is no file: where what was told in confidence lies, below the folder of its agency.
  [[nodiscard]] std::string kept_path() const;
  // Of an archive: where its files lie, below the folder of its agency.
  [[nodiscard]] std::string unpacked_path() const;
};

[[nodiscard]] Result<std::int64_t> add_source(const Database& db, const SourceRow& row);
[[nodiscard]] Done save_source(const Database& db, const SourceRow& row);
[[nodiscard]] Done delete_source(const Database& db, std::int64_t id);
[[nodiscard]] Result<std::optional<SourceRow>> find_source(const Database& db, std::int64_t id);
// Of this agency alone, newest first, ids below `before` (0: from the newest); `q` is looked for in
// the name.
[[nodiscard]] Result<std::vector<SourceRow>> list_sources(const Database& db,
                                                          std::int64_t agency_id,
                                                          const std::string& q,
                                                          std::int64_t before,
                                                          std::int64_t limit);
// Files that lay in an archive.
[[nodiscard]] Result<std::vector<SourceRow>> sources_in(const Database& db, std::int64_t parent_id);
// All that are read, oldest first: what an assessment uses.
[[nodiscard]] Result<std::vector<SourceRow>> usable_sources(const Database& db,
                                                            std::int64_t agency_id);

struct RegisterRows {
  std::string name;
  Node cells = Node::list();  // rows of texts, as typed
  std::int64_t updated_at = 0;
};
[[nodiscard]] Result<std::vector<RegisterRows>> all_registers(const Database& db,
                                                              std::int64_t agency_id);
[[nodiscard]] Result<RegisterRows> find_register(const Database& db, std::int64_t agency_id,
                                                 const std::string& name);
[[nodiscard]] Done save_register(const Database& db, std::int64_t agency_id,
                                 const RegisterRows& rows);

struct AttestationRow {
  std::int64_t id = 0, agency_id = 0;
  std::vector<std::string> kinds;
  std::string statement, signed_by, signed_on, valid_until;
  std::string file_name, file_path;  // "" = no file; path below the folder of its agency
  std::int64_t created_at = 0;
  std::int64_t withdrawn_at = 0;     // 0: stands
};
[[nodiscard]] Result<std::int64_t> add_attestation(const Database& db, const AttestationRow& row);
[[nodiscard]] Done set_attestation_file(const Database& db, std::int64_t id,
                                        const std::string& name, const std::string& path);
[[nodiscard]] Done withdraw_attestation(const Database& db, std::int64_t id, std::int64_t now);
// Of this agency alone, newest first, ids below `before` (0: from the newest).
[[nodiscard]] Result<std::vector<AttestationRow>> list_attestations(const Database& db,
                                                                    std::int64_t agency_id,
                                                                    std::int64_t before,
                                                                    std::int64_t limit);
[[nodiscard]] Result<std::optional<AttestationRow>> find_attestation(const Database& db,
                                                                     std::int64_t id);

}  // namespace khien::hub
