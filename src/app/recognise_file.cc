#include "app/recognise_file.h"

#include <algorithm>
#include <set>

#include "app/bundles.h"
#include "app/errors.h"
#include "base/file.h"
#include "base/limits.h"
#include "collect/account_folder/recognise.h"
#include "collect/collect.h"
#include "collect/register/register.h"
#include "collect/source/errors.h"
#include "collect/sources.h"
#include "format/table/table.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kSealedHead = "SQLite format 3";  // of *.facts and *.khien

// Types whose contents no other type has; the first that gets rows out of the file takes it.
constexpr const char* kByContent[] = {"facts",    "msrc",     "kev",     "systeminfo",
                                      "hotfix",   "scan_log", "attestations",
                                      "signed_documents", "logs"};

const char* status_name(TableFacts::Status status) {
  return status == TableFacts::Status::complete  ? "complete"
         : status == TableFacts::Status::partial ? "partial"
                                                 : "missing";
}

Node with_path(const Node& entry, const fs::path& file) {
  Node out = entry;
  out.set("path", file.filename().string());
  return out;
}

// `folder` is where files are that the entry names, as beside an agency.yaml.
Result<AgencySource> source_of(const fs::path& file, const Node& entry,
                               const fs::path& folder = {}) {
  const SourceType* type = find_source_type(entry["type"].text());
  if (type == nullptr) {
    return fail(err::entry_invalid, file.string(), {{"detail", entry["type"].text()}});
  }
  const Node whole = file.empty() || entry.has("path") ? entry : with_path(entry, file);
  AgencySource out;
  out.type = type->name;
  out.place = file.empty() ? "--as" : file.filename().string();
  out.folder = folder.empty() ? file.parent_path() : folder;
  KHIEN_TRY(out.written, type->check(whole, out.place));
  out.path = file;
  out.fields = whole;
  return out;
}

// What the source gives when it is read as the assessment would read it.
Result<Collected> collected_of(Context& context, const std::vector<AgencySource>& sources) {
  Agency agency;
  agency.sources = sources;
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  const auto bundles = [&](const fs::path& path) -> Result<std::vector<Collection>> {
    return read_bundles(context, schema, path, context.clock.now_ms());
  };
  return collect(agency, context.content, context.workers(), context.clock, bundles);
}

void take_over(const Collected& from, RecognisedFile& out) {
  for (const Collection& c : from.collections) {
    for (const auto& [name, facts] : c.tables) {
      out.tables.push_back({name, status_name(facts.status),
                            static_cast<std::int64_t>(facts.rows.size()), facts.reason});
    }
  }
  out.problems = from.problems;
  if (from.notes.empty()) return;
  const SourceNote& note = from.notes.front();
  std::vector<MappedColumn> all = note.mapping;
  all.insert(all.end(), note.unused.begin(), note.unused.end());
  std::stable_sort(all.begin(), all.end(), [](const MappedColumn& a, const MappedColumn& b) {
    return a.column < b.column;
  });
  for (const MappedColumn& c : all) out.columns.push_back({c.header, c.field});
}

bool gives_rows(const Collected& collected) {
  if (!collected.problems.empty()) return false;
  return std::any_of(collected.collections.begin(), collected.collections.end(),
                     [](const Collection& c) {
                       return std::any_of(c.tables.begin(), c.tables.end(), [](const auto& t) {
                         return !t.second.rows.empty();
                       });
                     });
}

// Registers refuse a heading they do not know, so that hardly two take one file.
Result<std::optional<RecognisedFile>> as_register(Context& context, const fs::path& file) {
  KHIEN_TRY(const Registers registers, Registers::load(context.content));
  KHIEN_TRY(const Lexicon lexicon, Lexicon::load(context.content));
  const std::string name = file.filename().string();
  const bool yaml = file.extension() == ".yaml" || file.extension() == ".yml";
  std::optional<RecognisedFile> best;
  const auto bytes = read_file(file, yaml ? limits::yaml_file_bytes : limits::table_file_bytes);
  if (!bytes) return best;  // larger than a table may be
  const auto table = yaml ? register_table_from_yaml(*bytes, name)
                          : read_table(context.workers(), *bytes, name, "");
  if (!table) return best;
  for (const Register& r : registers.all()) {
    auto read = import_register(r, *table, name, lexicon);
    if (!read || (best && best->columns.size() >= read->mapping.size())) continue;
    const TableFacts& facts = read->collection.tables[r.table];
    RecognisedFile out;
    out.entries = {Node::map({{"type", "register"}, {"name", r.name}})};
    out.certainty = "sure";
    out.why = "register";
    out.tables.push_back({r.table, status_name(facts.status),
                          static_cast<std::int64_t>(facts.rows.size()), facts.reason});
    for (const MappedColumn& c : read->mapping) out.columns.push_back({c.header, c.field});
    out.problems = std::move(read->problems);
    best = std::move(out);
  }
  return best;
}

