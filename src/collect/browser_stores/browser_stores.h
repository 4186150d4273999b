// Browser password stores copied from machines into a folder: <machine>/<user>/.../Login Data (or
// Login Data For Account, logins.json). Counted in workers, as on the machine itself; nothing but
// counts and the agency's own domains comes back. Fills browser_credential and, since it tells of
// machines, host.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "collect/source/source.h"

namespace khien {

[[nodiscard]] bool is_browser_store(const std::filesystem::path& file);
// K0406 when the folder holds no store.
[[nodiscard]] Result<Collection> collect_browser_stores(const std::filesystem::path& folder,
                                                        const std::string& written,
                                                        const std::vector<std::string>& domains,
                                                        WorkerPool& pool);
[[nodiscard]] Collections read_browser_stores(const AgencySource& source, Reading& reading);

}  // namespace khien
