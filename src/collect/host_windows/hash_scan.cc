// A walk without recursion through links, within limits of count and size.
#include "collect/host_windows/hash_scan.h"

#include "base/text.h"

namespace khien::host_windows {
namespace {

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_word(char c) {
  return is_hex(c) || (c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z') || c == '_';
}

class Walk {
 public:
  Walk(const Files& files, const HashList& list, const std::function<void(std::int64_t)>& progress)
      : files_(files), list_(list), progress_(progress) {}

  void take(const std::string& top) {
    std::vector<std::string> open = {top};
    if (!files_.info(top)) ++out.unread;
    while (!open.empty() && !out.stopped) {
      const std::string folder = std::move(open.back());
      open.pop_back();
      const Listing listing = files_.list(folder);
      if (listing.problem != Problem::none || listing.cut) ++out.unread;
      for (const std::string& name : listing.names) {
        const std::string path = folder + (folder.ends_with('\\') ? "" : "\\") + name;
        const auto info = files_.info(path);
        if (!info) ++out.unread;
        else if (info->link) continue;
        else if (info->folder) open.push_back(path);
        else if (!take_file(path, *info)) return;
      }
    }
  }

  HashScan out;

 private:
  bool take_file(const std::string& path, const FileInfo& info) {
    if (out.scanned >= static_cast<std::int64_t>(kScannedFiles)) {
      out.stopped = true;
      return false;
    }
    ++out.scanned;
    if (progress_ && out.scanned % 200 == 0) progress_(out.scanned);
    const Digests d = info.size > kScannedBytes ? Digests{} : files_.digests(path, kScannedBytes);
    if (d.sha256.empty()) ++out.unread;
    else if (list_.sha256.contains(d.sha256) || list_.sha1.contains(d.sha1) ||
             list_.md5.contains(d.md5)) {
      out.hits.push_back(path);
    }
    return true;
  }

  const Files& files_;
  const HashList& list_;
  const std::function<void(std::int64_t)>& progress_;
};

}  // namespace

HashList parse_hash_list(std::string_view text) {
  HashList out;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    bool hex = true;
    for (; end < text.size() && is_word(text[end]); ++end) hex = hex && is_hex(text[end]);
    const std::size_t size = end - at;
    if (hex && (size == 32 || size == 40 || size == 64)) {
      if (++count > kListDigests) {
        out.cut = true;
        return out;
      }
      auto& set = size == 32 ? out.md5 : size == 40 ? out.sha1 : out.sha256;
      set.insert(ascii_lower(text.substr(at, size)));
    }
    at = end;
  }
  return out;
}

HashScan scan_folders(const Files& files, const HashList& list,
                      const std::vector<std::string>& folders, const std::string& list_name,
                      const Clock& clock, const std::function<void(std::int64_t)>& progress,
                      Collection& out) {
  const std::int64_t started = clock.now_ms();
  Walk walk(files, list, progress);
  for (const std::string& folder : folders) walk.take(folder);
  Row& row = out.add("scan_run");
  row["host"] = out.host;
  row["product"] = std::string("thu-thap");
  row["started_at"] = started;
  row["finished_at"] = clock.now_ms();
  row["scope"] = std::string("folder");
  row["scanned_count"] = walk.out.scanned;
  row["infected_count"] = static_cast<std::int64_t>(walk.out.hits.size());
  row["removed_count"] = std::int64_t{0};
  row["result"] = std::string(walk.out.stopped || list.cut ? "stopped" : "finished");
  row["source"] = list_name;
  row["tool"] = std::string("hash_list");
  if (walk.out.unread > 0 || walk.out.stopped || list.cut) {
    out.mark("scan_run", TableFacts::Status::partial, "reason.windows.files_unread",
             std::to_string(walk.out.unread));
  }
  return walk.out;
}

}  // namespace khien::host_windows
