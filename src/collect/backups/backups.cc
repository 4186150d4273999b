// A copy counts only when it holds something: empty files are counted apart and are never newest.
#include "collect/backups/backups.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/calendar.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/backups/errors.h"
#include "collect/source/fields.h"
#include "collect/source/files_walk.h"
#include "engine/detection/log_times.h"
#include "format/table/dates.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

struct Tally {
  std::int64_t files = 0, empty = 0, newest = 0, newest_bytes = 0, bytes = 0;

  void add(std::int64_t at, std::int64_t size) {
    ++files;
    if (size <= 0) {
      ++empty;
      return;
    }
    bytes += std::min(size, std::int64_t{1} << 50);
    if (at <= newest) return;
    newest = at;
    newest_bytes = size;
  }
};

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < line.size() && out.size() < 16;) {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
    std::size_t end = at;
    while (end < line.size() && line[end] != ' ' && line[end] != '\t') ++end;
    if (end > at) out.push_back(line.substr(at, end - at));
    at = end;
  }
  return out;
}

// "1.234.567" and "1,234,567" too; -1 when it is no number.
std::int64_t size_of(std::string_view word) {
  std::string digits;
  for (const char c : word) {
    if (c == '.' || c == ',') continue;
    if (c < '0' || c > '9') return -1;
    digits.push_back(c);
  }
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  return whole && !digits.empty() ? out : -1;
}

// The date words of the line: "2026-11-20 02:15[:00[.5]] [+0700]", "2026-11-20+02:15:00.5" (find)
// or "20/11/2026 02:15 [CH]". `after` is the index of the word behind them.
struct DateWords {
  std::string text;
  std::string half;  // of the day: AM, PM, SA, CH
  std::size_t after = 0;
};

DateWords date_words(const std::vector<std::string_view>& words, std::size_t i) {
  DateWords out{std::string(words[i]), "", i + 1};
  std::string& text = out.text;
  std::size_t& after = out.after;
  if (text.size() > 11 && text[10] == '+') text[10] = ' ';
  else if (text.size() <= 10 && after < words.size() &&
           words[after].find(':') != words[after].npos) {
    text += " " + std::string(words[after++]);
    const bool zone = after < words.size() && words[after].size() == 5 &&
                      (words[after][0] == '+' || words[after][0] == '-');
    if (zone) text += " " + std::string(words[after++]);
    if (after < words.size() && (words[after] == "PM" || words[after] == "AM" ||
                                 words[after] == "CH" || words[after] == "SA")) {
      out.half = words[after++];
    }
  }
  if (text.size() == 16 && text[4] == '-') text += ":00";
  return out;
}

// One line of a listing: a file with its date, as written, and its size.
struct Listed {
  DateWords date;
  std::int64_t size = 0;
  std::optional<std::int64_t> at;  // of a date that has its year first
};

std::optional<Listed> listed(std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  if (words.empty() || words[0].starts_with("d") || line.find("<DIR>") != line.npos) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < words.size() && i < 8; ++i) {
    Listed out{date_words(words, i), 0, std::nullopt};
    const std::string& text = out.date.text;
    const auto time = detection::line_time(text);
    if (time && time->has_year) out.at = time->at_ms;
    else if (text.find_first_of("/-.") == std::string::npos || text.size() < 8) continue;
    else if (!parse_moment(text, DayOrder::dmy) && !parse_moment(text, DayOrder::mdy)) continue;
    const std::size_t after = out.date.after;
    const std::int64_t behind = after < words.size() ? size_of(words[after]) : -1;
    const std::int64_t before = i > 0 ? size_of(words[i - 1]) : -1;
    const bool ls = words.size() > 4 && words[0].size() >= 10 && before >= 0;
    out.size = ls || behind < 0 ? before : behind;
    if (out.size < 0) return std::nullopt;
    return out;
  }
  return std::nullopt;
}

template <class Use>
void each_listed(std::string_view rest, Use use) {
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, std::min<std::size_t>(end, 8192));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (const auto file = listed(line)) use(*file);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

