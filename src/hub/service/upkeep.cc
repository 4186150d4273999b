#include "hub/service/upkeep.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/limits.h"
#include "hub/data/audit.h"
#include "hub/data/data.h"
#include "hub/data/file_store.h"
#include "hub/data/office_files.h"
#include "hub/errors.h"
#include "hub/jobs/backup.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kListBytes = std::size_t{256} << 20;
constexpr const char* kParts[] = {"hub.db", "files", kOffices};

Result<Node> read_list(const fs::path& copy) {
  KHIEN_TRY(const std::string text, read_file(copy / "list.json", kListBytes));
  return parse_json(text, (copy / "list.json").string());
}

Done verify_copy(const fs::path& copy) {
  KHIEN_TRY(const Node list, read_list(copy));
  if (!list["files"].has("hub.db")) {
    return fail(err::hub_copy_damaged, copy.string(), {{"detail", "hub.db"}});
  }
  for (const auto& [path, sum] : list["files"].pairs()) {
    const fs::path inside = fs::path(path).lexically_normal();
    if (inside.is_absolute() || *inside.begin() == "..") {
      return fail(err::hub_copy_damaged, copy.string(), {{"detail", path}});
    }
    const auto found = file_digest(copy / inside);
    if (!found || *found != sum.text()) {
      return fail(err::hub_copy_damaged, copy.string(), {{"detail", path}});
    }
  }
  return {};
}

Done copy_tree(const fs::path& copy, const fs::path& to) {
  KHIEN_TRY(const Node list, read_list(copy));
  KHIEN_DO(make_folder(to, Access::owner));
  for (const auto& [path, sum] : list["files"].pairs()) {
    KHIEN_DO(make_folder((to / path).parent_path(), Access::owner));
    std::error_code ec;
    fs::copy_file(copy / path, to / path, ec);
    if (ec) return fail(err::file_unwritable, (to / path).string(), {{"detail", ec.message()}});
  }
  return {};
}

Done move_part(const fs::path& from, const fs::path& to) {
  std::error_code ec;
  if (!fs::exists(from, ec)) return {};
  fs::rename(from, to, ec);
  if (ec) return fail(err::file_unwritable, to.string(), {{"detail", ec.message()}});
  return {};
}

CheckLine check_text(const Database& db, const char* id, const char* sql,
                     const std::string& wanted) {
  const auto value = db.one(sql);
  const std::string said = value ? to_text(*value) : value.error().args.at("detail");
  return {id, said == wanted, 0, said == wanted ? "" : said};
}

CheckLine check_files(const fs::path& folder) {
  CheckLine out{"files", true, 0, ""};
  std::error_code ec;
  for (fs::recursive_directory_iterator it(folder / "files", ec), end; !ec && it != end;
       it.increment(ec)) {
    if (!it->is_regular_file(ec)) continue;
    ++out.count;
    const auto sum = file_digest(it->path());
    const std::string name = it->path().filename().string();
    if (sum && *sum == name && it->path() == kept_path(folder, name)) continue;
    out.good = false;
    out.detail += (out.detail.empty() ? "" : ", ") + name;
  }
  if (ec) out = {"files", false, out.count, ec.message()};
  return out;
}

}  // namespace

Result<fs::path> back_up(const fs::path& folder, const fs::path& to, const Content& content,
                         const Clock& clock) {
  KHIEN_TRY(const auto data, Data::open(folder, content, clock, Data::Lock::shared));
  return make_backup(*data, to, clock.now_ms(),
                     [](const std::string&, std::int64_t, std::int64_t) { return Done{}; });
}

Result<fs::path> restore(const fs::path& folder, const fs::path& copy, const Content& content,
                         const Clock& clock) {
  KHIEN_DO(verify_copy(copy));
  KHIEN_DO(make_folder(folder, Access::owner));
  KHIEN_TRY(const Fd lock, lock_folder(folder));
  const fs::path ready = folder / ".restoring";
  std::error_code ec;
  fs::remove_all(ready, ec);
  KHIEN_DO(copy_tree(copy, ready));
  const fs::path replaced = folder / "backup" / fmt::format("replaced-{}", clock.now_ms());
  KHIEN_DO(make_folder(replaced, Access::owner));
  for (const char* part : kParts) KHIEN_DO(move_part(folder / part, replaced / part));
  for (const char* part : {"hub.db-wal", "hub.db-shm"}) {
    KHIEN_DO(move_part(folder / part, replaced / part));
  }
  for (const char* part : kParts) KHIEN_DO(move_part(ready / part, folder / part));
  fs::remove_all(ready, ec);
  // The schema is brought up to date, and what was running when the copy was made runs again.
  KHIEN_TRY(const auto data, Data::open(folder, content, clock, Data::Lock::shared));
  Act act;
  act.action = "data.restore";
  act.detail.set("copy", copy.filename().string());
  KHIEN_DO(data->change(act, [](const Database&, Act&) { return Done{}; }));
  return replaced;
}

Result<std::vector<CheckLine>> check_folder(const fs::path& folder, const Content& content,
                                            const Clock& clock) {
  KHIEN_TRY(const auto data, Data::open(folder, content, clock, Data::Lock::shared));
  KHIEN_TRY(const Data::Reading db, data->read());
  std::vector<CheckLine> out;
  out.push_back(check_text(*db, "structure", "pragma integrity_check", "ok"));
  out.push_back(check_text(*db, "references",
                           "select count(*) from pragma_foreign_key_check", "0"));
  KHIEN_TRY(const AuditVerdict audit, verify_audit(*db, ""));
  out.push_back({"audit", audit.broken_id == 0, audit.rows,
                 audit.broken_id == 0 ? "" : fmt::format("{}", audit.broken_id)});
  out.push_back(check_files(folder));
  return out;
}

}  // namespace khien::hub
