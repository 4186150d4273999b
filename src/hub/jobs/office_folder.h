// The folder of an agency, as a child reads it: agency.yaml with its sources, registers,
// attestations; and confirmed dispatches as programmes. Written from the rows before each reading;
// JSON, which is YAML too.
#pragma once

#include <filesystem>

#include "hub/data/data.h"
#include "hub/data/dispatch.h"
#include "hub/data/measure.h"
#include "hub/data/source.h"

namespace khien::hub {

// Its agency.yaml, and what that names that is made of rows. K1340 when the agency has no name.
[[nodiscard]] Result<std::filesystem::path> write_office_folder(const Data& data,
                                                                const Database& db,
                                                                std::int64_t agency_id);
// folder/agency.yaml with who the agency is and who signs, no sources: for a paper it writes. Its
// name in the tree stands in where the office's profile has none.
[[nodiscard]] Result<std::filesystem::path> write_sender(const Database& db,
                                                         std::int64_t agency_id,
                                                         const std::filesystem::path& folder);
// A programme (khien assess --programme) named "cv-<id>": what was confirmed, without titles, what
// was dropped and what an officer said is not the agency's.
[[nodiscard]] Node programme_node(const DispatchRow& dispatch,
                                  const std::vector<MeasureRow>& measures);
inline constexpr std::string_view kProgrammePrefix = "cv-";

// "so-theo-doi/duty.csv", below the folder of the agency.
[[nodiscard]] std::filesystem::path register_path(const std::string& name);
// One line a row, every cell quoted.
[[nodiscard]] std::string csv_of(const std::vector<std::string>& headings, const Node& cells);
// A name that a file may have: of the one people gave, without what separates folders.
[[nodiscard]] std::string safe_name(const std::string& name);

}  // namespace khien::hub
