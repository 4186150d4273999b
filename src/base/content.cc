// Blob: "KHIENC1\n", version (64 hex), count, then per file: path, bytes, packed Node (empty when
// the file is no YAML). Each is preceded by its length, 8 bytes little endian.
#include "base/content.h"

#include <algorithm>
#include <cstring>

#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"

namespace khien {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMagic = "KHIENC1\n";

void put_number(std::string& out, std::uint64_t v) {
  for (int i = 0; i < 8; ++i) out += static_cast<char>(v >> (8 * i));
}
void put_text(std::string& out, std::string_view s) {
  put_number(out, s.size());
  out += s;
}

std::string_view take(std::string_view& in, std::size_t n, bool& ok) {
  if (n > in.size()) {
    ok = false;
    n = in.size();
  }
  const std::string_view out = in.substr(0, n);
  in.remove_prefix(n);
  return out;
}
std::uint64_t take_number(std::string_view& in, bool& ok) {
  const std::string_view raw = take(in, 8, ok);
  std::uint64_t v = 0;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    v |= std::uint64_t{static_cast<unsigned char>(raw[i])} << (8 * i);
  }
  return v;
}

bool is_yaml(std::string_view path) { return path.ends_with(".yaml"); }

Result<std::vector<std::string>> files_below(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code ec;
  for (fs::recursive_directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    std::error_code unknown;
    if (!it->is_regular_file(unknown)) continue;
    out.push_back(it->path().lexically_relative(folder).generic_string());
  }
  if (ec) return fail(err::file_unreadable, folder.string(), {{"detail", ec.message()}});
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

Result<std::string> pack_content(const fs::path& folder, const fs::path& made) {
  std::map<std::string, fs::path> files;
  for (const fs::path& root : {folder, made}) {
    if (root.empty()) continue;
    KHIEN_TRY(const auto paths, files_below(root));
    for (const std::string& path : paths) files[path] = root / path;
  }
  Sha256 sum;
  std::string body;
  put_number(body, files.size());
  for (const auto& [path, file] : files) {
    KHIEN_TRY(const std::string bytes, read_file(file, limits::yaml_file_bytes));
    sum.add(path);
    sum.add(std::string_view("\0", 1));
    sum.add(sha256_hex(bytes));
    put_text(body, path);
    put_text(body, bytes);
    std::string packed;
    if (is_yaml(path)) {
      KHIEN_TRY(const Node node, parse_yaml(bytes, file.string()));
      packed = pack(node);
    }
    put_text(body, packed);
  }
  return std::string(kMagic) + hex(sum.finish()) + body;
}

Result<Content> Content::open(std::string_view blob, const fs::path& overlay) {
  Content out;
  bool ok = true;
  if (take(blob, kMagic.size(), ok) != kMagic) return fail(err::content_corrupt, "content");
  out.version_ = take(blob, 64, ok);
  for (std::uint64_t n = take_number(blob, ok); ok && n > 0; --n) {
    const std::string path(take(blob, take_number(blob, ok), ok));
    File& file = out.files_[path];
    file.raw = take(blob, take_number(blob, ok), ok);
    file.packed = take(blob, take_number(blob, ok), ok);
  }
  if (!ok) return fail(err::content_corrupt, "content");
  if (overlay.empty()) return out;

  KHIEN_TRY(const auto paths, files_below(overlay));
  Sha256 sum;
  sum.add(out.version_);
  for (const std::string& path : paths) {
    KHIEN_TRY(std::string bytes, read_file(overlay / path, limits::yaml_file_bytes));
    sum.add(path);
    sum.add(sha256_hex(bytes));
    File& file = out.files_[path];
    file.bytes = std::move(bytes);
    file.overlaid = true;
  }
  out.version_ = hex(sum.finish());
  return out;
}

Result<Node> Content::yaml(const std::string& path) const {
  const auto it = files_.find(path);
  if (it == files_.end()) return fail(err::content_missing, path);
  if (it->second.overlaid) return parse_yaml(it->second.bytes, path);
  return unpack(it->second.packed);
}

Result<std::string> Content::raw(const std::string& path) const {
  const auto it = files_.find(path);
  if (it == files_.end()) return fail(err::content_missing, path);
  return it->second.overlaid ? it->second.bytes : std::string(it->second.raw);
}

std::vector<std::string> Content::list(std::string_view prefix, std::string_view suffix) const {
  std::vector<std::string> out;
  for (auto it = files_.lower_bound(std::string(prefix));
       it != files_.end() && it->first.starts_with(prefix); ++it) {
    if (it->first.ends_with(suffix)) out.push_back(it->first);
  }
  return out;
}

}  // namespace khien
