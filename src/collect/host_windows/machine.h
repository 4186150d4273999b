// One Windows machine as its readers see it: the registry, the files, and the answers of the
// system's interfaces as plain structs. Live on Windows (src/windows), invented in tests. Only
// machine values: SIDs, RIDs, numbers, paths; never a translated name. All texts are UTF-8.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/windows/registry.h"

namespace khien::host_windows {

// Keys are written "HKLM\SOFTWARE\...", "HKLM32\SOFTWARE\..." (the 32-bit view, absent on a 32-bit
// system) and "HKU\<SID>\..." (loaded user hives only).
class Registry {
 public:
  virtual ~Registry() = default;
  [[nodiscard]] virtual RegistryKey read(const std::string& key) const = 0;
};

struct FileBytes {
  std::string bytes;
  Problem problem = Problem::absent;
  [[nodiscard]] bool ok() const { return problem == Problem::none; }
};
struct FileInfo {
  bool folder = false;
  bool link = false;  // a reparse point: never followed
  std::int64_t size = 0;
  std::int64_t modified_at = 0;  // ms UTC
};
struct Listing {
  Problem problem = Problem::absent;
  std::vector<std::string> names;  // sorted, without "." and ".."
  bool cut = false;
};
struct Signature {
  std::string signer;         // common name in the embedded signature; "" when there is none
  std::optional<bool> valid;  // the system's own verdict, revocation not asked; empty: not known
};

struct Digests {  // hex; all "" when the file could not be read
  std::string md5, sha1, sha256;
};

class Files {
 public:
  virtual ~Files() = default;
  [[nodiscard]] virtual FileBytes read(const std::string& path, std::size_t limit) const = 0;
  [[nodiscard]] virtual Listing list(const std::string& folder) const = 0;
  [[nodiscard]] virtual std::optional<FileInfo> info(const std::string& path) const = 0;
  // Hex; "" when the file cannot be read or is larger than `limit`.
  [[nodiscard]] virtual std::string sha256(const std::string& path, std::int64_t limit) const = 0;
  [[nodiscard]] virtual Digests digests(const std::string& path, std::int64_t limit) const = 0;
  [[nodiscard]] virtual Signature signature(const std::string& path) const = 0;
};

// What an interface answered, or why it did not.
template <class T>
struct Answer {
  Problem problem = Problem::absent;
  std::string detail;  // technical: the call and its code
  T value{};
  [[nodiscard]] bool ok() const { return problem == Problem::none; }
};

struct System {
  std::string computer;
  int major = 0;  // RtlGetVersion: the true version
  int minor = 0;
  int build = 0;
  bool server = false;       // VER_NT_SERVER or a domain controller
  std::string architecture;  // x64, x86, arm64: of the system, not of this program
  std::optional<bool> domain_joined;
  bool as_admin = false;
  std::optional<std::int64_t> booted_at;
  std::string windows_folder = "C:\\Windows";
  std::string program_data = "C:\\ProgramData";
  std::string program_files = "C:\\Program Files";
  std::string program_files_32;  // "" on a 32-bit system
};

struct LocalUser {
  std::string login, sid, full_name;
  std::uint32_t flags = 0;                    // UF_* of NetUserGetInfo
  std::optional<std::int64_t> password_age_s;
  std::optional<std::int64_t> last_login_s;   // seconds since 1970; 0: never on this machine
  std::optional<bool> password_expired;
};
struct PasswordRules {  // NetUserModalsGet levels 0 and 3
  std::int64_t min_length = 0;
  std::optional<std::int64_t> max_age_s;  // empty: forever
  std::int64_t history = 0;
  std::int64_t lockout_tries = 0;
};
struct ServiceState {
  std::string name, account, path;
  bool driver = false;
  int start = 3;  // 0 boot, 1 system, 2 automatic, 3 on demand, 4 disabled
  bool running = false;
};
struct Socket {
  std::string protocol, address;
  std::int64_t port = 0;
  std::int64_t pid = 0;
  std::string program, path;
};
struct SecurityProduct {  // root\SecurityCenter2: AntiVirusProduct, FirewallProduct
  std::string name, guid, path;
  std::uint32_t state = 0;
  bool firewall = false;
};
struct Volume {
  std::string mount, file_system;
  bool system = false;
  std::optional<int> protection;  // System.Volume.BitLockerProtection
  std::optional<bool> external;   // on a bus of disks that are carried about; empty: not known
};
struct ScheduledTask {
  std::string path, xml;
  bool enabled = false;
};
struct WmiConsumer {
  std::string kind, name, command;
};
struct StoreCertificate {
  std::string store, subject, name, issuer, serial, provider, signature, key_type;
  std::int64_t starts_at = 0, ends_at = 0;
  bool has_key = false;
  bool self_signed = false;
  std::optional<bool> hardware;  // the key is on a token or card
  int key_bits = 0;
};
struct Share {
  std::string name, path;
  bool special = false;  // C$, ADMIN$, IPC$
};
struct PendingUpdate {
  std::string title, kb;
  bool security = false;
};
struct UpdateSearch {  // the Windows Update agent's own, offline
  std::vector<PendingUpdate> pending;
  std::optional<std::int64_t> searched_at;  // last successful search with the service
};

struct DefenderStatus {  // root\Microsoft\Windows\Defender: MSFT_MpComputerStatus
  std::string mode;               // "Normal", "Passive Mode", "EDR Block Mode" ...; "" not told
  std::optional<bool> realtime;
  std::int64_t full_scan_at = 0;  // end of the last full scan, ms UTC; 0: none, or not told
};

struct Answers {
  System system;
  Answer<std::vector<LocalUser>> users;
  Answer<std::vector<std::string>> administrators;  // SIDs in S-1-5-32-544
  Answer<PasswordRules> password_rules;
  Answer<std::vector<ServiceState>> services;
  Answer<std::vector<Socket>> sockets;
  Answer<std::vector<SecurityProduct>> antivirus;
  Answer<DefenderStatus> defender;
  Answer<std::vector<Volume>> volumes;
  Answer<std::vector<ScheduledTask>> tasks;
  Answer<std::vector<WmiConsumer>> consumers;
  Answer<std::vector<StoreCertificate>> certificates;
  Answer<std::vector<Share>> shares;
  Answer<UpdateSearch> updates;
};

struct Machine {
  const Registry& registry;
  const Files& files;
  const Answers& answers;
};

}  // namespace khien::host_windows
