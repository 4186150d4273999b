// Texts of Windows machines to host and installed_update.
#include "collect/systeminfo/systeminfo.h"

#include "base/file.h"
#include "base/hash.h"
#include "collect/host_windows/support_end.h"
#include "collect/source/errors.h"
#include "collect/source/fields.h"

namespace khien::windows {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCollector = "windows_update";
constexpr const char* kVersion = "0.2";
constexpr const char* kLifecycle = "lifecycle/windows.yaml";

Collection from_systeminfo(const SystemInfo& info, const std::string& host,
                           const std::string& source, const Node& lifecycle) {
  Collection out;
  out.collector = kCollector;
  out.collector_version = kVersion;
  out.source = source;
  out.host = host;
  Row& row = out.add("host");
  row["host"] = host;
  row["role"] = std::string(is_server(info.os_name) ? "server" : "workstation");
  row["os_id"] = std::string("windows");
  row["os_name"] = info.os_name;
  row["os_version"] = info.version;
  if (!info.machine_id.empty()) row["machine_id"] = info.machine_id;
  if (!info.architecture.empty()) row["architecture"] = info.architecture;
  const SupportEnd end = support_end(lifecycle, info.os_name, info.version);
  if (!end.ends_on.empty()) {
    row["os_support_ends_on"] = end.ends_on;
    row["os_support_verified"] = std::int64_t{end.verified};
  }
  if (!end.extended_on.empty()) row["os_extended_support_ends_on"] = end.extended_on;
  if (lifecycle.has("dated")) row["os_support_table_on"] = lifecycle["dated"].text();
  out.tables["installed_update"];
  for (const std::string& kb : info.updates) {
    out.add("installed_update") = {{"host", host}, {"kb", kb}};
  }
  out.tables["installed_update"].gaps["installed_on"] = "reason.vuln.no_install_date";
  return out;
}

Result<std::vector<SystemInfo>> read_in_worker(WorkerPool& pool, std::string_view bytes,
                                               const std::string& name) {
  KHIEN_TRY(const Node reply, pool.run_bytes("windows.systeminfo", bytes, name));
  std::vector<SystemInfo> out;
  for (const Node& machine : reply["machines"].items()) {
    out.push_back({machine["host"].text(), machine["os_name"].text(), machine["version"].text(),
                   machine["machine_id"].text(), machine["architecture"].text(),
                   machine["updates"].texts()});
  }
  return out;
}

}  // namespace

Result<std::string> check_systeminfo(const Node& map, const std::string& place) {
  return check_file_source(map, place, {"type", "path", "host"});
}

Collections read_systeminfo(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(const Node lifecycle, reading.content.yaml(kLifecycle));
  KHIEN_TRY(const FolderFiles folder, files_in(source.path, {".txt", ".log", ".csv"}));
  const std::vector<fs::path>& files = folder.files;
  if (files.empty()) return fail(err::windows_none, source.written);
  const std::string host = source.text("host");
  std::vector<Collection> out;
  for (const fs::path& file : files) {
    const std::string name = written_of(source, file);
    const auto bytes = read_file(file, kTextBytes);
    auto info = bytes ? read_in_worker(reading.pool, *bytes, name)
                      : Result<std::vector<SystemInfo>>(pass_on(bytes.error()));
    const std::string stem = file.stem().string();
    if (!info) {
      reading.problems.push_back(info.error());
      out.push_back(missing_collection(kCollector, kVersion, name,
                                       {"host", "installed_update"}, info.error()));
      out.back().host = host.empty() ? stem : host;
      continue;
    }
    const bool stated = !host.empty() && files.size() == 1 && info->size() == 1;
    for (const SystemInfo& one : *info) {
      const std::string machine = stated ? host : one.host.empty() ? stem : one.host;
      out.push_back(from_systeminfo(one, machine, name, lifecycle));
      out.back().source_sha256 = sha256_hex(*bytes);
    }
  }
  name_left_out(source, folder.left_out, kCollector, {"host", "installed_update"}, reading, out);
  return out;
}

}  // namespace khien::windows
