// Updates: what waits, what is installed, and whether they come at all. A count is written only
// when it was counted: without a search of the update agent "pending" is unknown, never zero.
#include <algorithm>

#include "base/calendar.h"
#include "base/text.h"
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

const std::string kUpdateKey = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate";
const std::string kUpdatePolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate";
const std::string kServicing =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing";
// CurrentState 0x70 (112) is installed, 0x50 staged, 0x40 on its way out.
constexpr std::int64_t kInstalled = 0x70;
constexpr std::size_t kPackages = 50'000;

bool service_off(const Survey& survey) {
  const ServiceState* service = survey.service("wuauserv");
  return service != nullptr && service->start == 4;
}

// The day until which somebody paused updates; "" when nobody did or the time is over.
std::string paused_until(const Survey& survey) {
  const RegistryKey settings =
      survey.registry.read("HKLM\\SOFTWARE\\Microsoft\\WindowsUpdate\\UX\\Settings");
  std::string last;
  for (const char* name : {"PauseUpdatesExpiryTime", "PauseQualityUpdatesEndTime"}) {
    const std::string day = settings.text(name).substr(0, 10);
    if (parse_date(day) && day > last) last = day;
  }
  return last >= to_iso(local_date(survey.now)) ? last : "";
}

// AUOptions: 4 installs by itself; 2, 3 and 7 ask; 5 leaves it to the machine's own setting.
std::optional<bool> automatic_updates(const Survey& survey) {
  const RegistryKey policy = survey.registry.read(kUpdatePolicy + "\\AU");
  const RegistryKey own = survey.registry.read(kUpdateKey + "\\Auto Update");
  if (service_off(survey) || policy.number("NoAutoUpdate").value_or(0) == 1) return false;
  if (!paused_until(survey).empty()) return false;
  auto option = policy.number("AUOptions");
  if (!option || *option == 5) option = own.number("AUOptions");
  if (option) return *option == 4;
  // Since Windows 10 without a setting they install themselves; Server waits for somebody.
  if (survey.answers.system.major < 10) return std::nullopt;
  if (survey.answers.system.server) return false;
  return survey.answers.services.ok() ? std::optional(true) : std::nullopt;
}

// Where updates come from: the maker, the agency's own server, or nowhere: a server that is this
// very machine is how people switch updates off.
std::string update_source(const Survey& survey) {
  const RegistryKey policy = survey.registry.read(kUpdatePolicy);
  const bool own = survey.registry.read(kUpdatePolicy + "\\AU").number("UseWUServer") == 1;
  std::string server = ascii_lower(policy.text("WUServer"));
  if (!own || server.empty()) return service_off(survey) ? "none" : "maker";
  if (const std::size_t at = server.find("//"); at != server.npos) server.erase(0, at + 2);
  server = server.substr(0, server.find_first_of("/?"));
  if (!server.starts_with('[')) server = server.substr(0, server.find(':'));
  const bool itself = server.starts_with("127.") || server == "localhost" || server == "0.0.0.0" ||
                      server.starts_with("[::1]") || server.empty();
  return itself || service_off(survey) ? "none" : "wsus";
}

// The text "2024-05-12 08:30:11" of UTC that Windows 7 and 8 keep.
std::optional<std::int64_t> last_search(const Survey& survey) {
  const RegistryKey key = survey.registry.read(kUpdateKey + "\\Auto Update\\Results\\Detect");
  const std::string text = key.text("LastSuccessTime");
  const auto day = parse_date(std::string_view(text).substr(0, 10));
  if (!day) return std::nullopt;
  return to_days(*day) * kDayMs;
}

struct Component {  // as servicing names its packages
  std::string kb, name, version;
};

