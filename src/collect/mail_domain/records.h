// What DMARC (RFC 7489) and DKIM (RFC 6376, 8463) records say. Pure: text in,
// values out. What cannot be decided stays empty: unknown, never good.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/worker.h"

namespace khien::mail_domain {

// Does a TXT record begin with this version tag, as a word of its own ("v=spf1", "v=DMARC1")?
[[nodiscard]] bool is_record(std::string_view text, std::string_view version);

// "k=v; k=v": names in lower case, the first of a repeated name.
[[nodiscard]] std::map<std::string, std::string> tags_of(std::string_view text);

struct DmarcFacts {
  std::string policy;            // none | quarantine | reject; "" = not readable
  std::string subdomain_policy;  // "" = as policy
  std::optional<int> percent;    // 100 when not written
};
[[nodiscard]] DmarcFacts dmarc_facts(std::string_view text);

// "mail_domain.dkim": the text of a DKIM record -> {state: key | revoked | malformed |
// not_for_mail, type: RSA | ED25519, bits, testing (t=y: receivers treat its mail as unsigned),
// old_hash (h= allows SHA-1 alone)}.
[[nodiscard]] Result<Node> read_dkim(const JobInput& input);

}  // namespace khien::mail_domain
