// From the findings of an audit to the accounts they are about, as people know them.
#pragma once

#include <string>
#include <vector>

#include "base/sqlite.h"
#include "base/texts.h"
#include "store/model.h"

namespace khien::report {

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

// What is wrong with an account that fails this control, for lists of accounts: the control's fifth
// sentence, app.account.problem.<id>, or its title where it has none.
[[nodiscard]] std::string problem_words(const Texts& texts, const std::string& control);

}  // namespace khien::report
