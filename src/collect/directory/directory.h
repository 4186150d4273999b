// The accounts and password rules of a directory: Active Directory, OpenLDAP, Zimbra, as LDIF, as
// text forms (format/directory/text_forms.h), or asked over LDAP (live.h). Fills
// `account` and `password_rule`.
//
// All reading happens in one worker job; passwords and hashes end there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collect/source/source.h"

namespace khien {

inline constexpr std::size_t kDirectoryBytes = std::size_t{384} << 20;

// "directory.read": args {as_of}; a table is answered {shape: "table"}.
[[nodiscard]] std::vector<Job> directory_jobs();
// A file, or the server that `url` names. nullopt: the file is a table, which is
// import_accounts()'s. K0970-K0979, K0001, K0003, K08xx.
[[nodiscard]] Result<std::optional<Collection>> collect_directory(const AgencySource& source,
                                                                  const Lexicon& lexicon,
                                                                  WorkerPool& pool,
                                                                  const Clock& clock);

// A file: path, app, scope, host, agency, sheet, columns. A server: url and what live_spec() reads.
[[nodiscard]] Result<std::string> check_directory(const Node& map, const std::string& place);
[[nodiscard]] Collections read_directory(const AgencySource& source, Reading& reading);

}  // namespace khien
