// Reading bundles: a stick from another room is outside input, also when its seal is whole.
#include "app/bundles.h"

#include <algorithm>

#include "app/inputs.h"
#include "base/errors.h"
#include "base/text.h"
#include "collect/sources.h"
#include "store/assessment.h"
#include "store/machines.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

Collection unread(const FactSchema& schema, const fs::path& file, const Error& error,
                  std::int64_t now) {
  Collection out;
  out.collector = "bundle";
  out.source = file.filename().string();
  out.started_at = out.finished_at = now;
  for (const FactTable& table : schema.tables()) {
    if (table.find("host") != nullptr) {
      out.mark(table.name, TableFacts::Status::missing, "reason.collect.source_unreadable",
               to_string(error));
    }
  }
  return out;
}

// Types are checked by writing into a database that keeps nothing of it: one for all files, its
// tables are made once.
Done check(const Database& scratch, const FactSchema& schema, const Collection& c) {
  KHIEN_DO(scratch.execute("begin"));
  const auto written = write_collection(scratch, schema, c);
  KHIEN_DO(scratch.execute("rollback"));
  if (!written) return pass_on(written.error());
  return {};
}

Result<std::vector<Collection>> read_one(Context& context, const Database& scratch,
                                         const FactSchema& schema, const fs::path& file) {
  KHIEN_TRY(auto collections, open_facts(context, file));
  for (Collection& c : collections) {
    keep_own_machine(schema, c);
    // What a machine's bundle does not speak of was not read there, by an older program perhaps.
    for (const std::string& table : tables_of(*find_source_type("host"))) {
      if (!c.tables.contains(table)) {
        c.mark(table, TableFacts::Status::missing, "reason.never_collected");
      }
    }
    KHIEN_DO(check(scratch, schema, c));
  }
  return collections;
}

Result<std::vector<fs::path>> files_of(const fs::path& path) {
  std::error_code ec;
  if (!fs::is_directory(path, ec)) return std::vector<fs::path>{path};
  std::vector<fs::path> out;
  for (fs::directory_iterator it(path, ec), end; !ec && it != end; it.increment(ec)) {
    if (fold(it->path().extension().string()) == ".facts") out.push_back(it->path());
  }
  if (ec) return fail(err::file_unreadable, path.string(), {{"detail", ec.message()}});
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::vector<Collection> read_bundles(Context& context, const FactSchema& schema,
                                     const fs::path& path, std::int64_t as_of) {
  std::vector<Collection> out;
  if (path.empty()) return out;
  const auto fail_with = [&](const fs::path& file, const Error& error) {
    context.report(error);
    out.push_back(unread(schema, file, error, context.clock.now_ms()));
  };
  const auto files = files_of(path);
  if (!files) {
    fail_with(path, files.error());
    return out;
  }
  if (files->empty()) note(context.say("app.facts.none", {{"folder", path.string()}}));
  const auto scratch = new_assessment_database(schema);
  if (!scratch) {
    fail_with(path, scratch.error());
    return out;
  }
  std::int64_t later = 0;
  for (const fs::path& file : *files) {
    auto some = read_one(context, *scratch, schema, file);
    if (!some) {
      fail_with(file, some.error());
      continue;
    }
    later += std::count_if(some->begin(), some->end(),
                           [&](const Collection& c) { return c.finished_at > as_of; });
    std::move(some->begin(), some->end(), std::back_inserter(out));
  }
  if (later > 0) note(context.say("app.facts.later", {{"n", later}}));
  return out;
}

}  // namespace khien::app
