// Password stores of every profile's browsers: counted, never decrypted. Stores are copied into
// memory and read there by the same readers as on Linux; no link in a profile is followed.
#include <set>

#include "base/text.h"
#include "collect/host_windows/survey.h"
#include "collect/source/browser_rows.h"

namespace khien::host_windows {
namespace {

constexpr const char* kTable = "browser_credential";
// The vault of web credentials: of Internet Explorer and the first Edge.
constexpr const char* kWebVault =
    "\\AppData\\Local\\Microsoft\\Vault\\4BF4C442-9B8A-41A0-B380-DD4A704DDB28";

struct Place {
  std::string browser;
  std::string folder;
  bool forbidden = false;
};

class Counter {
 public:
  explicit Counter(Survey& survey)
      : survey_(survey), browsers_(survey.options.products["browsers"]),
        rows_(survey, survey.options.watched_domains, BrowserRows::run_here) {}

  void take(const Profile& profile) {
    const auto home = survey_.files.info(profile.folder);
    if (!home) return;  // the account is listed, its folder is gone
    const Listing data = survey_.files.list(profile.folder + "\\AppData");
    if (data.problem != Problem::none) {
      if (data.problem == Problem::absent) return;
      return survey_.partial(kTable, "reason.host.other_homes", profile.folder);
    }
    for (const Node& browser : browsers_.items()) take_browser(profile, browser);
    take_explorer(profile);
  }

 private:
  void take_browser(const Profile& profile, const Node& browser) {
    const std::string policy = "\\Policies\\" + browser["policy"].text();
    const bool named = browser.has("policy");
    const RegistryKey machine =
        named ? survey_.registry.read("HKLM\\SOFTWARE" + policy) : RegistryKey{};
    const RegistryKey own =
        named ? survey_.registry.read("HKU\\" + profile.sid + "\\Software" + policy)
              : RegistryKey{};
    Place place{browser["browser"].text(), "", forbids(machine).value_or(
                                                   forbids(own).value_or(false))};
    for (const std::string& folder : browser["folders"].texts()) {
      place.folder = profile.folder + "\\" + folder;
      take_place(profile, browser, place);
    }
    std::string moved = machine.text("UserDataDir");
    if (moved.empty()) moved = own.text("UserDataDir");
    if (moved.empty()) return;
    place.folder = moved_folder(profile, moved);
    if (place.folder.empty()) {
      survey_.partial(kTable, "reason.windows.moved_profiles", moved);
    } else if (moved_.insert(ascii_lower(place.folder)).second) {
      take_place(profile, browser, place);
    }
  }

  void take_place(const Profile& profile, const Node& browser, const Place& place) {
    if (!enter(profile, place.folder)) return;
    const Listing list = survey_.files.list(place.folder);
    survey_.note(kTable, list.problem, profile.folder);
    if (list.cut || list.names.size() > kBrowserProfiles) {
      survey_.partial(kTable, "reason.host.too_many", profile.folder);
    }
    if (browser["store"].text() == "firefox") take_firefox(profile, place, list);
    else take_chromium(profile, browser, place, list);
  }

  // Whether a policy switches saving off; empty: it says nothing.
  static std::optional<bool> forbids(const RegistryKey& policy) {
    for (const char* name : {"PasswordManagerEnabled", "OfferToSaveLogins"}) {
      if (const auto v = policy.number(name)) return *v == 0;
    }
    return std::nullopt;
  }

  // Where a policy moved the profiles to; "" when it cannot be told or is on another machine.
  [[nodiscard]] std::string moved_folder(const Profile& profile, std::string text) const {
    const std::pair<const char*, std::string> known[] = {
        {"${user_name}", profile.login},
        {"${user_home}", profile.folder},
        {"${profile}", profile.folder},
        {"${local_app_data}", profile.folder + "\\AppData\\Local"},
        {"${roaming_app_data}", profile.folder + "\\AppData\\Roaming"},
        {"${machine_name}", survey_.answers.system.computer}};
    for (const auto& [name, value] : known) {
      if (const std::size_t at = text.find(name); at != text.npos) {
        text.replace(at, std::string_view(name).size(), value);
      }
    }
    text = survey_.expand(text);
    while (text.ends_with('\\')) text.pop_back();
    const bool local = text.size() > 3 && text[1] == ':' && text[2] == '\\';
    return local && text.find_first_of("%$") == text.npos ? text : "";
  }