// "Package_for_RollupFix~31bf3856ad364e35~amd64~~26100.9457.1.0" -> RollupFix, 26100.9457: the
// cumulative update of that revision. "Package_for_KB5031356~..." -> its article.
Component component_of(const std::string& package) {
  constexpr std::string_view mark = "Package_for_";
  Component out{kb_in(package), "", ""};
  if (!package.starts_with(mark)) return out;
  out.name = package.substr(mark.size(), package.find('~') - mark.size());
  if (out.name != "RollupFix") return out;
  const std::string version = package.substr(package.rfind('~') + 1);
  std::size_t end = version.find('.');
  if (end != version.npos) end = version.find('.', end + 1);
  out.version = version.substr(0, end);
  return out;
}

}  // namespace

void put_updates(Survey& survey, Row& row) {
  const Answer<UpdateSearch>& search = survey.answers.updates;
  if (const auto on = automatic_updates(survey)) put_flag(row, "automatic_updates", *on);
  else survey.gap("host", "automatic_updates", "reason.windows.no_setting");
  const std::string source = update_source(survey);
  put(row, "update_source", source);
  put_flag(row, "security_source", source != "none");
  put(row, "updates_resume_on", paused_until(survey));
  std::optional<std::int64_t> at = search.value.searched_at;
  if (!at) at = last_search(survey);
  const char* reason =
      service_off(survey) ? "reason.windows.update_service_off" : "reason.windows.no_update_search";
  if (search.ok()) {
    const auto& pending = search.value.pending;
    row["pending_updates"] = static_cast<std::int64_t>(pending.size());
    row["pending_security_updates"] = static_cast<std::int64_t>(
        std::count_if(pending.begin(), pending.end(),
                      [](const PendingUpdate& u) { return u.security; }));
  } else {
    for (const char* column : {"pending_updates", "pending_security_updates"}) {
      survey.gap("host", column, reason);
    }
  }
  if (at) row["package_lists_at"] = *at;
  else survey.gap("host", "package_lists_at", reason);
}

void collect_installed_update(Survey& survey) {
  const RegistryKey packages = survey.registry.read(kServicing + "\\Packages");
  if (!packages.ok()) {
    survey.missing("installed_update", Survey::reason_of(packages.problem), kServicing);
    return;
  }
  std::map<std::pair<std::string, std::string>, std::int64_t> newest;  // article, build
  std::size_t seen = 0;
  for (const std::string& name : packages.subkeys) {
    const Component component = component_of(name);
    if (component.kb.empty() && component.version.empty()) continue;
    if (++seen > kPackages) {
      survey.partial("installed_update", "reason.host.too_many", kServicing);
      break;
    }
    const RegistryKey package = survey.registry.read(kServicing + "\\Packages\\" + name);
    survey.note("installed_update", package.problem, name);
    if (package.number("CurrentState") != kInstalled) continue;
    const auto high = static_cast<std::uint64_t>(package.number("InstallTimeHigh").value_or(0));
    const auto low = static_cast<std::uint64_t>(package.number("InstallTimeLow").value_or(0));
    std::int64_t& at = newest[{component.kb, component.version}];
    at = std::max(at, filetime_ms(high << 32 | (low & 0xFFFFFFFF)));
  }
  for (const auto& [what, at] : newest) {
    Row& row = survey.add("installed_update");
    put(row, "kb", what.first);
    put(row, "build", what.second);
    if (at > 0) row["installed_on"] = to_iso(local_date(at));
  }
}

void collect_host_update(Survey& survey) {
  const Answer<UpdateSearch>& search = survey.answers.updates;
  if (!search.ok()) {
    survey.missing("host_update", service_off(survey) ? "reason.windows.update_service_off"
                                                  : "reason.windows.no_update_search",
                 search.detail);
    return;
  }
  for (const PendingUpdate& u : search.value.pending) {
    Row& row = survey.add("host_update");
    put(row, "package", u.title);
    put(row, "state", "pending");
    put_flag(row, "security", u.security);
    put(row, "advisory", u.kb);
    put(row, "source", "Windows Update");
    put_number(row, "lists_at", search.value.searched_at);
  }
}

}  // namespace khien::host_windows
