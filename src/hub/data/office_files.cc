#include "hub/data/office_files.h"

#include <charconv>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/file.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

// The number a name begins with, followed by `rest`; 0: it is none.
std::int64_t number_named(const std::string& name, std::string_view rest) {
  std::int64_t out = 0;
  const char* end = name.data() + name.size();
  const auto [at, code] = std::from_chars(name.data(), end, out);
  const bool whole = code == std::errc() && std::string_view(at, end) == rest;
  return whole && out > 0 ? out : 0;
}

// What lies in a folder; nothing when it is not there.
Result<std::vector<fs::path>> entries_of(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code ec;
  if (!fs::exists(folder, ec)) return out;
  for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    out.push_back(it->path());
  }
  if (ec) return fail(err::file_unreadable, folder.string(), {{"detail", ec.message()}});
  return out;
}

Done move_to(const fs::path& from, const fs::path& to) {
  KHIEN_DO(make_folder(to.parent_path(), Access::owner));
  std::error_code ec;
  const bool there = fs::exists(to, ec);
  if (!there) fs::rename(from, to, ec);
  if (!ec && !there) return {};
  return fail(err::file_unwritable, to.string(),
              {{"detail", there ? std::string("there is one already") : ec.message()}});
}

Result<std::int64_t> agency_of(const Database& db, const char* select, std::int64_t id) {
  KHIEN_TRY(const Value found, db.one(select, {id}));
  const auto* agency = std::get_if<std::int64_t>(&found);
  return agency == nullptr ? 0 : *agency;
}

// `part`/<id>, and <id>.goi of an archive, to the agency of that row.
Done part_by_row(const fs::path& data_folder, const Database& db, const char* part,
                 const char* select) {
  KHIEN_TRY(const auto entries, entries_of(data_folder / kOffices / part));
  for (const fs::path& from : entries) {
    const std::string name = from.filename().string();
    std::int64_t id = number_named(name, "");
    if (id == 0) id = number_named(name, ".goi");
    KHIEN_TRY(const std::int64_t agency, agency_of(db, select, id));
    if (agency != 0) KHIEN_DO(move_to(from, office_of(data_folder, agency) / part / name));
  }
  return {};
}

// so-theo-doi/<agency>/<name>.csv
Done part_registers(const fs::path& data_folder, const Database& db) {
  KHIEN_TRY(const auto entries, entries_of(data_folder / kOffices / kRegisters));
  for (const fs::path& from : entries) {
    KHIEN_TRY(const std::int64_t agency,
              agency_of(db, "select id from agency where id = ?1",
                        number_named(from.filename().string(), "")));
    if (agency != 0) KHIEN_DO(move_to(from, office_of(data_folder, agency) / kRegisters));
  }
  return {};
}

}  // namespace

fs::path office_of(const fs::path& data_folder, std::int64_t agency_id) {
  return data_folder / kOffices / fmt::format("{}", agency_id);
}

Done part_offices(const fs::path& data_folder, const Database& db) {
  const fs::path shared = data_folder / kOffices;
  KHIEN_DO(part_by_row(data_folder, db, kSources, "select agency_id from source where id = ?1"));
  KHIEN_DO(part_by_row(data_folder, db, kAttestationPapers,
                       "select agency_id from attestation where id = ?1"));
  KHIEN_DO(part_registers(data_folder, db));
  std::error_code ignored;
  // Both were written of rows, and are again before each reading.
  fs::remove(shared / "agency.yaml", ignored);
  fs::remove(shared / kAttestationPapers / "xac-nhan.yaml", ignored);
  for (const char* part : {kSources, kAttestationPapers, kRegisters}) {
    fs::remove(shared / part, ignored);  // when it is empty
  }
  return {};
}

}  // namespace khien::hub
