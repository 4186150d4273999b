// libzip over a buffer; nothing is opened by name.
#include "collect/table/zip_parts.h"

#include <zip.h>

#include "base/limits.h"
#include "collect/errors.h"

namespace khien {
namespace {

void discard(zip* archive) {
  if (archive != nullptr) zip_discard(archive);
}

}  // namespace

ZipParts::ZipParts(zip* raw, std::string place) : zip_(raw, discard), place_(std::move(place)) {}

Result<ZipParts> ZipParts::open(std::string_view bytes, const std::string& place) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* raw = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  const std::string detail = raw == nullptr ? zip_error_strerror(&error) : "";
  zip_error_fini(&error);
  if (raw == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return fail(err::xlsx_broken, place, {{"detail", detail}});
  }
  ZipParts out(raw, place);
  if (zip_get_num_entries(raw, 0) > static_cast<zip_int64_t>(limits::zip_entries)) {
    return fail(err::xlsx_bomb, place, {{"limit", std::to_string(limits::zip_entries)}});
  }
  return out;
}

bool ZipParts::has(const std::string& part) const {
  return zip_name_locate(zip_.get(), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<std::string> ZipParts::read(const std::string& part) {
  const auto broken = [&](const std::string& detail) {
    return fail(err::xlsx_broken, place_, {{"detail", part + ": " + detail}});
  };
  const zip_int64_t index = zip_name_locate(zip_.get(), part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return broken("absent");
  zip_stat_t stat;
  if (zip_stat_index(zip_.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0) {
    return broken("stat");
  }
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      zip_fopen_index(zip_.get(), static_cast<zip_uint64_t>(index), 0), zip_fclose);
  if (file == nullptr) return broken(zip_strerror(zip_.get()));
  std::string out;
  std::string chunk(std::size_t{256} * 1024, '\0');
  for (;;) {
    const zip_int64_t n = zip_fread(file.get(), chunk.data(), chunk.size());
    if (n < 0) return broken(zip_file_strerror(file.get()));
    if (n == 0) return out;
    out.append(chunk.data(), static_cast<std::size_t>(n));
    unpacked_ += static_cast<std::size_t>(n);
    const bool ratio = out.size() > limits::kMiB &&
                       out.size() > limits::zip_ratio * std::max<zip_uint64_t>(stat.comp_size, 1);
    if (out.size() > limits::zip_entry_bytes || unpacked_ > limits::zip_total_bytes || ratio) {
      return fail(err::xlsx_bomb, place_, {{"limit", std::to_string(limits::zip_entry_bytes)}});
    }
  }
}

}  // namespace khien
