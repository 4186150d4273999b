// What the parts of the collector share. One part a file, each named collect_<table>.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collect/host_windows/host_windows.h"
#include "collect/source/machine_survey.h"

namespace khien::host_windows {

struct Profile {  // a folder below C:\Users and the account it belongs to
  std::string sid, folder, login;
};

struct Survey : MachineSurvey {
  const Registry& registry;
  const Files& files;
  const Answers& answers;
  const Options& options;
  std::vector<Profile> profiles;

  // A key or answer that could not be read makes the table partial; absent is no news.
  void note(const std::string& table, Problem problem, const std::string& detail) {
    if (problem != Problem::none && problem != Problem::absent) {
      partial(table, reason_of(problem), detail);
    }
  }
  [[nodiscard]] static std::string reason_of(Problem problem);
  // %SystemRoot% and its like replaced; other variables stay as they are.
  [[nodiscard]] std::string expand(const std::string& text) const;
  // The first file a command line runs, expanded; "" when it names none with a path.
  [[nodiscard]] std::string program_of(const std::string& command) const;
  // The program and those arguments that are paths; the rest may hold a secret and becomes "…".
  [[nodiscard]] std::string safe_command(const std::string& command) const;
  [[nodiscard]] std::string login_of(const std::string& sid) const;  // the SID when unknown
  [[nodiscard]] const ServiceState* service(std::string_view name) const;
};

// A state of root\SecurityCenter2: 0x1000 on (0x2000 snoozed, 0x3000 expired), 0x0010 signatures
// out of date.
[[nodiscard]] inline bool is_on(std::uint32_t state) { return (state & 0xF000) == 0x1000; }
[[nodiscard]] inline bool is_outdated(std::uint32_t state) { return (state & 0x00F0) != 0; }

inline constexpr std::uint32_t kAccountDisabled = 0x2;  // UF_ACCOUNTDISABLE

// "KB" and the digits that follow it in any text; "" when there is none.
[[nodiscard]] std::string kb_in(std::string_view text);

void put_updates(Survey& survey, Row& row);  // of the host row

void collect_host(Survey& survey);
void collect_host_update(Survey& survey);
void collect_installed_update(Survey& survey);
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

}  // namespace khien::host_windows
