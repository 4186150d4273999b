// Files to rows of scan_run: which reader, which machine, which scope.
#include "collect/scan_run/scan_run.h"

#include "base/file.h"
#include "base/hash.h"
#include "collect/scan_run/errors.h"
#include "collect/windows_update/windows_update.h"

namespace khien::scan {
namespace {

namespace fs = std::filesystem;

Result<std::vector<Row>> read_file_of_any_kind(const fs::path& file, std::string_view bytes,
                                               const std::string& name, const Node& lexicon,
                                               const Words& words, WorkerPool& pool) {
  const std::string extension = file.extension().string();
  if (extension == ".csv" || extension == ".xlsx" || extension == ".CSV" ||
      extension == ".XLSX") {
    KHIEN_TRY(const Table table, read_table(pool, bytes, name));
    return read_scan_table(table, words, name);
  }
  KHIEN_TRY(const Node reply, pool.run_bytes("scan.log", bytes, name, lexicon));
  KHIEN_TRY(Collection c, collection_from(reply));
  return std::move(c.tables["scan_run"].rows);
}

}  // namespace

Result<std::vector<Collection>> collect_scan_logs(const AgencySource& source,
                                                  const Content& content, WorkerPool& pool,
                                                  std::vector<Error>& problems) {
  KHIEN_TRY(const Node lexicon, content.yaml("headers/scan.yaml"));
  KHIEN_TRY(const Words words, Words::load(lexicon));
  const auto files = windows::files_in(source.path, {".log", ".txt", ".csv", ".xlsx"});
  if (files.empty()) return fail(err::scan_none, source.written);
  std::vector<Collection> out;
  for (const fs::path& file : files) {
    const std::string name =
        file == source.path ? source.written
                            : (fs::path(source.written) / file.filename()).string();
    Collection& c = out.emplace_back();
    c.collector = "scan_log";
    c.collector_version = "0.2";
    c.source = name;
    const auto bytes = read_file(file, kLogBytes);
    auto rows = bytes ? read_file_of_any_kind(file, *bytes, name, lexicon, words, pool)
                      : Result<std::vector<Row>>(pass_on(bytes.error()));
    if (!rows) {
      problems.push_back(rows.error());
      c.mark("scan_run", TableFacts::Status::missing, "reason.collect.source_unreadable",
             to_string(rows.error()));
      continue;
    }
    c.source_sha256 = sha256_hex(*bytes);
    for (Row& row : *rows) {
      if (!row.contains("host")) {
        row["host"] = source.host.empty() ? file.stem().string() : source.host;
      }
      if (!row.contains("scope") && !source.scope.empty()) row["scope"] = source.scope;
      row["source"] = name;
    }
    c.tables["scan_run"].rows = std::move(*rows);
  }
  return out;
}

}  // namespace khien::scan
