#include "collect/host_linux/login_databases.h"

#include "base/sqlite.h"
#include "collect/host_linux/errors.h"

namespace khien::host {
namespace {

tl::unexpected<Error> malformed(const std::string& detail) {
  return fail(err::logins_malformed, "lastlog2, wtmpdb", {{"detail", detail}});
}

Result<Node> run_logins(const JobInput& input) {
  KHIEN_TRY(const auto logins, parse_login_database(std::string(input.bytes)));
  Node out = Node::map();
  for (const auto& [user, at] : logins) out.set(user, at);
  return out;
}

}  // namespace

Result<std::map<std::string, std::int64_t>> parse_login_database(std::string bytes) {
  auto db = Database::from_bytes(std::move(bytes));
  if (!db) return malformed(to_string(db.error()));
  // lastlog2 counts seconds and has one row a user; wtmpdb microseconds, type 3 is a log-in.
  const bool last = db->has_table("Lastlog2");
  if (!last && !db->has_table("wtmp")) return malformed("table");
  auto rows = db->prepare(last ? "select Name, max(Time) * 1000 from Lastlog2 group by Name"
                               : "select User, max(Login) / 1000 from wtmp where Type = 3"
                                 " group by User");
  if (!rows) return malformed(to_string(rows.error()));
  std::map<std::string, std::int64_t> out;
  for (;;) {
    const auto more = rows->step();
    if (!more) return malformed(to_string(more.error()));
    if (!*more || out.size() >= kLoginUsers) return out;
    const std::string user = rows->text(0);
    if (!user.empty() && rows->integer(1) > 0) out[user] = rows->integer(1);
  }
}

std::vector<Job> host_jobs() { return {{"host.logins", kLoginBytes, run_logins}}; }

}  // namespace khien::host
