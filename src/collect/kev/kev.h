// The catalogue of exploited holes as published, JSON or CSV, which the agency supplies as a file.
// Fills known_exploited. Nothing is fetched.
#pragma once

#include <vector>

#include "collect/source/source.h"

namespace khien::vuln {

[[nodiscard]] Collections read_kev(const AgencySource& source, Reading& reading);  // K0484

[[nodiscard]] std::vector<Job> kev_jobs();  // "vuln.kev"

}  // namespace khien::vuln
