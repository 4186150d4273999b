#include "hub/data/migrate.h"

#include <map>

#include <fmt/format.h>

#include "base/hash.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::string_view kFolder = "schema/";

std::string name_of(const std::string& path) {
  return path.substr(kFolder.size(), path.size() - kFolder.size() - 4);
}

Result<std::map<std::string, std::string>> applied(const Database& db) {
  std::map<std::string, std::string> out;
  KHIEN_TRY(Statement rows, db.prepare("select name, sha256 from migration"));
  for (;;) {
    KHIEN_TRY(const bool row, rows.step());
    if (!row) return out;
    out[rows.text(0)] = rows.text(1);
  }
}

Done apply(const Database& db, const std::string& name, const std::string& sql,
           std::int64_t now_ms) {
  if (auto done = db.execute(sql); !done) {
    return fail(err::hub_migration, name, {{"detail", done.error().args["detail"]}});
  }
  KHIEN_TRY(Statement row, db.prepare("insert into migration values(?1, ?2, ?3)"));
  return row.bind(1, name).bind(2, sha256_hex(sql)).bind(3, now_ms).run();
}

Done keep_copy(const Database& db, const std::filesystem::path& backups, const std::string& name,
               std::int64_t now_ms) {
  const auto to = backups / fmt::format("before-{}-{}.db", name, now_ms);
  KHIEN_TRY(Statement copy, db.prepare("vacuum into ?1"));
  return copy.bind(1, to.string()).run();
}

}  // namespace

Done migrate(const Database& db, const Content& content, std::int64_t now_ms,
             const std::filesystem::path& backups) {
  KHIEN_DO(db.execute("create table if not exists migration(name text primary key,"
                      " sha256 text not null, applied_at integer not null) strict"));
  KHIEN_TRY(auto there, applied(db));
  const bool has_data = !there.empty();
  std::vector<std::pair<std::string, std::string>> missing;
  for (const std::string& path : content.list(kFolder, ".sql")) {
    KHIEN_TRY(std::string sql, content.raw(path));
    const std::string name = name_of(path);
    const auto it = there.find(name);
    if (it == there.end()) {
      missing.emplace_back(name, std::move(sql));
      continue;
    }
    if (it->second != sha256_hex(sql)) return fail(err::hub_data_newer, "hub.db", {{"name", name}});
    there.erase(it);
  }
  if (!there.empty()) {
    return fail(err::hub_data_newer, "hub.db", {{"name", there.begin()->first}});
  }
  if (missing.empty()) return {};
  if (has_data) KHIEN_DO(keep_copy(db, backups, missing.front().first, now_ms));
  KHIEN_DO(db.execute("begin immediate"));
  for (const auto& [name, sql] : missing) {
    if (auto done = apply(db, name, sql, now_ms); !done) {
      const Done ignored = db.execute("rollback");
      static_cast<void>(ignored);
      return done;
    }
  }
  return db.execute("commit");
}

}  // namespace khien::hub
