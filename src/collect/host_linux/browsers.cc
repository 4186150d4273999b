// Finds the password stores of every user's browsers and has them counted. Home folders belong to
// their users: no symlink in them is followed, and a store is copied, never opened where it lies.
#include <set>

#include "collect/host_linux/survey.h"
#include "collect/source/browser_rows.h"

namespace khien::host {
namespace {

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
  explicit Counter(Survey& survey)
      : survey_(survey), browsers_(survey.options.products["browsers"]),
        forbidden_(forbidden_by_policy(survey.files, browsers_)),
        rows_(survey, survey.options.watched_domains, run_of(survey.pool)) {}

  void take_home(const Passwd& user) {
    Problem problem = Problem::none;
    const std::optional<Files> home = survey_.files.below(user.home, &problem);
    if (problem == Problem::absent) return;
    if (!home || home->list("/").problem == Problem::denied) {
      survey_.partial("browser_credential", "reason.host.other_homes", user.home);
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
  static BrowserRows::Run run_of(WorkerPool* pool) {
    if (pool == nullptr) return BrowserRows::run_here;
    return [pool](const std::string& job, std::string_view bytes, const std::string& name,
                  const Node& args) { return pool->run_bytes(job, bytes, name, args); };
  }

  bool entered(const Listing& listing, const Passwd& user, const Place& place) {
    if (listing.problem == Problem::denied) {
      survey_.partial("browser_credential", "reason.host.other_homes", user.home + place.folder);
    }
    if (listing.problem == Problem::unusual) {  // a symlink where the browser has a folder
      survey_.partial("browser_credential", "reason.host.link_in_home", user.home + place.folder);
    }
    if (listing.cut || listing.names.size() > kBrowserProfiles) {
      survey_.partial("browser_credential", "reason.host.too_many", user.home + place.folder);
    }
    return listing.problem == Problem::none;
  }

  BrowserStore store_of(const Passwd& user, const Place& place, const std::string& profile,
                        const char* store) const {
    return {user.login, place.browser, profile, store, forbidden_.contains(place.browser),
            user.home};
  }

  void take_chromium(const Files& home, const Passwd& user, const Place& place) {
    const Listing profiles = home.list(place.folder);
    if (!entered(profiles, user, place)) return;
    std::vector<std::string> folders = {""};  // Opera keeps its only profile at the top
    for (const std::string& name : profiles.names) {
      if (folders.size() < kBrowserProfiles) folders.push_back(name);
    }
    for (const std::string& name : folders) {
      const std::string folder = place.folder + (name.empty() ? "" : "/" + name);
      const std::string shown = name.empty() ? "Default" : name;
      take_login_data(home, store_of(user, place, shown, "local"), folder + "/Login Data");
      take_login_data(home, store_of(user, place, shown, "account"),
                      folder + "/Login Data For Account");
    }
  }

  void take_login_data(const Files& home, const BrowserStore& store, const std::string& path) {
    FileBytes database = home.read(path, browser_store::kStoreBytes / 2);
    if (database.problem == Problem::absent) return;
    FileBytes log = home.read(path + "-wal", browser_store::kStoreBytes / 2 - 8);
    rows_.put_chromium(store, std::move(database), std::move(log), reason_of);
  }

  void take_firefox(const Files& home, const Passwd& user, const Place& place) {
    const Listing profiles = home.list(place.folder);
    if (!entered(profiles, user, place)) return;
    std::size_t seen = 0;
    for (const std::string& name : profiles.names) {
      if (++seen > kBrowserProfiles) return;
      const std::string folder = place.folder + "/" + name;
      FileBytes logins = home.read(folder + "/logins.json", browser_store::kStoreBytes / 2);
      const BrowserStore store = store_of(user, place, name, "local");
      if (logins.problem != Problem::absent) {
        rows_.put_firefox(store, std::move(logins), reason_of);
      } else if (home.exists(folder + "/prefs.js")) {
        rows_.put_count(store, 0);  // a profile that never saved a password has no file
      }
    }
  }

  Survey& survey_;
  const Node& browsers_;
  std::set<std::string> forbidden_;
  BrowserRows rows_;
};

}  // namespace

void collect_browser_credential(Survey& survey) {
  survey.begin("browser_credential");
  if (survey.users.empty()) {
    survey.missing("browser_credential", "reason.host.unreadable", "/etc/passwd");
    return;
  }
  Counter counter(survey);
  std::set<std::string> homes;
  for (const Passwd& user : survey.users) {
    const bool person = user.uid == 0 || (user.uid >= 1000 && user.uid < 65000);
    if (person && user.home.size() > 1 && homes.insert(user.home).second) counter.take_home(user);
  }
}

}  // namespace khien::host
