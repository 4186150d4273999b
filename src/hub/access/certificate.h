// The server's own certificate, for a centre that has none given to it: EC P-256, signed by itself,
// good for 397 days. People compare its fingerprint once, or the centre's own CA signs one instead.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace khien::hub {

inline constexpr std::int64_t kOwnCertificateDays = 397;

struct CertificateFacts {
  std::int64_t not_after_ms = 0;
  std::string sha256;   // fingerprint: hex, in pairs with colons
  bool own = false;     // signed by itself
  [[nodiscard]] std::int64_t days_left(std::int64_t now_ms) const;  // 0 on the last day, < 0 after
};

// What the server shows now, which is not always what the file holds.
class ServedCertificate {
 public:
  void set(const CertificateFacts& facts) {
    const std::lock_guard lock(mutex_);
    facts_ = facts;
  }
  [[nodiscard]] std::optional<CertificateFacts> get() const {  // none: plain HTTP
    const std::lock_guard lock(mutex_);
    return facts_;
  }

 private:
  mutable std::mutex mutex_;
  std::optional<CertificateFacts> facts_;
};

// `names`: host names and addresses it is good for; the first is its subject. The files are 0600.
// K0050, K0002.
[[nodiscard]] Done make_certificate(const std::filesystem::path& certificate,
                                    const std::filesystem::path& key,
                                    const std::vector<std::string>& names, std::int64_t now_ms);
// Of the first certificate of a PEM file. K0001, K1333 it is none.
[[nodiscard]] Result<CertificateFacts> read_certificate(const std::filesystem::path& certificate);
// This machine's name and the addresses of its interfaces.
[[nodiscard]] std::vector<std::string> own_names();

}  // namespace khien::hub
