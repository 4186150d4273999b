// Texts and tables of Windows machines to host and installed_update.
#include "collect/windows_update/windows_update.h"

#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/vuln_data/errors.h"
#include "collect/windows_update/date_order.h"

namespace khien::windows {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVersion = "0.2";
constexpr const char* kLifecycle = "lifecycle/windows.yaml";
constexpr std::size_t kFiles = 20'000;

Collection new_collection(const std::string& source, const std::string& host) {
  Collection out;
  out.collector = "windows_update";
  out.collector_version = kVersion;
  out.source = source;
  out.host = host;
  return out;
}

bool is_kb(std::string_view s) {
  return s.size() >= 8 && s.size() <= 10 && s.starts_with("KB") &&
         s.find_first_not_of("0123456789", 2) == s.npos;
}

Collection from_systeminfo(const SystemInfo& info, const std::string& host,
                           const std::string& source, const Node& lifecycle) {
  Collection out = new_collection(source, host);
  Row& row = out.add("host");
  row["host"] = host;
  row["role"] = std::string(is_server(info.os_name) ? "server" : "workstation");
  row["os_id"] = std::string("windows");
  row["os_name"] = info.os_name;
  row["os_version"] = info.version;
  if (!info.architecture.empty()) row["architecture"] = info.architecture;
  const SupportEnd end = support_end(lifecycle, info.os_name, info.version);
  if (!end.ends_on.empty()) {
    row["os_support_ends_on"] = end.ends_on;
    row["os_support_verified"] = std::int64_t{end.verified};
  }
  if (!end.extended_on.empty()) row["os_extended_support_ends_on"] = end.extended_on;
  out.tables["installed_update"];
  for (const std::string& kb : info.updates) {
    out.add("installed_update") = {{"host", host}, {"kb", kb}};
  }
  out.tables["installed_update"].gaps["installed_on"] = "reason.vuln.no_install_date";
  return out;
}

// A source that did not read: its machine must not count as passed, or be forgotten.
Collection unread(const std::string& source, const std::string& host,
                  std::initializer_list<const char*> tables, const Error& error) {
  Collection out = new_collection(source, host);
  for (const char* table : tables) {
    out.mark(table, TableFacts::Status::missing, "reason.collect.source_unreadable",
             to_string(error));
  }
  return out;
}

std::string source_name(const fs::path& root, const std::string& source, const fs::path& file) {
  return file == root ? source : (fs::path(source) / file.filename()).string();
}

Result<SystemInfo> read_in_worker(WorkerPool& pool, std::string_view bytes,
                                  const std::string& name) {
  KHIEN_TRY(const Node reply, pool.run_bytes("windows.systeminfo", bytes, name));
  return SystemInfo{reply["host"].text(), reply["os_name"].text(), reply["version"].text(),
                    reply["architecture"].text(), reply["updates"].texts()};
}

struct HotFixColumns {
  std::size_t kb = 0, host = 0, day = 0;
  std::size_t row = 0;
};

Result<HotFixColumns> find_columns(const Table& table, const std::string& place) {
  for (std::size_t r = 0; r < std::min<std::size_t>(table.rows.size(), 5); ++r) {
    const auto& cells = table.rows[r].cells;
    const auto find = [&](std::initializer_list<const char*> names) {
      for (const char* name : names) {
        const auto at = std::find_if(cells.begin(), cells.end(), [&](const std::string& cell) {
          return fold(cell) == name;
        });
        if (at != cells.end()) return static_cast<std::size_t>(at - cells.begin());
      }
      return cells.size();
    };
    HotFixColumns out{find({"hotfixid"}), find({"csname", "pscomputername", "__server"}),
                      find({"installedon"}), r};
    if (out.kb < cells.size()) return out;
  }
  return fail(err::hotfix_columns, place, {{"wanted", "HotFixID, CSName, InstalledOn"}});
}

}  // namespace

std::vector<fs::path> files_in(const fs::path& path, const std::vector<std::string>& extensions) {
  std::error_code ec;
  if (!fs::is_directory(path, ec)) return {path};
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(path, ec)) {
    const std::string extension = fold(entry.path().extension().string());
    const bool wanted =
        std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
    if (wanted && entry.is_regular_file(ec)) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  if (out.size() > kFiles) out.resize(kFiles);
  return out;
}