// How sure and why, as khien account audit says it of the same file; of several sheets the least
// sure.
void take_grounds(const std::vector<Recognised>& files, RecognisedFile& out) {
  const Grounds* least = nullptr;
  for (const Recognised& file : files) {
    const bool lesser = least == nullptr || file.grounds.sure < least->sure;
    if (!file.type.empty() && lesser) least = &file.grounds;
  }
  if (least == nullptr) return;
  out.certainty = least->sure == Sure::certain ? "sure" : "likely";
  const bool told = least->by == "hashes" || least->by == "name";
  out.why = least->by == "columns" ? "headings" : told ? least->by : "content";
}

// Accounts, staff and what lies beside them: as in a folder nobody described.
Result<std::optional<RecognisedFile>> as_accounts(Context& context, const fs::path& file) {
  KHIEN_TRY(const Lexicon lexicon, Lexicon::load(context.content));
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  const std::string member = file.filename().string() + "/";
  std::error_code ec;
  fs::copy_file(file, folder.path() / file.filename(), ec);
  if (ec) return std::optional<RecognisedFile>{};
  auto seen = recognise_folder(folder.path(), lexicon, {}, context.workers());
  if (!seen) return std::optional<RecognisedFile>{};
  RecognisedFile out;
  std::vector<AgencySource> used;
  std::vector<Node> unread;
  for (AgencySource& source : seen->agency.sources) {
    if (source.unread) {
      out.problems.push_back(*source.unread);
      continue;
    }
    if (source.written.starts_with(member)) {  // no entry of agency.yaml could name it
      return std::optional<RecognisedFile>{};
    }
    Node entry = Node::map({{"type", source.type}});
    for (const auto& [name, value] : source.fields.pairs()) {
      const bool usual = name == "scope" && value.text() == "application";
      if (!usual && !(value.is_map() && value.pairs().empty())) entry.set(name, value);
    }
    const SourceType* type = find_source_type(source.type);
    if (type == nullptr || !type->check(with_path(entry, file), member)) continue;
    if (type->read == nullptr) {  // read by the engine that tests passwords, with all its stores
      unread.push_back(std::move(entry));
      continue;
    }
    out.entries.push_back(std::move(entry));
    used.push_back(std::move(source));
  }
  std::move(unread.begin(), unread.end(), std::back_inserter(out.entries));
  take_grounds(seen->files, out);
  if (out.entries.empty() && out.problems.empty()) return std::optional<RecognisedFile>{};
  if (used.empty()) return std::optional(std::move(out));
  KHIEN_TRY(const Collected collected, collected_of(context, used));
  const auto left = std::move(out.problems);
  take_over(collected, out);
  out.problems.insert(out.problems.end(), left.begin(), left.end());
  return std::optional(std::move(out));
}

}  // namespace

std::int64_t RecognisedFile::rows() const {
  std::int64_t out = 0;
  for (const ReadTable& t : tables) out += t.rows;
  return out;
}

Result<RecognisedFile> read_as(Context& context, const fs::path& file, const Node& entry,
                               const fs::path& folder) {
  KHIEN_TRY(const AgencySource source, source_of(file, entry, folder));
  KHIEN_TRY(const Collected collected, collected_of(context, {source}));
  RecognisedFile out;
  out.entries = {entry};
  out.certainty = "sure";
  out.why = "stated";
  take_over(collected, out);
  return out;
}

Result<RecognisedFile> recognise_file(Context& context, const fs::path& file) {
  KHIEN_DO(open_regular(file));
  KHIEN_TRY(auto taken, as_register(context, file));
  if (taken) return std::move(*taken);
  KHIEN_TRY(taken, as_accounts(context, file));
  if (taken && !taken->entries.empty()) return std::move(*taken);
  KHIEN_TRY(const std::string head, read_head(file, kSealedHead.size()));
  for (const std::string_view type : kByContent) {
    // Whoever opens bundles says aloud what is none; of any other file that is no news.
    if (type == "facts" && head != kSealedHead) continue;
    const Node entry = Node::map({{"type", type}});
    const auto source = source_of(file, entry);
    if (!source) continue;
    const auto collected = collected_of(context, {*source});
    if (!collected || !gives_rows(*collected)) continue;
    RecognisedFile out;
    out.entries = {entry};
    out.certainty = "sure";
    out.why = "content";
    take_over(*collected, out);
    return out;
  }
  RecognisedFile none = taken ? std::move(*taken) : RecognisedFile{};
  none.why = "none";
  return none;
}

}  // namespace khien::app