  // A folder, and no link to somewhere else.
  bool enter(const Profile& profile, const std::string& path) {
    const auto info = survey_.files.info(path);
    if (!info) return false;
    if (info->link) survey_.partial(kTable, "reason.host.link_in_home", profile.folder);
    return info->folder && !info->link;
  }

  static BrowserStore store_of(const Profile& profile, const Place& place,
                               const std::string& shown, const char* store) {
    return {profile.login, place.browser, shown, store, place.forbidden, profile.folder};
  }

  void take_chromium(const Profile& profile, const Node& browser, const Place& place,
                     const Listing& list) {
    std::vector<std::string> folders = {""};  // Opera keeps its only profile at the top
    for (const std::string& name : list.names) {
      if (folders.size() < kBrowserProfiles) folders.push_back(name);
    }
    for (const std::string& name : folders) {
      const std::string folder = name.empty() ? place.folder : place.folder + "\\" + name;
      const std::string shown = name.empty() ? "Default" : name;
      take_login_data(store_of(profile, place, shown, "local"),
                      folder + "\\" + browser["file"].text("Login Data"));
      take_login_data(store_of(profile, place, shown, "account"),
                      folder + "\\Login Data For Account");
    }
  }

  void take_login_data(const BrowserStore& store, const std::string& path) {
    const auto info = survey_.files.info(path);
    if (!info || info->folder || info->link) return;
    rows_.put_chromium(store, survey_.files.read(path, kStoreBytes),
                       survey_.files.read(path + "-wal", kStoreBytes), Survey::reason_of);
  }

  void take_firefox(const Profile& profile, const Place& place, const Listing& list) {
    std::size_t seen = 0;
    for (const std::string& name : list.names) {
      if (++seen > kBrowserProfiles) return;
      const std::string folder = place.folder + "\\" + name;
      FileBytes logins = survey_.files.read(folder + "\\logins.json", kStoreBytes);
      const BrowserStore store = store_of(profile, place, name, "local");
      if (logins.problem != Problem::absent) {
        rows_.put_firefox(store, std::move(logins), Survey::reason_of);
      } else if (survey_.files.info(folder + "\\prefs.js")) {
        rows_.put_count(store, 0);  // a profile that never saved a password has no file
      }
    }
  }

  // Internet Explorer keeps each form's password as one value in the user's own hive, and since
  // Windows 8 as one file in the vault of web credentials.
  void take_explorer(const Profile& profile) {
    const Place place{"internet_explorer", "", false};
    const RegistryKey store = survey_.registry.read(
        "HKU\\" + profile.sid + "\\Software\\Microsoft\\Internet Explorer\\IntelliForms\\Storage2");
    if (store.ok() && !store.values.empty()) {
      rows_.put_count(store_of(profile, place, "Storage2", "local"),
                      static_cast<std::int64_t>(store.values.size()));
    }
    const std::string vault = profile.folder + kWebVault;
    if (!enter(profile, vault)) return;
    const Listing list = survey_.files.list(vault);
    survey_.note(kTable, list.problem, profile.folder);
    const auto saved = std::count_if(list.names.begin(), list.names.end(), [](const auto& name) {
      return ascii_lower(name).ends_with(".vcrd");
    });
    if (list.problem == Problem::none && saved > 0) {
      rows_.put_count(store_of(profile, place, "Vault", "local"), saved);
    }
  }

  Survey& survey_;
  const Node& browsers_;
  std::set<std::string> moved_;
  BrowserRows rows_;
};

}  // namespace

void collect_browser_credential(Survey& survey) {
  if (survey.profiles.empty()) {
    return survey.partial(kTable, "reason.windows.no_profiles", "ProfileList");
  }
  Counter counter(survey);
  for (const Profile& profile : survey.profiles) counter.take(profile);
}

}  // namespace khien::host_windows
