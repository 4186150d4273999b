// SHA-256 (FIPS 180-4) and Ed25519 (RFC 8032), both by OpenSSL. Keys are raw 32-byte strings.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace khien {

[[nodiscard]] std::string sha256_hex(std::string_view bytes);
[[nodiscard]] std::string hex(std::string_view bytes);
[[nodiscard]] Result<std::string> unhex(std::string_view text);

class Sha256 {  // incremental; one owner, one thread
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  [[nodiscard]] std::string finish();  // 32 raw bytes; call once

 private:
  void* context_;
};

struct KeyPair {
  std::string public_key;  // 32 bytes
  std::string secret_key;  // 32 bytes (the seed); wiped by wipe()
};
[[nodiscard]] Result<KeyPair> make_key_pair();
[[nodiscard]] Result<KeyPair> key_pair_from_seed(std::string_view seed32);
[[nodiscard]] Result<std::string> ed25519_sign(const KeyPair& key, std::string_view message);
// False for keys of small order, for which anybody can sign.
[[nodiscard]] bool ed25519_verify(std::string_view public_key, std::string_view message,
                                  std::string_view signature64);
// First 32 hex digits (128 bits) of SHA-256 of the public key, in groups of four: what people
// compare.
[[nodiscard]] std::string fingerprint(std::string_view public_key);
void wipe(std::string& secret);
[[nodiscard]] Result<std::string> random_bytes(std::size_t count);

}  // namespace khien
