// Local accounts into the shared account table. "enabled" means somebody could log in: a login
// shell, not expired, and a password or an SSH key that opens it. "locked" means that no password
// opens it; an account that only keys open has password_store "none".
#include <algorithm>

#include <unistd.h>

#include "base/calendar.h"
#include "collect/host_linux/login_databases.h"
#include "collect/host_linux/sudoers.h"
#include "collect/host_linux/survey.h"

namespace khien::host {
namespace {

constexpr std::size_t kSudoersFiles = 1'000;
constexpr std::int64_t kForeverDays = 9999;  // from here on a maximum age means "never"

struct Rights {
  std::map<std::string, std::set<std::string>> by_user;  // login -> names of admin groups
  bool all_read = true;
};

// All that sudo reads: the file, what it includes, and what that includes. What is named and could
// not be read may trust anybody.
Sudoers read_sudoers(const Survey& survey, bool& all_read) {
  Sudoers out;
  std::vector<std::string> open = {"/etc/sudoers"};
  std::set<std::string> seen;
  while (!open.empty()) {
    const std::string path = std::move(open.back());
    open.pop_back();
    if (!seen.insert(path).second) continue;
    const FileBytes text = survey.files.read(path);
    const bool needless = text.problem == Problem::absent && path == "/etc/sudoers";
    if ((!text.ok() && !needless) || seen.size() > kSudoersFiles) {
      all_read = false;
      continue;
    }
    for (Sudoers::Include& include : out.take(text.bytes)) {
      if (const std::size_t at = include.path.find("%h"); at != std::string::npos) {
        include.path.replace(at, 2, survey.host);
      }
      if (include.path[0] != '/') include.path.insert(0, path.substr(0, path.rfind('/') + 1));
      if (!include.folder) {
        open.push_back(include.path);
        continue;
      }
      const Listing folder = survey.files.list(include.path);
      all_read = all_read && !folder.cut &&
                 (folder.problem == Problem::none || folder.problem == Problem::absent);
      for (const std::string& name : folder.names) {
        if (name.find('.') != std::string::npos || name.ends_with('~')) continue;
        open.push_back(include.path + "/" + name);
      }
    }
  }
  return out;
}

// "sudoers: files sss": rules of a directory, which are not on this machine.
bool sudoers_elsewhere(const Files& files) {
  bool out = false;
  each_line(files.read("/etc/nsswitch.conf").bytes, [&](std::string_view line) {
    const std::vector<std::string_view> source = words(line.substr(0, line.find('#')));
    if (source.empty() || source[0] != "sudoers:") return;
    for (const std::string_view word : source) out = out || word == "sss" || word == "ldap";
  });
  return out;
}

// Groups that hold administrator rights by themselves or through sudoers.
Rights read_rights(Survey& survey, const std::vector<Group>& groups) {
  Rights out;
  const Sudoers sudoers = read_sudoers(survey, out.all_read);
  const std::set<std::string> trusted = sudoers.trusted();
  const bool everybody = trusted.contains("ALL");
  if ((everybody && sudoers.asks_target()) || sudoers_elsewhere(survey.files)) out.all_read = false;
  for (const std::string& name : trusted) {
    if (name[0] == '+') out.all_read = false;  // a netgroup: its members are elsewhere
  }
  const auto gives = [&](const std::string& name, std::optional<std::int64_t> gid) {
    static const std::set<std::string> known = {"sudo", "wheel", "admin", "root"};
    return known.contains(name) || trusted.contains("%" + name) ||
           (gid && trusted.contains("%#" + std::to_string(*gid)));
  };
  for (const Group& group : groups) {
    if (!gives(group.name, group.gid)) continue;
    for (const std::string& member : group.members) out.by_user[member].insert(group.name);
    for (const Passwd& user : survey.users) {
      if (user.gid == group.gid) out.by_user[user.login].insert(group.name);
    }
  }
  for (const UserRecord& record : survey.records.all) {
    for (const std::string& group : record.groups) {
      if (gives(group, std::nullopt)) out.by_user[record.user.login].insert(group);
    }
  }
  for (const Passwd& user : survey.users) {
    if (user.uid == 0) out.by_user[user.login].insert("root");
    const bool named = trusted.contains(user.login) ||
                       trusted.contains("#" + std::to_string(user.uid)) ||
                       (everybody && !sudoers.asks_target());
    if (named) out.by_user[user.login].insert("sudoers");
  }
  return out;
}

struct Logins {
  std::map<std::string, std::int64_t> at;
  bool kept = false;    // the machine keeps such records at all
  bool denied = false;
};

void take_login_database(const Survey& survey, const char* path, Logins& out) {
  const FileBytes file = survey.files.read(path, kLoginBytes);
  if (file.problem == Problem::absent) return;
  const Result<Node> logins =
      !file.ok()                ? Result<Node>(Node())
      : survey.pool != nullptr    ? survey.pool->run_bytes("host.logins", file.bytes, path)
                                : host_jobs().front().run({file.bytes, path, Node()});
  if (!file.ok() || !logins) {
    out.denied = true;  // records that are there and were not read
    return;
  }
  for (const auto& [user, at] : logins->pairs()) {
    out.at[user] = std::max(out.at[user], at.integer());
  }
}

Logins read_logins(const Survey& survey) {
  Logins out;
  constexpr std::size_t wtmp_bytes = 10'000 * kWtmpRecord;
  for (const char* path : {"/var/log/wtmp.1", "/var/log/wtmp"}) {
    const FileBytes bytes = survey.files.tail(path, wtmp_bytes);
    out.denied = out.denied || bytes.problem == Problem::denied;
    for (const auto& [user, at] : parse_wtmp(bytes.bytes)) {
      out.at[user] = std::max(out.at[user], at);
    }
  }
  Problem problem = Problem::none;
  Info info;
  const Fd fd = survey.files.open_file("/var/log/lastlog", &problem, &info);
  out.denied = out.denied || problem == Problem::denied;
  for (const Passwd& user : survey.users) {
    char record[kLastlogRecord];
    const auto at = static_cast<off_t>(user.uid) * static_cast<off_t>(kLastlogRecord);
    if (problem != Problem::none || at + static_cast<off_t>(sizeof record) > info.size) continue;
    const ssize_t n = ::pread(fd.get(), record, sizeof record, at);
    if (n != static_cast<ssize_t>(sizeof record)) continue;
    if (const auto when = parse_lastlog_record({record, sizeof record})) {
      out.at[user.login] = std::max(out.at[user.login], *when);
    }
  }
  for (const char* path : {"/var/lib/lastlog/lastlog2.db", "/var/lib/wtmpdb/wtmp.db",
                           "/var/log/wtmp.db"}) {
    take_login_database(survey, path, out);
  }
  out.kept = !out.at.empty();
  return out;
}

void put_day(Row& row, const std::string& column, std::int64_t day) {
  constexpr std::int64_t last = 2'932'896;  // 9999-12-31
  if (day < 0 || day > last) return;
  row[column] = start_of_day_ms(from_days(day));
  row[column + "_precision"] = std::string("day");
}

// Whether a key opens the account over SSH; nullopt when its home may not be looked into.
std::optional<bool> has_keys(const Survey& survey, const Passwd& user) {
  if (user.home.size() < 2) return false;
  Problem problem = Problem::none;
  const std::optional<Files> home = survey.files.below(user.home, &problem);
  if (!home) return problem == Problem::denied ? std::nullopt : std::optional(false);
  const Listing folder = home->list("/.ssh");
  if (folder.problem == Problem::denied) return std::nullopt;
  for (const std::string& name : folder.names) {
    if (!name.starts_with("authorized_keys")) continue;
    const std::optional<Info> info = home->info("/.ssh/" + name);
    if (info && info->regular && info->size > 0) return true;
  }
  return false;
}

void put_password(Row& row, const Passwd& user, const Shadow& shadow) {
  const bool empty = user.empty_password || shadow.scheme.empty();
  put(row, "password_store", empty ? "empty" : shadow.scheme);
  put_flag(row, "password_not_required", empty);
  put_flag(row, "locked", shadow.locked);
  put_flag(row, "password_never_expires",
           !shadow.max_days || *shadow.max_days < 0 || *shadow.max_days >= kForeverDays);
  put_flag(row, "password_must_change", shadow.changed_day == 0);
  if (shadow.changed_day && *shadow.changed_day > 0) {
    put_day(row, "password_changed_at", *shadow.changed_day);
  }
}

void put_user(Survey& survey, const Passwd& user, const std::map<std::string, Shadow>& shadows,
              const Rights& rights, const Logins& logins) {
  Row& row = survey.add("account");
  put(row, "account_key", survey.host + ":" + user.login);
  put(row, "scope", "host");
  put(row, "login", user.login);
  put(row, "display_name", user.gecos);
  const auto shadow = shadows.find(user.login);
  const bool expired = shadow != shadows.end() && shadow->second.expire_day &&
                       *shadow->second.expire_day >= 0 &&
                       *shadow->second.expire_day <= survey.now / kDayMs;
  put_flag(row, "login_allowed", user.may_log_in());
  const bool no_password = shadow != shadows.end() && shadow->second.scheme == "none" &&
                           !user.empty_password;
  const bool closed = no_password && !has_keys(survey, user).value_or(true);
  put_flag(row, "enabled", user.may_log_in() && !expired && !closed);
  if (shadow != shadows.end()) put_password(row, user, shadow->second);
  if (const auto mine = rights.by_user.find(user.login); mine != rights.by_user.end()) {
    std::string role;
    for (const std::string& name : mine->second) role += (role.empty() ? "" : ",") + name;
    put(row, "role", role);
    put_flag(row, "privileged", true);
  } else if (rights.all_read) {
    put_flag(row, "privileged", false);
  }
  if (const auto at = logins.at.find(user.login); at != logins.at.end()) {
    row["last_login_at"] = at->second;
    put_flag(row, "never_logged_in", false);
  } else if (logins.kept && !logins.denied) {
    put_flag(row, "never_logged_in", true);
  }
}

// Accounts with records of their own, and what of them or of other name services is not here.
void take_records(Survey& survey, std::map<std::string, Shadow>& shadows) {
  for (const UserRecord& record : survey.records.all) {
    if (record.shadow) shadows.emplace(record.user.login, *record.shadow);
    else survey.partial("account", "reason.host.user_records", record.user.login);
  }
  if (!survey.records.unread.empty()) {
    survey.partial("account", "reason.host.user_records", survey.records.unread.front());
  }
  each_line(survey.files.read("/etc/passwd", kAccountBytes).bytes, [&](std::string_view line) {
    if (line.starts_with('+')) survey.partial("account", "reason.host.nis_accounts", "/etc/passwd");
  });
}

}  // namespace

void collect_account(Survey& survey) {
  survey.begin("account");
  const FileBytes passwd = survey.files.read("/etc/passwd", kAccountBytes);
  if (!passwd.ok() || survey.users.empty()) {
    survey.missing("account", passwd.ok() ? "reason.host.unreadable" : reason_of(passwd.problem),
                   "/etc/passwd");
    return;
  }
  const FileBytes shadow = survey.files.read("/etc/shadow", kAccountBytes);
  std::map<std::string, Shadow> shadows = parse_shadow(shadow.bytes);
  take_records(survey, shadows);
  if (!shadow.ok()) {
    for (const char* column : {"locked", "password_changed_at", "password_must_change",
                               "password_never_expires", "password_not_required",
                               "password_store"}) {
      survey.gap("account", column, "reason.host.no_shadow");
    }
    survey.partial("account", "reason.host.no_shadow", "/etc/shadow");
  }
  if (shadow.ok()) {
    for (const Passwd& user : survey.users) {
      if (!user.empty_password && !shadows.contains(user.login) && !survey.has_record(user.login)) {
        survey.partial("account", "reason.host.shadow_incomplete", "/etc/shadow");
      }
    }
  }
  const FileBytes group = survey.files.read("/etc/group", kAccountBytes);
  const Rights rights = read_rights(survey, parse_group(group.bytes));
  if (!rights.all_read) survey.gap("account", "privileged", "reason.host.no_sudoers");
  const Logins logins = read_logins(survey);
  if (!logins.kept || logins.denied) {
    const char* reason =
        logins.denied ? "reason.host.no_permission" : "reason.host.no_login_records";
    survey.gap("account", "never_logged_in", reason);
    survey.gap("account", "last_login_at", reason);
  }
  for (const Passwd& user : survey.users) put_user(survey, user, shadows, rights, logins);
}

}  // namespace khien::host
