// Rows of browsers' password stores, whatever the system: counted by the readers of
// format/browser_store, never decrypted. A store that was not read says why and makes the table
// partial. Each collector finds the files; what becomes of them is here.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "collect/source/machine_survey.h"
#include "format/browser_store/jobs.h"

namespace khien {

inline constexpr std::size_t kBrowserProfiles = 200;  // of one browser of one user

struct BrowserStore {
  std::string login, browser, profile;
  std::string store = "local";
  bool forbidden = false;  // a policy switches saving off
  std::string place;       // the home it lies in, for the reason
};

class BrowserRows {
 public:
  using Run = std::function<Result<Node>(const std::string& job, std::string_view bytes,
                                         const std::string& name, const Node& args)>;

  BrowserRows(MachineSurvey& survey, const std::vector<std::string>& domains, Run run)
      : survey_(survey), watched_(!domains.empty()), run_(std::move(run)) {
    args_.set("domains", Node::list_of(domains));
    if (!watched_) survey.gap(kTable, "watched_count", "reason.host.no_domains_given");
  }

  void put_count(const BrowserStore& store, std::int64_t saved) {
    Row& row = put_row(store, saved, "");
    if (saved == 0 && watched_) row["watched_count"] = std::int64_t{0};
  }

  void put_unread(const BrowserStore& store, const std::string& reason,
                  const std::string& detail = "") {
    put_row(store, std::nullopt, reason);
    survey_.partial(kTable, reason, detail + store.place);
  }

  // A database and the log not yet written into it.
  template <class File, class ReasonOf>
  void put_chromium(const BrowserStore& store, File database, File log, ReasonOf reason_of) {
    if (database.ok() && !log.ok() && log.problem != decltype(log.problem)::absent) {
      database.problem = log.problem;
    }
    if (!database.ok()) return put_unread(store, reason_of(database.problem));
    std::string packed = browser_store::pack_store(database.bytes, log.bytes);
    wipe(database.bytes);
    wipe(log.bytes);
    put_counted(store, "browser.chromium", packed);
    wipe(packed);
  }

  template <class File, class ReasonOf>
  void put_firefox(const BrowserStore& store, File logins, ReasonOf reason_of) {
    if (!logins.ok()) return put_unread(store, reason_of(logins.problem));
    put_counted(store, "browser.firefox", logins.bytes);
    wipe(logins.bytes);
  }

  // The jobs in this process: where there are no workers, and in tests.
  static Result<Node> run_here(const std::string& job, std::string_view bytes,
                               const std::string& name, const Node& args) {
    for (const Job& each : browser_store::browser_store_jobs()) {
      if (each.name == job) return each.run({bytes, name, args});
    }
    return Node();
  }

 private:
  static constexpr const char* kTable = "browser_credential";

  Row& put_row(const BrowserStore& store, std::optional<std::int64_t> saved,
               const std::string& reason) {
    Row& row = survey_.add(kTable);
    put(row, "login", store.login);
    put(row, "browser", store.browser);
    put(row, "profile", store.profile);
    put(row, "store", store.store);
    put_number(row, "saved_count", saved);
    put_flag(row, "saving_forbidden", store.forbidden);
    put(row, "unread_reason", reason);
    return row;
  }

  void put_counted(const BrowserStore& store, const std::string& job, std::string_view bytes) {
    const Result<Node> counted = run_(job, bytes, store.profile, args_);
    if (!counted) {
      return put_unread(store, "reason.host.store_damaged", counted.error().code + " ");
    }
    Row& row = put_row(store, (*counted)["saved"].integer(), "");
    if (!watched_) return;
    row["watched_count"] = (*counted)["watched"].integer();
    std::string domains;
    for (const std::string& d : (*counted)["domains"].texts()) {
      domains += (domains.empty() ? "" : ",") + d;
    }
    put(row, "watched_domains", domains);
  }

  MachineSurvey& survey_;
  bool watched_;
  Run run_;
  Node args_ = Node::map();
};

}  // namespace khien
