// A window of one hour moves over the log-ins of each account.
#include "collect/login_log/login_log.h"

#include <algorithm>

#include "base/text.h"
#include "collect/source/fields.h"
#include "collect/source/row_cells.h"

namespace khien {
namespace {

struct Use {
  std::int64_t at = 0;
  std::string machine;
};

struct AtOnce {
  std::size_t machines = 0;
  std::int64_t from = 0;
};

AtOnce most_at_once(std::vector<Use>& uses) {
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.at < b.at; });
  AtOnce best;
  std::map<std::string_view, std::size_t> open;  // machines of the window
  std::size_t first = 0;
  for (const Use& use : uses) {
    ++open[use.machine];
    for (; use.at - uses[first].at > kAtOnceMs; ++first) {
      const auto at = open.find(uses[first].machine);
      if (--at->second == 0) open.erase(at);
    }
    if (open.size() > best.machines) best = {open.size(), uses[first].at};
  }
  return best;
}

}  // namespace

Result<TableFacts> log_ins_of(const Table& table, const std::string& app,
                              const std::string& agency, const std::string& place,
                              const Lexicon& lexicon, const Columns& columns) {
  KHIEN_TRY(Header header, lexicon.find_header(table, "login_log", columns, place));
  decide_dates(header, table);
  TableFacts out;
  Problems problems;
  std::map<std::pair<std::string, std::string>, std::vector<Use>> uses;  // app, login
  for (std::size_t i = header.row + 1; i < table.rows.size(); ++i) {
    const RowCells cells(header, table.rows[i], lexicon, problems);
    const std::string login = fold(cells.text("login"));
    const std::string machine = fold(cells.text("source"));
    if (lexicon.is(cells.text("result"), "failed_login")) continue;  // nobody got in
    if (login.empty() || machine.empty()) {
      if (cells.filled() > 2) cells.unreadable("used_at", "reason.accounts.row_incomplete");
      continue;  // else a footer
    }
    Row moment;
    cells.put_instant(moment, "used_at");
    if (!moment.contains("used_at")) continue;
    if (to_text(moment.at("used_at_precision")) == "day") {
      cells.unreadable("used_at", "reason.accounts.login_log_without_hours");
      continue;
    }
    const std::string own = cells.text("app");
    uses[{own.empty() ? app : own, login}].push_back(
        {std::get<std::int64_t>(moment.at("used_at")), machine});
  }
  for (auto& [key, list] : uses) {
    const AtOnce most = most_at_once(list);
    Row& row = out.rows.emplace_back();
    row["app"] = key.first;
    row["login"] = key.second;
    if (!agency.empty()) row["agency"] = agency;
    row["log_ins_count"] = static_cast<std::int64_t>(list.size());
    row["machines_at_once_count"] = static_cast<std::int64_t>(most.machines);
    row["at_once_at"] = most.from;
    row["at_once_at_precision"] = std::string("ms");
  }
  write_problems(problems, out);
  if (out.gaps.contains("used_at")) {  // a column of the log, not of the table
    out.status = TableFacts::Status::partial;
    out.reason = out.gaps["used_at"];
    out.gaps.clear();
  }
  return out;
}

Result<std::string> check_login_log(const Node& map, const std::string& place) {
  return check_file_source(map, place, {"type", "path", "app", "agency", "sheet", "columns"},
                           {"app"});
}

Collections read_login_log(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(const SourceTable read, source_table(source, reading.pool));
  const Columns columns = columns_of(source.fields);
  KHIEN_TRY(Header header,
            reading.lexicon.find_header(read.table, "login_log", columns, source.written));
  reading.notes.push_back(note_of(read.table, std::move(header), source.written, "login_log"));
  Collection out;
  out.collector = "login_log";
  out.collector_version = "0.3";
  out.source = source.written;
  out.source_sha256 = read.sha256;
  KHIEN_TRY(out.tables["login_use"],
            log_ins_of(read.table, source.text("app"), source.text("agency"), source.written,
                       reading.lexicon, columns));
  return one(std::move(out));
}

}  // namespace khien
