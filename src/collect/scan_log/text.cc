// Three forms of text; which one, its own marks tell.
#include <charconv>

#include "base/errors.h"
#include "base/text.h"
#include "collect/scan_log/errors.h"
#include "collect/scan_log/scan_log.h"
#include "format/dates.h"
#include "format/table/dates.h"

namespace khien::scan {
namespace {

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(trim(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool value_after(std::string_view line, std::string_view name, std::string_view& value) {
  if (!line.starts_with(name)) return false;
  value = trim(line.substr(name.size()));
  return true;
}

void put_count(Row& row, const char* column, std::string_view text) {
  std::int64_t n = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), n);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size() && n >= 0) row[column] = n;
}

void put_moment_text(Row& row, const std::string& column, const std::string& text) {
  if (const auto moment = parse_moment(text)) {
    row[column] = moment->at_ms;
    row[column + "_precision"] = std::string(moment->day_only ? "day" : "ms");
  }
}

// "2026:11:18 08:00:00"
std::string clamav_date(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size() && i < 10; ++i) out[i] = out[i] == ':' ? '-' : out[i];
  return out;
}

tl::unexpected<Error> too_many(const std::string& place) {
  return fail(err::scan_count, place, {{"limit", std::to_string(kRuns)}});
}

// Files it could not read were not scanned: the scan is not a whole one.
void stop(Row& row, std::int64_t errors) {
  row["errors_count"] = errors;
  if (text_of(row, "result") == "finished") row["result"] = std::string("stopped");
}

// One summary a run; several when a log was appended to.
Result<std::vector<Row>> read_clamav(const Lines& lines, const std::string& place) {
  std::vector<Row> out;
  std::int64_t removed = 0;
  std::int64_t unread = 0;
  for (const std::string_view line : lines) {
    if (line.find("SCAN SUMMARY") != line.npos) {
      if (out.size() >= kRuns) return too_many(place);
      out.push_back({{"product", std::string("ClamAV")},
                     {"tool", std::string("clamav_log")},
                     {"result", std::string("finished")},
                     {"removed_count", removed}});
      if (unread > 0) stop(out.back(), unread);
      removed = unread = 0;
      continue;
    }
    if (line.ends_with(" ERROR") || line.find("WARNING: Can't open") == 0 ||
        line.find("WARNING: Can't access") == 0 || line.ends_with(": Access denied")) {
      ++unread;
    }
    if (line.ends_with(": Removed.") || line.find(": moved to '") != line.npos) ++removed;
    if (out.empty()) continue;
    Row& row = out.back();
    std::string_view value;
    // Without signatures clamscan finds everything clean.
    if (value_after(line, "Known viruses:", value) && value == "0") {
      row["result"] = std::string("failed");
    }
    if (value_after(line, "Total errors:", value) && value != "0") {
      put_count(row, "errors_count", value);
      stop(row, row.contains("errors_count") ? number_of(row, "errors_count") : 1);
    }
    if (value_after(line, "Scanned files:", value)) put_count(row, "scanned_count", value);
    const bool counted = to_text(row["result"]) != "failed";
    if (counted && value_after(line, "Infected files:", value)) {
      put_count(row, "infected_count", value);
    }
    if (value_after(line, "Start Date:", value)) {
      put_moment_text(row, "started_at", clamav_date(value));
    }
    if (value_after(line, "End Date:", value)) {
      put_moment_text(row, "finished_at", clamav_date(value));
    }
  }
  return out;
}

// "Sat Nov 18 2023 08:00:00", with marks of direction between the parts.
std::string english_date(std::string_view text) {
  std::vector<std::string> parts = {""};
  for (const char c : text) {
    if (c == ' ') parts.emplace_back();
    else if (static_cast<unsigned char>(c) < 0x80) parts.back() += c;
  }
  std::erase(parts, "");
  if (parts.size() != 5) return "";
  const int month = english_month(parts[1]);
  if (month == 0) return "";
  return parts[2] + "/" + std::to_string(month) + "/" + parts[3] + " " + parts[4];
}

