// Hashes are looked at once, in the worker, for the name of their scheme; they never come back.
#include "collect/accounts/unix_files.h"

#include "base/calendar.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/accounts/errors.h"
#include "collect/host_linux/account_files.h"
#include "format/errors.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kForeverDays = 9999;   // from here on a maximum age means "never"
constexpr std::int64_t kLastDay = 2'932'896;  // 9999-12-31
constexpr std::size_t kUsers = 200'000;

tl::unexpected<Error> too_many(const JobInput& input) {
  return fail(err::table_rows, input.name, {{"limit", std::to_string(kUsers)}});
}

Result<Node> run_passwd(const JobInput& input) {
  Node users = Node::list();
  std::size_t count = 0;
  for (const host::Passwd& user : host::parse_passwd(input.bytes)) {
    if (++count > kUsers) return too_many(input);
    users.push(Node::map({{"login", user.login},
                          {"name", user.gecos.substr(0, user.gecos.find(','))},
                          {"may_log_in", user.may_log_in()},
                          {"root", user.uid == 0},
                          {"empty", user.empty_password}}));
  }
  return Node::map({{"users", std::move(users)}});
}

Result<Node> run_shadow(const JobInput& input) {
  Node users = Node::list();
  std::size_t count = 0;
  for (const auto& [login, shadow] : host::parse_shadow(input.bytes)) {
    if (++count > kUsers) return too_many(input);
    users.push(Node::map({{"login", login},
                          {"scheme", shadow.scheme},
                          {"locked", shadow.locked},
                          {"changed", shadow.changed_day},
                          {"max", shadow.max_days},
                          {"expire", shadow.expire_day}}));
  }
  return Node::map({{"users", std::move(users)}});
}

void put_shadow(const Node& shadow, bool empty_in_passwd, Row& row) {
  const std::string scheme = shadow["scheme"].text();
  const bool empty = empty_in_passwd || scheme.empty();
  row["password_store"] = empty ? std::string("empty") : scheme;
  row["password_not_required"] = std::int64_t{empty};
  row["locked"] = std::int64_t{shadow["locked"].boolean()};
  const std::int64_t max = shadow["max"].integer(-1);
  row["password_never_expires"] = std::int64_t{max < 0 || max >= kForeverDays};
  const std::int64_t day = shadow["changed"].integer(-1);
  row["password_must_change"] = std::int64_t{day == 0};
  if (day > 0 && day <= kLastDay) {
    row["password_changed_at"] = start_of_day_ms(from_days(day));
    row["password_changed_at_precision"] = std::string("day");
  }
}

Row user_row(const Node& user, const Node* shadow, const std::string& host, std::int64_t as_of_ms) {
  Row row;
  const std::string login = user["login"].text();
  row["account_key"] = host + ":" + login;
  row["scope"] = std::string("host");
  row["host"] = host;
  row["login"] = login;
  if (!user["name"].text().empty()) row["display_name"] = user["name"].text();
  const bool may = user["may_log_in"].boolean();
  row["login_allowed"] = std::int64_t{may};
  if (user["root"].boolean()) row["privileged"] = std::int64_t{1};
  bool expired = false;
  if (shadow != nullptr) {
    const std::int64_t day = (*shadow)["expire"].integer(-1);
    expired = day >= 0 && day <= to_days(local_date(as_of_ms));
    put_shadow(*shadow, user["empty"].boolean(), row);
  }
  row["enabled"] = std::int64_t{may && !expired};
  return row;
}

void no_shadow(TableFacts& facts) {
  facts.status = TableFacts::Status::partial;
  facts.reason = "reason.accounts.no_shadow";
  for (const char* column : {"locked", "password_changed_at", "password_must_change",
                             "password_never_expires", "password_not_required",
                             "password_store"}) {
    facts.gaps[column] = "reason.accounts.no_shadow";
  }
}

// "shadow" beside "passwd", "db01-shadow.txt" beside "db01-passwd.txt".
fs::path shadow_beside(const fs::path& passwd) {
  constexpr std::string_view own = "passwd";
  std::string name = passwd.filename().string();
  const std::size_t at = ascii_lower(name).find(own);
  if (at == std::string::npos) return passwd.parent_path() / "shadow";
  return passwd.parent_path() / name.replace(at, own.size(), "shadow");
}

}  // namespace

std::vector<Job> unix_jobs() {
  return {{"accounts.passwd", host::kAccountBytes, run_passwd},
          {"accounts.shadow", host::kAccountBytes, run_shadow}};
}

Result<Collection> collect_unix_files(const fs::path& path, const std::string& source,
                                      const std::string& host, WorkerPool& pool,
                                      std::int64_t as_of_ms) {
  std::error_code ec;
  const bool file = fs::is_regular_file(path, ec);
  const fs::path users_file = file ? path : path / "passwd";
  if (!fs::is_regular_file(users_file, ec)) return fail(err::passwd_absent, source);
  KHIEN_TRY(const std::string passwd, read_file(users_file, host::kAccountBytes));
  KHIEN_TRY(const Node users, pool.run_bytes("accounts.passwd", passwd, source + "/passwd"));
  Collection out;
  out.collector = "account_file";
  out.collector_version = "0.1";
  out.source = source;
  out.host = host;
  TableFacts& facts = out.tables["account"];
  for (const char* column : {"role", "created_at", "issued_at", "last_login_at",
                             "never_logged_in"}) {
    facts.gaps[column] = "reason.accounts.no_column";
  }
  std::map<std::string, Node> shadows;
  Sha256 digest;
  digest.add(passwd);
  auto shadow = read_file(shadow_beside(users_file), host::kAccountBytes);
  if (shadow) {
    digest.add(*shadow);
    auto reply = pool.run_bytes("accounts.shadow", *shadow, source + "/shadow");
    wipe(*shadow);
    if (!reply) return pass_on(reply.error());
    for (const Node& user : (*reply)["users"].items()) shadows[user["login"].text()] = user;
  } else {
    no_shadow(facts);
  }
  out.source_sha256 = hex(digest.finish());
  for (const Node& user : users["users"].items()) {
    const auto at = shadows.find(user["login"].text());
    facts.rows.push_back(user_row(user, at == shadows.end() ? nullptr : &at->second, host,
                                  as_of_ms));
  }
  return out;
}

}  // namespace khien
