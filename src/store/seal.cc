// Sealing. The signature covers the header with the digest, so a file can be checked in one pass.
#include "store/seal.h"

#include "store/seal_layout.h"

namespace khien {
namespace {

void put(std::string& out, std::uint64_t v, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(v >> (8 * i));
}

}  // namespace

Result<std::string> seal(std::string bytes, const KeyPair& key) {
  std::string head(kSealMagic);
  put(head, 1, 4);
  put(head, 0, 4);
  put(head, bytes.size(), 8);
  head += seal_digest(bytes);
  head += key.public_key;
  KHIEN_TRY(const std::string signature, ed25519_sign(key, head));
  bytes += head + signature;
  bytes.append(kSealBytes - kSealSigned - 64, '\0');
  return bytes;
}

}  // namespace khien
