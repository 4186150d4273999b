// Finds the password stores of every user's browsers and has them counted. Home folders belong to
// their users: no symlink in them is followed, and a store is copied, never opened where it lies.
#include <set>

#include "base/hash.h"
#include "collect/host_linux/scan.h"
#include "format/browser_store/jobs.h"

namespace khien::host {
namespace {

constexpr std::size_t kProfiles = 200;  // of one browser of one user

struct Place {
  const char* browser;
  const char* folder;  // below the home folder
};
constexpr Place kChromium[] = {
    {"chrome", "/.config/google-chrome"},
    {"chrome", "/.config/google-chrome-beta"},
    {"chrome", "/.var/app/com.google.Chrome/config/google-chrome"},
    {"edge", "/.config/microsoft-edge"},
    {"edge", "/.config/microsoft-edge-beta"},
    {"edge", "/.var/app/com.microsoft.Edge/config/microsoft-edge"},
    {"coccoc", "/.config/coccoc"},
    {"coccoc", "/.config/coccoc-browser"},
    {"coccoc", "/.config/CocCoc/Browser"},
    {"chromium", "/.config/chromium"},
    {"chromium", "/snap/chromium/common/chromium"},
    {"chromium", "/.var/app/org.chromium.Chromium/config/chromium"},
    {"brave", "/.config/BraveSoftware/Brave-Browser"},
    {"brave", "/snap/brave/current/.config/BraveSoftware/Brave-Browser"},
    {"brave", "/.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser"},
    {"opera", "/.config/opera"},
    {"opera", "/snap/opera/current/.config/opera"},
    {"vivaldi", "/.config/vivaldi"},
    {"vivaldi", "/.var/app/com.vivaldi.Vivaldi/config/vivaldi"},
};
constexpr Place kFirefox[] = {
    {"firefox", "/.mozilla/firefox"},
    {"firefox", "/.config/mozilla/firefox"},
    {"firefox", "/snap/firefox/common/.mozilla/firefox"},
    {"firefox", "/.var/app/org.mozilla.firefox/.mozilla/firefox"},
};

// Browsers whose machine policy switches the password manager off.
std::set<std::string> forbidden_by_policy(const Files& files) {
  std::set<std::string> out;
  constexpr std::pair<const char*, const char*> folders[] = {
      {"chrome", "/etc/opt/chrome/policies/managed"},
      {"edge", "/etc/opt/edge/policies/managed"},
      {"chromium", "/etc/chromium/policies/managed"},
      {"chromium", "/etc/chromium-browser/policies/managed"},
      {"brave", "/etc/brave/policies/managed"},
      {"coccoc", "/etc/opt/coccoc/policies/managed"},
      {"vivaldi", "/etc/opt/vivaldi/policies/managed"}};
  for (const auto& [browser, folder] : folders) {
    for (const std::string& name : files.list(folder).names) {
      if (!name.ends_with(".json")) continue;
      const auto policy = parse_json(files.read(std::string(folder) + "/" + name).bytes, name);
      if (!policy) continue;
      const Node& setting = (*policy)["PasswordManagerEnabled"];
      if (setting.type() == Node::Type::boolean && !setting.boolean()) out.insert(browser);
    }
  }
  for (const char* path : {"/etc/firefox/policies/policies.json",
                           "/usr/lib/firefox/distribution/policies.json",
                           "/usr/lib/firefox-esr/distribution/policies.json"}) {
    const auto policy = parse_json(files.read(path).bytes, path);
    if (!policy) continue;
    for (const char* key : {"PasswordManagerEnabled", "OfferToSaveLogins"}) {
      const Node& setting = (*policy)["policies"][key];
      if (setting.type() == Node::Type::boolean && !setting.boolean()) out.insert("firefox");
    }
  }
  return out;
}

class Counter {
 public:
  explicit Counter(Scan& scan) : scan_(scan), forbidden_(forbidden_by_policy(scan.files)) {
    args_.set("domains", Node::list_of(scan.options.watched_domains));
  }

  void take_home(const Passwd& user) {
    Problem problem = Problem::none;
    const std::optional<Files> home = scan_.files.below(user.home, &problem);
    if (problem == Problem::absent) return;
    if (!home || home->list("/").problem == Problem::denied) {
      scan_.partial("browser_credential", "reason.host.other_homes", user.home);
      return;
    }
    for (const Place& place : kChromium) take_chromium(*home, user, place);
    for (const Place& place : kFirefox) take_firefox(*home, user, place);
  }

 private:
  bool entered(const Listing& listing, const Passwd& user, const Place& place) {
    if (listing.problem == Problem::denied) {
      scan_.partial("browser_credential", "reason.host.other_homes", user.home + place.folder);
    }
    if (listing.problem == Problem::unusual) {  // a symlink where the browser has a folder
      scan_.partial("browser_credential", "reason.host.link_in_home", user.home + place.folder);
    }
    return listing.problem == Problem::none;
  }

