// The one place that reads zip files; libzip over a buffer.
#include "base/zip_parts.h"

#include <algorithm>

#include <zip.h>

#include "base/limits.h"

namespace khien {

struct ZipParts::Impl {
  zip_t* zip = nullptr;
  std::string place;
  ZipErrors errors;
  std::uint64_t unpacked = 0;
  ~Impl() {
    if (zip != nullptr) zip_discard(zip);
  }
  [[nodiscard]] tl::unexpected<Error> broken(const std::string& detail) const {
    return fail(errors.broken, place, {{"detail", detail}});
  }
  [[nodiscard]] tl::unexpected<Error> bomb(std::size_t limit) const {
    return fail(errors.bomb, place, {{"limit", std::to_string(limit)}});
  }
};

ZipParts::ZipParts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZipParts::ZipParts(ZipParts&&) noexcept = default;
ZipParts::~ZipParts() = default;

namespace {

bool is_bomb_ratio(std::uint64_t unpacked, std::uint64_t packed) {
  return unpacked > limits::kMiB &&
         unpacked / std::max<std::uint64_t>(packed, 1) > limits::zip_ratio;
}

}  // namespace

Result<ZipParts> ZipParts::open(std::string_view bytes, const std::string& place,
                                const ZipErrors& errors) {
  auto impl = std::make_unique<Impl>();
  impl->place = place;
  impl->errors = errors;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) impl->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  const std::string detail = impl->zip == nullptr ? zip_error_strerror(&error) : "";
  zip_error_fini(&error);
  if (impl->zip == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return impl->broken(detail);
  }
  const auto count = static_cast<std::uint64_t>(zip_get_num_entries(impl->zip, 0));
  if (count > limits::zip_entries) return impl->bomb(limits::zip_entries);
  std::uint64_t total = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    zip_stat_t st;
    zip_stat_init(&st);
    if (zip_stat_index(impl->zip, i, 0, &st) != 0) continue;
    if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && st.encryption_method != ZIP_EM_NONE) {
      return fail(errors.password, place);
    }
    total += st.size;
    if (st.size > limits::zip_entry_bytes) return impl->bomb(limits::zip_entry_bytes);
    if (total > limits::zip_total_bytes) return impl->bomb(limits::zip_total_bytes);
    if (is_bomb_ratio(st.size, st.comp_size)) return impl->bomb(limits::zip_ratio);
  }
  return ZipParts(std::move(impl));
}

bool ZipParts::has(const std::string& part) const {
  return zip_name_locate(impl_->zip, part.c_str(), ZIP_FL_NOCASE) >= 0;
}

std::vector<std::string> ZipParts::names() const {
  std::vector<std::string> out;
  const auto count = static_cast<std::uint64_t>(zip_get_num_entries(impl_->zip, 0));
  for (std::uint64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(impl_->zip, i, 0);
    if (name != nullptr) out.emplace_back(name);
  }
  return out;
}

Result<std::string> ZipParts::read(const std::string& part) {
  const zip_int64_t index = zip_name_locate(impl_->zip, part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return impl_->broken(part + ": absent");
  zip_stat_t stat;
  zip_stat_init(&stat);
  zip_stat_index(impl_->zip, static_cast<zip_uint64_t>(index), 0, &stat);
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      zip_fopen_index(impl_->zip, static_cast<zip_uint64_t>(index), 0), zip_fclose);
  if (file == nullptr) return impl_->broken(part + ": " + zip_strerror(impl_->zip));
  std::string out;
  constexpr std::size_t kChunk = std::size_t{256} << 10;
  std::string chunk(kChunk, '\0');
  for (;;) {
    const zip_int64_t n = zip_fread(file.get(), chunk.data(), chunk.size());
    if (n < 0) return impl_->broken(part + ": " + zip_file_strerror(file.get()));
    if (n == 0) return out;
    out.append(chunk.data(), static_cast<std::size_t>(n));
    impl_->unpacked += static_cast<std::uint64_t>(n);
    if (out.size() > limits::zip_entry_bytes) return impl_->bomb(limits::zip_entry_bytes);
    if (impl_->unpacked > limits::zip_total_bytes) return impl_->bomb(limits::zip_total_bytes);
    if (is_bomb_ratio(out.size(), stat.comp_size)) return impl_->bomb(limits::zip_ratio);
  }
}

}  // namespace khien