// MpCmdRun.log: a block a command; only -Scan ones are scans. It counts threats, not files.
Result<std::vector<Row>> read_mpcmdrun(const Lines& lines, const std::string& place) {
  std::vector<Row> out;
  bool scanning = false;
  for (const std::string_view line : lines) {
    if (line.find("Command Line:") != line.npos) {
      scanning = fold(line).find("-scan ") != std::string::npos;
      if (!scanning) continue;
      if (out.size() >= kRuns) return too_many(place);
      Row& row = out.emplace_back();
      row["product"] = std::string("Microsoft Defender Antivirus");
      row["tool"] = std::string("defender_log");
      const std::size_t type = line.find("ScanType ");
      const char kind = type == line.npos || type + 9 >= line.size() ? '0' : line[type + 9];
      if (kind == '1') row["scope"] = std::string("quick");
      if (kind == '2') row["scope"] = std::string("full");
      if (kind == '3') row["scope"] = std::string("folder");
      continue;
    }
    if (!scanning || out.empty()) continue;
    Row& row = out.back();
    if (const std::size_t at = line.find("Start Time:"); at != line.npos) {
      put_moment_text(row, "started_at", english_date(line.substr(at + 11)));
    }
    if (const std::size_t at = line.find("End Time:"); at != line.npos) {
      put_moment_text(row, "finished_at", english_date(line.substr(at + 9)));
      row["result"] = std::string("finished");
    }
    if (line.find("found no threats") != line.npos) row["infected_count"] = std::int64_t{0};
    else if (const std::size_t at = line.find("found "); at != line.npos) {
      const std::string_view rest = line.substr(at + 6);
      if (rest.find(" threat") != rest.npos) {
        put_count(row, "infected_count", rest.substr(0, rest.find(' ')));
      }
    }
  }
  return out;
}

// "name: value", "name = value" or "name<TAB>value". A name seen again opens the next run when it
// is the one the run began with; anywhere else it is a contradiction.
Result<std::vector<Row>> read_named(const Lines& lines, const Words& words,
                                    const std::string& place) {
  std::vector<Row> out;
  RunBuilder run(words, place);
  std::string opener;
  int number = 0;
  const auto close = [&]() -> Done {
    if (!run.enough()) return fail(err::scan_unknown, place);
    if (out.size() >= kRuns) return too_many(place);
    out.push_back(run.finish("text"));
    return {};
  };
  for (const std::string_view line : lines) {
    ++number;
    const std::size_t cut = line.find_first_of(":=\t");
    if (cut == line.npos) continue;
    const std::string name = squeeze(line.substr(0, cut));
    const std::string field = words.field_of(name);
    if (field.empty()) continue;
    if (opener.empty()) opener = field;
    else if (field == opener && run.has(field)) KHIEN_DO(close());
    KHIEN_TRY([[maybe_unused]] const bool known,
              run.add(name, squeeze(line.substr(cut + 1)), number));
  }
  if (opener.empty()) return fail(err::scan_unknown, place);
  KHIEN_DO(close());
  return out;
}

Result<Node> run_scan_log(const JobInput& input) {
  KHIEN_TRY(const Words words, Words::load(input.args));
  KHIEN_TRY(const std::vector<Row> rows, read_scan_text(input.bytes, words, input.name));
  Collection c;
  c.collector = "scan_log";
  c.tables["scan_run"].rows = rows;
  return to_node(c);
}

}  // namespace

Result<std::vector<Row>> read_scan_text(std::string_view bytes, const Words& words,
                                        const std::string& place) {
  if (bytes.size() > kLogBytes) {
    return fail(err::file_too_large, place, {{"limit", std::to_string(kLogBytes)}});
  }
  KHIEN_TRY(const Decoded decoded, decode_text(bytes, place));
  const Lines lines = lines_of(decoded.text);
  const std::string_view text = decoded.text;
  if (text.find("SCAN SUMMARY") != text.npos && text.find("Infected files:") != text.npos) {
    return read_clamav(lines, place);
  }
  if (text.find("MpCmdRun") != text.npos) {
    KHIEN_TRY(std::vector<Row> rows, read_mpcmdrun(lines, place));
    if (rows.empty()) return fail(err::scan_unknown, place);
    return rows;
  }
  return read_named(lines, words, place);
}

std::vector<Job> scan_log_jobs() { return {{"scan.log", kLogBytes, run_scan_log}}; }

}  // namespace khien::scan