  void take_chromium(const Files& home, const Passwd& user, const Place& place) {
    const Listing profiles = home.list(place.folder);
    if (!entered(profiles, user, place)) return;
    std::vector<std::string> folders = {""};  // Opera keeps its only profile at the top
    for (const std::string& name : profiles.names) {
      if (folders.size() < kProfiles) folders.push_back(name);
    }
    for (const std::string& name : folders) {
      const std::string folder = place.folder + (name.empty() ? "" : "/" + name);
      const std::string shown = name.empty() ? "Default" : name;
      take_login_data(home, user, place, folder + "/Login Data", shown, "local");
      take_login_data(home, user, place, folder + "/Login Data For Account", shown, "account");
    }
  }

  void take_login_data(const Files& home, const Passwd& user, const Place& place,
                       const std::string& path, const std::string& profile, const char* store) {
    FileBytes database = home.read(path, browser_store::kStoreBytes / 2);
    if (database.problem == Problem::absent) return;
    FileBytes log = home.read(path + "-wal", browser_store::kStoreBytes / 2 - 8);
    if (log.problem != Problem::none && log.problem != Problem::absent && database.ok()) {
      database.problem = log.problem;
    }
    std::string packed;
    if (database.ok()) packed = browser_store::pack_store(database.bytes, log.bytes);
    put_store(user, place.browser, profile, store, database.problem, "browser.chromium", packed);
    wipe(database.bytes);
    wipe(log.bytes);
    wipe(packed);
  }

  void take_firefox(const Files& home, const Passwd& user, const Place& place) {
    const Listing profiles = home.list(place.folder);
    if (!entered(profiles, user, place)) return;
    std::size_t seen = 0;
    for (const std::string& name : profiles.names) {
      if (++seen > kProfiles) return;
      const std::string folder = std::string(place.folder) + "/" + name;
      FileBytes logins = home.read(folder + "/logins.json", browser_store::kStoreBytes / 2);
      if (logins.problem == Problem::absent) {
        // A profile that never saved a password has no file: a true zero.
        if (!home.exists(folder + "/prefs.js")) continue;
        Row& row = put_row(user, place.browser, name, "local", 0, {});
        if (!scan_.options.watched_domains.empty()) row["watched_count"] = std::int64_t{0};
        continue;
      }
      put_store(user, place.browser, name, "local", logins.problem, "browser.firefox",
                logins.bytes);
      wipe(logins.bytes);
    }
  }

  Row& put_row(const Passwd& user, const char* browser, const std::string& profile,
               const char* store, std::optional<std::int64_t> saved, const std::string& reason) {
    Row& row = scan_.add("browser_credential");
    put(row, "login", user.login);
    put(row, "browser", browser);
    put(row, "profile", profile);
    put(row, "store", store);
    put_number(row, "saved_count", saved);
    put_flag(row, "saving_forbidden", forbidden_.contains(browser));
    put(row, "unread_reason", reason);
    return row;
  }

  void put_store(const Passwd& user, const char* browser, const std::string& profile,
                 const char* store, Problem problem, const std::string& job,
                 std::string_view bytes) {
    if (problem != Problem::none) {
      put_row(user, browser, profile, store, std::nullopt, reason_of(problem));
      scan_.partial("browser_credential", reason_of(problem), user.home);
      return;
    }
    const Result<Node> counted = run(job, bytes, profile);
    if (!counted) {
      put_row(user, browser, profile, store, std::nullopt, "reason.host.store_damaged");
      scan_.partial("browser_credential", "reason.host.store_damaged",
                    counted.error().code + " " + user.home);
      return;
    }
    Row& row = put_row(user, browser, profile, store, (*counted)["saved"].integer(), {});
    if (scan_.options.watched_domains.empty()) return;
    row["watched_count"] = (*counted)["watched"].integer();
    std::string domains;
    for (const std::string& d : (*counted)["domains"].texts()) {
      domains += (domains.empty() ? "" : ",") + d;
    }
    put(row, "watched_domains", domains);
  }

  Result<Node> run(const std::string& job, std::string_view bytes, const std::string& name) {
    if (scan_.pool != nullptr) return scan_.pool->run_bytes(job, bytes, name, args_);
    for (const Job& each : browser_store::browser_store_jobs()) {
      if (each.name == job) return each.run({bytes, name, args_});
    }
    return Node();
  }

  Scan& scan_;
  std::set<std::string> forbidden_;
  Node args_ = Node::map();
};

}  // namespace

void collect_browser_credential(Scan& scan) {
  scan.begin("browser_credential");
  if (scan.users.empty()) {
    scan.missing("browser_credential", "reason.host.unreadable", "/etc/passwd");
    return;
  }
  Counter counter(scan);
  std::set<std::string> homes;
  for (const Passwd& user : scan.users) {
    const bool person = user.uid == 0 || (user.uid >= 1000 && user.uid < 65000);
    if (person && user.home.size() > 1 && homes.insert(user.home).second) counter.take_home(user);
  }
  if (scan.options.watched_domains.empty()) {
    scan.gap("browser_credential", "watched_count", "reason.host.no_domains_given");
  }
}

}  // namespace khien::host
