// Each file is one job; here their answers are joined by machine.
#include "collect/logs/logs.h"

#include <set>

#include "base/calendar.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/logs/errors.h"
#include "collect/source/files_walk.h"
#include "engine/detection/log_lines.h"
#include "format/archive/members.h"

namespace khien {
namespace {

namespace fs = std::filesystem;
using detection::LogFacts;
using detection::Speaker;

constexpr std::int64_t kHourMs = 3'600'000;

// Written when software is installed, not when something happens.
constexpr std::string_view kNotSources[] = {"alternatives.log", "dpkg.log", "bootstrap.log",
                                            "fontconfig.log",   "apt/",     "installer/",
                                            "unattended-upgrades/", "anaconda/", "dnf.",
                                            // records of log-ins, read from the machine itself
                                            "wtmp", "btmp", "lastlog", "faillog", "tallylog"};
constexpr std::size_t kNamedFiles = 5;

bool is_binary(std::string_view bytes) {
  return bytes.substr(0, 8192).find('\0') != std::string_view::npos;
}

Node hours_node(const std::vector<std::int32_t>& hours) {  // runs: from, to (inclusive)
  Node out = Node::list();
  for (std::size_t i = 0; i < hours.size();) {
    std::size_t j = i;
    while (j + 1 < hours.size() && hours[j + 1] == hours[j] + 1) ++j;
    out.push(std::int64_t{hours[i]});
    out.push(std::int64_t{hours[j]});
    i = j + 1;
  }
  return out;
}

Result<Node> run_log(const JobInput& input) {
  std::string unpacked;
  std::string_view text = input.bytes;
  if (is_packed_file(text)) {
    KHIEN_TRY(unpacked, unpack_file(text, kLogTextBytes, input.name));
    text = unpacked;
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {  // redirected on Windows
    KHIEN_TRY(Decoded decoded, decode_text(text, input.name));
    unpacked = std::move(decoded.text);
    text = unpacked;
  }
  if (is_binary(text)) {
    return Node::map({{"sha256", sha256_hex(input.bytes)}, {"binary", !text.empty()}});
  }
  const LogFacts facts = detection::read_log(text, input.args["reference"].integer());
  Node speakers = Node::list();
  for (const auto& [host, s] : facts.speakers) {
    speakers.push(Node::map({{"host", host},
                             {"first", s.first_ms},
                             {"last", s.last_ms},
                             {"lines", s.lines},
                             {"firewall", s.firewall_lines},
                             {"failures", s.failures},
                             {"hours", hours_node(s.hours)}}));
  }
  Node failures = Node::list();
  for (const auto& [key, count] : facts.failures) {
    failures.push(Node::map({{"host", key.host},
                             {"account", key.account},
                             {"day", key.day},
                             {"count", count}}));
  }
  return Node::map({{"sha256", sha256_hex(input.bytes)},
                    {"lines", facts.lines},
                    {"timeless", facts.timeless},
                    {"year_from_file", facts.year_from_file},
                    {"cut", facts.failures_cut},
                    {"speakers", std::move(speakers)},
                    {"failures", std::move(failures)}});
}

struct Source {
  std::string host;
  std::int64_t first = 0, last = 0, lines = 0, timeless = 0, firewall = 0, failures = 0;
  bool year_from_file = false;
  std::set<std::int32_t> hours;
};

class Join {
 public:
  void add(const std::string& file, const Node& reply) {
    const std::string base = unrotated(file);
    for (const Node& s : reply["speakers"].items()) {
      const std::string host = s["host"].text();
      Source& to = sources_[host.empty() ? base : host];
      to.host = host;
      const std::int64_t first = s["first"].integer();
      to.first = to.lines == 0 ? first : std::min(to.first, first);
      to.last = std::max(to.last, s["last"].integer());
      to.lines += s["lines"].integer();
      to.firewall += s["firewall"].integer();
      to.failures += s["failures"].integer();
      to.year_from_file = to.year_from_file || reply["year_from_file"].boolean();
      const std::vector<Node>& runs = s["hours"].items();
      for (std::size_t i = 0; i + 1 < runs.size(); i += 2) {
        for (std::int64_t h = runs[i].integer(); h <= runs[i + 1].integer(); ++h) {
          to.hours.insert(static_cast<std::int32_t>(h));
        }
      }
    }
    for (const Node& f : reply["failures"].items()) {
      const std::string host = f["host"].text();
      failures_[{host.empty() ? base : host, f["account"].text(), f["day"].text()}] +=
          f["count"].integer();
    }
  }

  [[nodiscard]] bool empty() const { return sources_.empty(); }

  void write(Collection& out) const {
    TableFacts& sources = out.tables["log_seen"];
    for (const auto& [name, s] : sources_) sources.rows.push_back(source_row(name, s));
    TableFacts& failures = out.tables["login_failure"];
    for (const auto& [key, count] : failures_) {
      Row row;
      row["source"] = std::get<0>(key);
      if (!std::get<1>(key).empty()) row["account"] = std::get<1>(key);
      row["failed_on"] = std::get<2>(key);
      row["failures_count"] = count;
      failures.rows.push_back(std::move(row));
    }
  }

 private:
  static void put_instant(Row& row, const std::string& column, std::int64_t at) {
    row[column] = at;
    row[column + "_precision"] = std::string("ms");
  }

  static Row source_row(const std::string& name, const Source& s) {
    Row row;
    row["source"] = name;
    row["kind"] = std::string(s.firewall * 2 > s.lines ? "firewall" : "server");
    if (!s.host.empty()) row["host"] = s.host;
    put_instant(row, "first_seen_at", s.first);
    put_instant(row, "last_seen_at", s.last);
    row["lines_count"] = s.lines;
    row["firewall_lines_count"] = s.firewall;
    row["failed_logins_count"] = s.failures;
    row["year_from_file"] = std::int64_t{s.year_from_file};
    std::int64_t gap = 0;
    std::optional<std::int32_t> previous;
    std::int64_t from = 0;
    for (const std::int32_t hour : s.hours) {
      if (previous && hour - *previous - 1 > gap) {
        gap = hour - *previous - 1;
        from = (*previous + 1LL) * kHourMs;
      }
      previous = hour;
    }
    row["largest_gap_hours"] = gap;
    if (gap > 0) {
      put_instant(row, "gap_from_at", from);
      put_instant(row, "gap_to_at", from + gap * kHourMs);
    }
    return row;
  }

  std::map<std::string, Source> sources_;
  std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> failures_;
};

bool is_source(const std::string& relative) {
  for (const std::string_view name : kNotSources) {
    if (name.ends_with('/') || name.ends_with('.')
            ? relative.starts_with(name)
            : unrotated(fs::path(relative).filename().string()) == name) {
      return false;
    }
  }
  return true;
}

// Files of the folder that say nothing in the result, and why.
struct Left {
  std::size_t unread = 0;
  std::vector<std::string> names;  // of those read but not understood

  // Does the file hold lines whose time is not known, or no text at all?
  void look(const std::string& file, const Node& reply) {
    const std::int64_t lines = reply["lines"].integer();
    const bool timeless = lines > 0 && reply["timeless"].integer() * 10 > lines * 9;
    if (reply["binary"].boolean() || timeless) names.push_back(file);
  }
  void note(Collection& out, bool cut) const {
    std::string detail;
    for (std::size_t i = 0; i < std::min(kNamedFiles, names.size()); ++i) {
      detail += (i == 0 ? "" : ", ") + names[i];
    }
    if (names.size() > kNamedFiles) detail += " +" + std::to_string(names.size() - kNamedFiles);
    const auto partial = [&](const char* table, const char* reason, const std::string& what) {
      out.mark(table, TableFacts::Status::partial, reason, what);
    };
    if (cut) partial("login_failure", "reason.files.failures_cut", "");
    for (const char* table : {"log_seen", "login_failure"}) {
      if (unread > 0) partial(table, "reason.files.some_unread", std::to_string(unread));
      else if (!names.empty()) partial(table, "reason.log.lines_not_understood", detail);
    }
  }
};

}  // namespace

std::string unrotated(std::string_view name) {
  for (const std::string_view packed : {".gz", ".xz", ".zst", ".bz2"}) {
    if (name.ends_with(packed)) name.remove_suffix(packed.size());
  }
  const std::size_t cut = name.find_last_not_of("0123456789");
  if (cut == std::string_view::npos || cut + 1 == name.size() || cut == 0) return std::string(name);
  const std::size_t digits = name.size() - cut - 1;
  const bool number = name[cut] == '.' && digits <= 3;
  const bool date = (name[cut] == '-' || name[cut] == '.') && digits == 8;
  return std::string(number || date ? name.substr(0, cut) : name);
}

std::vector<Job> log_jobs() { return {{"logs.text", kLogFileBytes, run_log}}; }

Result<Collection> collect_logs(const fs::path& path, const std::string& source, WorkerPool& pool,
                                std::int64_t as_of_ms) {
  KHIEN_TRY(const Walk walk, walk_files(path, kLogFiles));
  const bool one = walk.files.size() == 1 && walk.files.front().path == path;
  Collection out;
  out.collector = "log_files";
  out.collector_version = "0.1";
  out.source = source;
  Join join;
  Sha256 digest;
  Left left{walk.unreadable, {}};
  bool cut = false;
  for (const WalkedFile& file : walk.files) {
    if (!one && !is_source(file.relative)) continue;
    const std::int64_t changed = changed_ms(file.path);
    const std::int64_t reference = changed > 0 ? std::min(changed, as_of_ms) : as_of_ms;
    const auto reply = pool.run("logs.text", file.path, Node::map({{"reference", reference}}));
    if (!reply && one) return pass_on(reply.error());
    if (!reply) {
      ++left.unread;
      continue;
    }
    left.look(file.relative, *reply);
    cut = cut || (*reply)["cut"].boolean();
    join.add(file.relative, *reply);
    digest.add((*reply)["sha256"].text());
  }
  if (join.empty() && left.unread == 0) return fail(err::no_log_line, source);
  join.write(out);
  out.source_sha256 = hex(digest.finish());
  left.note(out, cut);
  return out;
}

Collections read_logs(const AgencySource& source, Reading& reading) {
  return one(collect_logs(source.path, source.written, reading.pool, reading.clock.now_ms()));
}

}  // namespace khien
