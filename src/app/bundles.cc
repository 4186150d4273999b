// Reading bundles: a stick from another room is outside input, also when its seal is whole.
#include "app/bundles.h"

#include <algorithm>

#include "app/inputs.h"
#include "base/errors.h"
#include "base/text.h"
#include "store/assessment.h"
#include "store/newest.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

bool names_a_host(const FactTable& table) { return table.find("host") != nullptr; }

// Tables whose `scope` says whom a row is about. Elsewhere it means another thing: a socket's
// reach, a scan's extent.
bool has_owners(const FactTable& table) {
  return table.name == "account" || table.name == "password_rule" || table.name == "firewall";
}

Collection unread(const FactSchema& schema, const fs::path& file, const Error& error,
                  std::int64_t now) {
  Collection out;
  out.collector = "bundle";
  out.source = file.filename().string();
  out.started_at = out.finished_at = now;
  for (const FactTable& table : schema.tables()) {
    if (names_a_host(table)) {
      out.mark(table.name, TableFacts::Status::missing, "reason.collect.source_unreadable",
               to_string(error));
    }
  }
  return out;
}

// A bundle of a newer program may hold more columns: they are left out, the rest counts.
void keep_known(const FactSchema& schema, Collection& c) {
  std::erase_if(c.tables, [&](const auto& entry) {
    const FactTable* table = schema.find(entry.first);
    return table == nullptr || !names_a_host(*table);
  });
  for (auto& [name, facts] : c.tables) {
    const FactTable& table = *schema.find(name);
    const auto unknown = [&](const std::string& column) {
      constexpr std::string_view suffix = "_precision";
      const std::string base = column.ends_with(suffix)
                                   ? column.substr(0, column.size() - suffix.size()) : column;
      return table.find(column) == nullptr && table.find(base) == nullptr;
    };
    for (Row& row : facts.rows) {
      row.erase_if([&](const auto& cell) { return unknown(cell.first); });
    }
    std::erase_if(facts.gaps, [&](const auto& gap) { return table.find(gap.first) == nullptr; });
    if (!has_owners(table)) continue;
    std::erase_if(facts.rows, [](const Row& row) {
      const auto scope = row.find("scope");
      return scope == row.end() || to_text(scope->second) != "host";
    });
  }
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
    keep_known(schema, c);
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
    std::erase_if(*some, [&](const Collection& c) { return c.finished_at > as_of; });
    std::move(some->begin(), some->end(), std::back_inserter(out));
  }
  if (later > 0) note(context.say("app.facts.later", {{"n", later}}));
  return out;
}

std::vector<Collection> one_per_machine(std::vector<Collection> collections, std::int64_t as_of) {
  const auto split = std::stable_partition(collections.begin(), collections.end(),
                                           [](const Collection& c) { return c.host.empty(); });
  std::vector<Collection> about_machines(std::make_move_iterator(split),
                                         std::make_move_iterator(collections.end()));
  collections.erase(split, collections.end());
  // This machine is read now, whatever day is judged: it may be later than as-of.
  std::int64_t latest = as_of;
  for (const Collection& c : about_machines) latest = std::max(latest, c.finished_at);
  about_machines = newest(std::move(about_machines), latest);
  std::move(about_machines.begin(), about_machines.end(), std::back_inserter(collections));
  return collections;
}

}  // namespace khien::app