// `dir` writes days in the order of its machine: one date shows that of the listing. Where none
// does, an English half of the day makes it unclear, and else the day is first.
class ListingDates {
 public:
  void see(const DateWords& date) {
    seen_.see(whole(date));
    english_ = english_ || date.half == "AM" || date.half == "PM";
  }
  [[nodiscard]] std::optional<std::int64_t> read(const DateWords& date) const {
    const std::string text = whole(date);
    const DayOrder order = seen_.order();
    const bool unknown = order == DayOrder::mixed || (order == DayOrder::unclear && english_);
    if (unknown && depends_on_order(text)) return std::nullopt;
    const auto moment = parse_moment(text, order);
    return moment ? std::optional(moment->at_ms) : std::nullopt;
  }

 private:
  static std::string whole(const DateWords& date) {
    return date.half.empty() ? date.text : date.text + " " + date.half;
  }
  ColumnDates seen_;
  bool english_ = false;
};

Result<Node> run_listing(const JobInput& input) {
  KHIEN_TRY(const Decoded text, decode_text(input.bytes, input.name));
  ListingDates dates;
  each_listed(text.text, [&](const Listed& file) {
    if (!file.at) dates.see(file.date);
  });
  Tally tally;
  std::int64_t unclear = 0;
  each_listed(text.text, [&](const Listed& file) {
    const auto at = file.at ? file.at : dates.read(file.date);
    unclear += !at;
    tally.add(at.value_or(0), file.size);
  });
  if (tally.files == 0) return fail(err::listing_empty, input.name);
  if (unclear > 0) tally.newest = tally.newest_bytes = 0;  // one of them may be the newest
  return Node::map({{"sha256", sha256_hex(input.bytes)},
                    {"files", tally.files},
                    {"empty", tally.empty},
                    {"newest", tally.newest},
                    {"newest_bytes", tally.newest_bytes},
                    {"bytes", tally.bytes},
                    {"unclear", unclear}});
}

void put_tally(Row& row, const Tally& t) {
  row["files_count"] = t.files;
  row["empty_count"] = t.empty;
  row["total_bytes"] = t.bytes;
  if (t.newest == 0) return;
  row["newest_at"] = t.newest;
  row["newest_at_precision"] = std::string("ms");
  row["newest_bytes"] = t.newest_bytes;
}

}  // namespace

std::vector<Job> backup_jobs() { return {{"backups.listing", kListingBytes, run_listing}}; }

Result<Collection> collect_backups(const BackupSource& source, WorkerPool& pool) {
  Collection out;
  out.collector = "backups";
  out.collector_version = "0.1";
  out.source = source.written;
  Row& row = out.add("backup_copy");
  row["what"] = source.what.empty() ? source.written : source.what;
  row["place"] = source.written;
  if (!source.second_place.empty()) row["second_place"] = source.second_place;
  if (!source.offline.empty()) row["offline"] = std::int64_t{source.offline == "true"};
  std::error_code ec;
  const bool listing = fs::is_regular_file(source.path, ec);
  row["from_listing"] = std::int64_t{listing};
  Tally tally;
  if (listing) {
    KHIEN_TRY(const Node reply, pool.run("backups.listing", source.path));
    tally = {reply["files"].integer(), reply["empty"].integer(), reply["newest"].integer(),
             reply["newest_bytes"].integer(), reply["bytes"].integer()};
    out.source_sha256 = reply["sha256"].text();
    if (reply["unclear"].integer() > 0) {
      out.mark("backup_copy", TableFacts::Status::partial, "reason.accounts.date_order_unclear",
               reply["unclear"].text());
    }
  } else {
    KHIEN_TRY(const Walk walk, walk_files(source.path));
    for (const WalkedFile& file : walk.files) {
      const std::uintmax_t size = fs::file_size(file.path, ec);
      tally.add(changed_ms(file.path), ec ? 0 : static_cast<std::int64_t>(size));
    }
    if (walk.unreadable > 0) {
      out.mark("backup_copy", TableFacts::Status::partial, "reason.files.some_unread",
               std::to_string(walk.unreadable));
    }
  }
  put_tally(row, tally);
  return out;
}

Result<std::string> check_backups(const Node& map, const std::string& place) {
  KHIEN_TRY(std::string path, check_file_source(map, place, {"type", "path", "name",
                                                             "second_place", "offline"}));
  KHIEN_DO(flag_field(map, "offline", place));
  return path;
}

Collections read_backups(const AgencySource& source, Reading& reading) {
  const char* declared = source.fields["offline"].boolean() ? "true" : "false";
  return one(collect_backups({source.path, source.written, source.text("name"),
                              source.text("second_place"),
                              source.fields.has("offline") ? declared : ""},
                             reading.pool));
}

}  // namespace khien
