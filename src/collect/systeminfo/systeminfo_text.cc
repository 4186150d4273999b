// By position, numbers and the shape of KB, since every label is translated.
#include <algorithm>
#include <set>

#include "base/errors.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/systeminfo/errors.h"
#include "collect/systeminfo/systeminfo.h"
#include "engine/vulnerability/cvrf.h"
#include "engine/vulnerability/errors.h"
#include "format/table/table.h"

namespace khien::windows {
namespace {

constexpr std::size_t kLines = 20'000;
constexpr std::size_t kIdDigits = 16;
constexpr std::size_t kName = 200;  // longest machine or product name

bool digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view s, std::size_t at) {
  std::size_t n = 0;
  while (at + n < s.size() && digit(s[at + n])) ++n;
  return n;
}

// "10.0.19045" at the start of `s`; 0 when there is none. Only majors Windows has had.
std::size_t version_length(std::string_view s) {
  if (!s.starts_with("10.") && !s.starts_with("6.") && !s.starts_with("5.")) return 0;
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    const std::size_t n = digits_at(s, at);
    if (n == 0 || n > 6) return 0;
    at += n;
    if (part == 2) return at;
    if (at >= s.size() || s[at] != '.') return 0;
    ++at;
  }
  return 0;
}

std::string_view value_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon == line.npos ? std::string_view() : trim(line.substr(colon + 1));
}

// "10.0.19045 N/A Build 19045": the build number stands there twice.
std::string system_version(std::string_view line) {
  const std::string_view value = value_of(line);
  const std::size_t n = version_length(value);
  if (n == 0 || n >= value.size() || value[n] != ' ') return "";
  const std::string_view version = value.substr(0, n);
  const std::string_view build = version.substr(version.rfind('.') + 1);
  for (std::size_t at = value.find(build, n); at != value.npos; at = value.find(build, at + 1)) {
    const bool starts = !digit(value[at - 1]);
    const bool ends = at + build.size() == value.size() || !digit(value[at + build.size()]);
    if (starts && ends) return std::string(version);
  }
  return "";
}

// "[Version 10.0.19045.3570]" of `ver`; "" when not there or of another build.
std::string full_version(std::string_view line, const std::string& version) {
  for (std::size_t open = line.find('['); open != line.npos; open = line.find('[', open + 1)) {
    const std::size_t close = line.find(']', open);
    if (close == line.npos) return "";
    std::string_view inside = line.substr(open + 1, close - open - 1);
    if (const std::size_t space = inside.rfind(' '); space != inside.npos) {
      inside.remove_prefix(space + 1);
    }
    std::string branch;
    std::int64_t revision = 0;
    if (vuln::split_build(inside, branch, revision) && branch == version) {
      return std::string(inside);
    }
  }
  return "";
}

std::string architecture_in(std::string_view line) {
  const std::string low = ascii_lower(line);
  const std::size_t at = low.find("-based pc");
  if (at == low.npos) return "";
  for (const char* name : {"arm64", "x64", "x86"}) {
    const std::size_t size = std::string_view(name).size();
    if (at >= size && low.compare(at - size, size, name) == 0) return name;
  }
  return "";
}

// KB numbers of "[01]: KB5031356" lines; a list of a thousand others (Windows 7) is passed over.
void add_updates(std::string_view line, std::set<std::string>& out) {
  if (line.find('[') == line.npos) return;
  for (std::size_t at = line.find("KB"); at != line.npos; at = line.find("KB", at + 2)) {
    const std::size_t n = digits_at(line, at + 2);
    if (n >= 6 && n <= 8) out.emplace(line.substr(at, n + 2));
  }
}

// "00330-80000-00000-AA448": the number of this installation.
bool is_product_id(std::string_view value) {
  if (value.size() != 23) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool plain = digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (i % 6 == 5 ? c != '-' : !plain) return false;
  }
  return true;
}

// The moment it was installed stands before that of the last start, whatever they are called.
bool is_moment(std::string_view value) {
  const std::size_t first = value.find(':');
  return first != value.npos && value.find(':', first + 1) != value.npos && value.size() < 40 &&
         digits_at(value, value.find_first_of("0123456789")) > 0 &&
         value.find_first_of("/.-") != value.npos;
}

using InfoLines = std::vector<std::string>;

bool same_machine(const SystemInfo& a, const SystemInfo& b) {
  return a.host == b.host && a.machine_id == b.machine_id;
}

