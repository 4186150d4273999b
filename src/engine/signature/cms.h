// One CMS signature (RFC 5652) over given bytes: is the digest intact and the signature value
// right for the certificate beside it, and what that certificate shows by itself. Whether its chain
// ends in a trusted root is not looked at, and revocation only in what the document holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/signature/certificate_checks.h"

namespace khien::signature {

struct CmsAnswer {
  std::optional<bool> intact;  // nullopt: cannot be said, see reason
  std::string reason;          // text id of content/text, when not intact or not known
  std::string signer, issuer;  // common names (else organisation), UTF-8
  std::string serial;          // upper-case hex
  std::string issuer_id;       // engine/signature/revocation_list.h
  std::string digest;          // "SHA256"
  std::optional<std::int64_t> valid_from_ms, valid_to_ms, signed_ms;
  std::optional<std::int64_t> stamped_ms;  // by a time stamp over the signature's value
  std::optional<std::int64_t> good_until_ms;  // Revocation
  // Of certificate_problems(); "revoked", "weak_digest" (MD5, SHA-1).
  std::vector<std::string> problems;
};

// `parts`: the signed bytes in order. `sub_filter` as in ISO 32000-2 table 255. `cms` may end in
// zeros. Never fails: what cannot be read is not intact, and says why.
[[nodiscard]] CmsAnswer check_cms(std::string_view cms, const std::vector<std::string_view>& parts,
                                  std::string_view sub_filter, Evidence evidence = {});

}  // namespace khien::signature
