// Signing in at an OpenID provider: OpenID Connect Core 1.0, code flow (RFC 6749, 4.1) with PKCE
// (RFC 7636, S256). The token comes from the provider itself over TLS whose certificate is checked,
// which stands in for the check of its signature (Core, 3.1.3.7, 6).
#pragma once

#include <string>

#include "base/error.h"
#include "base/node.h"

namespace khien::hub {

struct OpenIdProvider {
  std::string issuer;                        // https://...
  std::string client;                        // client_id
  std::string name;                          // as the button says it
  std::string claim = "preferred_username";  // whose value is the login here
  std::string address;                       // of this hub as browsers know it: https://...
  std::string authorities;                   // PEM; "" takes those of the system
  [[nodiscard]] bool set() const { return !issuer.empty() && !client.empty() && !address.empty(); }
  [[nodiscard]] std::string back() const;    // the redirect_uri
};
[[nodiscard]] OpenIdProvider openid_provider_from(const Node& node);
[[nodiscard]] Node openid_provider_node(const OpenIdProvider& provider);
// K1352: an address that is not https, a claim or client that is missing.
[[nodiscard]] Done check_openid_provider(const OpenIdProvider& provider);

// The file of the data folder (0600) with client_secret; a client without one is public.
inline constexpr const char* kClientSecret = "openid.secret";

struct OpenIdEndpoints {
  std::string authorization, token;
};
// OpenID Connect Discovery 1.0, 4. K1353.
[[nodiscard]] Result<OpenIdEndpoints> discover(const OpenIdProvider& provider);

struct OpenIdRound {
  std::string state, nonce, verifier;
};
// Where the browser is sent.
[[nodiscard]] std::string authorization_address(const OpenIdProvider& provider,
                                                const OpenIdEndpoints& endpoints,
                                                const OpenIdRound& round);

struct OpenIdPerson {
  std::string subject;  // issuer and subject: for ever the same person
  std::string login;    // of the claim; "" when the token has none
};
// What an ID token says (Core, 3.1.3.7): issuer, audience, time (60 s of grace), nonce. K1353.
[[nodiscard]] Result<OpenIdPerson> person_of(const OpenIdProvider& provider,
                                             std::string_view id_token, const std::string& nonce,
                                             std::int64_t now_ms);
// The code for the token of the person. K1353.
[[nodiscard]] Result<OpenIdPerson> redeem(const OpenIdProvider& provider,
                                          const OpenIdEndpoints& endpoints,
                                          const std::string& secret, const std::string& code,
                                          const OpenIdRound& round, std::int64_t now_ms);

}  // namespace khien::hub
