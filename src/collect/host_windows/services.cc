// Services and open ports. Services are known twice: the control manager tells what runs, the
// registry what starts; without the first the second still answers.
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

constexpr std::size_t kRows = 5'000;
const std::string kServices = "HKLM\\SYSTEM\\CurrentControlSet\\Services";

void put_service(Survey& survey, const ServiceState& s, bool state_known) {
  if (s.driver || (s.start > 2 && !s.running)) return;
  Row& row = survey.add("service");
  put(row, "name", s.name);
  put(row, "kind", "windows");
  put_flag(row, "enabled", s.start <= 2);
  if (state_known) put_flag(row, "running", s.running);
  put(row, "command", survey.safe_command(s.path));
  put(row, "run_as", s.account);
  put(row, "unit_path", kServices + "\\" + s.name);
}

const char* scope_of(const std::string& address) {
  if (address.starts_with("127.") || address == "::1") return "loopback";
  return address == "0.0.0.0" || address == "::" ? "any" : "address";
}

}  // namespace

void collect_service(Survey& survey) {
  const Answer<std::vector<ServiceState>>& services = survey.answers.services;
  if (services.ok()) {
    for (const ServiceState& s : services.value) {
      if (survey.out.tables["service"].rows.size() >= kRows) {
        return survey.partial("service", "reason.host.too_many", "");
      }
      put_service(survey, s, true);
    }
    return;
  }
  const RegistryKey list = survey.registry.read(kServices);
  if (!list.ok()) return survey.missing("service", Survey::reason_of(list.problem), kServices);
  survey.partial("service", Survey::reason_of(services.problem), services.detail);
  survey.gap("service", "running", Survey::reason_of(services.problem));
  for (const std::string& name : list.subkeys) {
    const RegistryKey key = survey.registry.read(kServices + "\\" + name);
    const std::int64_t type = key.number("Type").value_or(1);
    if (!key.ok() || survey.out.tables["service"].rows.size() >= kRows) continue;
    put_service(survey, {name, key.text("ObjectName"), key.text("ImagePath"), (type & 0x30) == 0,
                         static_cast<int>(key.number("Start").value_or(3)), false}, false);
  }
}

void collect_listening_socket(Survey& survey) {
  const Answer<std::vector<Socket>>& sockets = survey.answers.sockets;
  if (!sockets.ok()) {
    return survey.missing("listening_socket", Survey::reason_of(sockets.problem), sockets.detail);
  }
  bool hidden = false;
  for (const Socket& s : sockets.value) {
    if (survey.out.tables["listening_socket"].rows.size() >= kRows) {
      return survey.partial("listening_socket", "reason.host.too_many", "");
    }
    Row& row = survey.add("listening_socket");
    put(row, "protocol", s.protocol);
    put(row, "address", s.address);
    row["port"] = s.port;
    put(row, "scope", scope_of(s.address));
    if (s.pid > 0) row["pid"] = s.pid;
    put(row, "program", s.program);
    put(row, "program_path", s.path);
    hidden = hidden || s.path.empty();
  }
  if (hidden) survey.gap("listening_socket", "program_path", "reason.host.owners_hidden");
}

}  // namespace khien::host_windows
