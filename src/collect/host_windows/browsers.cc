// Password stores of every profile's browsers: counted, never decrypted. Stores are copied into
// memory and read there by the same readers as on Linux (collect/browser_store); no link in a
// profile is followed.
#include <set>

#include "collect/host_windows/scan.h"
#include "format/browser_store/jobs.h"

namespace khien::host_windows {
namespace {

constexpr std::size_t kProfileFolders = 200;  // of one browser of one user

struct Place {
  std::string browser;
  std::string folder;  // below the profile folder
};

class Counter {
 public:
  explicit Counter(Scan& scan) : scan_(scan), browsers_(scan.options.products["browsers"]) {
    args_.set("domains", Node::list_of(scan.options.watched_domains));
    for (const Node& browser : browsers_.items()) {
      if (!browser.has("policy")) continue;
      const RegistryKey policy =
          scan.registry.read("HKLM\\SOFTWARE\\Policies\\" + browser["policy"].text());
      if (policy.number("PasswordManagerEnabled") == 0 || policy.number("OfferToSaveLogins") == 0) {
        forbidden_.insert(browser["browser"].text());
      }
    }
  }

  void take(const Profile& profile) {
    const auto home = scan_.files.info(profile.folder);
    if (!home) return;  // the account is listed, its folder is gone
    const Listing data = scan_.files.list(profile.folder + "\\AppData");
    if (data.problem != Problem::none) {
      if (data.problem == Problem::absent) return;
      return scan_.partial("browser_credential", "reason.host.other_homes", profile.folder);
    }
    for (const Node& browser : browsers_.items()) {
      for (const std::string& folder : browser["folders"].texts()) {
        const Place place{browser["browser"].text(), folder};
        if (browser["store"].text() == "firefox") take_firefox(profile, place);
        else take_chromium(profile, place);
      }
    }
    take_explorer(profile);
  }

 private:
  // A folder, and no link to somewhere else.
  bool enter(const Profile& profile, const std::string& path) {
    const auto info = scan_.files.info(path);
    if (!info) return false;
    if (info->link) {
      scan_.partial("browser_credential", "reason.host.link_in_home", profile.folder);
    }
    return info->folder && !info->link;
  }

  void take_chromium(const Profile& profile, const Place& place) {
    const std::string top = profile.folder + "\\" + place.folder;
    if (!enter(profile, top)) return;
    const Listing list = scan_.files.list(top);
    scan_.note("browser_credential", list.problem, profile.folder);
    std::vector<std::string> folders = {""};  // Opera keeps its only profile at the top
    for (const std::string& name : list.names) {
      if (folders.size() < kProfileFolders) folders.push_back(name);
    }
    for (const std::string& name : folders) {
      const std::string folder = name.empty() ? top : top + "\\" + name;
      const std::string shown = name.empty() ? "Default" : name;
      take_login_data(profile, place, folder + "\\Login Data", shown, "local");
      take_login_data(profile, place, folder + "\\Login Data For Account", shown, "account");
    }
  }

  void take_login_data(const Profile& profile, const Place& place, const std::string& path,
                       const std::string& shown, const char* store) {
    const auto info = scan_.files.info(path);
    if (!info || info->folder || info->link) return;
    FileBytes database = scan_.files.read(path, kStoreBytes);
    FileBytes log = scan_.files.read(path + "-wal", kStoreBytes);
    if (log.problem != Problem::none && log.problem != Problem::absent && database.ok()) {
      database.problem = log.problem;
    }
    std::string packed;
    if (database.ok()) packed = browser_store::pack_store(database.bytes, log.bytes);
    database.bytes = log.bytes = std::string();
    put_store(profile, place.browser, shown, store, database.problem, "browser.chromium", packed);
  }

  void take_firefox(const Profile& profile, const Place& place) {
    const std::string top = profile.folder + "\\" + place.folder;
    if (!enter(profile, top)) return;
    std::size_t seen = 0;
    for (const std::string& name : scan_.files.list(top).names) {
      if (++seen > kProfileFolders) return;
      const std::string folder = top + "\\" + name;
      const FileBytes logins = scan_.files.read(folder + "\\logins.json", kStoreBytes);
      if (logins.problem == Problem::absent) {
        // A profile that never saved a password has no file: a true zero.
        if (scan_.files.info(folder + "\\prefs.js")) {
          put_row(profile, place.browser, name, "local", 0, "");
        }
        continue;
      }
      put_store(profile, place.browser, name, "local", logins.problem, "browser.firefox",
                logins.bytes);
    }
  }

  // Internet Explorer keeps each form's password as one value in the user's own hive.
  void take_explorer(const Profile& profile) {
    const RegistryKey store = scan_.registry.read(
        "HKU\\" + profile.sid + "\\Software\\Microsoft\\Internet Explorer\\IntelliForms\\Storage2");
    if (!store.ok() || store.values.empty()) return;
    put_row(profile, "internet_explorer", "Storage2", "local",
            static_cast<std::int64_t>(store.values.size()), "");
  }

  Row& put_row(const Profile& profile, const std::string& browser, const std::string& shown,
               const char* store, std::optional<std::int64_t> saved, const std::string& reason) {
    Row& row = scan_.add("browser_credential");
    put(row, "login", profile.login);
    put(row, "browser", browser);
    put(row, "profile", shown);
    put(row, "store", store);
    put_number(row, "saved_count", saved);
    put_flag(row, "saving_forbidden", forbidden_.contains(browser));
    put(row, "unread_reason", reason);
    if (saved == 0 && !scan_.options.watched_domains.empty()) {
      row["watched_count"] = std::int64_t{0};
    }
    return row;
  }

  void put_store(const Profile& profile, const std::string& browser, const std::string& shown,
                 const char* store, Problem problem, const std::string& job,
                 std::string_view bytes) {
    if (problem != Problem::none) {
      put_row(profile, browser, shown, store, std::nullopt, Scan::reason_of(problem));
      return scan_.partial("browser_credential", Scan::reason_of(problem), profile.folder);
    }
    const Result<Node> counted = run(job, bytes, shown);
    if (!counted) {
      put_row(profile, browser, shown, store, std::nullopt, "reason.host.store_damaged");
      return scan_.partial("browser_credential", "reason.host.store_damaged",
                           counted.error().code + " " + profile.folder);
    }
    Row& row = put_row(profile, browser, shown, store, (*counted)["saved"].integer(), {});
    if (scan_.options.watched_domains.empty()) return;
    row["watched_count"] = (*counted)["watched"].integer();
    std::string domains;
    for (const std::string& d : (*counted)["domains"].texts()) {
      domains += (domains.empty() ? "" : ",") + d;
    }
    put(row, "watched_domains", domains);
  }

  Result<Node> run(const std::string& job, std::string_view bytes, const std::string& name) {
    for (const Job& each : browser_store::browser_store_jobs()) {
      if (each.name == job) return each.run({bytes, name, args_});
    }
    return Node();
  }

  Scan& scan_;
  const Node& browsers_;
  std::set<std::string> forbidden_;
  Node args_ = Node::map();
};

}  // namespace

void collect_browser_credential(Scan& scan) {
  if (scan.profiles.empty()) {
    return scan.partial("browser_credential", "reason.windows.no_profiles", "ProfileList");
  }
  if (scan.options.watched_domains.empty()) {
    scan.gap("browser_credential", "watched_count", "reason.host.no_domains_given");
  }
  Counter counter(scan);
  for (const Profile& profile : scan.profiles) counter.take(profile);
}

}  // namespace khien::host_windows
