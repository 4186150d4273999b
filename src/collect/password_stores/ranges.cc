// The first five digits of a hash name its range file; they say nothing about a password.
#include "collect/password_stores/ranges.h"

#include <map>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/password_stores/stores.h"
#include "engine/password/errors.h"

namespace khien {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kPrefix = 5;
constexpr std::size_t kBatchBytes = 64 * limits::kMiB;

bool has_ranges(password::Scheme scheme) {
  return scheme == password::Scheme::nt || scheme == password::Scheme::sha1;
}

Result<Node> job_prefixes(const JobInput& input) {
  std::set<std::string> prefixes;
  for (const auto& store : password::read_all(input).stores) {
    for (const auto& e : store.entries) {
      if (!has_ranges(e.hash.scheme)) continue;
      prefixes.insert(ascii_upper(hex(e.hash.digest)).substr(0, kPrefix));
    }
  }
  return Node::list_of({prefixes.begin(), prefixes.end()});
}

// Has the range file a line that begins with `rest`, as a whole hash?
bool in_range(std::string_view text, std::string_view rest) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = line.substr(0, line.find_first_of(":\r"));
    if (line.size() == rest.size() &&
        std::equal(line.begin(), line.end(), rest.begin(), [](char a, char b) {
          return (a >= 'a' && a <= 'f' ? a - 32 : a) == b;
        })) {
      return true;
    }
  }
  return false;
}

// input.bytes: the stores, then the range files of this batch.
Result<Node> job_ranges(const JobInput& input) {
  std::size_t at = 0;
  for (const Node& size : input.args["sizes"].items()) {
    at += static_cast<std::size_t>(size.integer());
  }
  std::map<std::string, std::string_view> ranges;
  std::string_view bytes = input.bytes.substr(std::min(at, input.bytes.size()));
  for (const Node& range : input.args["ranges"].items()) {
    const auto size = std::min(static_cast<std::size_t>(range["size"].integer()), bytes.size());
    ranges[range["prefix"].text()] = bytes.substr(0, size);
    bytes.remove_prefix(size);
  }
  Node out = Node::list();
  std::int64_t number = -1;
  for (const auto& store : password::read_all(input).stores) {
    for (const auto& e : store.entries) {
      ++number;
      if (!has_ranges(e.hash.scheme)) continue;
      const std::string digits = ascii_upper(hex(e.hash.digest));
      const auto range = ranges.find(digits.substr(0, kPrefix));
      if (range != ranges.end() && in_range(range->second, digits.substr(kPrefix))) {
        out.push(number);
      }
    }
  }
  return out;
}

Result<std::string> whole(int fd, std::size_t size) {
  return read_file("/proc/self/fd/" + std::to_string(fd), size);
}

}  // namespace

Done look_up_ranges(WorkerPool& pool, const fs::path& folder, int bundle, const Node& layout,
                    std::int64_t list, Node& rows) {
  std::size_t stores_bytes = 0;
  for (const Node& size : layout["sizes"].items()) {
    stores_bytes += static_cast<std::size_t>(size.integer());
  }
  KHIEN_TRY(std::string stores, whole(bundle, limits::password_stores_bytes));
  KHIEN_TRY(const Node prefixes, pool.run_bytes("password.prefixes", stores, "stores", layout));
  const std::vector<std::string> wanted = prefixes.texts();
  std::size_t files = 0;
  for (std::size_t next = 0; next < wanted.size();) {
    std::string batch = stores;
    Node ranges = Node::list();
    for (; next < wanted.size() && batch.size() < stores_bytes + kBatchBytes; ++next) {
      std::error_code ec;
      const fs::path file = folder / (wanted[next] + ".txt");
      if (!fs::exists(file, ec)) continue;
      KHIEN_TRY(const std::string text, read_file(file, limits::password_range_bytes));
      ranges.push(Node::map({{"prefix", wanted[next]}, {"size", text.size()}}));
      batch += text;
      ++files;
    }
    Node args = layout;
    args.set("ranges", std::move(ranges));
    auto hits = pool.run_bytes("password.ranges", batch, "stores", args);
    khien::wipe(batch);
    if (!hits) return pass_on(hits.error());
    for (const Node& entry : hits->items()) {
      rows.push(Node::map({{"entry", entry.integer()}, {"list", list}}));
    }
  }
  khien::wipe(stores);
  if (files == 0 && !wanted.empty()) {
    return fail(err::hash_list_invalid, folder.string(), {{"line", "0"}});
  }
  return {};
}

std::vector<Job> range_jobs() {
  constexpr std::size_t all = limits::password_stores_bytes + 2 * kBatchBytes;
  return {{"password.prefixes", limits::password_stores_bytes, job_prefixes},
          {"password.ranges", all, job_ranges}};
}

}  // namespace khien
