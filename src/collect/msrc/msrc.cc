// Files to rows; the reading of a document is cvrf.cc's.
#include "collect/msrc/msrc.h"

#include <unordered_set>

#include "base/file.h"
#include "base/hash.h"
#include "collect/msrc/cvrf_job.h"
#include "collect/msrc/errors.h"

namespace khien::vuln {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVersion = "0.2";

void put_text(Row& row, const char* column, const std::string& value) {
  if (!value.empty()) row[column] = value;
}

void add_month(const Month& m, Collection& out) {
  for (const Advisory& a : m.advisories) {
    Row& row = out.add("vuln_advisory");
    row = {{"month", m.month}, {"cve", a.cve}, {"exploited", std::int64_t{a.exploited}}};
    put_text(row, "title", a.title);
    put_text(row, "severity", a.severity);
  }
  for (const Fix& f : m.fixes) {
    Row& row = out.add("vuln_fix");
    row = {{"month", m.month},     {"cve", f.cve},       {"product_id", f.product_id},
           {"product", f.product}, {"branch", f.branch}, {"fixed_revision", f.revision},
           {"architecture", f.architecture},             {"server", std::int64_t{f.server}}};
    put_text(row, "kb", f.kb);
  }
  for (const Update& u : m.updates) {
    Row& row = out.add("vuln_update");
    row = {{"month", m.month}, {"kb", u.kb}, {"branch", u.branch},
           {"hotpatch", std::int64_t{u.hotpatch}}};
    if (!u.branch.empty()) row["revision"] = u.revision;
  }
}

}  // namespace

std::vector<Job> msrc_jobs() { return {cvrf_job()}; }

Result<Collection> collect_msrc(const fs::path& path, const std::string& source, WorkerPool& pool,
                                std::vector<Error>& problems) {
  KHIEN_TRY(const FolderFiles folder, files_in(path, {".xml"}));
  const std::vector<fs::path>& files = folder.files;
  if (files.empty()) return fail(err::cvrf_none, source);
  Collection out;
  out.collector = "msrc";
  out.collector_version = kVersion;
  out.source = source;
  for (const char* table : {"vuln_advisory", "vuln_fix", "vuln_update"}) out.tables[table];
  Sha256 digest;
  std::size_t read = 0;
  for (const fs::path& file : files) {
    auto month = read_cvrf(pool, file);
    if (month) {
      const auto bytes = read_file(file, kCvrfBytes);
      if (bytes) digest.add(sha256_hex(*bytes));
      add_month(*month, out);
      ++read;
      continue;
    }
    problems.push_back(month.error());
    for (auto& [name, table] : out.tables) {
      table.status = TableFacts::Status::partial;
      table.reason = "reason.vuln.month_unreadable";
      table.detail += (table.detail.empty() ? "" : "; ") + file.filename().string() + ": " +
                      month.error().code;
    }
  }
  if (read == 0) {
    for (auto& [name, table] : out.tables) table.status = TableFacts::Status::missing;
  }
  out.source_sha256 = hex(digest.finish());
  return out;
}

Collections read_msrc(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(Collection months, collect_msrc(source.path, source.written, reading.pool,
                                            reading.problems));
  std::vector<Collection> out;
  out.push_back(std::move(months));
  KHIEN_TRY(const FolderFiles folder, files_in(source.path, {".xml"}));
  name_left_out(source, folder.left_out, "msrc",
                {"vuln_advisory", "vuln_fix", "vuln_update"}, reading, out);
  return out;
}

void keep_what_machines_need(std::vector<Collection>& collections) {
  std::unordered_set<std::string> branches;
  std::unordered_set<std::string> kbs;
  for (const Collection& c : collections) {
    if (const auto hosts = c.tables.find("host"); hosts != c.tables.end()) {
      for (const Row& row : hosts->second.rows) {
        std::string version = text_of(row, "os_version");
        std::string branch;
        std::int64_t revision = 0;
        branches.insert(split_build(version, branch, revision) ? branch : version);
      }
    }
    if (const auto done = c.tables.find("installed_update"); done != c.tables.end()) {
      for (const Row& row : done->second.rows) kbs.insert(text_of(row, "kb"));
    }
  }
  for (Collection& c : collections) {
    if (const auto fixes = c.tables.find("vuln_fix"); fixes != c.tables.end()) {
      std::erase_if(fixes->second.rows, [&](const Row& row) {
        return !branches.contains(text_of(row, "branch"));
      });
    }
    if (const auto updates = c.tables.find("vuln_update"); updates != c.tables.end()) {
      std::erase_if(updates->second.rows, [&](const Row& row) {
        return text_of(row, "branch").empty() && !kbs.contains(text_of(row, "kb"));
      });
    }
  }
}

}  // namespace khien::vuln
