#include "collect/source/source.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/source/errors.h"
#include "collect/source/fields.h"
#include "collect/source/files_walk.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFiles = 20'000;
constexpr std::size_t kNamed = 5;  // of what was left out

// What systems put into folders by themselves.
bool is_litter(const std::string& name) {
  const std::string folded = fold(name);
  return name.starts_with('.') || folded == "thumbs.db" || folded == "desktop.ini";
}

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

Result<FolderFiles> files_in(const fs::path& path, const std::vector<std::string>& extensions) {
  std::error_code ec;
  FolderFiles out;
  if (!fs::is_directory(path, ec)) {
    out.files = {path};
    return out;
  }
  for (fs::directory_iterator at(path, ec), end; !ec && at != end; at.increment(ec)) {
    const std::string extension = fold(at->path().extension().string());
    const bool wanted =
        std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
    const std::string name = at->path().filename().string();
    std::error_code unknown;
    if (wanted && at->is_regular_file(unknown)) out.files.push_back(at->path());
    else if (!is_litter(name)) out.left_out.push_back(printable(name));
  }
  if (ec) return fail(err::file_unreadable, path.string(), {{"detail", ec.message()}});
  if (out.files.size() > kFiles) {
    return fail(err::too_many_files, path.string(), {{"limit", std::to_string(kFiles)}});
  }
  std::sort(out.files.begin(), out.files.end());
  std::sort(out.left_out.begin(), out.left_out.end());
  return out;
}

void name_left_out(const AgencySource& source, const std::vector<std::string>& left_out,
                   const std::string& collector, const std::vector<std::string>& tables,
                   Reading& reading, std::vector<Collection>& out) {
  if (left_out.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(left_out.size(), kNamed); ++i) {
    names += (i == 0 ? "" : ", ") + left_out[i];
  }
  if (left_out.size() > kNamed) names += ", ...";
  reading.problems.push_back(Error{err::files_left_out, source.written,
                                   {{"count", std::to_string(left_out.size())},
                                    {"names", names}}});
  Collection& c = out.emplace_back();
  c.collector = collector;
  c.source = source.written;
  for (const std::string& table : tables) {
    c.mark(table, TableFacts::Status::partial, "reason.collect.files_left_out", names);
  }
}

std::string written_of(const AgencySource& source, const fs::path& file) {
  return file == source.path ? source.written
                             : (fs::path(source.written) / file.filename()).string();
}

}  // namespace khien
