// What an SPF record (RFC 7208) lets through, through its includes and redirects. Pure but for the
// questions it is handed. What cannot be decided stays empty: unknown, never good.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien::mail_domain {

struct SpfTerm {
  std::string text;       // as written
  std::string qualifier;  // pass | fail | softfail | neutral
  std::string name;       // all, include, a, mx, ptr, ip4, ip6, exists
  std::string target;     // what stands behind ":", lower case
  int prefix = -1;        // of IPv4; -1: none written, one host
  int prefix6 = -1;
};

struct SpfTerms {
  std::vector<SpfTerm> list;         // up to and with "all"
  std::string all;                   // its qualifier; "" = no "all"
  std::string redirect;              // counts only without "all"
  int lookups = 0;                   // terms of this record that cost a DNS question
  bool malformed = false;            // receivers give up on the record (permerror)
};
[[nodiscard]] SpfTerms spf_terms(std::string_view text);

struct SpfDns {
  // TXT records of a name that are SPF; empty: there is none.
  std::function<Result<std::vector<std::string>>(const std::string& name)> records;
  // Addresses (or with `mx` mail servers) of a name; empty: a void look-up.
  std::function<Result<std::vector<std::string>>(const std::string& name, bool mx)> targets;
};

struct SpfFacts {
  std::string all;              // of the record or of where it redirects to; "pass" when it is open
  std::string open_by;          // "gui.example: +all": the term that lets (nearly) everyone send
  std::optional<int> lookups;   // include, a, mx, ptr, exists, redirect, counted through includes
  std::optional<int> voids;     // of them, names that do not exist or have no such record
  bool broken = false;          // malformed, several records, a loop, an include without a record
};
// Asks for at most kSpfQuestions names: a receiver gives up after 10.
inline constexpr int kSpfQuestions = 40;
[[nodiscard]] SpfFacts follow_spf(const std::string& domain, std::string_view text,
                                  const SpfDns& dns);

}  // namespace khien::mail_domain
