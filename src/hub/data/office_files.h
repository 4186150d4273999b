// Files of agencies: office/<agency id>/ with nguon/ (sources), bi-mat/ (passwords to sources),
// so-theo-doi/ (registers), xac-nhan/ (papers of attestations) and what a child reads of them.
// Paths in rows are below it.
#pragma once

#include <filesystem>

#include "base/sqlite.h"

namespace khien::hub {

inline constexpr const char* kOffices = "office";             // below the data folder
inline constexpr const char* kSources = "nguon";              // below an agency's
inline constexpr const char* kConfided = "bi-mat";           // told in confidence, 0600
inline constexpr const char* kRegisters = "so-theo-doi";
inline constexpr const char* kAttestationPapers = "xac-nhan";

[[nodiscard]] std::filesystem::path office_of(const std::filesystem::path& data_folder,
                                              std::int64_t agency_id);

// A data folder whose agencies still share one office/: each file goes to the agency whose row
// names it; what no row names stays where it lies. Broken off it goes on at the next call; a folder
// that is parted is left alone. K0002.
[[nodiscard]] Done part_offices(const std::filesystem::path& data_folder, const Database& db);

}  // namespace khien::hub