Result<std::vector<Collection>> collect_systeminfo(const fs::path& path, const std::string& source,
                                                   const std::string& host, const Content& content,
                                                   WorkerPool& pool,
                                                   std::vector<Error>& problems) {
  KHIEN_TRY(const Node lifecycle, content.yaml(kLifecycle));
  const std::vector<fs::path> files = files_in(path, {".txt", ".log"});
  if (files.empty()) return fail(err::windows_none, source);
  std::vector<Collection> out;
  for (const fs::path& file : files) {
    const std::string name = source_name(path, source, file);
    const auto bytes = read_file(file, kTextBytes);
    auto info = bytes ? read_in_worker(pool, *bytes, name)
                      : Result<SystemInfo>(pass_on(bytes.error()));
    const std::string stem = file.stem().string();
    if (!info) {
      problems.push_back(info.error());
      out.push_back(unread(name, host.empty() ? stem : host, {"host", "installed_update"},
                           info.error()));
      continue;
    }
    const std::string machine = !host.empty() && files.size() == 1 ? host
                                : info->host.empty()               ? stem
                                                                   : info->host;
    out.push_back(from_systeminfo(*info, machine, name, lifecycle));
    out.back().source_sha256 = sha256_hex(*bytes);
  }
  return out;
}

Result<HotFixes> read_hotfixes(const Table& table, const std::string& place) {
  KHIEN_TRY(const HotFixColumns at, find_columns(table, place));
  const auto cell = [&](const TableRow& row, std::size_t column) {
    return column < row.cells.size() ? row.cells[column] : std::string();
  };
  DateOrder order;
  for (std::size_t r = at.row + 1; r < table.rows.size(); ++r) {
    order.see(cell(table.rows[r], at.day));
  }
  HotFixes out;
  for (std::size_t r = at.row + 1; r < table.rows.size(); ++r) {
    const std::string kb = cell(table.rows[r], at.kb);
    if (!is_kb(kb)) continue;  // "File 1" of old systems
    const std::string day = cell(table.rows[r], at.day);
    const auto moment = order.read(day);
    out.dates_unclear = out.dates_unclear || (!day.empty() && !moment);
    out.rows.push_back({cell(table.rows[r], at.host), kb, moment ? to_iso(moment->day) : ""});
  }
  return out;
}

Result<std::vector<Collection>> collect_hotfixes(const fs::path& path, const std::string& source,
                                                 const std::string& host, WorkerPool& pool,
                                                 std::vector<Error>& problems) {
  const std::vector<fs::path> files = files_in(path, {".csv", ".xlsx"});
  if (files.empty()) return fail(err::windows_none, source);
  std::vector<Collection> out;
  for (const fs::path& file : files) {
    const std::string name = source_name(path, source, file);
    const std::string fallback = host.empty() ? file.stem().string() : host;
    const auto bytes = read_file(file, limits::table_file_bytes);
    auto table = bytes ? read_table(pool, *bytes, name) : Result<Table>(pass_on(bytes.error()));
    auto fixes = table ? read_hotfixes(*table, name) : Result<HotFixes>(pass_on(table.error()));
    if (!fixes) {
      problems.push_back(fixes.error());
      out.push_back(unread(name, fallback, {"installed_update"}, fixes.error()));
      continue;
    }
    Collection& c = out.emplace_back(new_collection(name, ""));
    c.source_sha256 = sha256_hex(*bytes);
    TableFacts& facts = c.tables["installed_update"];
    if (fixes->dates_unclear) facts.gaps["installed_on"] = "reason.vuln.date_order";
    for (const HotFix& fix : fixes->rows) {
      Row& row = facts.rows.emplace_back();
      row = {{"host", fix.host.empty() ? fallback : fix.host}, {"kb", fix.kb}};
      if (!fix.installed_on.empty()) row["installed_on"] = fix.installed_on;
    }
  }
  return out;
}

}  // namespace khien::windows
