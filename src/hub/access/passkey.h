// Security keys in the browser (WebAuthn Level 2: USB keys, Windows Hello, phones), by libfido2.
// Pure: what a browser sent goes in, what is true of it comes out. No statement about the make of a
// key is asked for (attestation "none"), so a key is known by its authenticator data alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace khien::hub {

// Bytes of what a browser sends, at most (authenticator data with an RSA key: about 1,400).
inline constexpr std::size_t kClientDataBytes = 4096;
inline constexpr std::size_t kAuthenticatorBytes = 4096;
inline constexpr std::size_t kSignatureBytes = 1024;
inline constexpr std::size_t kCredentialBytes = 1023;  // WebAuthn, 4: credential id

// Where a page stands: of "hub.test:8443" by TLS host "hub.test", origin "https://hub.test:8443".
struct PageAddress {
  std::string host;
  std::string origin;
  bool secure = false;
};
[[nodiscard]] PageAddress page_address(std::string_view host_header, bool secure);
// Why browsers use no keys on that page: "" (they do), "address" (the host is no name),
// "insecure" (no TLS, and another machine).
[[nodiscard]] std::string keys_unfit(const PageAddress& page);

// base64url without padding (RFC 4648, 5); nullopt for what is none.
[[nodiscard]] std::string base64url_text(std::string_view bytes);
[[nodiscard]] std::optional<std::string> base64url_bytes(std::string_view text);

// What the page of this address was asked and answers. K1336 (args: why).
enum class KeyAct { make, show };
[[nodiscard]] Result<std::string> challenge_of(std::string_view client_data, KeyAct act,
                                               const PageAddress& page);

struct PublicKey {
  int algorithm = 0;  // COSE: -7 ES256, -8 EdDSA, -257 RS256
  std::string bytes;  // as libfido2 keeps it
};
inline constexpr int kKeyAlgorithms[] = {-7, -8, -257};

struct MadeKey {
  std::string credential;  // its id, raw
  PublicKey key;
  std::uint32_t counter = 0;
  bool verified = false;   // it knew its owner: PIN, finger, face
};
// K1336: bytes that are none, of another host, without a touch, of another algorithm.
[[nodiscard]] Result<MadeKey> made_key(const PageAddress& page,
                                       std::string_view authenticator_data);

struct ShownKey {
  std::uint32_t counter = 0;
  bool verified = false;
};
struct KeyAnswer {  // raw bytes
  std::string credential, client_data, authenticator_data, signature;
};
// That the key made the signature, for this host, touched. K1336.
[[nodiscard]] Result<ShownKey> shown_key(const PageAddress& page, const PublicKey& key,
                                         const KeyAnswer& answer);

}  // namespace khien::hub
