// Reading bundles: a stick from another room is outside input, also when its seal is whole.
#include "app/bundles.h"

#include <algorithm>

#include "app/errors.h"
#include "app/inputs.h"
#include "base/errors.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/source/files_walk.h"
#include "collect/sources.h"
#include "store/assessment.h"
#include "store/errors.h"
#include "store/machines.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kAllRows = 10'000'000;  // of all bundles together, some 3 GB

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

// What lies beside bundles: a text, the collector itself. Facts cut short, under another name or
// packed could be of machines nobody then speaks of.
bool may_hold_facts(const fs::path& file) {
  constexpr std::size_t kHead = 16;
  static constexpr std::string_view kStarts[] = {"SQLite format 3", "PK\x03\x04", "7z\xBC\xAF",
                                                 "Rar!", "\x1F\x8B", "\xFD" "7zXZ", "BZh"};
  const auto head = read_head(file, kHead);
  return !head || std::any_of(std::begin(kStarts), std::end(kStarts),
                              [&](std::string_view start) { return head->starts_with(start); });
}

struct Found {
  std::vector<fs::path> bundles;
  std::vector<fs::path> unread;    // may hold facts, and is no *.facts file
  std::vector<std::string> other;  // names of what is none
};

// Every file of the folder and of those below it.
Result<Found> files_of(const fs::path& path) {
  std::error_code ec;
  Found out;
  if (!fs::is_directory(path, ec)) {
    out.bundles = {path};
    return out;
  }
  KHIEN_TRY(const Walk walk, walk_files(path, limits::facts_files));
  for (const WalkedFile& file : walk.files) {
    const std::string ending = fold(file.path.extension().string());
    if (ending == ".facts") out.bundles.push_back(file.path);
    else if (ending != ".khien" && may_hold_facts(file.path)) out.unread.push_back(file.path);
    else out.other.push_back(file.relative);
  }
  for (const std::string& link : walk.links) out.unread.push_back(path / link);
  for (const std::string& closed : walk.closed) out.unread.push_back(path / closed);
  return out;
}

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kNamed = 5;
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i) {
    out += (i == 0 ? "" : ", ") + names[i];
  }
  return out + (names.size() > kNamed ? ", ..." : "");
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
  if (files->bundles.empty()) note(context.say("app.facts.none", {{"folder", path.string()}}));
  if (!files->other.empty()) {
    note(context.say("app.facts.other", {{"folder", path.string()},
                                         {"n", static_cast<std::int64_t>(files->other.size())},
                                         {"names", some_of(files->other)}}));
  }
  for (const fs::path& file : files->unread) {
    fail_with(file, Error{err::not_a_bundle_name, file.string(), {}});
  }
  const auto scratch = new_assessment_database(schema);
  if (!scratch) {
    fail_with(path, scratch.error());
    return out;
  }
  std::int64_t later = 0;
  std::size_t rows = 0;
  for (const fs::path& file : files->bundles) {
    auto some = read_one(context, *scratch, schema, file);
    if (!some) {
      fail_with(file, some.error());
      continue;
    }
    for (const Collection& c : *some) {
      for (const auto& [table, facts] : c.tables) rows += facts.rows.size();
    }
    if (rows > kAllRows) {  // what follows is no longer read: memory ends
      fail_with(file, Error{err::facts_too_many, file.string(),
                            {{"limit", std::to_string(kAllRows)}}});
      break;
    }
    later += std::count_if(some->begin(), some->end(),
                           [&](const Collection& c) { return c.finished_at > as_of; });
    std::move(some->begin(), some->end(), std::back_inserter(out));
  }
  if (later > 0) note(context.say("app.facts.later", {{"n", later}}));
  return out;
}

}  // namespace khien::app
