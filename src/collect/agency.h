// agency.yaml: who the agency is and where its facts lie. Paths are relative to the file.
// samples/agency/agency.yaml is the commented model to copy.
#pragma once

#include <filesystem>
#include <string_view>

#include "collect/source/source.h"

namespace khien {

// K0001, K0010-K0016 and K0413 with "place:line". That a source's file is there is checked by
// collect(): one missing source must not stop the others.
[[nodiscard]] Result<Agency> load_agency(const std::filesystem::path& path);
[[nodiscard]] Result<Agency> parse_agency(std::string_view text, const std::filesystem::path& path);
// Without agency.yaml: this machine alone.
[[nodiscard]] Agency this_host();

}  // namespace khien
