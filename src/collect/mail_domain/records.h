// What SPF (RFC 7208), DMARC (RFC 7489) and DKIM (RFC 6376, 8463) records say. Pure: text in,
// values out. What cannot be decided stays empty: unknown, never good.
#pragma once

#include <functional>
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

struct SpfTerms {
  std::string all;                   // pass | fail | softfail | neutral; "" = no "all"
  std::string redirect;              // counts only without "all"
  std::vector<std::string> include;
  int lookups = 0;                   // terms of this record that cost a DNS question
  bool malformed = false;
  bool macros = false;               // a target that depends on the mail: cannot be followed
};
[[nodiscard]] SpfTerms spf_terms(std::string_view text);

// The record of a name: exactly one TXT that is SPF. Empty: there is none, or several.
using SpfLookup = std::function<Result<std::vector<std::string>>(const std::string& name)>;

struct SpfFacts {
  std::string all;              // of the record, or of where it redirects to
  std::optional<int> lookups;   // include, a, mx, ptr, exists, redirect, counted through includes
  bool broken = false;          // malformed, several records, a loop, an include without a record
};
// At most 20 questions: a receiver gives up after 10.
[[nodiscard]] SpfFacts follow_spf(const std::string& domain, std::string_view text,
                                  const SpfLookup& lookup);

// "k=v; k=v": names in lower case, the first of a repeated name.
[[nodiscard]] std::map<std::string, std::string> tags_of(std::string_view text);

struct DmarcFacts {
  std::string policy;            // none | quarantine | reject; "" = not readable
  std::string subdomain_policy;  // "" = as policy
  std::optional<int> percent;    // 100 when not written
};
[[nodiscard]] DmarcFacts dmarc_facts(std::string_view text);

// "mail_domain.dkim": the text of a DKIM record -> {state: key | revoked | malformed,
// type: RSA | ED25519, bits}.
[[nodiscard]] Result<Node> read_dkim(const JobInput& input);

}  // namespace khien::mail_domain