Result<SystemInfo> machine_of(const InfoLines& lines, const std::string& place) {
  SystemInfo out;
  std::set<std::string> updates;
  std::string product;
  std::string installed;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (out.version.empty()) {
      out.version = system_version(lines[i]);
      if (out.version.empty()) continue;
      if (i >= 1) out.os_name = squeeze(value_of(lines[i - 1]).substr(0, kName));
      if (i >= 2) out.host = squeeze(value_of(lines[i - 2]).substr(0, kName));
      continue;
    }
    if (out.architecture.empty()) out.architecture = architecture_in(lines[i]);
    const std::string_view value = value_of(lines[i]);
    if (product.empty() && is_product_id(value)) product = value;
    if (!product.empty() && installed.empty() && is_moment(value)) installed = squeeze(value);
    add_updates(lines[i], updates);
  }
  if (!product.empty()) out.machine_id = sha256_hex(product + "|" + installed).substr(0, kIdDigits);
  if (out.version.empty() || out.os_name.find("Windows") == std::string::npos) {
    return fail(err::systeminfo_invalid, place);
  }
  for (const std::string& line : lines) {
    const std::string full = full_version(line, out.version);
    if (full.empty()) continue;
    out.version = full;
    break;
  }
  if (updates.size() > kUpdates) {
    return fail(err::cvrf_count, place, {{"limit", std::to_string(kUpdates)}});
  }
  out.updates.assign(updates.begin(), updates.end());
  return out;
}

// Texts of several machines in one file: a machine begins two lines above its version, or with the
// line of `ver` above those, where the file begins with one.
std::vector<InfoLines> split_machines(InfoLines lines) {
  std::vector<std::size_t> begins;
  bool ver_first = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string version = system_version(lines[i]);
    if (version.empty()) continue;
    std::size_t from = i < 2 ? 0 : i - 2;
    if (begins.empty()) {
      ver_first = std::any_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(from),
                              [&](const std::string& line) {
                                return !full_version(line, version).empty();
                              });
    } else if (ver_first && from > 0 && !full_version(lines[from - 1], version).empty()) {
      --from;
    }
    begins.push_back(from);
  }
  if (begins.size() < 2) return {std::move(lines)};
  begins.front() = 0;
  std::vector<InfoLines> out;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const auto at = [&](std::size_t line) {
      return lines.begin() + static_cast<std::ptrdiff_t>(line);
    };
    out.emplace_back(at(begins[i]), i + 1 < begins.size() ? at(begins[i + 1]) : lines.end());
  }
  return out;
}

// `systeminfo /fo csv`: a row a machine, the same values in the same order.
Result<std::vector<InfoLines>> machines_of_csv(std::string_view text, const std::string& place) {
  KHIEN_TRY(const Table table, read_table_bytes(text, place, ""));
  std::vector<InfoLines> out;
  constexpr std::size_t version = 2;  // below the names of machine and product
  for (const TableRow& row : table.rows) {
    if (row.cells.size() <= version || system_version(": " + row.cells[version]).empty()) continue;
    InfoLines& lines = out.emplace_back();
    for (const std::string& cell : row.cells) lines.push_back(": " + cell);
  }
  if (out.empty()) return fail(err::systeminfo_invalid, place);
  return out;
}

Result<Node> run_systeminfo(const JobInput& input) {
  KHIEN_TRY(const std::vector<SystemInfo> machines, machines_in(input.bytes, input.name));
  std::vector<Node> out;
  for (const SystemInfo& s : machines) {
    out.push_back(Node::map({{"host", s.host},
                             {"os_name", s.os_name},
                             {"version", s.version},
                             {"machine_id", s.machine_id},
                             {"architecture", s.architecture},
                             {"updates", Node::list_of(s.updates)}}));
  }
  return Node::map({{"machines", Node::list(std::move(out))}});
}

}  // namespace

Result<std::vector<SystemInfo>> machines_in(std::string_view bytes, const std::string& place) {
  if (bytes.size() > kTextBytes) {
    return fail(err::file_too_large, place, {{"limit", std::to_string(kTextBytes)}});
  }
  KHIEN_TRY(const Decoded decoded, decode_text(bytes, place));
  std::vector<InfoLines> texts;
  if (trim(std::string_view(decoded.text).substr(0, kName)).starts_with('"')) {
    KHIEN_TRY(texts, machines_of_csv(decoded.text, place));
  } else {
    InfoLines lines;
    std::string_view rest = decoded.text;
    while (!rest.empty() && lines.size() < kLines) {
      const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
      if (!trim(rest.substr(0, end)).empty()) lines.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    texts = split_machines(std::move(lines));
  }
  std::vector<SystemInfo> out;
  for (const InfoLines& text : texts) {
    KHIEN_TRY(SystemInfo machine, machine_of(text, place));
    const auto before = std::find_if(out.begin(), out.end(), [&](const SystemInfo& other) {
      return same_machine(other, machine);
    });
    if (before == out.end()) out.push_back(std::move(machine));
    else *before = std::move(machine);  // appended later
  }
  return out;
}

std::vector<Job> systeminfo_jobs() { return {{"windows.systeminfo", kTextBytes, run_systeminfo}}; }

}  // namespace khien::windows
