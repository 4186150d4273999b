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
  std::string browser;
  std::string folder;  // below the home folder
};

bool is_off(const Node& setting) {
  return setting.type() == Node::Type::boolean && !setting.boolean();
}

// Browsers whose machine policy switches the password manager off.
std::set<std::string> forbidden_by_policy(const Files& files, const Node& browsers) {
  std::set<std::string> out;
  for (const Node& browser : browsers.items()) {
    for (const std::string& folder : browser["policy_folders"].texts()) {
      for (const std::string& name : files.list(folder).names) {
        if (!name.ends_with(".json")) continue;
        const auto policy = parse_json(files.read(folder + "/" + name).bytes, name);
        if (policy && is_off((*policy)["PasswordManagerEnabled"])) {
          out.insert(browser["browser"].text());
        }
      }
    }
    for (const std::string& path : browser["policy_files"].texts()) {
      const auto policy = parse_json(files.read(path).bytes, path);
      if (!policy) continue;
      for (const char* key : {"PasswordManagerEnabled", "OfferToSaveLogins"}) {
        if (is_off((*policy)["policies"][key])) out.insert(browser["browser"].text());
      }
    }
  }
  return out;
}

class Counter {
 public:
  explicit Counter(Scan& scan)
      : scan_(scan), browsers_(scan.options.products["browsers"]),
        forbidden_(forbidden_by_policy(scan.files, browsers_)) {
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
    for (const Node& browser : browsers_.items()) {
      for (const std::string& folder : browser["folders"].texts()) {
        const Place place{browser["browser"].text(), folder};
        if (browser["store"].text() == "firefox") take_firefox(*home, user, place);
        else take_chromium(*home, user, place);
      }
    }
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
      const std::string folder = place.folder + "/" + name;
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

  Row& put_row(const Passwd& user, const std::string& browser, const std::string& profile,
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

  void put_store(const Passwd& user, const std::string& browser, const std::string& profile,
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
  const Node& browsers_;
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
