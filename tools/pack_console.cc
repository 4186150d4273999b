// Packs the built console for the binary: pack_console FOLDER BLOB ROWS, where BLOB takes the
// bytes, each file plain and packed as gzip does, and ROWS the table that tools/console_assets.cc
// includes.
#include <cstdio>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "format/gzip_writer.h"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytes = std::size_t{4} << 20;

const char* type_of(const std::string& ending) {
  static const std::map<std::string, const char*> types = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"}};
  const auto found = types.find(ending);
  return found == types.end() ? nullptr : found->second;
}

int refuse(const std::string& why) {
  std::fprintf(stderr, "pack_console: %s\n", why.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return refuse("FOLDER BLOB ROWS");
  std::map<std::string, fs::path> files;
  std::error_code failed;
  for (const auto& entry : fs::recursive_directory_iterator(argv[1], failed)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), argv[1]).string()] = entry.path();
  }
  if (!files.contains("index.html")) return refuse(std::string(argv[1]) + " has no index.html");
  std::string blob;
  std::string rows;
  for (const auto& [path, place] : files) {
    const char* type = type_of(place.extension().string());
    if (type == nullptr) return refuse("no type known for " + path);
    const auto bytes = khien::read_file(place, kFileBytes);
    if (!bytes) return refuse(khien::to_string(bytes.error()));
    std::string packed = khien::packed_as_gzip(*bytes);
    if (packed.size() >= bytes->size()) packed.clear();
    rows += fmt::format("{{\"{}\", \"{}\", \"{}\", {}, {}, {}, {}}},\n", path, type,
                        khien::sha256_hex(*bytes).substr(0, 32), blob.size(), bytes->size(),
                        packed.size(), path.starts_with("assets/"));
    blob += *bytes + packed;
  }
  for (const auto& [place, text] : {std::pair(argv[2], blob), std::pair(argv[3], rows)}) {
    const auto done = khien::write_file(place, text);
    if (!done) return refuse(khien::to_string(done.error()));
  }
  return 0;
}
