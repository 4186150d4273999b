#include "collect/source/source.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/source/errors.h"
#include "collect/source/fields.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFiles = 20'000;

}  // namespace

Collections one(Result<Collection> collection) {
  if (!collection) return pass_on(std::move(collection.error()));
  std::vector<Collection> out;
  out.push_back(std::move(*collection));
  return out;
}

Collection missing_collection(std::string collector, std::string version, std::string source,
                              const std::vector<std::string>& tables, const Error& error) {
  Collection out;
  out.collector = std::move(collector);
  out.collector_version = std::move(version);
  out.source = std::move(source);
  for (const std::string& table : tables) {
    out.mark(table, TableFacts::Status::missing, "reason.collect.source_unreadable",
             to_string(error));
  }
  return out;
}

Done check_columns(const AgencySource& source, const std::vector<std::string>& fields) {
  std::string allowed;
  for (const std::string& field : fields) allowed += (allowed.empty() ? "" : ", ") + field;
  for (const auto& [heading, field] : columns_of(source.fields)) {
    if (std::find(fields.begin(), fields.end(), field) != fields.end()) continue;
    return fail(err::column_field, source.place, {{"field", field}, {"allowed", allowed}});
  }
  return {};
}

Result<SourceTable> source_table(const AgencySource& source, WorkerPool& pool) {
  KHIEN_TRY(const std::string bytes, read_file(source.path, limits::table_file_bytes));
  SourceTable out;
  out.sha256 = sha256_hex(bytes);
  const std::string sheet = source.text("sheet");
  const KeptTable* kept = source.kept.get();
  const bool same = kept != nullptr && kept->sheet == sheet && kept->source_sha256 == out.sha256;
  KHIEN_TRY(out.table, same ? table_from(kept->packed, source.written)
                            : read_table(pool, bytes, source.written, sheet));
  return out;
}

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

std::string written_of(const AgencySource& source, const fs::path& file) {
  return file == source.path ? source.written
                             : (fs::path(source.written) / file.filename()).string();
}

}  // namespace khien
