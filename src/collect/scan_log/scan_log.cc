// Files to rows of scan_run: which reader, which machine, which scope.
#include "collect/scan_log/scan_log.h"

#include <algorithm>
#include <optional>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/scan_log/errors.h"
#include "collect/source/fields.h"

namespace khien::scan {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCollector = "scan_log";
constexpr const char* kVersion = "0.2";

const std::vector<std::string> kLogs = {".log", ".txt"};
const std::vector<std::string> kFiles = {".log", ".txt",  ".csv", ".tsv",  ".xlsx", ".xlsm",
                                         ".xls", ".xlsb", ".ods", ".html", ".htm"};

Result<std::vector<Row>> read_log(std::string_view bytes, const std::string& name,
                                  const Node& lexicon, WorkerPool& pool) {
  KHIEN_TRY(const Node reply, pool.run_bytes("scan.log", bytes, name, lexicon));
  KHIEN_TRY(Collection c, collection_from(reply));
  return std::move(c.tables["scan_run"].rows);
}

// A text that is no log may be a table: what PowerShell writes into a file.
Result<std::vector<Row>> read_file_of_any_kind(const fs::path& file, std::string_view bytes,
                                               const std::string& name, const Node& lexicon,
                                               const Words& words, WorkerPool& pool) {
  const std::string extension = fold(file.extension().string());
  std::optional<Error> of_log;
  if (std::find(kLogs.begin(), kLogs.end(), extension) != kLogs.end()) {
    auto rows = read_log(bytes, name, lexicon, pool);
    if (rows || rows.error().code != err::scan_unknown) return rows;
    of_log = rows.error();
  }
  const auto table = read_table(pool, bytes, name);
  auto rows = table ? read_scan_table(*table, words, name)
                    : Result<std::vector<Row>>(pass_on(table.error()));
  if (!rows && of_log) return tl::unexpected(*of_log);
  return rows;
}

}  // namespace

Result<std::string> check_scan_log(const Node& map, const std::string& place) {
  KHIEN_TRY(std::string path, check_file_source(map, place, {"type", "path", "host", "scope"}));
  KHIEN_DO(check_choice(map, "scope", {"full", "quick", "folder"}, place));
  return path;
}

Collections read_scan_log(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(const Node lexicon, reading.content.yaml("headers/scan.yaml"));
  KHIEN_TRY(const Words words, Words::load(lexicon));
  KHIEN_TRY(const FolderFiles folder, files_in(source.path, kFiles));
  const std::vector<fs::path>& files = folder.files;
  if (files.empty()) return fail(err::scan_none, source.written);
  const std::string host = source.text("host");
  const std::string scope = source.text("scope");
  std::vector<Collection> out;
  for (const fs::path& file : files) {
    const std::string name = written_of(source, file);
    const auto bytes = read_file(file, kLogBytes);
    auto rows = bytes ? read_file_of_any_kind(file, *bytes, name, lexicon, words, reading.pool)
                      : Result<std::vector<Row>>(pass_on(bytes.error()));
    if (!rows) {
      reading.problems.push_back(rows.error());
      out.push_back(missing_collection(kCollector, kVersion, name, {"scan_run"}, rows.error()));
      continue;
    }
    Collection& c = out.emplace_back();
    c.collector = kCollector;
    c.collector_version = kVersion;
    c.source = name;
    c.source_sha256 = sha256_hex(*bytes);
    for (Row& row : *rows) {
      if (!row.contains("host")) row["host"] = host.empty() ? file.stem().string() : host;
      if (!row.contains("scope") && !scope.empty()) row["scope"] = scope;
      row["source"] = name;
    }
    c.tables["scan_run"].rows = std::move(*rows);
  }
  name_left_out(source, folder.left_out, kCollector, {"scan_run"}, reading, out);
  return out;
}

}  // namespace khien::scan
