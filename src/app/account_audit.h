// khien account audit: the controls on accounts alone, on a folder nobody described or an agency's
// own file. See account_audit.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.h"
#include "store/model.h"

namespace CLI {
class App;
}

namespace khien::app {

struct Context;
void add_account_audit(CLI::App& account, Context& context);

// Which account a finding is about, read from the facts.
struct AuditSubject {
  std::string agency, app, account, staff, name, unit, klass, observed;
};

// One line of the audit: a finding and its account. A browser finding speaks of a machine: it
// becomes a line for each profile with saved passwords.
struct AuditLine {
  const FindingRecord* finding = nullptr;
  AuditSubject subject;
};

[[nodiscard]] Result<std::vector<AuditLine>> audit_lines(const Assessment& assessment,
                                                         const Database& db);

}  // namespace khien::app
