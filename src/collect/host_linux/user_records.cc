#include "collect/host_linux/user_records.h"

#include "base/calendar.h"
#include "base/node.h"
#include "format/crypt_scheme.h"

namespace khien::host {
namespace {

constexpr std::size_t kRecords = 10'000;
constexpr std::int64_t kDayMicroseconds = kDayMs * 1000;

std::optional<std::int64_t> day_of(const Node& microseconds) {
  if (microseconds.type() != Node::Type::integer || microseconds.integer() < 0) return std::nullopt;
  return microseconds.integer() / kDayMicroseconds;
}

// The part of the password: open only to root, in the record itself or in a file beside it.
std::optional<Shadow> shadow_of(const Node& record) {
  const std::vector<std::string> hashes = record["privileged"]["hashedPassword"].texts();
  if (hashes.empty()) return std::nullopt;  // a token or a key may open it
  Shadow out;
  std::string_view rest = hashes.front();
  out.locked = rest.starts_with('!') || rest.starts_with('*') || record["locked"].boolean();
  while (!rest.empty() && rest[0] == '!') rest.remove_prefix(1);
  out.scheme = rest.empty() ? "none" : crypt_scheme(rest);
  out.changed_day = day_of(record["lastPasswordChangeUSec"]);
  if (record["passwordChangeNow"].boolean()) out.changed_day = 0;
  out.max_days = day_of(record["passwordChangeMaxUSec"]);
  out.expire_day = day_of(record["notAfterUSec"]);
  return out;
}

}  // namespace

std::optional<UserRecord> parse_user_record(std::string_view json) {
  const auto node = parse_json(json, "user record");
  if (!node || !node->is_map() || (*node)["userName"].text().empty()) return std::nullopt;
  const Node& record = *node;
  UserRecord out;
  out.user.login = record["userName"].text();
  out.user.gecos = record["realName"].text();
  out.user.home = record["homeDirectory"].text("/home/" + out.user.login);
  out.user.shell = record["shell"].text("/bin/bash");
  out.user.uid = record["uid"].integer(-1);
  for (const auto& [machine, binding] : record["binding"].pairs()) {  // as homed keeps them
    if (out.user.uid < 0) out.user.uid = binding["uid"].integer(-1);
    if (binding.has("homeDirectory")) out.user.home = binding["homeDirectory"].text();
  }
  out.user.gid = record["gid"].integer(out.user.uid);
  for (const std::string& group : record["memberOf"].texts()) out.groups.insert(group);
  out.shadow = shadow_of(record);
  return out;
}

UserRecords read_user_records(const Files& files) {
  UserRecords out;
  std::set<std::string> seen;
  const auto take = [&](const std::string& folder, std::string_view ending) {
    const Listing listing = files.list(folder);
    if (listing.problem == Problem::absent) return;
    if (listing.problem != Problem::none || listing.cut) out.unread.push_back(folder);
    for (const std::string& name : listing.names) {
      if (!name.ends_with(ending)) continue;
      const std::string path = folder + "/" + name;
      auto record = parse_user_record(files.read(path).bytes);
      if (!record || out.all.size() >= kRecords) {
        out.unread.push_back(path);
        continue;
      }
      const auto part = parse_json(files.read(path + "-privileged").bytes, name);
      if (part && part->is_map() && !record->shadow) record->shadow = shadow_of(*part);
      // userdb names a record by login and by number: two links to one file.
      if (seen.insert(record->user.login).second) out.all.push_back(std::move(*record));
    }
  };
  take("/var/lib/systemd/home", ".identity");
  for (const char* folder : {"/etc/userdb", "/run/userdb", "/run/host/userdb", "/usr/lib/userdb"}) {
    take(folder, ".user");
  }
  return out;
}

}  // namespace khien::host
