// The facts of one Windows machine, read without changing it. No translated word is compared, no
// traffic sent, nothing written. Run by an ordinary user it sees less and says exactly what.
//
// Fills: host, host_update, installed_update, software, service, listening_socket, firewall,
// antivirus, disk_encryption, screen_lock, autostart, certificate, sign_certificate,
// browser_credential, account, password_rule, and scan_run when files were compared with a list.
// UNVERIFIED on real Windows: run under Wine and over invented machines so far.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/content.h"
#include "collect/host_windows/machine.h"
#include "store/facts.h"

namespace khien::host_windows {

inline constexpr std::size_t kStoreBytes = std::size_t{6} << 20;  // a browser's store, and its log
inline constexpr std::int64_t kHashBytes = 64 << 20;              // a file that is hashed

struct Options {
  Node lifecycle;  // content/lifecycle/windows.yaml
  Node products;   // content/lifecycle/windows_products.yaml
  std::vector<std::string> watched_domains;
  std::string agency;
  std::function<void(std::string_view table)> progress;  // before each part
};

[[nodiscard]] Result<Options> options_from(const Content& content);
[[nodiscard]] Collection collect_host_windows(const Machine& machine, const Clock& clock,
                                              const Options& options);

}  // namespace khien::host_windows
