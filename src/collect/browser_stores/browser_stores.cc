// The first folder below the source is the machine, the second its user; a file that lies higher
// has the folder names it has.
#include "collect/browser_stores/browser_stores.h"

#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "collect/browser_stores/errors.h"
#include "collect/source/files_walk.h"
#include "format/browser_store/jobs.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

struct Where {
  std::string host, login, profile;
};

Where where(const std::string& relative) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from < relative.size();) {
    const std::size_t end = std::min(relative.find('/', from), relative.size());
    parts.push_back(relative.substr(from, end - from));
    from = end + 1;
  }
  Where out;
  if (parts.size() > 1) out.host = parts[0];
  if (parts.size() > 2) out.login = parts[1];
  for (std::size_t i = 2; i + 1 < parts.size(); ++i) {
    out.profile += (out.profile.empty() ? "" : "/") + parts[i];
  }
  return out;
}

Result<Node> count(const fs::path& file, const Node& args, WorkerPool& pool) {
  KHIEN_TRY(std::string bytes, read_file(file, browser_store::kStoreBytes / 2));
  if (file.filename() == "logins.json") {
    auto reply = pool.run_bytes("browser.firefox", bytes, file.filename().string(), args);
    wipe(bytes);
    return reply;
  }
  std::string log;
  std::error_code ec;
  if (const fs::path wal = file.string() + "-wal"; fs::is_regular_file(wal, ec)) {
    KHIEN_TRY(log, read_file(wal, browser_store::kStoreBytes / 2 - 8));
  }
  std::string packed = browser_store::pack_store(bytes, log);
  auto reply = pool.run_bytes("browser.chromium", packed, file.filename().string(), args);
  wipe(bytes);
  wipe(log);
  wipe(packed);
  return reply;
}

}  // namespace

bool is_browser_store(const fs::path& file) {
  const std::string name = file.filename().string();
  return name == "Login Data" || name == "Login Data For Account" || name == "logins.json";
}

Result<Collection> collect_browser_stores(const fs::path& folder, const std::string& written,
                                          const std::vector<std::string>& domains,
                                          WorkerPool& pool) {
  KHIEN_TRY(const Walk walk, walk_files(folder));
  Collection out;
  out.collector = "browser_stores";
  out.collector_version = "0.2";
  out.source = written;
  TableFacts& stores = out.tables["browser_credential"];
  TableFacts& hosts = out.tables["host"];
  Node args = Node::map({{"domains", Node::list_of(domains)}});
  std::set<std::string> seen;
  for (const WalkedFile& file : walk.files) {
    if (!is_browser_store(file.path)) continue;
    const Where at = where(file.relative);
    if (!at.host.empty() && seen.insert(at.host).second) hosts.rows.push_back({{"host", at.host}});
    Row& row = stores.rows.emplace_back();
    row["host"] = at.host;
    row["login"] = at.login;
    row["browser"] = std::string(file.path.filename() == "logins.json" ? "firefox" : "chrome");
    row["profile"] = at.profile.empty() ? std::string("Default") : at.profile;
    row["store"] = std::string(file.path.filename() == "Login Data For Account" ? "account"
                                                                                : "local");
    const Result<Node> counted = count(file.path, args, pool);
    if (!counted) {
      row["unread_reason"] = std::string("reason.host.store_damaged");
      stores.status = TableFacts::Status::partial;
      stores.reason = "reason.host.store_damaged";
      continue;
    }
    row["saved_count"] = (*counted)["saved"].integer();
    if (domains.empty()) continue;
    row["watched_count"] = (*counted)["watched"].integer();
    std::string found;
    for (const std::string& d : (*counted)["domains"].texts()) {
      found += (found.empty() ? "" : ",") + d;
    }
    row["watched_domains"] = found;
  }
  if (stores.rows.empty()) return fail(err::no_browser_store, written);
  if (domains.empty()) stores.gaps["watched_count"] = "reason.host.no_domains_given";
  if (walk.unreadable > 0) {
    stores.status = TableFacts::Status::partial;
    stores.reason = "reason.collect.source_unreadable";
  }
  // The folder names machines; everything else about them was not looked at.
  hosts.status = TableFacts::Status::partial;
  hosts.reason = "reason.collect.browser_files_only";
  return out;
}

Collections read_browser_stores(const AgencySource& source, Reading& reading) {
  return one(collect_browser_stores(source.path, source.written, reading.agency.domains,
                                    reading.pool));
}

}  // namespace khien
