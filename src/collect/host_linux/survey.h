// What the parts of the collector share: the machine being read and what was already learned about
// it. One part a file, each named collect_<table>.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/host_linux/account_files.h"
#include "collect/host_linux/host_linux.h"
#include "collect/host_linux/packages.h"
#include "collect/host_linux/processes.h"
#include "collect/host_linux/user_records.h"
#include "collect/source/machine_survey.h"

namespace khien::host {

struct Survey : MachineSurvey {
  const Files& files;
  const HostOptions& options;
  WorkerPool* pool;
  std::vector<Passwd> users;  // of /etc/passwd and of user records
  UserRecords records;
  Packages packages;
  Updates updates;
  Processes processes;
  bool desktop = false;  // a graphical session can be started here

  [[nodiscard]] std::string login_of(std::int64_t uid) const;  // the number when unknown
  [[nodiscard]] bool has_record(std::string_view login) const;
};

// The reason of content/text for a problem: reason.host.no_permission ...
[[nodiscard]] std::string reason_of(Problem problem);
// The words of a command that are paths, and its first word; everything else may hold a secret and
// becomes "…". At most 300 characters.
[[nodiscard]] std::string safe_command(std::string_view command);
// The first absolute path among the words of a command, without "-", "@" and "!" marks before it.
[[nodiscard]] std::string program_of(std::string_view command);

void collect_host(Survey& survey);
void collect_host_update(Survey& survey);
void collect_software(Survey& survey);
void collect_service(Survey& survey);
void collect_listening_socket(Survey& survey);
void collect_firewall(Survey& survey);
void collect_antivirus(Survey& survey);
void collect_disk_encryption(Survey& survey);
void collect_screen_lock(Survey& survey);
void collect_account(Survey& survey);
void collect_password_rule(Survey& survey);
void collect_autostart(Survey& survey);
void collect_certificate(Survey& survey);
void collect_browser_credential(Survey& survey);

}  // namespace khien::host
