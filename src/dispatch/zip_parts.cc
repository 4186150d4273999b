// The one place of this room that holds libzip handles. Sizes in a zip's directory may lie, so the
// limits are checked again while unpacking.
#include "dispatch/zip_parts.h"

#include <algorithm>

#include <zip.h>

#include "base/limits.h"
#include "dispatch/errors.h"

namespace khien {

struct ZipParts::Impl {
  zip_t* zip = nullptr;
  std::string place;
  ~Impl() {
    if (zip != nullptr) zip_discard(zip);
  }
};

ZipParts::ZipParts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZipParts::ZipParts(ZipParts&&) noexcept = default;
ZipParts::~ZipParts() = default;

namespace {

Done check_entry(const zip_stat_t& st, std::uint64_t& total, const std::string& place) {
  if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && st.encryption_method != ZIP_EM_NONE) {
    return fail(err::document_password, place);
  }
  total += st.size;
  const auto bomb = [&](std::size_t limit) {
    return fail(err::document_bomb, place, {{"limit", std::to_string(limit)}});
  };
  if (st.size > limits::zip_entry_bytes) return bomb(limits::zip_entry_bytes);
  if (total > limits::zip_total_bytes) return bomb(limits::zip_total_bytes);
  if (st.size > limits::kMiB && st.size / std::max<std::uint64_t>(st.comp_size, 1) > limits::zip_ratio) {
    return bomb(limits::zip_ratio);
  }
  return {};
}

}  // namespace

Result<ZipParts> ZipParts::open(std::string_view bytes, const std::string& place) {
  auto impl = std::make_unique<Impl>();
  impl->place = place;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) impl->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (impl->zip == nullptr) {
    const std::string detail = zip_error_strerror(&error);
    if (source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    return fail(err::document_broken, place, {{"detail", detail}});
  }
  zip_error_fini(&error);
  const auto count = static_cast<std::uint64_t>(zip_get_num_entries(impl->zip, 0));
  if (count > limits::zip_entries) {
    return fail(err::document_bomb, place, {{"limit", std::to_string(limits::zip_entries)}});
  }
  std::uint64_t total = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    zip_stat_t st;
    zip_stat_init(&st);
    if (zip_stat_index(impl->zip, i, 0, &st) == 0) KHIEN_DO(check_entry(st, total, place));
  }
  return ZipParts(std::move(impl));
}

bool ZipParts::has(const std::string& name) const {
  return zip_name_locate(impl_->zip, name.c_str(), 0) >= 0;
}

Result<std::string> ZipParts::read(const std::string& name) const {
  const auto broken = [&](const char* detail) {
    return fail(err::document_broken, impl_->place, {{"detail", name + ": " + detail}});
  };
  zip_file_t* file = zip_fopen(impl_->zip, name.c_str(), 0);
  if (file == nullptr) return broken(zip_strerror(impl_->zip));
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> closer(file, zip_fclose);
  std::string out;
  std::string buffer(64 * 1024, '\0');
  for (;;) {
    const zip_int64_t n = zip_fread(file, buffer.data(), buffer.size());
    if (n < 0) return broken(zip_file_strerror(file));
    if (n == 0) return out;
    out.append(buffer, 0, static_cast<std::size_t>(n));
    if (out.size() > limits::zip_entry_bytes) {
      return fail(err::document_bomb, impl_->place, {{"limit", std::to_string(limits::zip_entry_bytes)}});
    }
  }
}

}  // namespace khien
