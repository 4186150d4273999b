#include "collect/hotfix/hotfix.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/hotfix/errors.h"
#include "collect/source/errors.h"
#include "collect/source/fields.h"
#include "format/table/date_order.h"

namespace khien::windows {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCollector = "windows_update";
constexpr const char* kVersion = "0.2";

bool is_kb(std::string_view s) {
  return s.size() >= 8 && s.size() <= 10 && s.starts_with("KB") &&
         s.find_first_not_of("0123456789", 2) == s.npos;
}

struct HotFixColumns {
  std::size_t kb = 0, host = 0, day = 0;
  std::size_t row = 0;
};

Result<HotFixColumns> find_columns(const Table& table, const std::string& place) {
  for (std::size_t r = 0; r < std::min<std::size_t>(table.rows.size(), 5); ++r) {
    const auto& cells = table.rows[r].cells;
    const auto find = [&](std::initializer_list<const char*> names) {
      for (const char* name : names) {
        const auto at = std::find_if(cells.begin(), cells.end(), [&](const std::string& cell) {
          return fold(cell) == name;
        });
        if (at != cells.end()) return static_cast<std::size_t>(at - cells.begin());
      }
      return cells.size();
    };
    HotFixColumns out{find({"hotfixid"}), find({"csname", "pscomputername", "__server", "source"}),
                      find({"installedon"}), r};
    if (out.kb < cells.size()) return out;
  }
  return fail(err::hotfix_columns, place, {{"wanted", "HotFixID, CSName, InstalledOn"}});
}

}  // namespace

Result<HotFixes> hotfixes_of(const Table& table, const std::string& place) {
  KHIEN_TRY(const HotFixColumns at, find_columns(table, place));
  const auto cell = [&](const TableRow& row, std::size_t column) {
    return column < row.cells.size() ? row.cells[column] : std::string();
  };
  DateOrder order;
  for (std::size_t r = at.row + 1; r < table.rows.size(); ++r) {
    order.see(cell(table.rows[r], at.day));
  }
  HotFixes out;
  for (std::size_t r = at.row + 1; r < table.rows.size(); ++r) {
    const std::string kb = cell(table.rows[r], at.kb);
    if (!is_kb(kb)) {
      // "File 1" of old systems, the heading again, the name of a machine alone on its line.
      const bool known = kb.empty() || kb.starts_with("File ") || fold(kb) == "hotfixid";
      const auto filled = std::count_if(table.rows[r].cells.begin(), table.rows[r].cells.end(),
                                        [](const std::string& c) { return !c.empty(); });
      if (!known && filled > 1) ++out.strange;
      continue;
    }
    const std::string day = cell(table.rows[r], at.day);
    const auto moment = order.read(day);
    out.dates_unclear = out.dates_unclear || (!day.empty() && !moment);
    out.rows.push_back({cell(table.rows[r], at.host), kb, moment ? to_iso(moment->day) : ""});
  }
  return out;
}

Result<std::string> check_hotfix(const Node& map, const std::string& place) {
  return check_file_source(map, place, {"type", "path", "host"});
}

Collections read_hotfix(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(const FolderFiles folder, files_in(source.path, {".csv", ".txt", ".xlsx", ".xls"}));
  const std::vector<fs::path>& files = folder.files;
  if (files.empty()) return fail(err::windows_none, source.written);
  const std::string host = source.text("host");
  std::vector<Collection> out;
  for (const fs::path& file : files) {
    const std::string name = written_of(source, file);
    const std::string machine = host.empty() ? file.stem().string() : host;
    const auto bytes = read_file(file, limits::table_file_bytes);
    auto table = bytes ? read_table(reading.pool, *bytes, name)
                       : Result<Table>(pass_on(bytes.error()));
    auto fixes = table ? hotfixes_of(*table, name) : Result<HotFixes>(pass_on(table.error()));
    if (!fixes) {
      reading.problems.push_back(fixes.error());
      out.push_back(missing_collection(kCollector, kVersion, name, {"installed_update"},
                                       fixes.error()));
      out.back().host = machine;
      continue;
    }
    Collection& c = out.emplace_back();
    c.collector = kCollector;
    c.collector_version = kVersion;
    c.source = name;
    c.source_sha256 = sha256_hex(*bytes);
    TableFacts& facts = c.tables["installed_update"];
    if (fixes->strange > 0 || fixes->rows.empty()) {
      facts.status = TableFacts::Status::partial;
      facts.reason = "reason.vuln.strange_rows";
      facts.detail = name + ": " + std::to_string(fixes->strange);
    }
    if (fixes->dates_unclear) facts.gaps["installed_on"] = "reason.vuln.date_order";
    for (const HotFix& fix : fixes->rows) {
      Row& row = facts.rows.emplace_back();
      row = {{"host", fix.host.empty() ? machine : fix.host}, {"kb", fix.kb}};
      if (!fix.installed_on.empty()) row["installed_on"] = fix.installed_on;
    }
  }
  name_left_out(source, folder.left_out, kCollector, {"installed_update"}, reading, out);
  return out;
}

}  // namespace khien::windows
