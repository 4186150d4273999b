// The files of the console linked into this binary: a table and, behind it, their bytes.
#include "app/console_assets.h"

#include <algorithm>
#include <iterator>

extern "C" {
extern const char khien_console_begin[];
}

namespace khien {
namespace {

struct Row {
  std::string_view path, type, etag;
  std::size_t at, plain, gzip;  // bytes; gzip: 0 when it would be no shorter
  bool hashed;
};
// Sorted by path; written by tools/pack_console.cc.
constexpr Row kRows[] = {
#include "console_rows.inc"
};

}  // namespace

std::optional<hub::Asset> console_asset(std::string_view path) {
  const auto* row = std::lower_bound(std::begin(kRows), std::end(kRows), path,
                                     [](const Row& r, std::string_view p) { return r.path < p; });
  if (row == std::end(kRows) || row->path != path) return {};
  hub::Asset out;
  out.type = row->type;
  out.etag = row->etag;
  out.plain = std::string_view(khien_console_begin + row->at, row->plain);
  out.gzip = std::string_view(khien_console_begin + row->at + row->plain, row->gzip);
  out.hashed = row->hashed;
  return out;
}

}  // namespace khien
