// The accounts and password rules of a directory: Active Directory, OpenLDAP, Zimbra, as LDIF, as
// text forms (format/directory/text_forms.h), or asked over LDAP (directory_server). Fills
// `account` and `password_rule`.
//
// All reading happens in one worker job; passwords and hashes end there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/node.h"
#include "base/worker.h"
#include "collect/agency.h"
#include "format/heading/lexicon.h"
#include "store/facts.h"

namespace khien {

inline constexpr std::size_t kDirectoryBytes = std::size_t{384} << 20;

// "directory.read": args {as_of}; a table is answered {shape: "table"}.
[[nodiscard]] std::vector<Job> directory_jobs();
// A file, or the server of source.network (`url`). nullopt: the file is a table, which is
// import_accounts()'s. K0970-K0979, K0001, K0003, K08xx.
[[nodiscard]] Result<std::optional<Collection>> collect_directory(const AgencySource& source,
                                                                  const Lexicon& lexicon,
                                                                  WorkerPool& pool,
                                                                  const Clock& clock);

}  // namespace khien
