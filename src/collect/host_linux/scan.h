// What the parts of the collector share: the machine being read, what was already learned about
// it, and the collection being filled. One part a file, each named collect_<table>.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/host_linux/account_files.h"
#include "collect/host_linux/host_linux.h"
#include "collect/host_linux/packages.h"
#include "collect/host_linux/processes.h"

namespace khien::host {

struct Scan {
  const Files& files;
  const HostOptions& options;
  WorkerPool* pool;
  Collection& out;
  std::int64_t now = 0;
  std::string host;
  std::vector<Passwd> users;
  Packages packages;
  Updates updates;
  Processes processes;
  bool desktop = false;  // a graphical session can be started here

  Row& add(const std::string& table) {
    Row& row = out.add(table);
    row["host"] = host;
    return row;
  }
  // Makes the table present and complete if nothing was said about it yet.
  void begin(const std::string& table) { out.tables[table]; }
  // Worse news wins: missing over partial over complete; the first reason stays.
  void partial(const std::string& table, const std::string& reason, const std::string& detail);
  void missing(const std::string& table, const std::string& reason, const std::string& detail);
  void gap(const std::string& table, const std::string& column, const std::string& reason) {
    out.tables[table].gaps.emplace(column, reason);
  }
  [[nodiscard]] std::string login_of(std::int64_t uid) const;  // the number when unknown
};

inline void put(Row& row, const std::string& column, std::string_view value) {
  if (!value.empty()) row[column] = std::string(value);
}
inline void put_flag(Row& row, const std::string& column, bool value) {
  row[column] = std::int64_t{value};
}
template <class T>
void put_number(Row& row, const std::string& column, const std::optional<T>& value) {
  if (value) row[column] = static_cast<std::int64_t>(*value);
}
// The reason of content/text for a problem: reason.host.no_permission ...
[[nodiscard]] std::string reason_of(Problem problem);
// The words of a command that are paths, and its first word; everything else may hold a secret and
// becomes "…". At most 300 characters.
[[nodiscard]] std::string safe_command(std::string_view command);
// The first absolute path among the words of a command, without "-", "@" and "!" marks before it.
[[nodiscard]] std::string program_of(std::string_view command);

void collect_host(Scan& scan);
void collect_host_update(Scan& scan);
void collect_software(Scan& scan);
void collect_service(Scan& scan);
void collect_listening_socket(Scan& scan);
void collect_firewall(Scan& scan);
void collect_antivirus(Scan& scan);
void collect_disk_encryption(Scan& scan);
void collect_screen_lock(Scan& scan);
void collect_account(Scan& scan);
void collect_password_rule(Scan& scan);
void collect_autostart(Scan& scan);
void collect_certificate(Scan& scan);
void collect_browser_credential(Scan& scan);

}  // namespace khien::host
