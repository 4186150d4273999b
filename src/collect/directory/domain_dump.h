// What secretsdump adds behind the hashes of a domain's accounts when it is asked to:
// "so.test\an:1103:LM:NT::: (pwdLastSet=2026-01-20 08:15) (status=Enabled)". The hashes
// themselves are the business of password stores.
#pragma once

#include <string_view>
#include <vector>

#include "store/facts.h"

namespace khien::directory {

// A line of the text tells when a password was set or whether an account is enabled.
[[nodiscard]] bool looks_like_domain_dump(std::string_view text);
// Accounts of people alone: no machines ("PC1$"), krbtgt or former passwords ("an_history0"). Times
// are the clock's of the machine that wrote them: Vietnam's.
[[nodiscard]] std::vector<Row> domain_dump_rows(std::string_view text);

}  // namespace khien::directory
