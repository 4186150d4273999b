// When a screen locks by itself: the machine's limit of idleness, each user's screen saver that
// asks for the password, and sleep that asks for it on waking; the soonest of them counts. A value
// that is absent is Windows' own default, not "never".
#include <algorithm>

#include "base/text.h"
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

constexpr std::int64_t kDefaultTimeout = 900;  // of a screen saver without a time of its own
const std::string kPower = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Power";
const std::string kPowerPolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Power\\PowerSettings";
const std::string kSleepGroup = "238c9fa8-0aad-41ed-83f4-97be242c8f20";
const std::string kSleepAfter = "29f6c1db-86da-48c5-9fdb-f2b67b1f44da";
const std::string kAskOnWake = "0e796bdb-100d-47d6-a2d5-f7d2daa51f51";
const std::string kNoGroup = "fea3413e-7e05-4911-9a71-700331f1c294";

struct Lock {
  std::optional<std::int64_t> seconds;  // empty: it never locks
  bool enforced = false;
  std::string source;
};

void put_lock(Survey& survey, const std::string& login, const Lock& lock) {
  Row& row = survey.add("screen_lock");
  row["login"] = login;
  put(row, "desktop", "windows");
  put_flag(row, "applicable", true);
  put_flag(row, "enabled", lock.seconds.value_or(0) > 0);
  row["idle_seconds"] = lock.seconds.value_or(0);
  put_flag(row, "enforced", lock.enforced);
  put(row, "source", lock.source);
}

std::optional<std::int64_t> decimal(const std::string& text) {
  std::int64_t v = 0;
  if (text.empty() || text.size() > 9) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    v = v * 10 + (c - '0');
  }
  return v;
}

std::optional<Lock> sooner(std::optional<Lock> a, const std::optional<Lock>& b) {
  if (!b || b->seconds.value_or(0) <= 0) return a;
  if (!a || a->seconds.value_or(0) <= 0 || *b->seconds < *a->seconds) return b;
  return a;
}

// "Machine inactivity limit" and that of device management; systems before Windows 8 know neither.
std::optional<Lock> machine_limit(const Survey& survey) {
  const System& s = survey.answers.system;
  if (s.major < 6 || (s.major == 6 && s.minor < 2)) return std::nullopt;
  const std::string key = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System";
  const std::string managed =
      "HKLM\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\DeviceLock";
  const auto limit = survey.registry.read(key).number("InactivityTimeoutSecs");
  const auto minutes = survey.registry.read(managed).number("MaxInactivityTimeDeviceLock");
  std::optional<Lock> out;
  if (limit.value_or(0) > 0) out = Lock{limit, true, key};
  if (minutes.value_or(0) > 0) out = sooner(out, Lock{*minutes * 60, true, managed});
  return out;
}

// A setting of the power scheme in use, plugged in (AC) or not (DC): policy, the machine's own,
// what the scheme comes with.
std::optional<std::int64_t> power_value(const Survey& survey, const std::string& group,
                                        const std::string& setting, const char* name) {
  const auto policy = survey.registry.read(kPowerPolicy + "\\" + setting).number(name);
  if (policy) return policy;
  const std::string schemes = kPower + "\\User\\PowerSchemes";
  const std::string scheme = survey.registry.read(schemes).text("ActivePowerScheme");
  if (scheme.empty()) return std::nullopt;
  const std::string below = "\\" + group + "\\" + setting;
  const auto own = survey.registry.read(schemes + "\\" + scheme + below).number(name);
  if (own) return own;
  return survey.registry
      .read(kPower + "\\PowerSettings" + below + "\\DefaultPowerSchemeValues\\" + scheme)
      .number(name);
}

// Sleep that asks for the password on waking locks as well: the later of the two supplies counts.
std::optional<Lock> sleep_lock(const Survey& survey) {
  std::int64_t longest = 0;
  for (const char* name : {"ACSettingIndex", "DCSettingIndex"}) {
    const auto after = power_value(survey, kSleepGroup, kSleepAfter, name);
    const auto asks = power_value(survey, kNoGroup, kAskOnWake, name);
    if (after.value_or(0) <= 0 || asks.value_or(1) == 0) return std::nullopt;
    longest = std::max(longest, *after);
  }
  return Lock{longest, false, kPower};
}

// Each value by itself: the user's policy before his own setting.
Lock saver_lock(const Survey& survey, const Profile& p) {
  const std::string own_key = "HKU\\" + p.sid + "\\Control Panel\\Desktop";
  const std::string policy_key =
      "HKU\\" + p.sid + "\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop";
  const RegistryKey own = survey.registry.read(own_key);
  const RegistryKey policy = survey.registry.read(policy_key);
  const auto setting = [&](const char* name) {
    const std::string forced = policy.text(name);
    return forced.empty() ? own.text(name) : forced;
  };
  const bool on = setting("ScreenSaveActive") == "1" && setting("ScreenSaverIsSecure") == "1" &&
                  !setting("SCRNSAVE.EXE").empty();
  const std::string time = setting("ScreenSaveTimeOut");
  Lock out;
  out.enforced = !policy.text("ScreenSaveActive").empty() &&
                 !policy.text("ScreenSaverIsSecure").empty() &&
                 !policy.text("ScreenSaveTimeOut").empty();
  out.source = out.enforced ? policy_key : own_key;
  if (on) out.seconds = time.empty() ? std::optional(kDefaultTimeout) : decimal(time);
  return out;
}

// Whether somebody can sit down with this profile: not when its account is gone or disabled, nor
// with the one set-up leaves behind.
bool in_use(const Survey& survey, const Profile& p) {
  if (same_name(p.login, "defaultuser0")) return false;
  const auto& users = survey.answers.users;
  if (!users.ok() || !users.detail.empty()) return true;
  const auto machine_of = [](const std::string& sid) { return sid.substr(0, sid.rfind('-')); };
  bool local = false;
  for (const LocalUser& user : users.value) {
    if (user.sid == p.sid) return (user.flags & kAccountDisabled) == 0;
    local = local || machine_of(user.sid) == machine_of(p.sid);
  }
  return !local;
}

}  // namespace

void collect_screen_lock(Survey& survey) {
  if (survey.answers.system.server) {  // nobody sits before it
    Row& row = survey.add("screen_lock");
    row["login"] = std::string();
    put(row, "desktop", "windows");
    put_flag(row, "applicable", false);
    return;
  }
  const std::optional<Lock> limit = machine_limit(survey);
  const std::optional<Lock> machine = sooner(limit, sleep_lock(survey));
  if (limit) put_lock(survey, "", *machine);
  for (const Profile& p : survey.profiles) {
    if (!in_use(survey, p)) continue;
    if (survey.registry.read("HKU\\" + p.sid + "\\Control Panel\\Desktop").ok()) {
      put_lock(survey, p.login, *sooner(saver_lock(survey, p), machine));
    } else if (limit) {
      put_lock(survey, p.login, *machine);  // whatever he set, no later than this
    } else {
      survey.partial("screen_lock", "reason.windows.other_users", p.folder);
    }
  }
  if (survey.profiles.empty() && !limit) {
    survey.partial("screen_lock", "reason.windows.no_profiles", "ProfileList");
  }
}

}  // namespace khien::host_windows
