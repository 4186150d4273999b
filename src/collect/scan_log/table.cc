// Exports with columns: Windows Defender's own property names, else the lexicon.
#include "base/text.h"
#include "collect/scan_log/errors.h"
#include "collect/scan_log/scan_log.h"
#include "format/table/date_order.h"

namespace khien::scan {
namespace {

constexpr std::size_t kHeaderRows = 20;

std::string cell(const TableRow& row, std::size_t column) {
  return column < row.cells.size() ? row.cells[column] : std::string();
}

std::size_t column_of(const TableRow& head, std::string_view name) {
  return static_cast<std::size_t>(std::find(head.cells.begin(), head.cells.end(), name) -
                                  head.cells.begin());
}

Result<Moment> moment_in(const DateOrder& order, const std::string& text,
                         const char* field, const std::string& place) {
  if (const auto moment = order.read(text)) return *moment;
  return fail(err::scan_value, place, {{"field", field}, {"value", shorten(text, 60)}});
}

// Get-MpComputerStatus: one row a machine; a scan that never ran has an empty end.
Result<std::vector<Row>> defender_status(const Table& table, const std::string& place) {
  static constexpr const char* names[] = {"FullScanStartTime", "FullScanEndTime",
                                          "QuickScanStartTime", "QuickScanEndTime",
                                          "AntivirusSignatureLastUpdated"};
  const TableRow& head = table.rows[0];
  DateOrder order;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    for (const char* name : names) order.see(cell(table.rows[r], column_of(head, name)));
  }
  std::vector<Row> out;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    const std::string at = place + ":" + std::to_string(table.rows[r].number);
    for (const char* kind : {"Full", "Quick"}) {
      Row row;
      const auto put = [&](const std::string& name, const std::string& column) -> Done {
        const std::string text = cell(table.rows[r], column_of(head, name));
        if (text.empty()) return {};
        KHIEN_TRY(const Moment moment, moment_in(order, text, name.c_str(), at));
        row[column] = moment.at_ms;
        row[column + "_precision"] = std::string("ms");
        return {};
      };
      KHIEN_DO(put(std::string(kind) + "ScanStartTime", "started_at"));
      KHIEN_DO(put(std::string(kind) + "ScanEndTime", "finished_at"));
      if (!row.contains("finished_at")) continue;
      KHIEN_DO(put("AntivirusSignatureLastUpdated", "signatures_at"));
      const std::string host = cell(table.rows[r], column_of(head, "PSComputerName"));
      if (!host.empty()) row["host"] = host;
      row["product"] = std::string("Microsoft Defender Antivirus");
      row["scope"] = std::string(kind[0] == 'F' ? "full" : "quick");
      row["result"] = std::string("finished");
      row["tool"] = std::string("defender_csv");
      out.push_back(std::move(row));
    }
  }
  return out;
}

// Get-MpThreatDetection: what was found and whether it was dealt with; no scan of its own.
Result<std::vector<Row>> defender_detections(const Table& table) {
  const TableRow& head = table.rows[0];
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> by_host;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    auto& [found, handled] = by_host[cell(table.rows[r], column_of(head, "PSComputerName"))];
    ++found;
    if (fold(cell(table.rows[r], column_of(head, "ActionSuccess"))) == "true") ++handled;
  }
  std::vector<Row> out;
  for (const auto& [host, counts] : by_host) {
    Row& row = out.emplace_back();
    if (!host.empty()) row["host"] = host;
    row["product"] = std::string("Microsoft Defender Antivirus");
    row["infected_count"] = counts.first;
    row["removed_count"] = counts.second;
    row["tool"] = std::string("defender_csv");
  }
  return out;
}

// The row that names most fields, among the first ones.
std::size_t header_row(const Table& table, const Words& words) {
  std::size_t best = table.rows.size();
  std::size_t most = 1;
  for (std::size_t r = 0; r < std::min(table.rows.size(), kHeaderRows); ++r) {
    std::set<std::string> fields;
    for (const std::string& name : table.rows[r].cells) fields.insert(words.field_of(name));
    fields.erase("");
    if (fields.size() <= most || !fields.contains("infected_count")) continue;
    most = fields.size();
    best = r;
  }
  return best;
}

}  // namespace

Result<std::vector<Row>> read_scan_table(const Table& table, const Words& words,
                                         const std::string& place) {
  if (table.rows.empty()) return fail(err::scan_unknown, place);
  const TableRow& first = table.rows[0];
  if (column_of(first, "FullScanEndTime") < first.cells.size()) {
    return defender_status(table, place);
  }
  if (column_of(first, "ActionSuccess") < first.cells.size() &&
      column_of(first, "ThreatID") < first.cells.size()) {
    return defender_detections(table);
  }
  const std::size_t head = header_row(table, words);
  if (head == table.rows.size()) return fail(err::scan_unknown, place);
  const std::vector<std::string>& names = table.rows[head].cells;
  std::vector<Row> out;
  for (std::size_t r = head + 1; r < table.rows.size(); ++r) {
    RunBuilder run(words, place);
    for (std::size_t i = 0; i < names.size(); ++i) {
      KHIEN_TRY([[maybe_unused]] const bool known,
                run.add(names[i], cell(table.rows[r], i), table.rows[r].number));
    }
    if (!run.enough()) continue;  // a group title, a footer, a scan that did not run
    if (out.size() >= kRuns) {
      return fail(err::scan_count, place, {{"limit", std::to_string(kRuns)}});
    }
    out.push_back(run.finish("table"));
  }
  return out;
}

}  // namespace khien::scan
