// The seal ("mã chống sửa đổi") at the end of *.khien and *.facts files: 512 bytes after the SQLite
// bytes. It shows whether the bytes were changed and which key sealed them; it is no legal digital
// signature.
//
// Layout, little endian: 0 magic "KHIEN-SEAL-1\r\n\x1a\0" (16), 16 version u32 = 1, 20 zero u32,
// 24 length of the SQLite bytes u64, 32 SHA-256 of them (32), 64 Ed25519 public key (32),
// 96 Ed25519 signature over bytes 0..95 (64), 160 zeros to 512.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/hash.h"

namespace khien {

inline constexpr std::size_t kSealBytes = 512;

struct Sealed {
  std::string_view database;  // points into the bytes given
  bool intact = false;        // length and SHA-256 match
  bool signature_ok = false;  // the seal is signed by public_key
  std::string public_key;
  std::string sha256;         // of the whole file, hex: what papers cite
};

[[nodiscard]] Result<std::string> seal(std::string database_bytes, const KeyPair& key);
// K0210 not one of our files, K0211 cut short. A broken seal is a value, not an error.
[[nodiscard]] Result<Sealed> open_sealed(std::string_view file, std::string_view place);

// This installation's key in `folder`/key, made on first use, mode 0600; several first runs at once
// agree on one. K0214 unreadable, K0219 when others may read it, K0002 no such folder can be made.
[[nodiscard]] Result<KeyPair> own_key(const std::filesystem::path& folder);

// The keys its officer trusts, in `folder`/known_keys ("<fingerprint> <name>" a line).
struct KnownKey {
  std::string fingerprint;
  std::string name;
  bool whole = true;  // false: no fingerprint of this program's, it fits no key
};
// K0218 when others may write the list.
[[nodiscard]] Result<std::vector<KnownKey>> known_keys(const std::filesystem::path& folder);
// Adds one, or names it anew. K0220 for what is no fingerprint or no name.
[[nodiscard]] Done trust_key(const std::filesystem::path& folder, const std::string& print,
                             const std::string& name);
// "" when not known, or when the list cannot be used.
[[nodiscard]] std::string known_key_name(const std::filesystem::path& folder,
                                         std::string_view public_key);

}  // namespace khien
